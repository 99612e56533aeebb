//! What the page engine should answer, in plain Rust over rows in memory.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::Value;
use serde::Serialize;
use serde_json::Value as Json;
use stack_atlas::store::{Filter, Parent, Quantifier, Test};

use crate::lists::{Key, Tie, tie_of};
use crate::world::World;

/// A row by its columns.
pub type Row = serde_json::Map<String, Json>;

/// All rows by table, and how they hang together.
pub struct Tables {
    rows: HashMap<&'static str, Vec<Row>>,
}

/// A value that can be compared with others of its kind.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
enum Cell {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Time(DateTime<Utc>),
}

pub fn row(model: &impl Serialize) -> Row {
    match serde_json::to_value(model) {
        Ok(Json::Object(row)) => row,
        other => panic!("a model is an object, not {other:?}"),
    }
}

impl Tables {
    pub fn new(world: &World) -> Self {
        fn rows<M: Serialize>(models: &[M]) -> Vec<Row> {
            models.iter().map(row).collect()
        }
        let rows = HashMap::from([
            ("company", rows(&world.companies)),
            ("product", rows(&world.products)),
            ("technology", rows(&world.technologies)),
            ("category", rows(&world.categories)),
            ("technology_category", rows(&world.shelves)),
            ("technology_relation", rows(&world.relations)),
            ("usage", rows(&world.usages)),
            ("evidence", rows(&world.evidence)),
            ("source", rows(&world.sources)),
            ("alias", rows(&world.aliases)),
            ("skill_area", rows(&world.areas)),
            ("skill_area_technology", rows(&world.relevances)),
        ]);
        Self { rows }
    }

    pub fn rows(&self, table: &str) -> &[Row] {
        &self.rows[table]
    }

    fn by_id(&self, table: &str, id: i64) -> Option<&Row> {
        self.rows(table)
            .iter()
            .find(|row| integer(row, "id") == Some(id))
    }

    /// Whether the technology stands in the category, or, if that is 0, in none.
    pub fn is_on_shelf(&self, technology: Option<i64>, category: i64) -> bool {
        let mut shelves = self
            .rows("technology_category")
            .iter()
            .filter(|shelf| integer(shelf, "technology_id") == technology);
        match category {
            0 => shelves.next().is_none(),
            _ => shelves.any(|shelf| integer(shelf, "category_id") == Some(category)),
        }
    }

    /// The whole list, in order.
    pub fn list(
        &self,
        tie: &Tie,
        parent: Parent,
        filter: &Filter,
        keys: &[(Key, bool)],
    ) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self
            .rows(tie.table)
            .iter()
            .filter(|row| (tie.holds)(self, parent, row) && self.keeps(tie.table, row, filter))
            .collect();
        rows.sort_by(|one, other| self.compare(one, other, keys, tie.tie_break()));
        rows
    }

    fn compare(&self, one: &Row, other: &Row, keys: &[(Key, bool)], tie_break: &str) -> Ordering {
        let by_keys = keys.iter().map(|(key, descending)| {
            let values = (self.sort_value(one, key), self.sort_value(other, key));
            compare_cells(values.0.as_ref(), values.1.as_ref(), *descending)
        });
        let descending = keys.last().is_some_and(|(_, descending)| *descending);
        let by_id = integer(one, tie_break).cmp(&integer(other, tie_break));
        by_keys
            .fold(Ordering::Equal, Ordering::then)
            .then(if descending { by_id.reverse() } else { by_id })
    }

    fn sort_value(&self, row: &Row, key: &Key) -> Option<Cell> {
        match key.via {
            None => cell(row, key.column),
            Some((own, table)) => {
                let related = self.by_id(table, integer(row, own)?)?;
                cell(related, key.column)
            }
        }
    }

    /// Whether the filter keeps the row: every answer is yes or no.
    pub fn keeps(&self, table: &str, row: &Row, filter: &Filter) -> bool {
        match filter {
            Filter::All(filters) => filters.iter().all(|filter| self.keeps(table, row, filter)),
            Filter::Any(filters) => filters.iter().any(|filter| self.keeps(table, row, filter)),
            Filter::Not(filter) => !self.keeps(table, row, filter),
            Filter::Column(column, test) => passes(cell(row, column).as_ref(), test),
            Filter::Related(relation, quantifier, filter) => {
                let tie = tie_of(relation);
                let parent = integer(row, tie.key);
                let related =
                    |child: &&Row| parent.is_some_and(|id| (tie.holds)(self, (id, 0), child));
                let mut children = self.rows(tie.table).iter().filter(related);
                let keeps = |child: &Row| self.keeps(tie.table, child, filter);
                match quantifier {
                    Quantifier::Some => children.any(keeps),
                    Quantifier::Every => children.all(keeps),
                    Quantifier::None => !children.any(keeps),
                }
            }
        }
    }
}

/// Missing values are last, whatever the direction.
fn compare_cells(one: Option<&Cell>, other: Option<&Cell>, descending: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => {
            let order = one.partial_cmp(other).expect("of one kind");
            if descending { order.reverse() } else { order }
        }
        _ => one.is_none().cmp(&other.is_none()),
    }
}

fn passes(cell: Option<&Cell>, test: &Test) -> bool {
    let is = |value: &Value| cell == Some(&constant(value));
    let orders = |value: &Value| cell.and_then(|cell| cell.partial_cmp(&constant(value)));
    let text = match cell {
        Some(Cell::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match test {
        Test::Eq(value) => is(value),
        Test::Ne(value) => !is(value),
        Test::In(values) | Test::Among(values) => values.iter().any(is),
        Test::NotIn(values) => !values.iter().any(is),
        Test::Lt(value) => orders(value).is_some_and(Ordering::is_lt),
        Test::Lte(value) => orders(value).is_some_and(Ordering::is_le),
        Test::Gt(value) => orders(value).is_some_and(Ordering::is_gt),
        Test::Gte(value) => orders(value).is_some_and(Ordering::is_ge),
        Test::Contains(part) => text.is_some_and(|text| text.contains(part.as_str())),
        Test::StartsWith(part) => text.is_some_and(|text| text.starts_with(part.as_str())),
        Test::IsNull(is_null) => cell.is_none() == *is_null,
    }
}

pub fn integer(row: &Row, column: &str) -> Option<i64> {
    row[column].as_i64()
}

fn cell(row: &Row, column: &str) -> Option<Cell> {
    Some(match &row[column] {
        Json::Null => return None,
        Json::Bool(value) => Cell::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Cell::Integer(integer),
            None => Cell::Float(number.as_f64().expect("a number")),
        },
        Json::String(text) => match text.parse() {
            Ok(time) => Cell::Time(time),
            Err(_) => Cell::Text(text.clone()),
        },
        other => panic!("{other} cannot be compared"),
    })
}

fn constant(value: &Value) -> Cell {
    match value {
        Value::Bool(Some(value)) => Cell::Bool(*value),
        Value::Int(Some(value)) => Cell::Integer(i64::from(*value)),
        Value::BigInt(Some(value)) => Cell::Integer(*value),
        Value::Double(Some(value)) => Cell::Float(*value),
        Value::String(Some(value)) => Cell::Text(value.clone()),
        Value::ChronoDate(Some(value)) => Cell::Text(value.to_string()),
        Value::ChronoDateTimeUtc(Some(value)) => Cell::Time(*value),
        other => panic!("{other:?} cannot be compared"),
    }
}
