//! One request's view of the database: its statements, its batches, and what they cost.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{FromQueryResult, QueryResult};
use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::ends::{self, End};
use super::loaders::{Loaders, Question};
use super::order::SortKey;
use super::shape::{Column, Record, Shape};
use super::sql::Sql;
use super::{Store, StoreError};

/// Which columns of which table were asked for; a table that is not named is read whole.
pub type Projection = HashMap<&'static str, HashSet<String>>;

/// Reads for one request. Never kept longer: its answers are remembered as they were read.
#[derive(Clone)]
pub struct Reader(Arc<Inner>);

pub(super) struct Inner {
    store: Store,
    projection: Arc<Projection>,
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

/// A row with the position of its parent and its sort values.
pub(super) struct Fetched<M> {
    pub parent: i64,
    pub keys: Vec<Json>,
    pub model: M,
}

/// A row of `M` as SQLite packs it: parent, sort values, columns, and each end with its id.
#[derive(Deserialize)]
struct Packed<'a, M>(
    i64,
    Vec<Json>,
    M,
    #[serde(borrow, default)] Vec<(Option<i64>, &'a RawValue)>,
);

impl Reader {
    pub(super) fn new(store: Store, projection: Arc<Projection>) -> Self {
        Self(Arc::new_cyclic(|inner| Inner {
            store,
            projection,
            loaders: Loaders::new(inner.clone()),
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

    /// The columns that this request can show.
    pub(super) fn projection(&self) -> &Projection {
        &self.0.projection
    }

    /// Remembers an answer that came along with another one.
    pub(super) fn keep<Q: Question>(
        &self,
        question: Q,
        answer: impl FnOnce() -> Result<Q::Answer, StoreError>,
    ) -> Result<(), StoreError> {
        self.0.loaders.keep(question, answer)
    }

    /// Writes a statement that reads rows of `E` (alias `t` in `body`) together with `parent`,
    /// a position, the sort values of `keys`, and the rows at `ends`, which `body` joins.
    ///
    /// SQLite hands over each row through a channel between threads, column by column; packed
    /// into one text by the database, the same rows cost half.
    pub(super) fn select<E: Record>(
        &self,
        sql: &mut Sql,
        parent: &str,
        keys: &[SortKey],
        ends: &[&End],
        body: impl FnOnce(&mut Sql),
    ) {
        let shape = Shape::of::<E>();
        if sql.is_postgres() {
            sql.push("SELECT CAST(")
                .push(parent)
                .push(" AS bigint) AS page_parent");
            if !keys.is_empty() {
                sql.push(", CAST(json_build_array(");
                sql.join(keys, ", ", |sql, key| key.write_json(sql, "t"));
                sql.push(") AS text) AS page_keys");
            }
            self.write_named(sql, "t", shape, "");
            for (number, end) in ends.iter().enumerate() {
                let alias = ends::alias(number);
                self.write_named(sql, &alias, (end.shape)(), &alias);
            }
            body(sql);
        } else {
            sql.push("SELECT '[' || group_concat(r, ',') || ']' AS page FROM (SELECT json_array(");
            sql.push(parent).push(", json_array(");
            sql.join(keys, ", ", |sql, key| key.write_json(sql, "t"));
            sql.push("), ");
            self.write_packed(sql, "t", shape);
            if !ends.is_empty() {
                sql.push(", json_array(");
                sql.join(ends.iter().enumerate(), ", ", |sql, (number, end)| {
                    let alias = ends::alias(number);
                    sql.push("json_array(").column(&alias, "id").push(", ");
                    self.write_packed(sql, &alias, (end.shape)());
                    sql.push(")");
                });
                sql.push(")");
            }
            sql.push(") AS r");
            body(sql);
            sql.push(")");
        }
    }

    /// Writes the columns of the row `alias`, each under its name after `prefix`.
    fn write_named(&self, sql: &mut Sql, alias: &str, shape: &Shape, prefix: &str) {
        let asked = self.0.projection.get(shape.table);
        for column in &shape.columns {
            sql.push(", ");
            write_column(sql, alias, column, asked);
            sql.push(" AS \"").push(prefix).push(column.name).push("\"");
        }
    }

    /// Writes the columns of the row `alias` as one array.
    fn write_packed(&self, sql: &mut Sql, alias: &str, shape: &Shape) {
        let asked = self.0.projection.get(shape.table);
        sql.push("json_array(");
        sql.join(&shape.columns, ", ", |sql, column| {
            write_column(sql, alias, column, asked);
        });
        sql.push(")");
    }

    /// Runs a statement that `select` has written. The rows at `ends` are remembered.
    pub(super) async fn fetch<E: Record>(
        &self,
        sql: Sql,
        ends: &[&End],
    ) -> Result<Vec<Fetched<E::Model>>, StoreError> {
        let packed = !sql.is_postgres();
        // Packed, they come as one.
        let rows = self.run(sql, packed).await?;
        let fetched = if packed {
            self.unpack::<E>(&rows, ends)?
        } else {
            let rows = rows.iter().map(|row| self.read_native::<E>(row, ends));
            rows.collect::<Result<_, _>>()?
        };
        self.0
            .rows
            .fetch_add(fetched.len() as u64, Ordering::Relaxed);
        Ok(fetched)
    }

    /// Runs a statement that has columns of its own.
    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
        let rows = self.run(sql, false).await?;
        self.0.rows.fetch_add(rows.len() as u64, Ordering::Relaxed);
        Ok(rows)
    }

    /// Runs a statement with a column `amount`.
    pub(super) async fn counts(&self, sql: Sql) -> Result<Vec<i64>, StoreError> {
        let rows = self.rows(sql).await?;
        let counts = rows.iter().map(|row| row.try_get("", "amount"));
        Ok(counts.collect::<Result<_, _>>()?)
    }

    fn unpack<E: Record>(
        &self,
        rows: &[QueryResult],
        ends: &[&End],
    ) -> Result<Vec<Fetched<E::Model>>, StoreError> {
        let Some(row) = rows.first() else {
            return Ok(Vec::new());
        };
        let Some(text) = row.try_get::<Option<String>>("", "page")? else {
            return Ok(Vec::new());
        };
        let rows: Vec<Packed<'_, E::Model>> = serde_json::from_str(&text)?;
        let fetched = rows.into_iter().map(|Packed(parent, keys, model, found)| {
            for (end, (id, row)) in ends.iter().zip(found) {
                if let Some(id) = id {
                    (end.keep_packed)(self, id, row.get())?;
                }
            }
            Ok(Fetched {
                parent,
                keys,
                model,
            })
        });
        fetched.collect()
    }

    fn read_native<E: Record>(
        &self,
        row: &QueryResult,
        ends: &[&End],
    ) -> Result<Fetched<E::Model>, StoreError> {
        for (number, end) in ends.iter().enumerate() {
            let alias = ends::alias(number);
            if let Some(id) = row.try_get::<Option<i64>>(&alias, "id")? {
                (end.keep_native)(self, id, row, &alias)?;
            }
        }
        let keys = row.try_get::<String>("", "page_keys");
        Ok(Fetched {
            parent: row.try_get("", "page_parent")?,
            keys: keys.map_or_else(|_| Ok(Vec::new()), |keys| serde_json::from_str(&keys))?,
            model: E::Model::from_query_result(row, "")?,
        })
    }

    async fn run(&self, sql: Sql, single: bool) -> Result<Vec<QueryResult>, StoreError> {
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        self.0.store.read(sql.statement(), single).await
    }
}

fn write_column(sql: &mut Sql, alias: &str, column: &Column, asked: Option<&HashSet<String>>) {
    let wanted = column.is_always_read() || asked.is_none_or(|asked| asked.contains(column.name));
    if !wanted {
        sql.stand_in(column);
    } else if sql.is_postgres() {
        sql.column(alias, column.name);
    } else {
        sql.json_column(alias, column);
    }
}
