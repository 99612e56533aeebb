//! Keeping rows in step with a set that is wanted, in one transaction.
//!
//! Whoever owns a set, its *actor*, hands over all rows that it wants, kind by kind. [`Sync`]
//! creates what is missing, changes only columns that differ, and retires what is no longer
//! wanted. What belongs to the actor follows from two records:
//!
//! - the *ledger*, a setting with the ids of the rows that the actor has created, and the keys of
//!   the parts that it has added to rows: only these are ever changed or retired;
//! - the change log: a row whose last change is by somebody else is left as it is and reported.
//!
//! Rows without a log of their own (links, evidence, names, see [`Parts`]) belong to an entity
//! and share its fate; whoever changes them logs a change of that entity, and so does [`Sync`].
//!
//! *Imports*, the actors whose names begin with [`IMPORT`], rank below all others: a row that an
//! import has made can be taken over, and to rows of others an import adds parts, but changes
//! nothing ([`Sync::add_parts`]). What it adds does not count as a change by somebody else.

mod additions;
mod counters;
mod ending;
mod entities;
mod log;
mod parts;
mod read;
mod retire;
mod rows;
mod tracked;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, SubsecRound as _, Utc};
use entity::enums::EntityKind;
use entity::setting;
use sea_orm::sea_query::{OnConflict, Value};
use sea_orm::{
    ActiveEnum as _, ActiveValue, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbBackend, EntityTrait as _, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _,
};

use super::{StoreError, version};
use log::Log;
use retire::Vanished;

pub use additions::Stale;
pub use ending::Standing;
pub use parts::Parts;
pub use tracked::{Tracked, noun};

/// What a synchronisation did to the rows of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that were made.
    pub created: usize,
    /// Rows of which a column or a part was changed.
    pub updated: usize,
    /// Rows that were removed because they are no longer wanted.
    pub retired: usize,
}

/// What a synchronisation did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// By kind, in the order in which the kinds were handed over.
    pub tallies: Vec<(EntityKind, Tally)>,
    /// What was left as it is although something else is wanted, and why: one sentence each.
    pub kept: Vec<String>,
    /// Whether anything was written, or would have been.
    pub is_changed: bool,
}

/// What the names of actors that are imports begin with.
pub const IMPORT: &str = "import:";

fn is_import(actor: &str) -> bool {
    actor.starts_with(IMPORT)
}

/// What becomes of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// It stays.
    Commit,
    /// It is taken back: nothing was meant but to see what would happen.
    Rehearse,
}

/// A synchronisation under way. Nothing is written unless it is finished.
pub struct Sync {
    transaction: DatabaseTransaction,
    actor: String,
    now: DateTime<Utc>,
    /// Ids of the rows that the actor has made.
    ledger: HashMap<EntityKind, BTreeSet<i64>>,
    /// Keys of the parts that the actor has made, by table.
    part_ledger: BTreeMap<String, BTreeSet<String>>,
    /// Whether nobody has kept count of parts before: then all of its rows' parts are the actor's.
    owns_all_parts: bool,
    /// Rows that somebody has changed who is not an import.
    curated: HashSet<(EntityKind, i64)>,
    /// In what rows of others differ from what an import wants: columns and wanted values.
    contradictions: HashMap<(EntityKind, i64), Vec<(&'static str, Value)>>,
    /// Whether anything was written that is not in the log.
    has_written: bool,
    tables: HashMap<EntityKind, &'static str>,
    /// Rows that the actor may change: it has made them, and nobody has changed them since.
    managed: HashMap<EntityKind, BTreeSet<i64>>,
    /// Rows made by this synchronisation, which have no parts yet.
    created: HashMap<EntityKind, HashSet<i64>>,
    vanished: Vec<Vanished>,
    names: Names,
    log: Log,
    tallies: Vec<(EntityKind, Tally)>,
    kept: Vec<String>,
}

/// What rows are called, by kind and id.
#[derive(Debug, Default)]
pub struct Names(HashMap<(EntityKind, i64), String>);

impl Names {
    /// The slug of a row; its number if the row is not known.
    #[must_use]
    pub fn of(&self, kind: EntityKind, id: i64) -> String {
        let slug = self.0.get(&(kind, id));
        slug.cloned().unwrap_or_else(|| format!("#{id}"))
    }
}

impl Sync {
    /// Begins, and keeps every other synchronisation out until the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(
        db: &DatabaseConnection,
        actor: impl Into<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let actor = actor.into();
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = db.begin_with_options(options).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let lock = "SELECT pg_advisory_xact_lock(hashtext('stack-atlas'), hashtext('sync'))";
            let lock = Statement::from_string(DbBackend::Postgres, lock);
            transaction.execute_raw(lock).await?;
        }
        let ledger = match setting(&transaction, &ledger_key(&actor)).await? {
            Some(text) => serde_json::from_str::<Vec<(EntityKind, BTreeSet<i64>)>>(&text)?,
            None => Vec::new(),
        };
        let part_ledger = setting(&transaction, &part_ledger_key(&actor)).await?;
        // Imports have kept count from the first day.
        let owns_all_parts = part_ledger.is_none() && !is_import(&actor);
        let part_ledger = part_ledger.map(|text| serde_json::from_str(&text));
        Ok(Self {
            transaction,
            actor,
            // What PostgreSQL keeps of a time.
            now: now.trunc_subsecs(6),
            ledger: ledger.into_iter().collect(),
            part_ledger: part_ledger.transpose()?.unwrap_or_default(),
            owns_all_parts,
            curated: HashSet::new(),
            contradictions: HashMap::new(),
            has_written: false,
            tables: HashMap::new(),
            managed: HashMap::new(),
            created: HashMap::new(),
            vanished: Vec::new(),
            names: Names::default(),
            log: Log::default(),
            tallies: Vec::new(),
            kept: Vec::new(),
        })
    }

    /// The value of a setting, as of now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        setting(&self.transaction, key).await
    }

    /// Writes the change log, the ledgers and these settings, and commits. If nothing has changed,
    /// nothing is written at all.
    ///
    /// # Errors
    /// When the database fails; then nothing has been written at all.
    pub async fn finish(
        mut self,
        settings: &[(&str, &str)],
        finish: Finish,
    ) -> Result<Outcome, StoreError> {
        let is_changed = self.write_log().await? || self.has_written;
        let own = [
            (ledger_key(&self.actor), self.ledger_text()?),
            (
                part_ledger_key(&self.actor),
                serde_json::to_string(&self.part_ledger)?,
            ),
        ];
        let own = own
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        let mut changed = Vec::new();
        for (key, value) in settings.iter().copied().chain(own) {
            if self.setting(key).await?.as_deref() != Some(value) {
                changed.push(setting::ActiveModel {
                    key: ActiveValue::Set(key.to_owned()),
                    value: ActiveValue::Set(value.to_owned()),
                });
            }
        }
        if !changed.is_empty() {
            let replace = OnConflict::column(setting::Column::Key)
                .update_column(setting::Column::Value)
                .to_owned();
            setting::Entity::insert_many(changed)
                .on_conflict(replace)
                .exec_without_returning(&self.transaction)
                .await?;
        }
        if is_changed {
            version::renew(&self.transaction).await?;
        }
        match finish {
            Finish::Commit => self.transaction.commit().await?,
            Finish::Rehearse => self.transaction.rollback().await?,
        }
        self.kept.sort();
        self.kept.dedup();
        Ok(Outcome {
            tallies: self.tallies,
            kept: self.kept,
            is_changed,
        })
    }

    fn ledger_text(&self) -> Result<String, StoreError> {
        let ledger: BTreeMap<String, (EntityKind, &BTreeSet<i64>)> = self
            .ledger
            .iter()
            .map(|(kind, ids)| (kind.to_value(), (*kind, ids)))
            .collect();
        Ok(serde_json::to_string(&ledger.values().collect::<Vec<_>>())?)
    }

    /// Whether the actor has made this part.
    fn owns_part(&self, table: &str, key: &str) -> bool {
        let own = self.part_ledger.get(table);
        self.owns_all_parts || own.is_some_and(|keys| keys.contains(key))
    }

    fn own_part(&mut self, table: &str, key: String) {
        let own = self.part_ledger.entry(table.to_owned()).or_default();
        own.insert(key);
    }

    fn disown_part(&mut self, table: &str, key: &str) {
        if let Some(own) = self.part_ledger.get_mut(table) {
            own.remove(key);
        }
    }

    /// Whether the actor has made this row, and may have to let others have it.
    #[must_use]
    pub fn has_made(&self, kind: EntityKind, id: i64) -> bool {
        self.ledger.get(&kind).is_some_and(|ids| ids.contains(&id))
    }

    /// The rows that the actor has made, by kind.
    #[must_use]
    pub fn made(&self) -> HashMap<EntityKind, BTreeSet<i64>> {
        self.ledger.clone()
    }

    /// Whether somebody has a say in this row who is not an import; known of rows that were handed
    /// over or read ([`Sync::know`]).
    #[must_use]
    pub fn is_curated(&self, kind: EntityKind, id: i64) -> bool {
        self.curated.contains(&(kind, id))
    }

    /// In what a row of somebody else differs from what was wanted: columns and wanted values.
    #[must_use]
    pub fn contradictions(&self, kind: EntityKind, id: i64) -> &[(&'static str, Value)] {
        self.contradictions
            .get(&(kind, id))
            .map_or(&[], Vec::as_slice)
    }

    fn tally(&mut self, kind: EntityKind) -> &mut Tally {
        let position = self.tallies.iter().position(|(known, _)| *known == kind);
        let position = position.unwrap_or_else(|| {
            self.tallies.push((kind, Tally::default()));
            self.tallies.len() - 1
        });
        &mut self.tallies[position].1
    }
}

/// The value of a setting.
///
/// # Errors
/// When the database fails.
pub async fn setting(db: &impl ConnectionTrait, key: &str) -> Result<Option<String>, StoreError> {
    let row = setting::Entity::find_by_id(key).one(db).await?;
    Ok(row.map(|row| row.value))
}

fn ledger_key(actor: &str) -> String {
    format!("{actor}.rows")
}

fn part_ledger_key(actor: &str) -> String {
    format!("{actor}.parts")
}
