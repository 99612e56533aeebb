//! Skill areas, work experiences and what they take.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::integer;

use crate::table::{Cascade, NewTable, SetNull, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::named(manager, "skill_area")
            .reference_null("parent_id", "skill_area", SetNull)
            .text_null("hiring_advice")
            .stamped()
            .index(&["parent_id", "name_key", "id"])
            .create()
            .await?;
        NewTable::named(manager, "experience")
            .stamped()
            .create()
            .await?;
        article(manager).create().await?;
        relevance(
            manager,
            "skill_area_technology",
            "technology_id",
            "technology",
        )
        .create()
        .await?;
        relevance(
            manager,
            "skill_area_experience",
            "experience_id",
            "experience",
        )
        .create()
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "skill_area_experience",
            "skill_area_technology",
            "article",
            "experience",
            "skill_area",
        ];
        drop_tables(manager, &tables).await
    }
}

fn article<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    NewTable::numbered(manager, "article")
        .reference("experience_id", "experience", Cascade)
        .reference_null("company_id", "company", SetNull)
        .text("title")
        .text("url")
        .reference_null("source_id", "source", SetNull)
        .stamped()
        .index(&["experience_id", "id"])
        .index(&["company_id", "id"])
        .index(&["source_id", "id"])
}

/// What matters for a skill area.
fn relevance<'a>(
    manager: &'a SchemaManager<'a>,
    table: &'static str,
    column: &'static str,
    other: &'static str,
) -> NewTable<'a> {
    NewTable::bare(manager, table)
        .reference("skill_area_id", "skill_area", Cascade)
        .reference(column, other, Cascade)
        .text_null("reason")
        .column(integer("position").default(0))
        .link("skill_area_id", column)
}
