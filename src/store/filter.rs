//! Conditions on rows: tests on columns, logic, and quantifiers across relations.

use sea_orm::Value;

use super::relation::Relation;
use super::sql::Sql;

/// Which rows to keep.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of these hold; with none, every row.
    All(Vec<Filter>),
    /// At least one of these holds; with none, no row.
    Any(Vec<Filter>),
    /// This does not hold. A test on a missing value does not hold either way it is asked,
    /// but its negation does.
    Not(Box<Filter>),
    /// A test on a column of the row.
    Column(&'static str, Test),
    /// A quantifier over related rows.
    Related(&'static Relation, Quantifier, Box<Filter>),
}

/// A test on one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Is this value.
    Eq(Value),
    /// Is another value, or missing.
    Ne(Value),
    /// Is one of these.
    In(Vec<Value>),
    /// Is one of these, each of which many rows have: values of an enum.
    Among(Vec<Value>),
    /// Is none of these, or missing.
    NotIn(Vec<Value>),
    /// Is less.
    Lt(Value),
    /// Is less or equal.
    Lte(Value),
    /// Is more.
    Gt(Value),
    /// Is more or equal.
    Gte(Value),
    /// Contains this text, letter by letter: no character is a wildcard.
    Contains(String),
    /// Starts with this text, letter by letter.
    StartsWith(String),
    /// Is missing (true) or present (false).
    IsNull(bool),
}

/// How many of the related rows must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one does.
    Some,
    /// All do; true where there are none.
    Every,
    /// None does; true where there are none.
    None,
}

impl Filter {
    /// The filter that keeps every row.
    pub const ALL: Self = Self::All(Vec::new());

    /// Whether every row is kept without looking at it.
    pub fn keeps_all(&self) -> bool {
        matches!(self, Self::All(filters) if filters.iter().all(Self::keeps_all))
    }

    /// Whether it keeps one row at most, as it asks for a unique value.
    fn is_one(&self) -> bool {
        match self {
            Self::All(filters) => filters.iter().any(Self::is_one),
            Self::Column("id" | "slug", Test::Eq(_)) => true,
            _ => false,
        }
    }

    /// Both this and `other` hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self.keeps_all(), other.keeps_all()) {
            (true, _) => other,
            (_, true) => self,
            _ => Self::All(vec![self, other]),
        }
    }

    /// Writes the condition on the row `alias`.
    ///
    /// `depth` numbers the aliases of nested tables. A test on a missing value may come out as
    /// NULL; whoever negates it asks whether it IS TRUE.
    pub(super) fn write(&self, sql: &mut Sql, alias: &str, depth: usize) {
        match self {
            Self::All(filters) if filters.is_empty() => {
                sql.push("TRUE");
            }
            Self::Any(filters) if filters.is_empty() => {
                sql.push("FALSE");
            }
            Self::All(filters) => Self::write_list(filters, " AND ", sql, alias, depth),
            Self::Any(filters) => Self::write_list(filters, " OR ", sql, alias, depth),
            Self::Not(filter) => {
                // Without IS TRUE a missing value would make both a test and its negation fail.
                sql.push("NOT ((");
                filter.write(sql, alias, depth);
                sql.push(") IS TRUE)");
            }
            Self::Column(column, test) => test.write(sql, alias, column),
            Self::Related(relation, quantifier, filter) => {
                write_related(relation, *quantifier, filter, sql, alias, depth);
            }
        }
    }

    fn write_list(filters: &[Self], separator: &str, sql: &mut Sql, alias: &str, depth: usize) {
        sql.push("(");
        sql.join(filters, separator, |sql, filter| {
            filter.write(sql, alias, depth);
        });
        sql.push(")");
    }
}

fn write_related(
    relation: &Relation,
    quantifier: Quantifier,
    filter: &Filter,
    sql: &mut Sql,
    alias: &str,
    depth: usize,
) {
    let child = format!("f{depth}");
    if let (Some(key), Quantifier::Some, true) = (relation.owner(), quantifier, filter.is_one()) {
        // An index that begins with the key serves this as it serves a plain value, and keeps its
        // order.
        sql.column(alias, relation.parent_key).push(" = (SELECT ");
        sql.column(&child, key).push(" FROM ").name(relation.table);
        sql.push(" ").push(&child).push(" WHERE ");
        filter.write(sql, &child, depth + 1);
        sql.push(")");
        return;
    }
    sql.push(match quantifier {
        Quantifier::Some => "EXISTS (SELECT 1 FROM ",
        Quantifier::Every | Quantifier::None => "NOT EXISTS (SELECT 1 FROM ",
    });
    relation.write_children(sql, &child, |sql| {
        sql.column(alias, relation.parent_key);
    });
    if !filter.keeps_all() || quantifier == Quantifier::Every {
        sql.push(match quantifier {
            Quantifier::Every => " AND NOT ((",
            Quantifier::Some | Quantifier::None => " AND (",
        });
        filter.write(sql, &child, depth + 1);
        sql.push(match quantifier {
            Quantifier::Every => ") IS TRUE)",
            Quantifier::Some | Quantifier::None => ")",
        });
    }
    sql.push(")");
}

impl Test {
    fn write(&self, sql: &mut Sql, alias: &str, column: &str) {
        let mut compare = |operator: &str, value: &Value| {
            sql.column(alias, column).push(operator).bind(value.clone());
        };
        match self {
            Self::Eq(value) => compare(" = ", value),
            Self::Lt(value) => compare(" < ", value),
            Self::Lte(value) => compare(" <= ", value),
            Self::Gt(value) => compare(" > ", value),
            Self::Gte(value) => compare(" >= ", value),
            // A missing value is different from every value.
            Self::Ne(value) => compare(" IS DISTINCT FROM ", value),
            Self::In(values) | Self::Among(values) if values.is_empty() => {
                sql.push("FALSE");
            }
            Self::NotIn(values) if values.is_empty() => {
                sql.push("TRUE");
            }
            // An index that begins with the column keeps its order.
            Self::In(values) | Self::Among(values) if values.len() == 1 => {
                compare(" = ", &values[0]);
            }
            Self::In(values) => {
                sql.column(alias, column).is_one_of(values);
            }
            Self::Among(values) => {
                if !sql.is_postgres() {
                    // It would seek them by some index that begins with the column, and then sort most of
                    // the table. With a sign before it, it is no column.
                    sql.push("+");
                }
                sql.column(alias, column).is_one_of(values);
            }
            Self::NotIn(values) => {
                sql.push("(").column(alias, column).is_one_of(values);
                sql.push(") IS NOT TRUE");
            }
            Self::Contains(text) => {
                let function = if sql.is_postgres() {
                    "strpos("
                } else {
                    "instr("
                };
                sql.push(function).column(alias, column).push(", ");
                sql.bind(text.as_str()).push(") > 0");
            }
            Self::StartsWith(text) => write_prefix(sql, alias, column, text),
            Self::IsNull(is_null) => {
                let test = if *is_null { " IS NULL" } else { " IS NOT NULL" };
                sql.column(alias, column).push(test);
            }
        }
    }
}

/// A prefix as a range, which an index can serve: both databases order text by code point.
fn write_prefix(sql: &mut Sql, alias: &str, column: &str, prefix: &str) {
    sql.push("(")
        .column(alias, column)
        .push(" >= ")
        .bind(prefix);
    if let Some(end) = successor(prefix) {
        sql.push(" AND ")
            .column(alias, column)
            .push(" < ")
            .bind(end);
    }
    sql.push(")");
}

/// The first text after all those that start with `prefix`; none if no text follows them.
fn successor(prefix: &str) -> Option<String> {
    let stem = prefix.trim_end_matches(char::MAX);
    let last = stem.chars().next_back()?;
    let next = (last..=char::MAX).nth(1)?;
    let kept = &stem[..stem.len() - last.len_utf8()];
    Some(format!("{kept}{next}"))
}
