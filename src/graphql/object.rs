//! From a row's values to the schema's.

use async_graphql::{ScalarType, Value};
use chrono::{DateTime as Moment, NaiveDate, Utc};
use entity::string_list::StringList;

use super::leaf::Leaf;
use super::scalars::{Date, DateTime};

/// A column's value as a field shows it.
pub trait Show<T> {
    /// The value to show.
    fn show(self) -> T;
}

impl<'a> Show<&'a str> for &'a String {
    fn show(self) -> &'a str {
        self
    }
}

impl<'a> Show<Option<&'a str>> for &'a Option<String> {
    fn show(self) -> Option<&'a str> {
        self.as_deref()
    }
}

impl<'a> Show<&'a [String]> for &'a StringList {
    fn show(self) -> &'a [String] {
        &self.0
    }
}

macro_rules! copied {
    ($($type:ty),*) => {$(
        impl Show<$type> for &$type {
            fn show(self) -> $type {
                *self
            }
        }

        impl Show<Option<$type>> for &Option<$type> {
            fn show(self) -> Option<$type> {
                *self
            }
        }
    )*};
}
copied!(bool, i32, i64, f64);

macro_rules! shown_by_the_library {
    ($($type:ty),*) => {$(
        impl Leaf for $type {
            fn leaf(self) -> Value {
                ScalarType::to_value(&self)
            }
        }
    )*};
}
shown_by_the_library!(bool, i32, i64, f64, Date, DateTime);

impl Show<Date> for &NaiveDate {
    fn show(self) -> Date {
        (*self).into()
    }
}

impl Show<Option<Date>> for &Option<NaiveDate> {
    fn show(self) -> Option<Date> {
        self.map(Into::into)
    }
}

impl Show<DateTime> for &Moment<Utc> {
    fn show(self) -> DateTime {
        (*self).into()
    }
}

/// A column that names another row.
pub trait Reference {
    /// The row's number, if there is one.
    fn number(self) -> Option<i64>;
}

impl Reference for i64 {
    fn number(self) -> Option<i64> {
        Some(self)
    }
}

impl Reference for Option<i64> {
    fn number(self) -> Option<i64> {
        self
    }
}

/// A row that lists belong to.
pub trait Parent {
    /// Its number.
    fn number(&self) -> i64;
}

macro_rules! parents {
    ($($table:ident),*) => {$(
        impl Parent for entity::$table::Model {
            fn number(&self) -> i64 {
                self.id
            }
        }
    )*};
}
parents!(
    technology,
    category,
    technology_relation,
    release,
    company,
    product,
    usage,
    source,
    evidence,
    skill_area,
    experience,
    article,
    role,
    salary
);
