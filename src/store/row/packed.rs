//! Rows of SQLite, which packs all of a statement into one text: an array of arrays in JSON.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use sea_orm::sqlx::sqlite::SqliteRow;
use sea_orm::sqlx::{Decode, Row as _, Sqlite, Type};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Columns, Fetched, Layout, PARENT, Row, Values};
use crate::store::lookup::BySlug;
use crate::store::order::SortKey;
use crate::store::reader::Reader;
use crate::store::shape::{Column, Kind};
use crate::store::sql::Sql;
use crate::store::{StoreError, ends};

/// Writes a statement that [`read`] reads, of the rows that `rows` finds: all of them in one text, and beside it
/// their `parent`, if there is one, and the `version`.
pub(in crate::store) fn write(
    sql: &mut Sql,
    layout: &Layout,
    parent: Option<BySlug<'_>>,
    version: Option<&str>,
    rows: impl FnOnce(&mut Sql),
) {
    sql.push("SELECT (SELECT '[' || group_concat(r, ',') || ']' FROM (SELECT ");
    rows(sql);
    sql.push("))");
    if let Some((_, columns)) = &layout.parent {
        sql.push(", ");
        write_end(sql, columns, PARENT);
    }
    if let Some(version) = version {
        sql.push(", ").push(version);
    }
    if let Some(parent) = parent {
        parent.write_from(sql);
        parent.write_where(sql);
    }
}

/// Writes the array that holds a row: `lead`, then as the layout says.
pub(in crate::store) fn write_columns(
    sql: &mut Sql,
    layout: &Layout,
    lead: &str,
    keys: &[SortKey],
) {
    sql.push("json_array(").push(lead);
    for key in keys {
        sql.push(", ");
        key.write_json(sql, "t");
    }
    sql.push(", ");
    layout.record.write(sql, "t");
    for (number, (_, columns)) in layout.ends.iter().enumerate() {
        sql.push(", ");
        write_end(sql, columns, &ends::alias(number));
    }
    sql.push(") AS r");
}

/// Writes the id of a row, null if there is none, and the array that holds it.
fn write_end(sql: &mut Sql, columns: &Columns, alias: &str) {
    sql.column(alias, "id").push(", json_array(");
    columns.write(sql, alias);
    sql.push(")");
}

/// Reads all rows of a page, which is one row of the database; `reader` remembers those at their ends, and their parent.
pub(in crate::store) fn read<M: DeserializeOwned>(
    reader: &Reader,
    layout: &Layout,
    page: &SqliteRow,
) -> Result<Vec<Fetched<M>>, StoreError> {
    let row = PackedRow {
        reader,
        layout,
        model: PhantomData,
    };
    let rows = match cell::<Option<&str>>(page, 0)? {
        Some(text) => Rows(row).deserialize(&mut serde_json::Deserializer::from_str(text))?,
        None => Vec::new(),
    };
    let Some((end, columns)) = &layout.parent else {
        return Ok(rows);
    };
    let parent = cell(page, 1)?;
    (end.keep_packed)(reader, parent, columns, cell(page, 2)?)?;
    if rows.is_empty() {
        return Ok(vec![Fetched { parent, row: None }]);
    }
    let rows = rows.into_iter();
    Ok(rows.map(|row| Fetched { parent, ..row }).collect())
}

fn cell<'r, T>(page: &'r SqliteRow, place: usize) -> Result<T, StoreError>
where
    T: Decode<'r, Sqlite> + Type<Sqlite>,
{
    Ok(page.try_get(place).map_err(serde_json::Error::custom)?)
}

/// Makes a model of one array.
pub(in crate::store) fn read_model<M: DeserializeOwned>(
    columns: &Columns,
    text: &str,
) -> Result<M, StoreError> {
    let model = Model(columns, PhantomData);
    Ok(model.deserialize(&mut serde_json::Deserializer::from_str(text))?)
}

/// Reads an array of rows.
struct Rows<'a, M>(PackedRow<'a, M>);

/// Reads an array of what the layout says.
struct PackedRow<'a, M> {
    reader: &'a Reader,
    layout: &'a Layout,
    model: PhantomData<M>,
}

/// Reads an array of columns.
struct Model<'a, M>(&'a Columns, PhantomData<M>);

impl<M> Clone for PackedRow<'_, M> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

/// Has a reader of an array ask for one.
macro_rules! reads_array {
    ($type:ident -> $value:ty) => {
        impl<'de, M: DeserializeOwned> DeserializeSeed<'de> for $type<'_, M> {
            type Value = $value;

            fn deserialize<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<$value, D::Error> {
                deserializer.deserialize_seq(self)
            }
        }
    };
}
reads_array!(Rows -> Vec<Fetched<M>>);
reads_array!(PackedRow -> Fetched<M>);
reads_array!(Model -> M);

impl<'de, M: DeserializeOwned> Visitor<'de> for Rows<'_, M> {
    type Value = Vec<Fetched<M>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut packed: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = packed.next_element_seed(self.0.clone())? {
            rows.push(row);
        }
        Ok(rows)
    }
}

impl<'de, M: DeserializeOwned> Visitor<'de> for PackedRow<'_, M> {
    type Value = Fetched<M>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, packed: A) -> Result<Self::Value, A::Error> {
        let Layout { keys, record, .. } = self.layout;
        let mut packed = Elements(packed);
        let parent = packed.take()?;
        let keys = (0..*keys).map(|_| packed.take());
        let keys = keys.collect::<Result<_, _>>()?;
        let model = Arc::new(record.read(&mut packed)?);
        for (end, columns) in &self.layout.ends {
            let (id, row): (Option<i64>, &RawValue) = (packed.take()?, packed.take()?);
            if let Some(id) = id {
                let kept = (end.keep_packed)(self.reader, id, columns, row.get());
                kept.map_err(Error::custom)?;
            }
        }
        let row = Some(Row { keys, model });
        Ok(Fetched { parent, row })
    }
}

impl<'de, M: DeserializeOwned> Visitor<'de> for Model<'_, M> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("columns")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, packed: A) -> Result<M, A::Error> {
        self.0.read(&mut Elements(packed))
    }
}

/// The elements of an array.
struct Elements<A>(A);

impl<'de, A: SeqAccess<'de>> Elements<A> {
    fn take<T: serde::Deserialize<'de>>(&mut self) -> Result<T, A::Error> {
        self.take_seed(PhantomData)
    }

    fn take_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        let element = self.0.next_element_seed(seed)?;
        element.ok_or_else(|| A::Error::custom("a row is too short"))
    }
}

impl<'de, A: SeqAccess<'de>> Values<'de> for &mut Elements<A> {
    type Error = A::Error;

    fn next<T: DeserializeSeed<'de>>(
        &mut self,
        column: &Column,
        seed: T,
    ) -> Result<T::Value, A::Error> {
        if column.kind == Kind::Float {
            let text: Option<&str> = self.take()?;
            let number = text.map(str::parse::<f64>).transpose();
            let number = serde_json::Value::from(number.map_err(Error::custom)?);
            return seed.deserialize(number).map_err(Error::custom);
        }
        self.take_seed(seed)
    }
}
