//! The change log of one synchronisation, written at its end.

use std::collections::HashMap;

use entity::change;
use entity::enums::{ChangeOperation, EntityKind};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ActiveValue, ConnectionTrait as _, EntityTrait as _};
use serde_json::{Value as Json, json};

use super::Sync;
use super::rows::BATCH;
use crate::store::StoreError;

/// What has happened to each row, in the order in which the rows were met.
#[derive(Debug, Default)]
pub(super) struct Log {
    entries: Vec<Entry>,
    positions: HashMap<(EntityKind, i64), usize>,
}

/// What has happened to one row and its parts.
#[derive(Debug)]
struct Entry {
    kind: EntityKind,
    id: i64,
    /// `None` if nothing but parts has changed, or nothing at all.
    operation: Option<ChangeOperation>,
    before: Option<Json>,
    after: Option<Json>,
    has_changed_parts: bool,
}

impl Log {
    pub fn created(&mut self, kind: EntityKind, id: i64, after: Json) {
        self.push(kind, id, Some(ChangeOperation::Create), None, Some(after));
    }

    pub fn updated(&mut self, kind: EntityKind, id: i64, before: Json, after: Json) {
        let operation = Some(ChangeOperation::Update);
        self.push(kind, id, operation, Some(before), Some(after));
    }

    pub fn deleted(&mut self, kind: EntityKind, id: i64, before: Json) {
        self.push(kind, id, Some(ChangeOperation::Delete), Some(before), None);
    }

    /// Remembers a row whose parts may yet change.
    pub fn unchanged(&mut self, kind: EntityKind, id: i64, row: Json) {
        self.push(kind, id, None, Some(row.clone()), Some(row));
    }

    /// Whether the row is known.
    pub fn knows(&self, kind: EntityKind, id: i64) -> bool {
        self.positions.contains_key(&(kind, id))
    }

    /// Whether anything but parts of a row has changed.
    pub fn has_changed(&self, kind: EntityKind, id: i64) -> bool {
        let position = self.positions.get(&(kind, id));
        position.is_some_and(|position| self.entries[*position].operation.is_some())
    }

    /// Another change of a row that is already known, before any of its parts.
    pub fn changed_again(&mut self, kind: EntityKind, id: i64, after: Json) {
        if let Some(position) = self.positions.get(&(kind, id)) {
            let entry = &mut self.entries[*position];
            entry.operation.get_or_insert(ChangeOperation::Update);
            entry.after = Some(after);
        }
    }

    fn push(
        &mut self,
        kind: EntityKind,
        id: i64,
        operation: Option<ChangeOperation>,
        before: Option<Json>,
        after: Option<Json>,
    ) {
        self.positions.insert((kind, id), self.entries.len());
        self.entries.push(Entry {
            kind,
            id,
            operation,
            before,
            after,
            has_changed_parts: false,
        });
    }

    /// A part of `owner` that is no longer, or no longer like this.
    pub fn part_before(&mut self, owner: (EntityKind, i64), table: &str, part: Json) {
        self.part(owner, |entry| &mut entry.before, table, part);
    }

    /// A part of `owner` that is new, or now like this.
    pub fn part_after(&mut self, owner: (EntityKind, i64), table: &str, part: Json) {
        self.part(owner, |entry| &mut entry.after, table, part);
    }

    fn part(
        &mut self,
        owner: (EntityKind, i64),
        side: fn(&mut Entry) -> &mut Option<Json>,
        table: &str,
        part: Json,
    ) {
        let Some(position) = self.positions.get(&owner) else {
            return;
        };
        let entry = &mut self.entries[*position];
        entry.has_changed_parts = true;
        let Some(row) = side(entry) else { return };
        match &mut row[table] {
            Json::Array(parts) => parts.push(part),
            none => *none = json!([part]),
        }
    }
}

impl Sync {
    /// Raises the revision of rows of which only parts have changed, and writes the log. Returns
    /// whether there was anything to write.
    pub(super) async fn write_log(&mut self) -> Result<bool, StoreError> {
        let mut log = std::mem::take(&mut self.log);
        let mut touched: HashMap<EntityKind, Vec<i64>> = HashMap::new();
        for entry in &mut log.entries {
            if entry.operation.is_none() && entry.has_changed_parts {
                entry.operation = Some(ChangeOperation::Update);
                if let Some(after) = &mut entry.after {
                    let revision = after["revision"].as_i64().unwrap_or_default();
                    after["revision"] = json!(revision + 1);
                    after["updated_at"] = json!(self.now);
                }
                touched.entry(entry.kind).or_default().push(entry.id);
                self.tally(entry.kind).updated += 1;
            }
        }
        for (kind, ids) in touched {
            let Some(table) = self.tables.get(&kind) else {
                continue;
            };
            for ids in ids.chunks(BATCH) {
                let touch = Query::update()
                    .table(*table)
                    .value("revision", Expr::col("revision").add(1))
                    .value("updated_at", self.now)
                    .and_where(Expr::col("id").is_in(ids.iter().copied()))
                    .to_owned();
                self.transaction.execute(&touch).await?;
            }
        }
        self.insert_log(log).await
    }

    async fn insert_log(&self, log: Log) -> Result<bool, StoreError> {
        let changes = log.entries.into_iter().filter_map(|entry| {
            Some(change::ActiveModel {
                id: ActiveValue::NotSet,
                at: ActiveValue::Set(self.now),
                actor: ActiveValue::Set(self.actor.clone()),
                entity_kind: ActiveValue::Set(entry.kind),
                entity_id: ActiveValue::Set(entry.id),
                operation: ActiveValue::Set(entry.operation?),
                before: ActiveValue::Set(entry.before),
                after: ActiveValue::Set(entry.after),
                reason: ActiveValue::Set(None),
            })
        });
        let mut changes = changes.peekable();
        let is_any = changes.peek().is_some();
        while changes.peek().is_some() {
            change::Entity::insert_many(changes.by_ref().take(BATCH))
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(is_any)
    }
}
