//! A statement under construction, and the few places where the two databases spell
//! the same thing differently.

use sea_orm::sea_query::ArrayType;
use sea_orm::{DbBackend, Statement, Value};

use super::shape::{Column, Kind};

/// Text and bound values of one statement. Everything that did not come from this crate's own
/// source is bound, never written into the text.
pub(super) struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(backend: DbBackend) -> Self {
        Self {
            backend,
            text: String::with_capacity(512),
            values: Vec::new(),
        }
    }

    pub fn is_postgres(&self) -> bool {
        self.backend == DbBackend::Postgres
    }

    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Writes a quoted name.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.push("\"").push(name).push("\"")
    }

    /// Writes `alias."column"`.
    pub fn column(&mut self, alias: &str, column: &str) -> &mut Self {
        self.push(alias).push(".").name(column)
    }

    /// Binds a value and writes its placeholder.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        use std::fmt::Write;

        let value = value.into();
        if self.is_postgres() {
            self.values.push(without_nul(value));
            // Writing to a String cannot fail.
            let _ = write!(self.text, "${}", self.values.len());
        } else {
            self.values.push(value);
            self.text.push('?');
        }
        self
    }

    /// Writes that what was written before is one of these, which are bound as ONE parameter, so that
    /// the statement's text does not depend on their number.
    pub fn is_one_of(&mut self, values: &[Value]) -> &mut Self {
        if self.is_postgres() {
            // Lists reach PostgreSQL as an array of the first value's type. (As a table it may rather
            // read the whole other one than seek for each.)
            self.push(" = ANY(").bind(array(values)).push(")")
        } else {
            self.push(" IN (SELECT value FROM json_each(")
                .bind(json_list(values))
                .push("))")
        }
    }

    /// Joins the pieces that `write` makes of `items` with `separator`.
    pub fn join<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        separator: &str,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(separator);
            }
            write(self, item);
        }
        self
    }

    /// Writes a column for a JSON array (SQLite): serde must read back exactly what was stored.
    pub fn json_column(&mut self, alias: &str, column: &Column) -> &mut Self {
        match column.kind {
            Kind::Bool => self.wrapped(alias, column, "json(iif(", ", 'true', 'false'))"),
            // json_array() itself rounds to 15 digits.
            Kind::Float => self.wrapped(alias, column, "json(printf('%!.17g', ", "))"),
            Kind::Json => self.push("json(").column(alias, column.name).push(")"),
            _ => self.column(alias, column.name),
        }
    }

    /// Writes a column of a row that travels packed (SQLite). A float travels as text: to become a number of
    /// JSON it would be written, read and written again.
    pub fn packed_column(&mut self, alias: &str, column: &Column) -> &mut Self {
        match column.kind {
            Kind::Float => self.wrapped(alias, column, "printf('%!.17g', ", ")"),
            _ => self.json_column(alias, column),
        }
    }

    fn wrapped(&mut self, alias: &str, column: &Column, open: &str, close: &str) -> &mut Self {
        if column.nullable {
            self.push("CASE WHEN ")
                .column(alias, column.name)
                .push(" IS NOT NULL THEN ");
        }
        self.push(open).column(alias, column.name).push(close);
        if column.nullable {
            self.push(" END");
        }
        self
    }

    pub fn statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend, self.text, self.values)
    }
}

/// PostgreSQL refuses the character NUL, which no text there has. Its neighbour stands in for
/// it, so that comparisons come out the same.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(Some(text)) if text.contains('\0') => text.replace('\0', "\u{1}").into(),
        Value::Array(ArrayType::String, Some(list)) => {
            let list = list.into_iter().map(without_nul).collect();
            Value::Array(ArrayType::String, Some(Box::new(list)))
        }
        value => value,
    }
}

fn array(values: &[Value]) -> Value {
    let kind = values
        .first()
        .map_or(ArrayType::String, sea_orm::sea_query::Value::array_type);
    Value::Array(kind, Some(Box::new(values.to_vec())))
}

/// A JSON array, as text, of the values that SQLite compares with.
fn json_list(values: &[Value]) -> String {
    let list: Vec<serde_json::Value> = values.iter().map(json).collect();
    serde_json::Value::Array(list).to_string()
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(Some(value)) => i32::from(*value).into(),
        Value::Int(Some(value)) => (*value).into(),
        Value::BigInt(Some(value)) => (*value).into(),
        Value::Double(Some(value)) => (*value).into(),
        Value::String(Some(value)) => value.clone().into(),
        Value::ChronoDate(Some(value)) => value.to_string().into(),
        Value::ChronoDateTimeUtc(Some(value)) => value
            .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
            .into(),
        _ => serde_json::Value::Null,
    }
}
