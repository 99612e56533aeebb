//! The change log, access, and what the program remembers about itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, json_binary, json_binary_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::table::{NewTable, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        change(manager).create().await?;
        api_key(manager).create().await?;
        idempotency(manager).create().await?;
        NewTable::bare(manager, "setting")
            .text("key")
            .text("value")
            .primary_key(&["key"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["setting", "idempotency", "api_key", "change"];
        drop_tables(manager, &tables).await
    }
}

fn change<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::numbered(manager, "change")
        .column(timestamp_with_time_zone("at"))
        .text("actor")
        .text("entity_kind")
        .column(big_integer("entity_id"))
        .text("operation")
        .column(json_binary_null("before"))
        .column(json_binary_null("after"))
        .text_null("reason")
        .index(&["entity_kind", "entity_id", "id"])
}

fn api_key<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::numbered(manager, "api_key")
        .text("name")
        .text_unique("key_hash")
        .column(json_binary("scopes"))
        .column(timestamp_with_time_zone("created_at"))
        .column(timestamp_with_time_zone_null("expires_at"))
        .column(timestamp_with_time_zone_null("revoked_at"))
        .column(timestamp_with_time_zone_null("last_used_at"))
}

fn idempotency<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::bare(manager, "idempotency")
        .text("key")
        .text("actor")
        .text("request_hash")
        .column(json_binary("response"))
        .column(timestamp_with_time_zone("created_at"))
        .primary_key(&["key"])
}
