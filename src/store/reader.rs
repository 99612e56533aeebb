//! One request's view of the database: its statements, its batches, and what they cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::sqlx::Row as _;
use sea_orm::{DbBackend, QueryResult};

use super::ends::End;
use super::kept::Keeper;
use super::loaders::{Answers, Loaders, Question};
use super::lookup::BySlug;
use super::map::{Map, Set};
use super::order::SortKey;
use super::row::{Columns, Fetched, Layout, Row, native, packed};
use super::shape::{self, Record, Shape};
use super::sql::Sql;
use super::{Store, StoreError, version};

/// Which columns of which table were asked for; a table that is not named is read whole.
pub type Projection = Map<&'static str, Set<String>>;

/// Reads for one request. Never kept longer: its answers are remembered as they were read.
#[derive(Clone)]
pub struct Reader(Arc<Inner>);

pub(super) struct Inner {
    store: Store,
    projection: Arc<Projection>,
    keeper: Option<Arc<Keeper>>,
    loaders: Loaders,
    statements: AtomicU64,
    rows: AtomicU64,
}

/// What a request has cost so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// SQL statements sent.
    pub statements: u64,
    /// Rows received.
    pub rows: u64,
}

/// A statement, and what the rows look like that it reads.
pub(super) struct Selection {
    sql: Sql,
    layout: Layout,
}

impl Reader {
    pub(super) fn new(
        store: Store,
        projection: Arc<Projection>,
        keeper: Option<Arc<Keeper>>,
    ) -> Self {
        Self(Arc::new_cyclic(|inner| Inner {
            store,
            projection,
            loaders: Loaders::new(inner.clone(), keeper.clone()),
            keeper,
            statements: AtomicU64::new(0),
            rows: AtomicU64::new(0),
        }))
    }

    pub(super) fn from_inner(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    /// Asks a question together with all others of its kind that are asked at the same time.
    /// `None` means that there is no such thing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load<Q: Question>(&self, question: Q) -> Result<Option<Q::Answer>, StoreError> {
        self.0.loaders.load(question).await
    }

    /// Asks questions, so that their answers are known afterwards; what was found for each.
    pub async fn ask<Q: Question>(&self, questions: Vec<Q>) -> Vec<Option<Q::Answer>> {
        self.0.loaders.ask(questions).await
    }

    /// What is known of the questions of a kind.
    #[must_use]
    pub fn answers<Q: Question>(&self) -> Answers<Q> {
        self.0.loaders.answers()
    }

    /// Runs a request that reads through this reader. Outside of it, batches leave too soon.
    pub async fn drive<F: Future>(&self, request: F) -> F::Output {
        self.0.loaders.turns.drive(request).await
    }

    /// What this request has cost so far.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent {
            statements: self.0.statements.load(Ordering::Relaxed),
            rows: self.0.rows.load(Ordering::Relaxed),
        }
    }

    pub(super) fn sql(&self) -> Sql {
        Sql::new(self.0.store.backend())
    }

    /// Where the row of a list stands that travels as a table `p`, counted from 0.
    pub(super) fn position(&self) -> &'static str {
        if self.0.store.backend() == DbBackend::Postgres {
            "p.ord - 1"
        } else {
            "p.key"
        }
    }

    /// The columns that this request can show.
    pub(super) fn projection(&self) -> &Projection {
        &self.0.projection
    }

    /// Remembers an answer that came along with another one; `None` means that there is no such thing.
    pub(super) fn remember<Q: Question>(&self, question: Q, answer: Option<Q::Answer>) {
        self.0.loaders.remember(question, answer);
    }

    /// Remembers a row that came along with another one, for later requests as well.
    pub(super) fn keep<Q: Question>(
        &self,
        question: Q,
        answer: impl FnOnce() -> Result<Q::Answer, StoreError>,
    ) -> Result<(), StoreError> {
        self.0.loaders.keep(question, answer)
    }

    /// Writes a statement that reads rows of `E` (alias `t` in `body`) together with `position`, that of
    /// the parent, the sort values of `keys`, and the rows at `ends`, which `body` joins.
    ///
    /// SQLite hands over each row through a channel between threads, column by column; packed
    /// into one text by the database, the same rows cost half.
    pub(super) fn select<E: Record>(
        &self,
        position: &str,
        keys: &[SortKey],
        ends: &[&'static End],
        body: impl FnOnce(&mut Sql),
    ) -> Selection {
        self.write::<E>(None, position, keys, ends, body)
    }

    /// The same for the list of one parent, [`PARENT`](super::row::PARENT) in `body`, which is read too.
    pub(super) fn select_below<E: Record>(
        &self,
        parent: BySlug<'_>,
        keys: &[SortKey],
        ends: &[&'static End],
        body: impl FnOnce(&mut Sql),
    ) -> Selection {
        // Any column that is never null tells whether there is a row.
        let presence = format!("t.\"{}\"", E::KEY);
        self.write::<E>(Some(parent), &presence, keys, ends, body)
    }

    fn write<E: Record>(
        &self,
        parent: Option<BySlug<'_>>,
        lead: &str,
        keys: &[SortKey],
        ends: &[&'static End],
        body: impl FnOnce(&mut Sql),
    ) -> Selection {
        let end = |end: &'static End| (end, self.columns((end.shape)(), end.ends));
        let layout = Layout {
            keys: keys.len(),
            record: self.columns(Shape::of::<E>(), E::ENDS),
            ends: ends.iter().copied().map(end).collect(),
            parent: parent.map(|parent| end(parent.end)),
        };
        let version = self.tells_version().then_some(version::SUBQUERY);
        let mut sql = self.sql();
        if sql.is_postgres() {
            native::write(&mut sql, &layout, parent, version, |sql| {
                native::write_columns(sql, &layout, lead, keys);
                body(sql);
            });
        } else {
            packed::write(&mut sql, &layout, parent, version, |sql| {
                packed::write_columns(sql, &layout, lead, keys);
                body(sql);
            });
        }
        Selection { sql, layout }
    }

    /// The columns of a table that this request can show, or has to follow.
    fn columns(&self, shape: &'static Shape, ends: &[End]) -> Columns {
        let asked = self.0.projection.get(shape.table);
        Columns::new(shape, |column| {
            column.identifies()
                || asked.is_none_or(|fields| {
                    shape::is_shown(column.name, fields)
                        || ends.iter().any(|end| end.needs(column, fields))
                })
        })
    }

    /// Runs a statement that `select` has written. The rows at its ends are remembered.
    pub(super) async fn fetch<E: Record>(
        &self,
        selection: Selection,
    ) -> Result<Vec<Fetched<E::Model>>, StoreError> {
        let Selection { sql, layout } = selection;
        let is_packed = !sql.is_postgres();
        // Packed, they come as one.
        let rows = self.run(sql, is_packed).await?;
        self.witness(&rows);
        let mut fetched = Vec::with_capacity(rows.len());
        for row in &rows {
            if let Some(page) = row.try_as_sqlite_row() {
                fetched.extend(packed::read(self, &layout, page)?);
            } else if let Some(row) = row.try_as_pg_row() {
                fetched.extend(native::read(self, &layout, row)?);
            }
        }
        self.0
            .rows
            .fetch_add(fetched.len() as u64, Ordering::Relaxed);
        Ok(fetched)
    }

    /// Whether statements have to tell which version of the data they see, in their last column.
    pub(super) fn tells_version(&self) -> bool {
        self.0.keeper.is_some()
    }

    fn witness(&self, rows: &[QueryResult]) {
        if let Some(keeper) = &self.0.keeper {
            keeper.witness(rows.first().and_then(version_beside));
        }
    }

    /// Runs a statement that `select` has written, of rows that cannot be missing.
    pub(super) async fn fetch_rows<E: Record>(
        &self,
        selection: Selection,
    ) -> Result<Vec<(i64, Row<E::Model>)>, StoreError> {
        let fetched = self.fetch::<E>(selection).await?.into_iter();
        let rows = fetched.filter_map(|fetched| Some((fetched.parent, fetched.row?)));
        Ok(rows.collect())
    }

    /// Runs a statement that has columns of its own.
    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
        let rows = self.run(sql, false).await?;
        self.0.rows.fetch_add(rows.len() as u64, Ordering::Relaxed);
        Ok(rows)
    }

    /// Runs a statement with a column `amount` and, if it has to tell it, the version of the data.
    pub(super) async fn counts(&self, sql: Sql) -> Result<Vec<i64>, StoreError> {
        let rows = self.rows(sql).await?;
        self.witness(&rows);
        let counts = rows.iter().map(|row| row.try_get("", "amount"));
        Ok(counts.collect::<Result<_, _>>()?)
    }

    async fn run(&self, sql: Sql, single: bool) -> Result<Vec<QueryResult>, StoreError> {
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        self.0.store.read(sql.statement(), single).await
    }
}

/// The version of the data that stands in a row's last column.
fn version_beside(row: &QueryResult) -> Option<&str> {
    let version = if let Some(row) = row.try_as_sqlite_row() {
        row.try_get(row.len() - 1)
    } else {
        let row = row.try_as_pg_row()?;
        row.try_get(row.len() - 1)
    };
    version.ok()
}
