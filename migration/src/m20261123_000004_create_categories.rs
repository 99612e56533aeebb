//! The taxonomy, and what is in it.

use sea_orm_migration::prelude::*;

use crate::table::{Cascade, NewTable, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::named(manager, "category")
            .stamped()
            .create()
            .await?;
        NewTable::bare(manager, "category_parent")
            .reference("parent_id", "category", Cascade)
            .reference("child_id", "category", Cascade)
            .link("parent_id", "child_id")
            .create()
            .await?;
        NewTable::bare(manager, "technology_category")
            .reference("technology_id", "technology", Cascade)
            .reference("category_id", "category", Cascade)
            .link("technology_id", "category_id")
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["technology_category", "category_parent", "category"];
        drop_tables(manager, &tables).await
    }
}
