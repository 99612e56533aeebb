//! The only way to the database. Knows the entities and sea-orm; knows nothing of GraphQL or HTTP.
//!
//! A request reads through a [`Reader`]: rows by key ([`Lookup`]), pages of lists ([`PageOf`]) and
//! counts ([`CountOf`]), each asked one by one and answered in batches.

mod connect;
mod cursor;
mod ends;
mod filter;
mod kept;
mod lines;
mod loaders;
mod lookup;
mod map;
mod order;
mod page;
mod reader;
mod records;
mod relation;
pub mod relations;
pub mod review;
mod row;
mod shape;
mod sql;
mod stack;
pub mod sync;
pub mod text;
mod turn;
mod version;

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement};

pub use connect::{ConnectError, ConnectionOptions, connect, migrate, pending_steps};
pub use cursor::CursorError;
pub use ends::End;
pub use filter::{Filter, Quantifier, Test};
pub use loaders::{Answers, Question};
pub use lookup::{BySlug, Key, Lookup};
pub use map::{Map, Set};
pub use order::SortKey;
pub use page::{CountOf, Page, PageOf, PageQuery, PageRequest, PageRow, Parent};
pub use reader::{Projection, Reader, Spent};
pub use relation::Relation;
pub use shape::Record;
pub use stack::{Shelf, StackOf};
pub use version::renew as renew_version;

use kept::{Keeper, Kept};
use lines::Lines;

/// Why something could not be read. Nobody outside can do anything about these.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("database: {0}")]
    Database(Arc<DbErr>),
    /// What the database sent is not what the entity says.
    #[error("a row could not be decoded: {0}")]
    Decode(Arc<serde_json::Error>),
    /// Whoever asked for all was dropped.
    #[error("a batch was lost")]
    Lost,
    /// The batch panicked; the panic is in the log.
    #[error("a batch panicked")]
    Panicked,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Decode(Arc::new(error))
    }
}

/// A database that is ready to be read.
#[derive(Clone, Debug)]
pub struct Store {
    origin: Arc<Origin>,
    kept: Option<Arc<Kept>>,
}

/// Where rows come from.
#[derive(Debug)]
enum Origin {
    /// Lines that belong to the store.
    Lines(Box<Lines>),
    /// A pool that others use, too.
    Pool(DatabaseConnection),
}

impl Store {
    /// Opens a database, whose tables must be up to date.
    ///
    /// # Errors
    /// When the URL is malformed or nothing answers there.
    pub async fn open(options: &ConnectionOptions) -> Result<Self, ConnectError> {
        let lines = connect::open(options).await?;
        Ok(Self::of(Origin::Lines(Box::new(lines))))
    }

    /// Reads from a pool that others use, too. That is slower: see [`Store::open`].
    #[must_use]
    pub fn new(db: DatabaseConnection) -> Self {
        Self::of(Origin::Pool(db))
    }

    fn of(origin: Origin) -> Self {
        Self {
            origin: Arc::new(origin),
            kept: None,
        }
    }

    /// Keeps up to this many rows in memory, so that later requests need not read them as long as the data have the
    /// same version. Without this, none are kept.
    #[must_use]
    pub fn keeping(self, rows: u64) -> Self {
        Self {
            kept: Kept::new(rows).map(Arc::new),
            ..self
        }
    }

    /// A reader for one request that reads no other columns than `projection` asks for.
    #[must_use]
    pub fn reader(&self, projection: impl Into<Arc<Projection>>) -> Reader {
        Reader::new(self.clone(), projection.into(), None)
    }

    /// The same, for one of many requests with this very projection: what one has read is kept for the others.
    #[must_use]
    pub fn sharing_reader(&self, projection: &Arc<Projection>) -> Reader {
        let kept = self.kept.clone();
        let keeper = kept.map(|kept| Arc::new(Keeper::new(kept, Arc::clone(projection))));
        Reader::new(self.clone(), Arc::clone(projection), keeper)
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        let statement = Statement::from_string(self.backend(), "SELECT 1");
        self.read(statement, true).await.is_ok()
    }

    /// How many rows each of `tables` has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sizes(&self, tables: &[&'static str]) -> Result<Vec<i64>, StoreError> {
        let counts: Vec<String> = tables
            .iter()
            .map(|table| format!("(SELECT COUNT(*) FROM \"{table}\") AS \"{table}\""))
            .collect();
        let text = format!("SELECT {}", counts.join(", "));
        let rows = self
            .read(Statement::from_string(self.backend(), text), true)
            .await?;
        let Some(row) = rows.first() else {
            return Ok(vec![0; tables.len()]);
        };
        let sizes = tables.iter().map(|table| row.try_get("", table));
        Ok(sizes.collect::<Result<_, _>>()?)
    }

    fn backend(&self) -> DbBackend {
        match &*self.origin {
            Origin::Lines(lines) => lines.backend(),
            Origin::Pool(db) => db.get_database_backend(),
        }
    }

    /// The rows of a statement that only reads; if `single`, it has one at most.
    async fn read(
        &self,
        statement: Statement,
        single: bool,
    ) -> Result<Vec<QueryResult>, StoreError> {
        match &*self.origin {
            Origin::Lines(lines) => Ok(lines.read(&statement, single).await?),
            Origin::Pool(db) => Ok(db.query_all_raw(statement).await?),
        }
    }
}
