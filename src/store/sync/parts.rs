//! Rows without a change log, which are parts of rows that have one.

use std::collections::{BTreeSet, HashMap};

use entity::enums::EntityKind;
use entity::{alias, external_id};
use sea_orm::sea_query::Value;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, ModelTrait};
use serde::Serialize;

use super::Sync;
use super::rows;
use crate::store::StoreError;

/// Which rows of `E` are parts of which entity.
#[derive(Clone, Copy, Debug)]
pub struct Parts<E: EntityTrait> {
    /// The kind of the entity that they are parts of.
    pub owner: EntityKind,
    /// The column with its number.
    pub owner_column: E::Column,
    /// The column with its kind, if the table holds parts of several kinds.
    pub kind_column: Option<E::Column>,
    /// The columns that tell the rows apart.
    pub key: &'static [E::Column],
    /// Whether their changes belong into the log of their owner.
    pub is_logged: bool,
}

impl Parts<alias::Entity> {
    /// Other names of entities of a kind.
    #[must_use]
    pub fn aliases(owner: EntityKind) -> Self {
        Self {
            owner,
            owner_column: alias::Column::EntityId,
            kind_column: Some(alias::Column::EntityKind),
            key: &[alias::Column::Key],
            is_logged: true,
        }
    }
}

impl Parts<external_id::Entity> {
    /// What entities of a kind are called in other systems.
    #[must_use]
    pub fn external_ids(owner: EntityKind) -> Self {
        Self {
            owner,
            owner_column: external_id::Column::EntityId,
            kind_column: Some(external_id::Column::EntityKind),
            key: &[external_id::Column::Scheme, external_id::Column::Value],
            is_logged: true,
        }
    }
}

impl<E: EntityTrait> Parts<E> {
    pub(super) fn owner_of(&self, row: &E::Model) -> i64 {
        match row.get(self.owner_column) {
            Value::BigInt(Some(id)) => id,
            _ => 0,
        }
    }

    fn of_kind(&self) -> Condition {
        use sea_orm::ActiveEnum as _;

        let kind = self
            .kind_column
            .map(|column| column.eq(self.owner.to_value()));
        Condition::all().add_option(kind)
    }
}

/// What becomes of a part whose unique key another row has: it is left out, and that is
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// told,
    Told,
    /// or is what was to be expected.
    Expected,
}

impl Sync {
    /// Brings the parts of all entities of one kind in step with `wanted`; call it after
    /// [`Sync::entities`] of that kind. Parts of entities that are not the actor's to change, or
    /// that are no longer wanted, are left alone; so are parts that imports have added.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn parts<E>(
        &mut self,
        parts: Parts<E>,
        wanted: Vec<E::Model>,
    ) -> Result<(), StoreError>
    where
        E: EntityTrait<
                Model: Serialize + IntoActiveModel<E::ActiveModel>,
                ActiveModel: ActiveModelTrait<Entity = E>,
            >,
    {
        let managed = self.managed.get(&parts.owner).cloned().unwrap_or_default();
        let mut found = self.found_parts(&parts, &managed).await?;
        let mut missing = Vec::new();
        for row in wanted
            .into_iter()
            .filter(|row| managed.contains(&parts.owner_of(row)))
        {
            match found.remove(&rows::key(&row, parts.key)) {
                Some(before) => self.compare_part(&parts, &before, &row).await?,
                None => missing.push(row),
            }
        }
        self.delete_parts(&parts, found.into_values().collect())
            .await?;
        self.create_parts(&parts, missing, Taken::Told).await
    }

    /// Deletes those of the parts that are the actor's.
    pub(super) async fn delete_parts<E: EntityTrait<Model: Serialize>>(
        &mut self,
        parts: &Parts<E>,
        mut unwanted: Vec<E::Model>,
    ) -> Result<(), StoreError> {
        let table = E::default().table_name();
        unwanted.retain(|row| self.owns_part(table, &rows::number(row)));
        unwanted.sort_by_key(|row| rows::key(row, parts.key));
        rows::delete::<E>(&self.transaction, &unwanted).await?;
        for row in &unwanted {
            self.disown_part(table, &rows::number(row));
            self.log_part(parts, Some(row), None)?;
        }
        Ok(())
    }

    async fn found_parts<E: EntityTrait>(
        &self,
        parts: &Parts<E>,
        managed: &BTreeSet<i64>,
    ) -> Result<HashMap<String, E::Model>, StoreError> {
        let created = self.created.get(&parts.owner);
        let owners = managed
            .iter()
            .filter(|id| created.is_none_or(|ids| !ids.contains(id)));
        self.parts_of(parts, owners.copied()).await
    }

    /// All parts of these entities, by key.
    pub(super) async fn parts_of<E: EntityTrait>(
        &self,
        parts: &Parts<E>,
        owners: impl Iterator<Item = i64>,
    ) -> Result<HashMap<String, E::Model>, StoreError> {
        let owners = owners.map(Value::from).collect();
        let column = parts.owner_column;
        let found = rows::find::<E>(&self.transaction, column, owners, parts.of_kind()).await?;
        Ok(found
            .into_iter()
            .map(|row| (rows::key(&row, parts.key), row))
            .collect())
    }

    pub(super) async fn compare_part<E: EntityTrait<Model: Serialize>>(
        &mut self,
        parts: &Parts<E>,
        found: &E::Model,
        wanted: &E::Model,
    ) -> Result<(), StoreError> {
        self.own_part(E::default().table_name(), rows::number(found));
        let mut changes = rows::differences(found, wanted, None);
        if changes.is_empty() {
            return Ok(());
        }
        changes.extend(rows::touch(found, self.now));
        let after = rows::update::<E>(&self.transaction, found, changes).await?;
        self.log_part(parts, Some(found), Some(&after))
    }

    pub(super) async fn create_parts<E>(
        &mut self,
        parts: &Parts<E>,
        missing: Vec<E::Model>,
        taken: Taken,
    ) -> Result<(), StoreError>
    where
        E: EntityTrait<
                Model: Serialize + IntoActiveModel<E::ActiveModel>,
                ActiveModel: ActiveModelTrait<Entity = E>,
            >,
    {
        let mut stored = rows::insert::<E>(&self.transaction, missing.clone(), parts.key).await?;
        for row in missing {
            if let Some(row) = stored.remove(&rows::key(&row, parts.key)) {
                self.own_part(E::default().table_name(), rows::number(&row));
                self.log_part(parts, None, Some(&row))?;
            } else if taken == Taken::Told {
                let owner = self.names.of(parts.owner, parts.owner_of(&row));
                let table = E::default().table_name().replace('_', " ");
                let words = rows::words(&row, parts.key);
                self.kept.push(format!(
                    "{table} {words} of `{owner}` is left out: it is taken"
                ));
            }
        }
        Ok(())
    }

    /// Logs a part, unless it is of a kind that is not logged, with the entity, or the two entities, whose part it is and was.
    fn log_part<E: EntityTrait<Model: Serialize>>(
        &mut self,
        parts: &Parts<E>,
        before: Option<&E::Model>,
        after: Option<&E::Model>,
    ) -> Result<(), StoreError> {
        if !parts.is_logged {
            self.has_written = true;
            return Ok(());
        }
        let table = E::default().table_name();
        if let Some(row) = before {
            let owner = (parts.owner, parts.owner_of(row));
            self.log
                .part_before(owner, table, serde_json::to_value(row)?);
        }
        if let Some(row) = after {
            let owner = (parts.owner, parts.owner_of(row));
            self.log
                .part_after(owner, table, serde_json::to_value(row)?);
        }
        Ok(())
    }
}
