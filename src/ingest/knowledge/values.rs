//! Values with a form of their own: days and periods, ids, words from closed sets.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use entity::enums::{
    EvidenceGrade, FrameworkKind, Importance, LanguageKind, RelationKind, SalaryPeriod,
    ToolDelivery, Typing, UsageStatus,
};
use sea_orm::ActiveEnum;

use super::decode::{Decode, Reader};
use super::mistake::did_you_mean;
use crate::ingest::yaml::{Node, Value};

/// A year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Year(pub i32);

impl Decode for Year {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            Value::Whole(year) if (1..=9999).contains(&year) => i32::try_from(year).ok().map(Self),
            _ => {
                reader.expected("a year", node);
                None
            }
        }
    }
}

impl Decode for NaiveDate {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let day = match &node.value {
            Value::Text(text) => day(text),
            _ => None,
        };
        if day.is_none() {
            reader.expected("a day, YYYY-MM-DD", node);
        }
        day
    }
}

/// Exactly `YYYY-MM-DD`; chrono alone also takes `2020-1-2` and signs.
fn day(text: &str) -> Option<NaiveDate> {
    let date = text.parse::<NaiveDate>().ok()?;
    (date.to_string() == text).then_some(date)
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Period {
    fn parse(text: &str) -> Option<Self> {
        let first = match text.len() {
            4 => day(&format!("{text}-01-01")),
            7 => day(&format!("{text}-01")),
            _ => day(text),
        }?;
        let next = match text.len() {
            4 => NaiveDate::from_ymd_opt(first.year() + 1, 1, 1),
            7 => first.checked_add_months(Months::new(1)),
            _ => first.checked_add_days(Days::new(1)),
        }?;
        let last = next.pred_opt()?;
        Some(Self { first, last })
    }
}

impl Decode for Period {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let period = match &node.value {
            Value::Text(text) => Self::parse(text),
            Value::Whole(year) => Self::parse(&year.to_string()),
            _ => None,
        };
        if period.is_none() {
            reader.expected("YYYY, YYYY-MM or YYYY-MM-DD", node);
        }
        period
    }
}

/// The end of life of a release cycle: its day, or only whether it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EndOfLife {
    On(NaiveDate),
    Known(bool),
}

impl Decode for EndOfLife {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let value = match &node.value {
            Value::Bool(value) => Some(Self::Known(*value)),
            Value::Text(text) => day(text).map(Self::On),
            _ => None,
        };
        if value.is_none() {
            reader.expected("a day, true or false", node);
        }
        value
    }
}

/// Names in other systems: scheme and value.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids(pub Vec<(String, String)>);

impl Decode for Ids {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Record(entries) = &node.value else {
            reader.expected("a record of schemes", node);
            return None;
        };
        let mut ids = Vec::with_capacity(entries.len());
        for entry in entries {
            let value = reader.within(&entry.key, |reader| match entry.value.value {
                Value::Whole(value) => Some(value.to_string()),
                _ => String::decode(&entry.value, reader),
            })?;
            ids.push((entry.key.clone(), value));
        }
        Some(Self(ids))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

/// A word from a closed set, written in lower case.
fn code<E: ActiveEnum<Value = String>>(node: &Node, reader: &mut Reader<'_>) -> Option<E> {
    let words: Vec<String> = E::values().iter().map(|word| word.to_lowercase()).collect();
    let Value::Text(text) = &node.value else {
        reader.expected(&format!("one of {}", words.join(", ")), node);
        return None;
    };
    if words.contains(text) {
        return E::try_from_value(&text.to_uppercase()).ok();
    }
    let hint = did_you_mean(text, words.iter().map(String::as_str));
    let message = format!("`{text}` is not one of {}{hint}", words.join(", "));
    reader.note(node.line, message);
    None
}

macro_rules! codes {
    ($($name:ident),+ $(,)?) => {$(
        impl Decode for $name {
            fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
                code(node, reader)
            }
        }
    )+};
}

codes!(
    EvidenceGrade,
    FrameworkKind,
    Importance,
    LanguageKind,
    RelationKind,
    SalaryPeriod,
    ToolDelivery,
    Typing,
    UsageStatus,
);

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Option<String> {
        Period::parse(text).map(|period| format!("{} to {}", period.first, period.last))
    }

    #[test]
    fn a_period_is_a_year_a_month_or_a_day() {
        assert_eq!(period("2024").as_deref(), Some("2024-01-01 to 2024-12-31"));
        assert_eq!(
            period("2024-02").as_deref(),
            Some("2024-02-01 to 2024-02-29")
        );
        assert_eq!(
            period("2024-12").as_deref(),
            Some("2024-12-01 to 2024-12-31")
        );
        assert_eq!(
            period("2024-02-29").as_deref(),
            Some("2024-02-29 to 2024-02-29")
        );
        for bad in [
            "",
            "24",
            "2024-13",
            "2024-2-1",
            "2023-02-29",
            "+2024-01-01",
            "2024-1",
            "soon",
        ] {
            assert_eq!(period(bad), None, "{bad}");
        }
    }
}
