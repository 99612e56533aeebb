//! The statements of the page engine.

use super::{Bound, PageQuery, Parent};
use crate::store::ends::{self, End};
use crate::store::lookup::BySlug;
use crate::store::order::{self, Row, SortKey};
use crate::store::reader::{Reader, Selection};
use crate::store::relation::{Link, Relation};
use crate::store::row::PARENT;
use crate::store::shape::{Record, Shape};
use crate::store::sql::Sql;
use crate::store::version;

/// A part of a list that an index has in the list's order.
///
/// Missing values come last in both directions, which no index has them do. So a list whose first
/// key can be missing is read as two: the rows with a value, and then those without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Present,
    Missing,
}

/// One page for each of the parents, by one statement.
pub(super) fn page<E: Record>(
    reader: &Reader,
    query: &PageQuery<E>,
    parents: &[Parent],
    ends: &[&'static End],
) -> Selection {
    match (query.relation, parents) {
        (None, _) => list(reader, query, None, ends),
        (Some(relation), [(id, _)]) if !relation.has_pairs() => {
            list(reader, query, Some(*id), ends)
        }
        (Some(relation), _) => lists(reader, query, relation, parents, ends),
    }
}

/// A page of the whole table, or of the list of one parent.
fn list<E: Record>(
    reader: &Reader,
    query: &PageQuery<E>,
    parent: Option<i64>,
    ends: &[&'static End],
) -> Selection {
    let parent = |sql: &mut Sql| {
        sql.bind(parent);
    };
    reader.select::<E>("0", query.keys(), ends, |sql| {
        query.write_list(sql, ends, parent);
    })
}

/// A row that is known by its slug, with a page of its list.
pub(super) fn below<E: Record>(
    reader: &Reader,
    query: &PageQuery<E>,
    parent: BySlug<'_>,
    ends: &[&'static End],
) -> Selection {
    let id = |sql: &mut Sql| {
        sql.column(PARENT, "id");
    };
    reader.select_below::<E>(parent, query.keys(), ends, |sql| {
        query.write_list(sql, ends, id);
    })
}

/// Pages of the lists of several parents.
///
/// Each parent's rows are found by a seek of their own (`LIMIT` inside the correlated part): a
/// window function would read every child of every parent.
fn lists<E: Record>(
    reader: &Reader,
    query: &PageQuery<E>,
    relation: &Relation,
    parents: &[Parent],
    ends: &[&'static End],
) -> Selection {
    let parts = query.parts();
    reader.select::<E>(reader.position(), query.keys(), ends, |sql| {
        sql.push(" FROM ");
        write_parents(sql, relation, parents);
        if sql.is_postgres() {
            sql.push(" CROSS JOIN LATERAL (");
            query.write_rows(sql, &parts, "c.*", write_parent);
            sql.push(") t");
        } else {
            sql.push(" CROSS JOIN ").name(relation.table);
            sql.push(" t ON t.rowid IN (");
            query.write_rows(sql, &parts, "c.rowid", write_parent);
            sql.push(")");
        }
        ends::write_joins(sql, ends);
        if !sql.is_postgres() || parts.len() > 1 {
            sql.push(" ORDER BY ").push(reader.position()).push(", ");
            order::write_order(sql, &query.order, Row::plain("t"), query.backward);
        }
    })
}

impl<E: Record> PageQuery<E> {
    /// The sort values to read for cursors.
    fn keys(&self) -> &[SortKey] {
        if self.cursors { &self.order } else { &[] }
    }

    /// The parts of the list in which the page may lie.
    fn parts(&self) -> Vec<Part> {
        let [key, _tie_break] = self.order.as_slice() else {
            return vec![Part::Whole];
        };
        if !key.has_own_gaps() {
            return vec![Part::Whole];
        }
        let is_missing = |bound: &Option<Bound>| {
            let first = bound.as_ref().and_then(|values| values.first());
            first.map(Option::is_none)
        };
        let (after, before) = (is_missing(&self.after), is_missing(&self.before));
        let mut parts = Vec::new();
        if after != Some(true) {
            parts.push(Part::Present);
        }
        if before != Some(false) {
            parts.push(Part::Missing);
        }
        if parts.is_empty() {
            // After the last of those without a value, and before one that has: nothing.
            parts.push(Part::Whole);
        }
        parts
    }

    /// The row `alias`. In a list through a junction `link` its tie-breaker stands in that.
    fn row<'a>(&self, alias: &'a str, link: &'a str) -> Row<'a> {
        let junction = match self.relation.map(|relation| &relation.link) {
            Some(Link::Through { child, .. }) => Some((link, *child)),
            _ => None,
        };
        Row { alias, junction }
    }

    /// Writes `table alias … WHERE …` for the rows of the table, or of the parent that `parent`
    /// writes. Another condition must follow.
    fn write_source(&self, sql: &mut Sql, alias: &str, parent: impl Fn(&mut Sql)) {
        if let Some(relation) = self.relation {
            relation.write_children(sql, alias, parent);
            sql.push(" AND ");
        } else {
            sql.name(Shape::of::<E>().table);
            sql.push(" ").push(alias).push(" WHERE ");
        }
    }

    /// Writes ` FROM … t`: the list of which `parent` writes the key, with its ends.
    fn write_list(&self, sql: &mut Sql, ends: &[&'static End], parent: impl Fn(&mut Sql) + Copy) {
        match self.parts().as_slice() {
            [part] if ends.is_empty() => {
                sql.push(" FROM ");
                self.write_source(sql, "t", parent);
                self.write_part(sql, *part, self.row("t", "jt"));
            }
            parts => {
                sql.push(" FROM (");
                self.write_rows(sql, parts, "c.*", parent);
                sql.push(") t");
                // Only what the page shows is joined.
                ends::write_joins(sql, ends);
                self.write_parts_order(sql, parts);
            }
        }
    }

    /// Writes `SELECT columns FROM table c … ORDER BY … LIMIT …`: the parts, each in its own order,
    /// as one table.
    fn write_rows(
        &self,
        sql: &mut Sql,
        parts: &[Part],
        columns: &str,
        parent: impl Fn(&mut Sql) + Copy,
    ) {
        let write = |sql: &mut Sql, part: Part| {
            sql.push("SELECT ").push(columns).push(" FROM ");
            self.write_source(sql, "c", parent);
            self.write_part(sql, part, self.row("c", "jc"));
        };
        if let [part] = parts {
            return write(sql, *part);
        }
        sql.join(parts, " UNION ALL ", |sql, part| {
            sql.push("SELECT * FROM (");
            write(sql, *part);
            sql.push(") a");
        });
    }

    /// Writes the order of the page that these parts make, `t`. Both databases keep the order in which they
    /// found the rows; only that the parts come one after the other is no rule that they know.
    fn write_parts_order(&self, sql: &mut Sql, parts: &[Part]) {
        if parts.len() > 1 {
            sql.push(" ORDER BY ");
            order::write_order(sql, &self.order, Row::plain("t"), self.backward);
        }
    }

    /// Writes what stands after `WHERE` to read a part.
    fn write_part(&self, sql: &mut Sql, part: Part, row: Row<'_>) {
        self.filter.write(sql, row.alias, 0);
        let (key, tie_break) = self.order.split_at(1);
        for key in key.iter().filter(|_| part != Part::Whole) {
            sql.push(" AND ");
            key.write(sql, row);
            let test = if part == Part::Missing {
                " IS NULL"
            } else {
                " IS NOT NULL"
            };
            sql.push(test);
        }
        for (bound, reversed) in [(&self.after, false), (&self.before, true)] {
            // The other part lies wholly on the right side of the bound.
            let Some(bound) = bound.as_ref().filter(|bound| lies_in(bound, part)) else {
                continue;
            };
            sql.push(" AND (");
            match part {
                Part::Whole => order::write_after(sql, &self.order, bound, row, reversed),
                Part::Present => order::write_beyond_row(sql, &self.order, bound, row, reversed),
                Part::Missing => {
                    order::write_beyond_row(sql, tie_break, &bound[1..], row, reversed);
                }
            }
            sql.push(")");
        }
        sql.push(" ORDER BY ");
        if part == Part::Whole {
            order::write_order(sql, &self.order, row, self.backward);
        } else {
            order::write_index_order(sql, &self.order, row, self.backward);
        }
        sql.push(" LIMIT ");
        write_limit(sql, self.limit.saturating_add(u64::from(self.probe)));
    }
}

/// Whether the row that a bound marks stands in this part.
fn lies_in(bound: &Bound, part: Part) -> bool {
    match (part, bound.first()) {
        (Part::Present, Some(value)) => value.is_some(),
        (Part::Missing, Some(value)) => value.is_none(),
        _ => true,
    }
}

/// One count for each of the parents, by one statement.
pub(super) fn count<E: Record>(
    reader: &Reader,
    query: &PageQuery<E>,
    parents: &[Parent],
    at_most: Option<u64>,
) -> Sql {
    let mut sql = reader.sql();
    sql.push(if query.relation.is_some() && sql.is_postgres() {
        "SELECT p.ord - 1 AS ord, "
    } else if query.relation.is_some() {
        "SELECT p.key AS ord, "
    } else {
        "SELECT CAST(0 AS bigint) AS ord, "
    });
    sql.push(match at_most {
        Some(_) => "(SELECT COUNT(*) FROM (SELECT 1 FROM ",
        None => "(SELECT COUNT(*) FROM ",
    });
    query.write_source(&mut sql, "c", write_parent);
    query.filter.write(&mut sql, "c", 0);
    if let Some(limit) = at_most {
        sql.push(" LIMIT ")
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .push(") l");
    }
    sql.push(") AS amount");
    if reader.tells_version() {
        sql.push(", ").push(version::SUBQUERY).push(" AS version");
    }
    if let Some(relation) = query.relation {
        sql.push(" FROM ");
        write_parents(&mut sql, relation, parents);
        sql.push(" ORDER BY ord");
    }
    sql
}

/// How many rows a page has at most. PostgreSQL is to see the number: it takes one that it cannot see for a
/// tenth of the table, finds each plan better that it makes for the number at hand, and so plans
/// each time anew.
fn write_limit(sql: &mut Sql, limit: u64) {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    if sql.is_postgres() {
        sql.push(&limit.to_string());
    } else {
        sql.bind(limit);
    }
}

/// The parents as a table `p`, from one parameter for each key.
fn write_parents(sql: &mut Sql, relation: &Relation, parents: &[Parent]) {
    if let ([(id, other)], true) = (parents, sql.is_postgres()) {
        // Of a list it does not see how long it is.
        sql.push("(SELECT CAST(")
            .bind(*id)
            .push(" AS bigint) AS id, ");
        if relation.has_pairs() {
            sql.push("CAST(")
                .bind(*other)
                .push(" AS bigint) AS other, ");
        }
        sql.push("CAST(1 AS bigint) AS ord) p");
        return;
    }
    let ids: Vec<i64> = parents.iter().map(|parent| parent.0).collect();
    match (sql.is_postgres(), relation.has_pairs()) {
        (true, false) => {
            sql.push("unnest(")
                .bind(ids)
                .push(") WITH ORDINALITY AS p(id, ord)");
        }
        (true, true) => {
            let others: Vec<i64> = parents.iter().map(|parent| parent.1).collect();
            sql.push("unnest(").bind(ids).push(", ").bind(others);
            sql.push(") WITH ORDINALITY AS p(id, other, ord)");
        }
        (false, false) => {
            let list = serde_json::to_string(&ids).unwrap_or_default();
            sql.push("json_each(").bind(list).push(") p");
        }
        (false, true) => {
            let list = serde_json::to_string(parents).unwrap_or_default();
            sql.push("(SELECT key, value ->> 0 AS value, value ->> 1 AS other FROM json_each(");
            sql.bind(list).push(")) p");
        }
    }
}

fn write_parent(sql: &mut Sql) {
    let column = if sql.is_postgres() { "p.id" } else { "p.value" };
    sql.push(column);
}
