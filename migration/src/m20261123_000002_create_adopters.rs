//! Companies and products.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer_null};

use crate::table::{NewTable, SetNull, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        company(manager).create().await?;
        product(manager).create().await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["product", "company"]).await
    }
}

fn company<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::named(manager, "company")
        .text_null("summary")
        .text_null("website")
        .text_null("country")
        .text_null("industry")
        .column(integer_null("founded"))
        .column(big_integer("technology_count").default(0))
        .stamped()
        .index(&["country", "id"])
        .index(&["industry", "id"])
        .index(&["founded", "id"])
        .index(&["technology_count", "id"])
}

fn product<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::named(manager, "product")
        .text_null("summary")
        .reference_null("maker_id", "company", SetNull)
        .text_null("website")
        .text_null("repository")
        .column(integer_null("first_released"))
        .column(big_integer("technology_count").default(0))
        .stamped()
        .index(&["maker_id", "name_key", "id"])
        .index(&["first_released", "id"])
        .index(&["technology_count", "id"])
}
