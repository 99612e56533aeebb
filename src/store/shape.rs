//! What a table looks like, read once from its entity: the reader needs to know how each
//! column travels, which the database's own driver hides.

use std::any::TypeId;
use std::sync::{OnceLock, PoisonError, RwLock};

use chrono::Datelike as _;
use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, Value};
use serde::de::DeserializeOwned;

use entity::enums::EntityKind;

use super::ends::End;
use super::map::{Map, Set};

/// A table that can be read by key and by page.
///
/// An entity becomes readable by one line in `records.rs`.
pub trait Record: EntityTrait<Model: DeserializeOwned + Send + Sync + 'static> {
    /// The integer column that breaks ties in every order: unique, or of a link its far end.
    const KEY: &'static str = "id";
    /// The rows that its columns name and that are read with it where they are shown.
    const ENDS: &'static [End] = &[];
    /// The kind under which names and external ids of these rows are filed, if they have any.
    const KIND: Option<EntityKind> = None;
    /// Whether the table has a unique `slug`.
    const SLUG: bool = false;
}

/// How a column's values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Integer,
    Float,
    /// Any text, an enum's variant among them.
    Text,
    Date,
    Time,
    Json,
}

/// Years that both databases can hold and order.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub nullable: bool,
}

impl Column {
    /// Whether it says which row this is, or of which kind: that is always read, and everything else
    /// where it is shown.
    pub fn identifies(&self) -> bool {
        self.name == "id" || self.name.ends_with("kind")
    }

    /// Reads a cursor's value back as this column's type; `None` if it is of another type.
    pub fn decode(&self, value: &serde_json::Value) -> Option<Value> {
        use serde_json::Value as Json;
        Some(match (self.kind, value) {
            (Kind::Bool, Json::Bool(value)) => Value::Bool(Some(*value)),
            (Kind::Bool, Json::Number(value)) => Value::Bool(Some(value.as_i64()? != 0)),
            (Kind::Integer, Json::Number(value)) => Value::BigInt(Some(value.as_i64()?)),
            (Kind::Float, Json::Number(value)) => Value::Double(Some(value.as_f64()?)),
            (Kind::Text, Json::String(value)) => value.clone().into(),
            (Kind::Date, Json::String(value)) => {
                let date = value.parse::<chrono::NaiveDate>().ok()?;
                YEARS.contains(&date.year()).then(|| date.into())?
            }
            (Kind::Time, Json::String(value)) => {
                let time = value.parse::<chrono::DateTime<chrono::Utc>>().ok()?;
                YEARS.contains(&time.year()).then(|| time.into())?
            }
            _ => return None,
        })
    }
}

/// Whether one of these fields shows the column, or the row that it names: what shows that is called
/// like the column, without `_id`.
pub(super) fn is_shown(column: &str, fields: &Set<String>) -> bool {
    let named = column.strip_suffix("_id");
    fields.contains(column) || named.is_some_and(|named| fields.contains(named))
}

/// A table's name and columns, in the order of its entity's model.
#[derive(Debug)]
pub(super) struct Shape {
    pub table: &'static str,
    pub columns: Vec<Column>,
}

impl Shape {
    /// The shape of `E`; built on first use and kept for the life of the process.
    pub fn of<E: EntityTrait>() -> &'static Self {
        static SHAPES: OnceLock<RwLock<Map<TypeId, &'static Shape>>> = OnceLock::new();
        let shapes = SHAPES.get_or_init(RwLock::default);
        let known = shapes
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&TypeId::of::<E>())
            .copied();
        known.unwrap_or_else(|| {
            let mut shapes = shapes.write().unwrap_or_else(PoisonError::into_inner);
            shapes
                .entry(TypeId::of::<E>())
                .or_insert_with(|| Box::leak(Box::new(Self::read::<E>())))
        })
    }

    fn read<E: EntityTrait>() -> Self {
        let columns = E::Column::iter()
            .map(|column| {
                let definition = column.def();
                Column {
                    name: column.as_str(),
                    kind: kind(definition.get_column_type()),
                    nullable: definition.is_null(),
                }
            })
            .collect();
        Self {
            table: E::default().table_name(),
            columns,
        }
    }

    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

fn kind(column: &ColumnType) -> Kind {
    match column {
        ColumnType::Boolean => Kind::Bool,
        ColumnType::TinyInteger
        | ColumnType::SmallInteger
        | ColumnType::Integer
        | ColumnType::BigInteger => Kind::Integer,
        ColumnType::Float | ColumnType::Double => Kind::Float,
        ColumnType::Date => Kind::Date,
        ColumnType::DateTime | ColumnType::Timestamp | ColumnType::TimestampWithTimeZone => {
            Kind::Time
        }
        ColumnType::Json | ColumnType::JsonBinary => Kind::Json,
        _ => Kind::Text,
    }
}
