//! Rows that have a change log.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::change;
use entity::enums::{ChangeOperation, EntityKind};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, Condition, EntityTrait, IdenStatic as _, ModelTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::retire::{Vanished, VanishedRow};
use super::rows::{self, BATCH};
use super::tracked::noun;
use super::{Sync, Tracked, is_import};
use crate::store::StoreError;

/// The column by which rows are numbered.
fn id_column<E: EntityTrait>() -> Result<E::Column, StoreError> {
    use std::str::FromStr as _;

    let column = E::Column::from_str("id");
    column.map_err(|_| sea_orm::DbErr::Type("the table has no id".to_owned()).into())
}

/// Who has changed a row.
#[derive(Default)]
struct History {
    /// The last who is not an import.
    curator: Option<String>,
    /// The last import.
    import: Option<String>,
}

impl History {
    fn add(&mut self, actor: String) {
        let last = if is_import(&actor) {
            &mut self.import
        } else {
            &mut self.curator
        };
        *last = Some(actor);
    }

    /// Whose the row is, if it is not for `actor` to change.
    fn owner(self, actor: &str, has_made: bool) -> Option<String> {
        let somebody = || "somebody".to_owned();
        if is_import(actor) {
            // What a curator has touched is out of reach for imports.
            let is_own = has_made && self.curator.is_none();
            return (!is_own).then(|| self.curator.or(self.import).unwrap_or_else(somebody));
        }
        match self.curator {
            Some(last) if last == actor && has_made => None,
            Some(last) => Some(last),
            // What an import has made can be taken over.
            None if self.import.is_some() => None,
            None => Some(somebody()),
        }
    }
}

impl Sync {
    /// Brings the rows of `E` in step with `wanted`; call it once for each entity, after those
    /// that it refers to. A `None` in `wanted` stands for a row that cannot be, because something
    /// that it refers to is missing.
    ///
    /// Returns the id of each wanted row, `None` if there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entities<E: Tracked>(
        &mut self,
        wanted: Vec<Option<E::Model>>,
    ) -> Result<Vec<Option<i64>>, StoreError> {
        self.tally(E::KIND);
        self.tables.insert(E::KIND, E::default().table_name());
        let found = self.candidates::<E>(&wanted).await?;
        for row in &found {
            if let Some(slug) = E::slug(row) {
                self.names.0.insert((E::KIND, E::id(row)), slug.to_owned());
            }
        }
        let foreign = self.foreign::<E>(&found).await?;
        let mut withdrawn = self.withdrawn::<E>(&found).await?;
        let mut by_key: HashMap<String, E::Model> = found
            .into_iter()
            .map(|row| (rows::key(&row, E::KEY), row))
            .collect();

        let mut ids = vec![None; wanted.len()];
        let mut missing = Vec::new();
        for (position, row) in wanted.into_iter().enumerate() {
            let Some(row) = row else { continue };
            let key = rows::key(&row, E::KEY);
            if let Some(found) = by_key.remove(&key) {
                ids[position] = Some(E::id(&found));
                self.compare::<E>(found, &row, &foreign).await?;
            } else if let Some((id, actor)) = withdrawn.remove(&key) {
                self.ledger.entry(E::KIND).or_default().insert(id);
                let label = E::label(&row, &self.names);
                self.kept
                    .push(format!("{label} was deleted by `{actor}` and stays so"));
            } else {
                missing.push((position, key, row));
            }
        }
        self.create::<E>(missing, &mut ids).await?;
        self.note_vanished::<E>(by_key.into_values(), &foreign)?;
        Ok(ids)
    }

    /// Rows that may match wanted ones, and all rows in the ledger.
    async fn candidates<E: Tracked>(
        &self,
        wanted: &[Option<E::Model>],
    ) -> Result<Vec<E::Model>, StoreError> {
        let mut found = HashMap::new();
        let nothing_else = Condition::all;
        for column in E::SCOPE {
            let values: HashMap<String, _> = wanted
                .iter()
                .flatten()
                .map(|row| row.get(*column))
                .filter(|value| *value != value.as_null())
                .map(|value| (format!("{value:?}"), value))
                .collect();
            let values = values.into_values().collect();
            for row in rows::find::<E>(&self.transaction, *column, values, nothing_else()).await? {
                found.insert(E::id(&row), row);
            }
        }
        let others = self.ledger_of(E::KIND).filter(|id| !found.contains_key(id));
        let others = others.map(sea_orm::Value::from).collect();
        let id = id_column::<E>()?;
        for row in rows::find::<E>(&self.transaction, id, others, nothing_else()).await? {
            found.insert(E::id(&row), row);
        }
        Ok(found.into_values().collect())
    }

    fn ledger_of(&self, kind: EntityKind) -> impl Iterator<Item = i64> {
        self.ledger.get(&kind).into_iter().flatten().copied()
    }

    /// The rows that are not the actor's to change, and who changed them last.
    pub(super) async fn foreign<E: Tracked>(
        &mut self,
        found: &[E::Model],
    ) -> Result<HashMap<i64, String>, StoreError> {
        let ids: Vec<i64> = found.iter().map(E::id).collect();
        let mut histories: HashMap<i64, History> = HashMap::new();
        for ids in ids.chunks(BATCH) {
            let changes = change::Entity::find()
                .select_only()
                .columns([change::Column::EntityId, change::Column::Actor])
                .filter(change::Column::EntityKind.eq(E::KIND))
                .filter(change::Column::EntityId.is_in(ids.iter().copied()))
                .order_by_asc(change::Column::Id)
                .into_tuple::<(i64, String)>();
            for (id, actor) in changes.all(&self.transaction).await? {
                histories.entry(id).or_default().add(actor);
            }
        }
        let mut foreign = HashMap::new();
        for id in ids {
            let history = histories.remove(&id).unwrap_or_default();
            if history.curator.is_some() {
                self.curated.insert((E::KIND, id));
            }
            let has_made = self.has_made(E::KIND, id);
            if let Some(owner) = history.owner(&self.actor, has_made) {
                foreign.insert(id, owner);
            }
        }
        Ok(foreign)
    }

    /// Rows of the ledger that somebody else has deleted, by key, with their ids; all others that
    /// are gone are struck from the ledger.
    async fn withdrawn<E: Tracked>(
        &mut self,
        found: &[E::Model],
    ) -> Result<HashMap<String, (i64, String)>, StoreError> {
        let present: BTreeSet<i64> = found.iter().map(E::id).collect();
        let gone: Vec<i64> = self
            .ledger_of(E::KIND)
            .filter(|id| !present.contains(id))
            .collect();
        let mut withdrawn = HashMap::new();
        for ids in gone.chunks(BATCH) {
            let changes = change::Entity::find()
                .filter(change::Column::EntityKind.eq(E::KIND))
                .filter(change::Column::EntityId.is_in(ids.iter().copied()))
                .filter(change::Column::Operation.eq(ChangeOperation::Delete.to_value()))
                .all(&self.transaction)
                .await?;
            for change in changes {
                let before = change.before.unwrap_or_default();
                if let Ok(row) = serde_json::from_value::<E::Model>(before) {
                    let key = rows::key(&row, E::KEY);
                    withdrawn.insert(key, (change.entity_id, change.actor));
                }
            }
        }
        if let Some(ledger) = self.ledger.get_mut(&E::KIND) {
            ledger.retain(|id| present.contains(id));
        }
        Ok(withdrawn)
    }

    /// Brings one row in step, if it is the actor's.
    async fn compare<E: Tracked>(
        &mut self,
        found: E::Model,
        wanted: &E::Model,
        foreign: &HashMap<i64, String>,
    ) -> Result<(), StoreError> {
        let id = E::id(&found);
        if let Some(actor) = foreign.get(&id) {
            if is_import(&self.actor) {
                return self.contradict::<E>(&found, wanted);
            }
            let label = E::label(&found, &self.names);
            self.kept.push(format!(
                "{label} was last changed by `{actor}`; it stays as it is"
            ));
            return Ok(());
        }
        self.ledger.entry(E::KIND).or_default().insert(id);
        self.managed.entry(E::KIND).or_default().insert(id);
        let mut changes = rows::differences(&found, wanted, E::OWN_KIND);
        let before = serde_json::to_value(&found)?;
        if changes.is_empty() {
            self.log.unchanged(E::KIND, id, before);
            return Ok(());
        }
        changes.extend(rows::touch(&found, self.now));
        let after = rows::update::<E>(&self.transaction, &found, changes).await?;
        self.log
            .updated(E::KIND, id, before, serde_json::to_value(after)?);
        self.tally(E::KIND).updated += 1;
        Ok(())
    }

    /// Remembers in what a row of somebody else differs from what an import says; the row stays as
    /// it is, and is the import's no longer if it ever was.
    fn contradict<E: Tracked>(
        &mut self,
        found: &E::Model,
        wanted: &E::Model,
    ) -> Result<(), StoreError> {
        let id = E::id(found);
        if let Some(ledger) = self.ledger.get_mut(&E::KIND) {
            ledger.remove(&id);
        }
        let differences = rows::differences(found, wanted, E::OWN_KIND);
        let differences = differences
            .into_iter()
            .filter(|(_, value)| *value != value.as_null())
            .map(|(column, value)| (column.as_str(), value));
        self.contradictions
            .insert((E::KIND, id), differences.collect());
        self.log
            .unchanged(E::KIND, id, serde_json::to_value(found)?);
        Ok(())
    }

    /// Reads rows of any owner, to which parts are to be added.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn know<E: Tracked>(
        &mut self,
        ids: impl IntoIterator<Item = i64>,
    ) -> Result<(), StoreError> {
        self.tables.insert(E::KIND, E::default().table_name());
        let unknown: BTreeSet<i64> = ids
            .into_iter()
            .filter(|id| !self.log.knows(E::KIND, *id))
            .collect();
        let unknown = unknown.into_iter().map(sea_orm::Value::from).collect();
        let id = id_column::<E>()?;
        let found = rows::find::<E>(&self.transaction, id, unknown, Condition::all()).await?;
        self.foreign::<E>(&found).await?;
        for row in found {
            if let Some(slug) = E::slug(&row) {
                self.names.0.insert((E::KIND, E::id(&row)), slug.to_owned());
            }
            self.log
                .unchanged(E::KIND, E::id(&row), serde_json::to_value(&row)?);
        }
        Ok(())
    }

    /// Sets the column that refers to rows of the same kind, which [`Sync::entities`] leaves
    /// alone: only after it do all of them have ids. Takes ids, each with the id it refers to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refer<E: Tracked>(
        &mut self,
        targets: impl IntoIterator<Item = (i64, Option<i64>)>,
    ) -> Result<(), StoreError> {
        let Some(column) = E::OWN_KIND else {
            return Ok(());
        };
        let targets: HashMap<i64, Option<i64>> = targets.into_iter().collect();
        let managed = self.managed.get(&E::KIND).into_iter().flatten();
        let ids = managed
            .filter(|id| targets.contains_key(id))
            .map(|id| (*id).into())
            .collect();
        let id = id_column::<E>()?;
        for row in rows::find::<E>(&self.transaction, id, ids, Condition::all()).await? {
            let target = targets.get(&E::id(&row)).copied().flatten();
            if row.get(column) == target.into() {
                continue;
            }
            let mut changes = vec![(column, target.into())];
            let is_first = !self.log.has_changed(E::KIND, E::id(&row));
            if is_first {
                changes.extend(rows::touch(&row, self.now));
                self.tally(E::KIND).updated += 1;
            }
            let after = rows::update::<E>(&self.transaction, &row, changes).await?;
            self.log
                .changed_again(E::KIND, E::id(&row), serde_json::to_value(after)?);
        }
        Ok(())
    }

    async fn create<E: Tracked>(
        &mut self,
        missing: Vec<(usize, String, E::Model)>,
        ids: &mut [Option<i64>],
    ) -> Result<(), StoreError> {
        let models = missing.iter().map(|(_, _, row)| row.clone()).collect();
        let mut stored = rows::insert::<E>(&self.transaction, models, E::KEY).await?;
        for (position, key, wanted) in missing {
            let Some(row) = stored.remove(&key) else {
                let label = E::label(&wanted, &self.names);
                self.kept.push(format!(
                    "{label} is left out: another {} has its key",
                    noun(E::KIND)
                ));
                continue;
            };
            let id = E::id(&row);
            ids[position] = Some(id);
            if let Some(slug) = E::slug(&row) {
                self.names.0.insert((E::KIND, id), slug.to_owned());
            }
            self.log.created(E::KIND, id, serde_json::to_value(&row)?);
            self.ledger.entry(E::KIND).or_default().insert(id);
            self.managed.entry(E::KIND).or_default().insert(id);
            self.created.entry(E::KIND).or_default().insert(id);
            self.tally(E::KIND).created += 1;
        }
        Ok(())
    }

    /// Remembers which of the rows that nobody wants are the actor's.
    fn note_vanished<E: Tracked>(
        &mut self,
        unwanted: impl Iterator<Item = E::Model>,
        foreign: &HashMap<i64, String>,
    ) -> Result<(), StoreError> {
        let ledger: HashSet<i64> = self.ledger_of(E::KIND).collect();
        let mut vanished = Vec::new();
        for row in unwanted.filter(|row| ledger.contains(&E::id(row))) {
            let label = E::label(&row, &self.names);
            let id = E::id(&row);
            if let Some(actor) = foreign.get(&id) {
                self.kept.push(format!(
                    "{label} is gone, but was last changed by `{actor}`; it stays"
                ));
            } else {
                let row = serde_json::to_value(&row)?;
                vanished.push(VanishedRow { id, label, row });
            }
        }
        vanished.sort_by_key(|row| row.id);
        self.vanished.push(Vanished {
            kind: E::KIND,
            table: E::default().table_name(),
            references: E::REFERENCES,
            rows: vanished,
        });
        Ok(())
    }
}
