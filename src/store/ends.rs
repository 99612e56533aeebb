//! The rows at the other ends of a row's keys. A usage or a link says little without them: whoever
//! asks for them gets them by the same statement, and finds them where loaders look first.

use std::sync::Arc;

use sea_orm::sqlx::postgres::PgRow;

use super::lookup::Lookup;
use super::map::Set;
use super::reader::Reader;
use super::relation::{Link, Relation};
use super::row::{Columns, native, packed};
use super::shape::{self, Column, Record, Shape};
use super::sql::Sql;
use super::{StoreError, reader::Projection};

/// A row that a column of another row names.
#[derive(Clone, Copy, Debug)]
pub struct End {
    key: &'static str,
    /// Another field that shows the row.
    also: Option<&'static str>,
    pub(super) shape: fn() -> &'static Shape,
    /// The rows at the ends of that row.
    pub(super) ends: &'static [End],
    pub(super) keep_packed: fn(&Reader, i64, &Columns, &str) -> Result<(), StoreError>,
    pub(super) keep_native: fn(&Reader, i64, &Columns, &PgRow, usize) -> Result<(), StoreError>,
}

impl End {
    /// The row of `E` whose id stands in the column `key`, which is called like the field that
    /// shows the row, and `_id`.
    pub(super) const fn of<E: Record>(key: &'static str) -> Self {
        Self {
            key,
            also: None,
            shape: Shape::of::<E>,
            ends: E::ENDS,
            keep_packed: keep_packed::<E>,
            keep_native: keep_native::<E>,
        }
    }

    /// The same row, which this field shows too.
    pub(super) const fn shown_by(self, field: &'static str) -> Self {
        Self {
            also: Some(field),
            ..self
        }
    }

    fn is_shown(&self, fields: &Set<String>) -> bool {
        shape::is_shown(self.key, fields) || self.also.is_some_and(|also| fields.contains(also))
    }

    /// Whether one of these fields shows the row that the column names.
    pub(super) fn needs(&self, column: &Column, fields: &Set<String>) -> bool {
        self.key == column.name && self.is_shown(fields)
    }

    /// Writes the join of an end, as `alias`, with the row `t`.
    fn write_join(&self, sql: &mut Sql, alias: &str) {
        let table = (self.shape)().table;
        if sql.is_postgres() {
            // LIMIT keeps the planner from joining in another order than that of the rows.
            sql.push(" LEFT JOIN LATERAL (SELECT * FROM ").name(table);
            sql.push(" o WHERE o.\"id\" = ").column("t", self.key);
            sql.push(" LIMIT 1) ").push(alias).push(" ON TRUE");
        } else {
            sql.push(" LEFT JOIN ").name(table).push(" ").push(alias);
            sql.push(" ON ").column(alias, "id").push(" = ");
            sql.column("t", self.key);
        }
    }
}

/// Joins the ends with the rows `t`, each under its alias.
pub(super) fn write_joins(sql: &mut Sql, ends: &[&End]) {
    for (number, end) in ends.iter().enumerate() {
        end.write_join(sql, &alias(number));
    }
}

/// What an end is called in a statement.
pub(super) fn alias(number: usize) -> String {
    format!("e{number}")
}

/// The ends of `E` to read below the parents of `relation`: those that are shown, but not the
/// parent itself.
pub(super) fn shown<E: Record>(
    relation: Option<&Relation>,
    projection: &Projection,
) -> Vec<&'static End> {
    let Some(fields) = projection.get(Shape::of::<E>().table) else {
        return Vec::new();
    };
    let ends = E::ENDS.iter();
    ends.filter(|end| !is_parent(end, relation) && end.is_shown(fields))
        .collect()
}

/// The column that tells the rows of one parent apart: of a link, which has no id, its far end.
pub(super) fn key_below<E: Record>(relation: Option<&Relation>) -> &'static str {
    let mut ends = E::ENDS.iter().rev();
    if E::KEY == "id" || relation.is_none() {
        return E::KEY;
    }
    let far = ends.find(|end| !is_parent(end, relation));
    far.map_or(E::KEY, |end| end.key)
}

fn is_parent(end: &End, relation: Option<&Relation>) -> bool {
    relation.is_some_and(|relation| match relation.link {
        Link::Column(column) => column == end.key,
        Link::Shelf => end.key == "company_id",
        _ => false,
    })
}

fn keep_packed<E: Record>(
    reader: &Reader,
    id: i64,
    columns: &Columns,
    row: &str,
) -> Result<(), StoreError> {
    let model = || Ok(Arc::new(packed::read_model(columns, row)?));
    reader.keep(Lookup::<E>::id(id), model)
}

fn keep_native<E: Record>(
    reader: &Reader,
    id: i64,
    columns: &Columns,
    row: &PgRow,
    first: usize,
) -> Result<(), StoreError> {
    let model = || Ok(Arc::new(native::read_model(columns, row, first)?));
    reader.keep(Lookup::<E>::id(id), model)
}
