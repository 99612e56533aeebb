//! Roles, what they need and what they earn.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, boolean_null, double, integer_null, json_binary,
};

use crate::table::{Cascade, NewTable, drop_tables, is_share};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::named(manager, "role")
            .text_null("summary")
            .column(json_binary("tasks"))
            .stamped()
            .create()
            .await?;
        create_links(manager).await?;
        salary(manager).create().await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "salary",
            "role_relation",
            "role_technology",
            "role_skill_area",
            "role",
        ];
        drop_tables(manager, &tables).await
    }
}

async fn create_links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let link = |name, column, other| {
        NewTable::bare(manager, name)
            .reference("role_id", "role", Cascade)
            .reference(column, other, Cascade)
            .link("role_id", column)
    };
    link("role_skill_area", "skill_area_id", "skill_area")
        .text("importance")
        .column(double("weight"))
        .text_null("reason")
        .check(is_share("weight"))
        .create()
        .await?;
    link("role_technology", "technology_id", "technology")
        .text("importance")
        .text_null("reason")
        .create()
        .await?;
    link("role_relation", "related_id", "role")
        .text_null("note")
        .create()
        .await
}

fn salary<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::numbered(manager, "salary")
        .reference("role_id", "role", Cascade)
        .text("currency")
        .text("period")
        .column(boolean_null("is_gross"))
        .column(big_integer_null("low"))
        .column(big_integer_null("median"))
        .column(big_integer_null("high"))
        .text_null("area")
        .column(integer_null("year"))
        .text_null("note")
        .stamped()
        .index(&["role_id", "id"])
}
