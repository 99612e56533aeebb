//! Sort keys, and the condition that continues a sorted read after a given row.

use sea_orm::{EntityTrait, Value};

use super::cursor::CursorError;
use super::shape::{Column, Shape};
use super::sql::Sql;

/// What rows are sorted by: one of their columns, or a column of the row they belong to.
///
/// Missing values come last in both directions.
#[derive(Clone, Copy, Debug)]
pub struct SortKey {
    column: &'static Column,
    source: Source,
    descending: bool,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Own,
    /// The row of `table` whose id stands in our column `key`.
    Related {
        key: &'static str,
        table: &'static str,
    },
}

impl SortKey {
    /// Sorts by a column of `E`; `None` if it has no such column.
    #[must_use]
    pub fn column<E: EntityTrait>(name: &str) -> Option<Self> {
        Some(Self {
            column: Shape::of::<E>().column(name)?,
            source: Source::Own,
            descending: false,
        })
    }

    /// Sorts by column `name` of the row of `E` whose id stands in column `key`;
    /// `None` if `E` has no such column.
    #[must_use]
    pub fn related<E: EntityTrait>(key: &'static str, name: &str) -> Option<Self> {
        let shape = Shape::of::<E>();
        Some(Self {
            column: shape.column(name)?,
            source: Source::Related {
                key,
                table: shape.table,
            },
            descending: false,
        })
    }

    /// The same key, the largest value first.
    #[must_use]
    pub fn descending(self, descending: bool) -> Self {
        Self { descending, ..self }
    }

    pub(super) fn is_descending(&self) -> bool {
        self.descending
    }

    /// Reads a cursor's value as one of this key, null for a missing one.
    pub(super) fn decode(&self, value: &serde_json::Value) -> Result<Option<Value>, CursorError> {
        if value.is_null() && self.is_nullable() {
            return Ok(None);
        }
        let value = self.column.decode(value).ok_or(CursorError::Malformed)?;
        Ok(Some(value))
    }

    /// Whether it is a column of the row itself, and can be missing.
    pub(super) fn has_own_gaps(&self) -> bool {
        self.column.nullable && matches!(self.source, Source::Own)
    }

    fn is_nullable(&self) -> bool {
        // The row it belongs to may be missing.
        self.column.nullable || matches!(self.source, Source::Related { .. })
    }

    pub(super) fn write(&self, sql: &mut Sql, row: Row<'_>) {
        match self.source {
            Source::Own => row.write(sql, self.column.name),
            Source::Related { key, table } => write_related(sql, row.alias, key, table, |sql| {
                sql.column("r", self.column.name);
            }),
        }
    }

    pub(super) fn write_json(&self, sql: &mut Sql, alias: &str) {
        let write = |sql: &mut Sql, alias: &str| {
            if sql.is_postgres() {
                sql.column(alias, self.column.name);
            } else {
                sql.json_column(alias, self.column);
            }
        };
        match self.source {
            Source::Own => write(sql, alias),
            Source::Related { key, table } => {
                write_related(sql, alias, key, table, |sql| write(sql, "r"));
            }
        }
    }

    fn write_direction(&self, sql: &mut Sql, reversed: bool) {
        sql.push(if self.descending == reversed {
            " ASC"
        } else {
            " DESC"
        });
    }

    fn write_place_of_missing(&self, sql: &mut Sql, reversed: bool) {
        if self.is_nullable() {
            sql.push(if reversed {
                " NULLS FIRST"
            } else {
                " NULLS LAST"
            });
        }
    }
}

/// Writes what `column` makes of the row `r` of `table` whose id stands in the column `key`.
fn write_related(
    sql: &mut Sql,
    alias: &str,
    key: &str,
    table: &str,
    column: impl FnOnce(&mut Sql),
) {
    sql.push("(SELECT ");
    column(sql);
    sql.push(" FROM ").name(table).push(" r WHERE r.\"id\" = ");
    sql.column(alias, key).push(")");
}

/// A row under an alias. In a many-to-many relation its tie-breaker is read from the junction,
/// whose index is already in that order.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub alias: &'a str,
    /// The junction's alias, and its column that holds the row's id.
    pub junction: Option<(&'a str, &'a str)>,
}

impl<'a> Row<'a> {
    pub fn plain(alias: &'a str) -> Self {
        Self {
            alias,
            junction: None,
        }
    }

    fn write(self, sql: &mut Sql, column: &str) {
        match self.junction {
            Some((link, child)) if column == "id" => sql.column(link, child),
            _ => sql.column(self.alias, column),
        };
    }
}

/// Writes the ORDER BY list.
pub(super) fn write_order(sql: &mut Sql, keys: &[SortKey], row: Row<'_>, reversed: bool) {
    sql.join(keys, ", ", |sql, key| {
        key.write(sql, row);
        key.write_direction(sql, reversed);
        key.write_place_of_missing(sql, reversed);
    });
}

/// Writes the ORDER BY list for rows of which all or none have the first key: as indexes are
/// ordered, wherever those put what is missing.
pub(super) fn write_index_order(sql: &mut Sql, keys: &[SortKey], row: Row<'_>, reversed: bool) {
    sql.join(keys, ", ", |sql, key| {
        key.write(sql, row);
        key.write_direction(sql, reversed);
    });
}

/// Writes the condition "comes after `bound` in this order"; `reversed`: "comes before it".
///
/// `bound` has one value for each key; the last key is unique.
pub(super) fn write_after(
    sql: &mut Sql,
    keys: &[SortKey],
    bound: &[Option<Value>],
    row: Row<'_>,
    reversed: bool,
) {
    let uniform = keys.iter().all(|key| {
        !key.is_nullable() && key.descending == keys.first().is_some_and(|k| k.descending)
    });
    if uniform {
        write_beyond_row(sql, keys, bound, row, reversed);
        return;
    }
    let terms: Vec<_> = keys.iter().zip(bound).collect();
    if let Some((key, Some(value))) = terms.first()
        && !key.is_nullable()
    {
        // Implied by what follows, and the only part that an index can seek to.
        key.write(sql, row);
        sql.push(if key.descending == reversed {
            " >= "
        } else {
            " <= "
        });
        sql.bind(value.clone()).push(" AND ");
    }
    write_nested(sql, &terms, row, reversed);
}

/// `(a, b, id) > (?, ?, ?)`, which indexes understand, for keys that run the same way and are not
/// missing.
pub(super) fn write_beyond_row(
    sql: &mut Sql,
    keys: &[SortKey],
    bound: &[Option<Value>],
    row: Row<'_>,
    reversed: bool,
) {
    let ascending = keys.first().is_some_and(|key| key.descending == reversed);
    sql.push("(");
    sql.join(keys, ", ", |sql, key| key.write(sql, row));
    sql.push(if ascending { ") > (" } else { ") < (" });
    sql.join(bound.iter().flatten(), ", ", |sql, value| {
        sql.bind(value.clone());
    });
    sql.push(")");
}

/// `(a after x OR (a = x AND (b after y OR …)))`
fn write_nested(sql: &mut Sql, terms: &[(&SortKey, &Option<Value>)], row: Row<'_>, reversed: bool) {
    let Some(((key, value), rest)) = terms.split_first() else {
        sql.push("FALSE");
        return;
    };
    sql.push("(");
    write_beyond(sql, key, value.as_ref(), row, reversed);
    if !rest.is_empty() {
        sql.push(" OR (");
        key.write(sql, row);
        match value {
            Some(value) => sql.push(" = ").bind(value.clone()),
            None => sql.push(" IS NULL"),
        };
        sql.push(" AND ");
        write_nested(sql, rest, row, reversed);
        sql.push(")");
    }
    sql.push(")");
}

/// "This key alone comes after `value`."
fn write_beyond(sql: &mut Sql, key: &SortKey, value: Option<&Value>, row: Row<'_>, reversed: bool) {
    let Some(value) = value else {
        // Missing values come last, so that only a reversed read goes on to the others.
        if reversed {
            key.write(sql, row);
            sql.push(" IS NOT NULL");
        } else {
            sql.push("FALSE");
        }
        return;
    };
    key.write(sql, row);
    sql.push(if key.descending == reversed {
        " > "
    } else {
        " < "
    });
    sql.bind(value.clone());
    if key.is_nullable() && !reversed {
        sql.push(" OR ");
        key.write(sql, row);
        sql.push(" IS NULL");
    }
}
