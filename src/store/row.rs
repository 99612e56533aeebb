//! Rows as they travel: only the columns that a request can show, each in its place.
//!
//! Serde makes a model of them, from whichever database they come. For a column that nobody asked
//! for nothing travels and nothing is parsed: there the model has the default of its type.

use std::sync::Arc;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, SeqAccess};

use super::ends::End;
use super::shape::{Column, Shape};
use super::sql::Sql;

pub(super) mod native;
pub(super) mod packed;

/// The columns of a table, and which of them travel.
pub(super) struct Columns(Vec<(&'static Column, bool)>);

/// The parent of a list as a statement calls it that reads both.
pub(super) const PARENT: &str = "parent";

/// What a statement reads of each row: the position of its parent, sort values, the row, and the rows at its ends, of
/// which the first column is the id. Of a list that is read with its parent the rows can be missing.
pub(super) struct Layout {
    pub keys: usize,
    pub record: Columns,
    pub ends: Vec<(&'static End, Columns)>,
    pub parent: Option<(&'static End, Columns)>,
}

/// The position of a parent with a row, if it has one.
pub(super) struct Fetched<M> {
    pub parent: i64,
    pub row: Option<Row<M>>,
}

/// A row with its sort values.
pub(super) struct Row<M> {
    pub keys: Vec<serde_json::Value>,
    pub model: Arc<M>,
}

impl Columns {
    pub fn new(shape: &'static Shape, travels: impl Fn(&Column) -> bool) -> Self {
        let columns = shape.columns.iter();
        Self(columns.map(|column| (column, travels(column))).collect())
    }

    /// Those that travel.
    fn travelling(&self) -> impl Iterator<Item = &'static Column> {
        let columns = self.0.iter();
        columns.filter_map(|&(column, travels)| travels.then_some(column))
    }

    /// Writes those of the row `alias` into a statement.
    pub fn write(&self, sql: &mut Sql, alias: &str) {
        sql.join(self.travelling(), ", ", |sql, column| {
            if sql.is_postgres() {
                sql.column(alias, column.name);
            } else {
                sql.packed_column(alias, column);
            }
        });
    }

    /// How many travel.
    fn count(&self) -> usize {
        self.travelling().count()
    }

    /// Makes a model of the values that have travelled.
    fn read<'de, M: DeserializeOwned, V: Values<'de>>(&self, values: V) -> Result<M, V::Error> {
        let columns = self.0.iter();
        M::deserialize(SeqAccessDeserializer::new(Fields { columns, values }))
    }
}

/// Values that have travelled, one after the other.
trait Values<'de> {
    type Error: Error;

    /// Reads the next one, which is of this column.
    fn next<T: DeserializeSeed<'de>>(
        &mut self,
        column: &Column,
        seed: T,
    ) -> Result<T::Value, Self::Error>;
}

/// The fields of a model.
struct Fields<'c, V> {
    columns: std::slice::Iter<'c, (&'static Column, bool)>,
    values: V,
}

impl<'de, V: Values<'de>> SeqAccess<'de> for Fields<'_, V> {
    type Error = V::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, V::Error> {
        match self.columns.next() {
            Some((column, true)) => self.values.next(column, seed).map(Some),
            // Serde takes the default for this one, and asks for the next.
            Some((_, false)) | None => Ok(None),
        }
    }
}
