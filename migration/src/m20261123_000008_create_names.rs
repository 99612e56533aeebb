//! Other names of rows, here and in other systems.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

use crate::table::{NewTable, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::numbered(manager, "alias")
            .text("entity_kind")
            .text("key")
            .text("text")
            .column(big_integer("entity_id"))
            .unique(&["entity_kind", "key"])
            .index(&["entity_kind", "entity_id", "id"])
            .create()
            .await?;
        NewTable::numbered(manager, "external_id")
            .text("entity_kind")
            .column(big_integer("entity_id"))
            .text("scheme")
            .text("value")
            .unique(&["entity_kind", "scheme", "value"])
            .index(&["entity_kind", "entity_id", "id"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["external_id", "alias"]).await
    }
}
