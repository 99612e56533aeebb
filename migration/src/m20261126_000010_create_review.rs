//! Names in data sets that nobody could make out.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, json_binary};

use crate::table::{Cascade, NewTable, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::numbered(manager, "review_item")
            .reference("source_id", "source", Cascade)
            .text("entity_kind")
            .text("key")
            .text("name")
            .text("reason")
            .column(big_integer("mention_count"))
            .text_null("locator")
            .column(json_binary("candidates"))
            .stamped()
            .unique(&["source_id", "entity_kind", "key"])
            .index(&["mention_count", "id"])
            .index(&["key", "id"])
            .index(&["source_id", "id"])
            .index(&["source_id", "mention_count", "id"])
            .index(&["source_id", "key", "id"])
            .index(&["entity_kind", "mention_count", "id"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["review_item"]).await
    }
}
