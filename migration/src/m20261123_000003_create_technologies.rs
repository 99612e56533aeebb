//! Technologies, their relations and their releases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, boolean_null, date_null, integer_null, json_binary,
};

use crate::table::{Cascade, NewTable, SetNull, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        technology(manager).create().await?;
        create_kinds(manager).await?;
        technology_relation(manager).create().await?;
        release(manager).create().await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "release",
            "technology_relation",
            "framework_language",
            "tool",
            "framework",
            "language",
            "technology",
        ];
        drop_tables(manager, &tables).await
    }
}

fn technology<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::named(manager, "technology")
        .text("kind")
        .text_null("summary")
        .text_null("website")
        .text_null("repository")
        .column(integer_null("first_appeared"))
        .column(boolean_null("is_maintained"))
        .text_null("licence")
        .reference_null("steward_id", "company", SetNull)
        .column(big_integer("adopter_count").default(0))
        .stamped()
        .index(&["kind", "name_key", "id"])
        .index(&["adopter_count", "id"])
        .index(&["kind", "adopter_count", "id"])
        .index(&["first_appeared", "id"])
        .index(&["kind", "first_appeared", "id"])
        .index(&["licence", "id"])
        .index(&["steward_id", "id"])
}

/// What only one kind of technology has.
async fn create_kinds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kind = |name| {
        NewTable::bare(manager, name)
            .reference("technology_id", "technology", Cascade)
            .primary_key(&["technology_id"])
    };
    kind("language")
        .text("language_kind")
        .text_null("typing")
        .column(json_binary("file_extensions"))
        .create()
        .await?;
    kind("framework").text("framework_kind").create().await?;
    kind("tool").text_null("delivery").create().await?;
    NewTable::bare(manager, "framework_language")
        .reference("framework_id", "technology", Cascade)
        .reference("language_id", "technology", Cascade)
        .link("framework_id", "language_id")
        .create()
        .await
}

fn technology_relation<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::numbered(manager, "technology_relation")
        .reference("from_id", "technology", Cascade)
        .reference("to_id", "technology", Cascade)
        .text("kind")
        .text_null("note")
        .stamped()
        .unique(&["from_id", "to_id", "kind"])
        .index(&["from_id", "id"])
        .index(&["to_id", "id"])
}

fn release<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::numbered(manager, "release")
        .reference("technology_id", "technology", Cascade)
        .text("label")
        .column(date_null("released_on"))
        .column(date_null("active_support_until"))
        .column(date_null("security_support_until"))
        .column(date_null("end_of_life_on"))
        .column(boolean_null("is_end_of_life"))
        .text_null("latest_version")
        .column(date_null("latest_released_on"))
        .column(boolean("is_lts").default(false))
        .stamped()
        .unique(&["technology_id", "label"])
        .index(&["technology_id", "released_on", "id"])
        .index(&["released_on", "id"])
        .index(&["end_of_life_on", "id"])
}
