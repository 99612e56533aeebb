//! Usages that a newer snapshot no longer tells of: they end, and stay.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use entity::enums::{EntityKind, UsageStatus};
use entity::{evidence, usage};
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait as _, Condition, EntityName as _};

use super::rows::{self, BATCH};
use super::{Sync, is_import};
use crate::store::StoreError;

/// Usages that the actor has made and still holds for going on.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// How many there are.
    pub count: usize,
    /// Those that it does not tell of any longer, and nobody else does.
    pub vanished: Vec<usage::Model>,
}

impl Sync {
    /// What the actor told of usages before, beside what it tells now: the numbers of usages. What
    /// was read in `source` at a place that begins with one of `unread` counts as told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(
        &mut self,
        told: &HashSet<i64>,
        source: i64,
        unread: &[String],
    ) -> Result<Standing, StoreError> {
        let own = self.ledger.get(&EntityKind::Usage);
        let own: Vec<Value> = own.into_iter().flatten().map(|id| (*id).into()).collect();
        let found = rows::find::<usage::Entity>(
            &self.transaction,
            usage::Column::Id,
            own,
            Condition::all().add(usage::Column::Status.ne(UsageStatus::Past)),
        )
        .await?;
        let foreign = self.foreign::<usage::Entity>(&found).await?;
        let mut standing = Standing::default();
        for row in found
            .into_iter()
            .filter(|row| !foreign.contains_key(&row.id))
        {
            standing.count += 1;
            if !told.contains(&row.id) {
                standing.vanished.push(row);
            }
        }
        let supported = self.supported(&standing.vanished, source, unread).await?;
        standing.vanished.retain(|row| !supported.contains(&row.id));
        Ok(standing)
    }

    /// Those of the usages for which there is evidence elsewhere.
    async fn supported(
        &self,
        usages: &[usage::Model],
        source: i64,
        unread: &[String],
    ) -> Result<BTreeSet<i64>, StoreError> {
        let mut supported = BTreeSet::new();
        for usages in usages.chunks(BATCH) {
            let ids = usages.iter().map(|row| row.id.into()).collect();
            let column = evidence::Column::UsageId;
            let all = Condition::all();
            for row in rows::find::<evidence::Entity>(&self.transaction, column, ids, all).await? {
                let is_unread = row.locator.is_some_and(|place| {
                    unread.iter().any(|path| place.starts_with(path.as_str()))
                });
                if row.source_id != source || is_unread {
                    supported.extend(row.usage_id);
                }
            }
        }
        Ok(supported)
    }

    /// Ends usages of the actor: they were told of until some day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(
        &mut self,
        usages: Vec<usage::Model>,
        until: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        debug_assert!(is_import(&self.actor), "others delete what is gone");
        self.tables
            .insert(EntityKind::Usage, usage::Entity.table_name());
        for row in usages {
            let mut changes = vec![
                (usage::Column::Status, UsageStatus::Past.into()),
                (usage::Column::Until, until.into()),
            ];
            changes.extend(rows::touch(&row, self.now));
            let before = serde_json::to_value(&row)?;
            let after = rows::update::<usage::Entity>(&self.transaction, &row, changes).await?;
            let after = serde_json::to_value(after)?;
            self.log.updated(EntityKind::Usage, row.id, before, after);
            self.tally(EntityKind::Usage).updated += 1;
        }
        Ok(())
    }

    /// Removes usages of the actor: the same snapshot no longer tells of them, since the names in it
    /// lead elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw(&mut self, usages: Vec<usage::Model>) -> Result<(), StoreError> {
        rows::delete::<usage::Entity>(&self.transaction, &usages).await?;
        self.tally(EntityKind::Usage).retired += usages.len();
        for row in usages {
            if let Some(ledger) = self.ledger.get_mut(&EntityKind::Usage) {
                ledger.remove(&row.id);
            }
            let before = serde_json::to_value(&row)?;
            self.log.deleted(EntityKind::Usage, row.id, before);
        }
        Ok(())
    }
}
