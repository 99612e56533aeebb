//! Keeping rows in step with a set that is wanted, in one transaction.
//!
//! Whoever owns a set, its *actor*, hands over all rows that it wants, kind by kind. [`Sync`]
//! creates what is missing, changes only columns that differ, and retires what is no longer
//! wanted. What belongs to the actor follows from two records:
//!
//! - the *ledger*, a setting with the ids of the rows that the actor has created: only these are
//!   ever changed or retired;
//! - the change log: a row whose last change is by somebody else is left as it is and reported.
//!
//! Rows without a log of their own (links, evidence, names, see [`Parts`]) belong to an entity
//! and share its fate; whoever changes them logs a change of that entity, and so does [`Sync`].

mod counters;
mod entities;
mod log;
mod parts;
mod retire;
mod rows;
mod tracked;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, SubsecRound as _, Utc};
use entity::enums::EntityKind;
use entity::setting;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveEnum as _, ActiveValue, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbBackend, EntityTrait as _, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _,
};

use super::{StoreError, version};
use log::Log;
use retire::Vanished;

pub use parts::Parts;
pub use tracked::Tracked;

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
}

/// A synchronisation under way. Nothing is written unless it is finished.
pub struct Sync {
    transaction: DatabaseTransaction,
    actor: &'static str,
    now: DateTime<Utc>,
    /// Ids of the rows that the actor has made.
    ledger: HashMap<EntityKind, BTreeSet<i64>>,
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
        actor: &'static str,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = db.begin_with_options(options).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let lock = "SELECT pg_advisory_xact_lock(hashtext('stack-atlas'), hashtext($1))";
            let values = [actor.into()];
            let lock = Statement::from_sql_and_values(DbBackend::Postgres, lock, values);
            transaction.execute_raw(lock).await?;
        }
        let ledger = match setting(&transaction, &ledger_key(actor)).await? {
            Some(text) => serde_json::from_str::<Vec<(EntityKind, BTreeSet<i64>)>>(&text)?,
            None => Vec::new(),
        };
        Ok(Self {
            transaction,
            actor,
            // What PostgreSQL keeps of a time.
            now: now.trunc_subsecs(6),
            ledger: ledger.into_iter().collect(),
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

    /// Writes the change log, the ledger and these settings, and commits.
    ///
    /// # Errors
    /// When the database fails; then nothing has been written at all.
    pub async fn finish(mut self, settings: &[(&str, &str)]) -> Result<Outcome, StoreError> {
        self.write_log().await?;
        let ledger: BTreeMap<String, (EntityKind, &BTreeSet<i64>)> = self
            .ledger
            .iter()
            .map(|(kind, ids)| (kind.to_value(), (*kind, ids)))
            .collect();
        let ledger = serde_json::to_string(&ledger.values().collect::<Vec<_>>())?;
        let key = ledger_key(self.actor);
        let settings = settings
            .iter()
            .copied()
            .chain([(key.as_str(), ledger.as_str())]);
        let rows = settings.map(|(key, value)| setting::ActiveModel {
            key: ActiveValue::Set(key.to_owned()),
            value: ActiveValue::Set(value.to_owned()),
        });
        let replace = OnConflict::column(setting::Column::Key)
            .update_column(setting::Column::Value)
            .to_owned();
        setting::Entity::insert_many(rows)
            .on_conflict(replace)
            .exec_without_returning(&self.transaction)
            .await?;
        version::renew(&self.transaction).await?;
        self.transaction.commit().await?;
        self.kept.sort();
        self.kept.dedup();
        Ok(Outcome {
            tallies: self.tallies,
            kept: self.kept,
        })
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
