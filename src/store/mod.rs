//! The only way to the database. Knows the entities and sea-orm; knows nothing of GraphQL or HTTP.
//!
//! A request reads through a [`Reader`]: rows by key ([`Lookup`]), pages of lists ([`PageOf`]) and
//! counts ([`CountOf`]), each asked one by one and answered in batches.

mod connect;
mod cursor;
mod filter;
mod loaders;
mod lookup;
mod order;
mod page;
mod reader;
mod records;
mod relation;
pub mod relations;
mod shape;
mod sql;
mod stack;
pub mod sync;
pub mod text;
mod turn;
mod version;

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbErr, Statement};

pub use connect::{ConnectError, ConnectionOptions, connect, migrate, pending_steps};
pub use cursor::CursorError;
pub use filter::{Filter, Quantifier, Test};
pub use loaders::Question;
pub use lookup::{Key, Lookup};
pub use order::SortKey;
pub use page::{CountOf, Page, PageOf, PageQuery, PageRequest, PageRow, Parent};
pub use reader::{Projection, Reader, Spent};
pub use relation::Relation;
pub use shape::Record;
pub use stack::{Shelf, StackOf};
pub use version::renew as renew_version;

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
    db: DatabaseConnection,
}

impl Store {
    /// Reads from `db`, whose tables must be up to date.
    #[must_use]
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// A reader for one request that reads no other columns than `projection` asks for.
    #[must_use]
    pub fn reader(&self, projection: Projection) -> Reader {
        Reader::new(self.db.clone(), projection)
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        let statement = Statement::from_string(self.db.get_database_backend(), "SELECT 1");
        self.db.query_one_raw(statement).await.is_ok()
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
        let statement = Statement::from_string(self.db.get_database_backend(), text);
        let Some(row) = self.db.query_one_raw(statement).await? else {
            return Ok(vec![0; tables.len()]);
        };
        let sizes = tables.iter().map(|table| row.try_get("", table));
        Ok(sizes.collect::<Result<_, _>>()?)
    }
}
