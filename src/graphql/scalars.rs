//! Days and moments. A value that cannot be read costs the field that it was sent to, so that it
//! is kept as it came until it is used.

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as Moment, NaiveDate, SecondsFormat, Utc};

use super::error::Error;
use crate::store::text::iso_day;

/// A day of the Gregorian calendar, as ISO 8601: `2024-01-31`.
#[derive(Clone, Debug)]
pub struct Date(Result<NaiveDate, String>);

/// A moment, as RFC 3339, always shown in UTC: `2024-01-31T12:00:00Z`.
#[derive(Clone, Debug)]
pub struct DateTime(Result<Moment<Utc>, String>);

/// A day of the Gregorian calendar, as ISO 8601: `2024-01-31`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value).map(|text| Self(text.parse().map_err(|_| text)))
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(_))
    }

    fn to_value(&self) -> Value {
        self.0
            .as_ref()
            .map_or(Value::Null, |date| Value::String(iso_day(*date)))
    }
}

/// A moment, as RFC 3339, always shown in UTC: `2024-01-31T12:00:00Z`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value).map(|text| Self(text.parse().map_err(|_| text)))
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(_))
    }

    fn to_value(&self) -> Value {
        let shown = |moment: &Moment<Utc>| moment.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        self.0
            .as_ref()
            .map_or(Value::Null, |moment| Value::String(shown(moment)))
    }
}

fn text<T: InputType>(value: Value) -> Result<String, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::expected_type(other)),
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(Ok(date))
    }
}

impl From<Moment<Utc>> for DateTime {
    fn from(moment: Moment<Utc>) -> Self {
        Self(Ok(moment))
    }
}

impl TryFrom<Date> for sea_orm::Value {
    type Error = Error;

    fn try_from(Date(date): Date) -> Result<Self, Error> {
        let unreadable = |text: String| format!("`{text}` is not a date; write it as 2024-01-31.");
        date.map(Self::from)
            .map_err(|text| Error::BadInput(unreadable(text)))
    }
}

impl TryFrom<DateTime> for sea_orm::Value {
    type Error = Error;

    fn try_from(DateTime(moment): DateTime) -> Result<Self, Error> {
        let unreadable =
            |text: String| format!("`{text}` is not a moment; write it as 2024-01-31T12:00:00Z.");
        moment
            .map(Self::from)
            .map_err(|text| Error::BadInput(unreadable(text)))
    }
}
