//! Rows of PostgreSQL: cells in its binary form.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::sqlx::Row as _;
use sea_orm::sqlx::postgres::PgRow;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Visitor};
use serde_json::Error;

use super::{Columns, Fetched, Layout, PARENT, Row, Values};
use crate::store::lookup::BySlug;
use crate::store::order::SortKey;
use crate::store::reader::Reader;
use crate::store::shape::{Column, Kind};
use crate::store::sql::Sql;
use crate::store::text::iso_day;
use crate::store::{StoreError, ends};

/// Microseconds from 1970, from which everybody else counts, to 2000.
const MILLENNIUM: i64 = 946_684_800_000_000;

/// Writes a statement that [`read`] reads, of the rows that `rows` finds: beside each of them its `parent`, if
/// there is one, and the `version`, also where there are no rows.
pub(in crate::store) fn write(
    sql: &mut Sql,
    layout: &Layout,
    parent: Option<BySlug<'_>>,
    version: Option<&str>,
    rows: impl FnOnce(&mut Sql),
) {
    if let Some(version) = version {
        sql.push("SELECT q.*, v.value FROM (SELECT ").push(version);
        sql.push(" AS value) v LEFT JOIN (");
    }
    let parent = parent.zip(layout.parent.as_ref());
    if let Some((parent, (_, columns))) = parent {
        sql.push("SELECT ").column(PARENT, "id").push(", r.*, ");
        columns.write(sql, PARENT);
        parent.write_from(sql);
        sql.push(" LEFT JOIN LATERAL (");
    }
    sql.push("SELECT ");
    rows(sql);
    if let Some((parent, _)) = parent {
        sql.push(") r ON TRUE");
        parent.write_where(sql);
    }
    if version.is_some() {
        sql.push(") q ON TRUE");
    }
}

/// Writes the columns of a row: `lead`, then as the layout says.
pub(in crate::store) fn write_columns(
    sql: &mut Sql,
    layout: &Layout,
    lead: &str,
    keys: &[SortKey],
) {
    sql.push(lead);
    if !keys.is_empty() {
        sql.push(", CAST(json_build_array(");
        sql.join(keys, ", ", |sql, key| key.write_json(sql, "t"));
        sql.push(") AS text)");
    }
    sql.push(", ");
    layout.record.write(sql, "t");
    for (number, (_, columns)) in layout.ends.iter().enumerate() {
        sql.push(", ");
        columns.write(sql, &ends::alias(number));
    }
}

/// Reads a row; `reader` remembers those at its ends. Without a parent it is none: there are no rows.
pub(in crate::store) fn read<M: DeserializeOwned>(
    reader: &Reader,
    layout: &Layout,
    row: &PgRow,
) -> Result<Option<Fetched<M>>, StoreError> {
    let mut cells = Cells { row, next: 0 };
    let Some(parent) = cells.integer()? else {
        return Ok(None);
    };
    let is_there = layout.parent.is_none() || cells.take()?.is_some();
    let found = if is_there {
        let keys = match layout.keys {
            0 => Vec::new(),
            _ => serde_json::from_slice(cells.take()?.unwrap_or_default())?,
        };
        let model = Arc::new(layout.record.read(&mut cells)?);
        Some(Row { keys, model })
    } else {
        cells.next += usize::from(layout.keys > 0) + layout.record.count();
        None
    };
    for (end, columns) in layout.ends.iter().chain(&layout.parent) {
        let first = cells.next;
        if let Some(id) = cells.integer()? {
            (end.keep_native)(reader, id, columns, row, first)?;
        }
        cells.next = first + columns.count();
    }
    Ok(Some(Fetched { parent, row: found }))
}

/// Makes a model of the cells from the place `first` on.
pub(in crate::store) fn read_model<M: DeserializeOwned>(
    columns: &Columns,
    row: &PgRow,
    first: usize,
) -> Result<M, StoreError> {
    Ok(columns.read(&mut Cells { row, next: first })?)
}

/// The cells of a row.
struct Cells<'r> {
    row: &'r PgRow,
    next: usize,
}

impl<'r> Cells<'r> {
    /// The bytes of the next one, if it is not null.
    fn take(&mut self) -> Result<Option<&'r [u8]>, Error> {
        let cell = self.row.try_get_raw(self.next).map_err(Error::custom)?;
        self.next += 1;
        // It knows no other reason to fail.
        Ok(cell.as_bytes().ok())
    }

    fn integer(&mut self) -> Result<Option<i64>, Error> {
        self.take()?.map(integer).transpose()
    }
}

impl<'r> Values<'r> for &mut Cells<'r> {
    type Error = Error;

    fn next<T: DeserializeSeed<'r>>(
        &mut self,
        column: &Column,
        seed: T,
    ) -> Result<T::Value, Error> {
        let kind = column.kind;
        let bytes = self.take()?;
        seed.deserialize(Cell { kind, bytes })
    }
}

/// A value.
struct Cell<'r> {
    kind: Kind,
    bytes: Option<&'r [u8]>,
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(bytes) = self.bytes else {
            return visitor.visit_none();
        };
        match self.kind {
            Kind::Bool => visitor.visit_bool(bytes != [0]),
            Kind::Integer => visitor.visit_i64(integer(bytes)?),
            Kind::Float => visitor.visit_f64(f64::from_be_bytes(exactly(bytes)?)),
            Kind::Text => visitor.visit_borrowed_str(text(bytes)?),
            Kind::Date => visitor.visit_string(iso_day(date(bytes)?)),
            Kind::Time => visitor.visit_string(moment(bytes)?.to_rfc3339()),
            Kind::Json => {
                // The number of the form's version stands before the text.
                let text = bytes.strip_prefix(&[1]).unwrap_or(bytes);
                serde_json::Deserializer::from_slice(text).deserialize_any(visitor)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.bytes {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let variant = text(self.bytes.unwrap_or_default())?;
        BorrowedStrDeserializer::new(variant).deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A whole number of any width.
fn integer(bytes: &[u8]) -> Result<i64, Error> {
    Ok(match bytes.len() {
        2 => i16::from_be_bytes(exactly(bytes)?).into(),
        4 => i32::from_be_bytes(exactly(bytes)?).into(),
        _ => i64::from_be_bytes(exactly(bytes)?),
    })
}

fn date(bytes: &[u8]) -> Result<NaiveDate, Error> {
    let days = i32::from_be_bytes(exactly(bytes)?);
    let millennium = NaiveDate::from_ymd_opt(2000, 1, 1);
    let date = millennium.and_then(|first| first.checked_add_signed(TimeDelta::days(days.into())));
    date.ok_or_else(|| Error::custom("a day is beyond the calendar"))
}

fn moment(bytes: &[u8]) -> Result<DateTime<Utc>, Error> {
    let since = i64::from_be_bytes(exactly(bytes)?);
    let moment = DateTime::from_timestamp_micros(since.saturating_add(MILLENNIUM));
    moment.ok_or_else(|| Error::custom("a moment is beyond the calendar"))
}

fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(Error::custom)
}

fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Error> {
    bytes.try_into().map_err(Error::custom)
}
