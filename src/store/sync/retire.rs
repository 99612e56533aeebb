//! Removing what is no longer wanted, unless somebody else still refers to it.

use std::collections::HashSet;

use entity::enums::EntityKind;
use entity::{alias, external_id};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::Value as Json;

use super::Sync;
use super::rows::BATCH;
use super::tracked::Reference;
use crate::store::StoreError;

/// Rows of one kind that are the actor's and no longer wanted.
#[derive(Debug)]
pub(super) struct Vanished {
    pub kind: EntityKind,
    pub table: &'static str,
    pub references: &'static [Reference],
    pub rows: Vec<VanishedRow>,
}

/// One such row.
#[derive(Debug)]
pub(super) struct VanishedRow {
    pub id: i64,
    pub label: String,
    pub row: Json,
}

impl Sync {
    /// Retires the rows that were not wanted, together with their parts. Call it after the parts
    /// that refer to other entities have been brought in step, and before names and external ids
    /// are, which may pass from a retired entity to another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retire(&mut self) -> Result<(), StoreError> {
        let mut vanished = std::mem::take(&mut self.vanished);
        // What refers to others was handed over after them.
        for vanished in vanished.iter_mut().rev() {
            let mut free = std::mem::take(&mut vanished.rows);
            loop {
                let referred = self.referred(vanished, &free).await?;
                if referred.is_empty() {
                    break;
                }
                // What stays may refer to others, which must stay then as well.
                let (kept, rest): (Vec<_>, Vec<_>) =
                    free.into_iter().partition(|row| referred.contains(&row.id));
                let sentences = kept
                    .iter()
                    .map(|row| format!("{} is gone, but others refer to it; it stays", row.label));
                self.kept.extend(sentences);
                free = rest;
            }
            self.delete_rows(vanished, free).await?;
        }
        self.vanished = vanished;
        Ok(())
    }

    /// Which of the rows something refers to that is not one of them itself.
    async fn referred(
        &self,
        vanished: &Vanished,
        rows: &[VanishedRow],
    ) -> Result<HashSet<i64>, StoreError> {
        let all: HashSet<i64> = rows.iter().map(|row| row.id).collect();
        let mut referred = HashSet::new();
        for Reference {
            table,
            column,
            from,
        } in vanished.references.iter().copied()
        {
            for rows in rows.chunks(BATCH) {
                let ids = rows.iter().map(|row| row.id);
                let mut query = Query::select();
                query
                    .distinct()
                    .column(column)
                    .from(table)
                    .and_where(Expr::col(column).is_in(ids));
                if let Some(from) = from {
                    query.column(from);
                }
                for row in self.transaction.query_all(&query).await? {
                    let origin: Option<i64> = from.map(|from| row.try_get("", from)).transpose()?;
                    if origin.is_none_or(|origin| !all.contains(&origin)) {
                        referred.insert(row.try_get("", column)?);
                    }
                }
            }
        }
        Ok(referred)
    }

    /// Deletes rows; the database deletes their parts, save those that it cannot know of.
    async fn delete_rows(
        &mut self,
        vanished: &Vanished,
        rows: Vec<VanishedRow>,
    ) -> Result<(), StoreError> {
        for rows in rows.chunks(BATCH) {
            let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
            alias::Entity::delete_many()
                .filter(alias::Column::EntityKind.eq(vanished.kind))
                .filter(alias::Column::EntityId.is_in(ids.clone()))
                .exec(&self.transaction)
                .await?;
            external_id::Entity::delete_many()
                .filter(external_id::Column::EntityKind.eq(vanished.kind))
                .filter(external_id::Column::EntityId.is_in(ids.clone()))
                .exec(&self.transaction)
                .await?;
            let delete = Query::delete()
                .from_table(vanished.table)
                .and_where(Expr::col("id").is_in(ids))
                .to_owned();
            self.transaction.execute(&delete).await?;
        }
        self.tally(vanished.kind).retired += rows.len();
        for row in rows {
            if let Some(ledger) = self.ledger.get_mut(&vanished.kind) {
                ledger.remove(&row.id);
            }
            self.log.deleted(vanished.kind, row.id, row.row);
        }
        Ok(())
    }
}
