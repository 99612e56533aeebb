//! Usages, and the evidence for all facts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, double};

use crate::table::{Cascade, NewTable, Restrict, drop_tables, exactly_one, is_share};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        usage(manager).create().await?;
        evidence(manager).create().await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["evidence", "usage"]).await
    }
}

fn usage<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    let table = NewTable::numbered(manager, "usage")
        .reference_null("company_id", "company", Cascade)
        .reference_null("product_id", "product", Cascade)
        .reference("technology_id", "technology", Cascade)
        .text("status")
        .column(date_null("since"))
        .column(date_null("until"))
        .text_null("scope")
        .column(double("confidence"))
        .text_null("note")
        .stamped()
        .check(exactly_one(&["company_id", "product_id"]))
        .check(is_share("confidence"))
        .unique(&["company_id", "technology_id"])
        .unique(&["product_id", "technology_id"])
        .index(&["confidence", "id"])
        .index(&["since", "id"])
        .index(&["status", "id"]);
    let parents = ["technology_id", "company_id", "product_id"];
    parents.into_iter().fold(table, |table, parent| {
        table
            .index(&[parent, "id"])
            .index(&[parent, "confidence", "id"])
            .index(&[parent, "since", "id"])
    })
}

fn evidence<'a>(manager: &'a SchemaManager<'a>) -> NewTable<'a> {
    let facts = ["usage_id", "release_id", "relation_id", "salary_id"];
    let table = NewTable::numbered(manager, "evidence")
        .reference_null("usage_id", "usage", Cascade)
        .reference_null("release_id", "release", Cascade)
        .reference_null("relation_id", "technology_relation", Cascade)
        .reference_null("salary_id", "salary", Cascade)
        // A source that facts rest on stays.
        .reference("source_id", "source", Restrict)
        .text_null("url")
        .text_null("locator")
        .column(date_null("retrieved_on"))
        .text("grade")
        .text_null("note")
        .stamped()
        .check(exactly_one(&facts))
        .index(&["source_id", "id"]);
    facts
        .into_iter()
        .fold(table, |table, fact| table.index(&[fact, "id"]))
}
