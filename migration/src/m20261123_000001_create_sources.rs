//! Sources that facts come from.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::date_null;

use crate::table::{NewTable, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::named(manager, "source")
            .text_null("url")
            .text_null("publisher")
            .text_null("licence")
            .text_null("attribution")
            .text_null("version")
            .column(date_null("snapshot_on"))
            .stamped()
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["source"]).await
    }
}
