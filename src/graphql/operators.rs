//! Typed operators: what a filter can ask of a column.

use async_graphql::{ID, InputObject, InputType};
use sea_orm::Value;

use super::enums::Stored;
use super::error::Error;
use super::filter::Tests;
use super::relay::decode_id;
use super::scalars::{Date, DateTime};
use crate::store::text::fold_name;
use crate::store::{Filter, Test};

/// Conditions on a name. `contains` and `startsWith` ignore case.
#[derive(InputObject, Clone, Debug, Default)]
pub struct NameFilter {
    /// Is exactly this.
    eq: Option<String>,
    /// Is not exactly this.
    ne: Option<String>,
    /// Is exactly one of these; at most 1,000.
    #[graphql(name = "in", validator(max_items = 1000))]
    one_of: Option<Vec<String>>,
    /// Contains this text, in capitals or not. No character has a special meaning.
    contains: Option<String>,
    /// Starts with this text, in capitals or not. No character has a special meaning.
    starts_with: Option<String>,
}

impl NameFilter {
    pub(super) fn conditions(self) -> Vec<Filter> {
        let exact = [
            self.eq.map(|value| Test::Eq(value.into())),
            self.ne.map(|value| Test::Ne(value.into())),
            self.one_of.map(|values| Test::In(list(values))),
        ];
        let folded = [
            self.contains.map(|text| Test::Contains(fold_name(&text))),
            self.starts_with
                .map(|text| Test::StartsWith(fold_name(&text))),
        ];
        let exact = exact.into_iter().flatten();
        let folded = folded.into_iter().flatten();
        exact
            .map(|test| Filter::Column("name", test))
            .chain(folded.map(|test| Filter::Column("name_key", test)))
            .collect()
    }
}

fn list<T: Into<Value>>(values: Vec<T>) -> Vec<Value> {
    values.into_iter().map(Into::into).collect()
}

/// Conditions on a text, to the letter. Texts are compared by code point.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TextFilter {
    /// Is exactly this.
    eq: Option<String>,
    /// Is not exactly this, or is missing.
    ne: Option<String>,
    /// Is exactly one of these; at most 1,000.
    #[graphql(name = "in", validator(max_items = 1000))]
    one_of: Option<Vec<String>>,
    /// Is none of these, or is missing; at most 1,000.
    #[graphql(validator(max_items = 1000))]
    not_in: Option<Vec<String>>,
    /// Contains this text. No character has a special meaning.
    contains: Option<String>,
    /// Starts with this text. No character has a special meaning.
    starts_with: Option<String>,
    /// Is missing (true) or present (false).
    is_null: Option<bool>,
}

impl Tests for TextFilter {
    fn tests(self) -> Result<Vec<Test>, Error> {
        let tests = [
            self.eq.map(|value| Test::Eq(value.into())),
            self.ne.map(|value| Test::Ne(value.into())),
            self.one_of.map(|values| Test::In(list(values))),
            self.not_in.map(|values| Test::NotIn(list(values))),
            self.contains.map(Test::Contains),
            self.starts_with.map(Test::StartsWith),
            self.is_null.map(Test::IsNull),
        ];
        Ok(tests.into_iter().flatten().collect())
    }
}

/// Conditions on a whole number.
#[derive(InputObject, Clone, Debug, Default)]
pub struct IntFilter {
    /// Is this.
    eq: Option<i64>,
    /// Is not this, or is missing.
    ne: Option<i64>,
    /// Is one of these; at most 1,000.
    #[graphql(name = "in", validator(max_items = 1000))]
    one_of: Option<Vec<i64>>,
    /// Is none of these, or is missing; at most 1,000.
    #[graphql(validator(max_items = 1000))]
    not_in: Option<Vec<i64>>,
    /// Is less than this.
    lt: Option<i64>,
    /// Is this or less.
    lte: Option<i64>,
    /// Is more than this.
    gt: Option<i64>,
    /// Is this or more.
    gte: Option<i64>,
    /// Is missing (true) or present (false).
    is_null: Option<bool>,
}

/// Conditions on a number.
#[derive(InputObject, Clone, Debug, Default)]
pub struct FloatFilter {
    /// Is less than this.
    lt: Option<f64>,
    /// Is this or less.
    lte: Option<f64>,
    /// Is more than this.
    gt: Option<f64>,
    /// Is this or more.
    gte: Option<f64>,
    /// Is missing (true) or present (false).
    is_null: Option<bool>,
}

/// Conditions on a date (`YYYY-MM-DD`).
#[derive(InputObject, Clone, Debug, Default)]
pub struct DateFilter {
    /// Is this day.
    eq: Option<Date>,
    /// Is before this day.
    lt: Option<Date>,
    /// Is this day or before.
    lte: Option<Date>,
    /// Is after this day.
    gt: Option<Date>,
    /// Is this day or after.
    gte: Option<Date>,
    /// Is missing (true) or present (false).
    is_null: Option<bool>,
}

/// Conditions on a moment (RFC 3339, UTC).
#[derive(InputObject, Clone, Debug, Default)]
pub struct TimeFilter {
    /// Is before this moment.
    lt: Option<DateTime>,
    /// Is this moment or before.
    lte: Option<DateTime>,
    /// Is after this moment.
    gt: Option<DateTime>,
    /// Is this moment or after.
    gte: Option<DateTime>,
}

/// Conditions on a yes-or-no field.
#[derive(InputObject, Clone, Debug, Default)]
pub struct BooleanFilter {
    /// Is this.
    eq: Option<bool>,
    /// Is missing (true) or present (false).
    is_null: Option<bool>,
}

/// Conditions on a field with a closed set of values.
#[derive(InputObject, Clone, Debug)]
#[graphql(
    concrete(name = "TechnologyKindFilter", params(super::enums::TechnologyKind)),
    concrete(name = "LanguageKindFilter", params(super::enums::LanguageKind)),
    concrete(name = "TypingFilter", params(super::enums::Typing)),
    concrete(name = "FrameworkKindFilter", params(super::enums::FrameworkKind)),
    concrete(name = "ToolDeliveryFilter", params(super::enums::ToolDelivery)),
    concrete(name = "RelationKindFilter", params(super::enums::RelationKind)),
    concrete(name = "UsageStatusFilter", params(super::enums::UsageStatus)),
    concrete(name = "EvidenceGradeFilter", params(super::enums::EvidenceGrade)),
    concrete(name = "ImportanceFilter", params(super::enums::Importance)),
    concrete(name = "SalaryPeriodFilter", params(super::enums::SalaryPeriod)),
    concrete(name = "EntityKindFilter", params(super::enums::EntityKind)),
    concrete(name = "ReviewReasonFilter", params(super::enums::ReviewReason))
)]
pub struct EnumFilter<T: InputType> {
    /// Is this.
    eq: Option<T>,
    /// Is not this, or is missing.
    ne: Option<T>,
    /// Is one of these.
    #[graphql(name = "in")]
    one_of: Option<Vec<T>>,
    /// Is none of these, or is missing.
    not_in: Option<Vec<T>>,
}

macro_rules! comparisons {
    ($($filter:ident { $($field:ident: $test:ident),* $(; $list:ident: $many:ident)* $(| $null:ident)? })*) => {$(
        impl Tests for $filter {
            fn tests(self) -> Result<Vec<Test>, Error> {
                let tests = [
                    $(self.$field.map(Value::try_from).transpose()?.map(Test::$test),)*
                    $(self.$list.map(|values| Test::$many(list(values))),)*
                    $(self.$null.map(Test::IsNull),)?
                ];
                Ok(tests.into_iter().flatten().collect())
            }
        }
    )*};
}

comparisons! {
    IntFilter {
        eq: Eq, ne: Ne, lt: Lt, lte: Lte, gt: Gt, gte: Gte;
        one_of: In; not_in: NotIn
        | is_null
    }
    FloatFilter { lt: Lt, lte: Lte, gt: Gt, gte: Gte | is_null }
    DateFilter { eq: Eq, lt: Lt, lte: Lte, gt: Gt, gte: Gte | is_null }
    TimeFilter { lt: Lt, lte: Lte, gt: Gt, gte: Gte }
    BooleanFilter { eq: Eq | is_null }
}

impl<T: InputType + Stored> Tests for EnumFilter<T> {
    fn tests(self) -> Result<Vec<Test>, Error> {
        let all = |values: Vec<T>| values.into_iter().map(Stored::stored).collect();
        let tests = [
            self.eq.map(|value| Test::Eq(value.stored())),
            self.ne.map(|value| Test::Ne(value.stored())),
            self.one_of.map(|values| Test::Among(all(values))),
            self.not_in.map(|values| Test::NotIn(all(values))),
        ];
        Ok(tests.into_iter().flatten().collect())
    }
}

/// Conditions on which thing it is, by global id.
#[derive(InputObject, Clone, Debug, Default)]
pub struct IdFilter {
    /// Is this one.
    eq: Option<ID>,
    /// Is one of these; at most 1,000.
    #[graphql(name = "in", validator(max_items = 1000))]
    one_of: Option<Vec<ID>>,
}

impl IdFilter {
    /// The tests, if all ids are of `kind`.
    pub(super) fn tests(self, kind: &str) -> Result<Vec<Test>, Error> {
        let number = |id: ID| match decode_id(&id)? {
            (given, number) if given == kind => Ok(Value::from(number)),
            (given, _) => Err(Error::BadId(format!(
                "`{}` is the id of a {given}, not of a {kind}.",
                id.0
            ))),
        };
        let eq = self.eq.map(number).transpose()?.map(Test::Eq);
        let one_of = self
            .one_of
            .map(|ids| ids.into_iter().map(number).collect::<Result<_, _>>())
            .transpose()?
            .map(Test::In);
        Ok(eq.into_iter().chain(one_of).collect())
    }
}
