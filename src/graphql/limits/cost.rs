//! The fourth gate: what a query may cost, by the schema and the variables.

use std::cmp::Reverse;

use async_graphql::{
    Variables,
    parser::{Error, parse_query, types::ExecutableDocument},
};

use super::{
    Limits, Refusal, fragments, input,
    pricing::{Pricing, chosen},
    refusal::{Count, within},
    schema::Schema,
};

/// What explorers and code generators send (graphql-js 16 with all options, as in `GraphiQL` 5).
const INTROSPECTION: &str = include_str!("introspection.graphql");

/// How many lists [`Cost::heaviest`] names.
const HEAVIEST: usize = 2;

/// The price of an operation, in objects that it may return.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cost {
    /// Objects of the schema's own types.
    pub total: u64,
    /// Objects that describe the schema (`__schema`, `__type`, `_service`), which come without the store.
    pub introspection: u64,
    /// The lists to shrink, at most two: path of response keys, and items of each such list. They
    /// lie on the costliest path and are the longest there, outermost first.
    pub heaviest: Vec<(String, u64)>,
}

/// Prices queries against one schema.
///
/// The price is the number of objects that the answer may hold: a field that returns an object
/// costs 1 for each object it is selected on. Connections hold `first` or `last` items (the
/// schema's default, else [`Limits::default_page`], when neither is given; at most
/// [`Limits::max_page`]), of which each costs what is selected below `nodes` and `edges`. Other
/// lists hold one item for each key of a required list argument (`ids`, `representations`), or
/// what `first` says, or else [`Limits::unsized_list`] items. Scalars and enums are free. It is an
/// upper bound: fields that merge are counted each, `@skip` and `@include` are not looked at.
#[derive(Debug)]
pub struct CostModel {
    schema: Schema,
    /// What the standard introspection query costs.
    introspection: u64,
}

impl CostModel {
    /// Reads a schema in the schema definition language, with or without federation.
    ///
    /// # Errors
    /// A syntax error of the SDL.
    pub fn from_sdl(sdl: &str) -> Result<Self, Error> {
        let schema = Schema::from_sdl(sdl)?;
        let mut model = Self {
            schema,
            introspection: u64::MAX,
        };
        let standard = parse_query(INTROSPECTION)?;
        let limits = Limits {
            introspections: 1,
            ..Limits::default()
        };
        let cost = model.cost(&standard, None, &Variables::default(), &limits);
        model.introspection = cost.unwrap_or_default().introspection;
        Ok(model)
    }

    /// The name of the composite type that a field returns, without list and non-null; none if
    /// there is no such field, or if it is a leaf.
    #[must_use]
    pub fn returned_type(&self, type_name: &str, field: &str) -> Option<&str> {
        self.schema.returned_type(type_name, field)
    }

    /// Prices the operation that will run, and checks the input of the whole document. Linear in
    /// the document and the variables. The document must have passed [`super::guard`].
    ///
    /// An operation that the library will refuse to choose costs nothing.
    ///
    /// # Errors
    /// The first limit that the document passes: `list_items`, `input_values`, `unknown_fields`,
    /// `introspections` or `cost`; or [`Refusal::FragmentCycle`].
    pub fn cost(
        &self,
        document: &ExecutableDocument,
        operation_name: Option<&str>,
        variables: &Variables,
        limits: &Limits,
    ) -> Result<Cost, Refusal> {
        input::check(document, variables, limits)?;
        let operation = chosen(document, operation_name);
        let mut pricing = Pricing::new(&self.schema, limits, operation, variables);
        for fragment in fragments::bottom_up(document)? {
            pricing.fragment(fragment.name, fragment.definition);
        }
        let mut cost = Cost::default();
        // The others are read for unknown fields only.
        for (_, other) in document.operations.iter() {
            let price = pricing.operation(&other.node);
            if operation.is_some_and(|chosen| std::ptr::eq(chosen, &raw const other.node)) {
                cost = Cost {
                    total: price.total(limits.max_page),
                    introspection: price.introspection,
                    heaviest: heaviest(price.lists()),
                };
            }
        }
        check_unknown(&pricing.unknown, limits)?;
        self.check(cost, limits)
    }

    fn check(&self, cost: Cost, limits: &Limits) -> Result<Cost, Refusal> {
        if limits.introspections == 0 && cost.introspection > 0 {
            return Err(Refusal::IntrospectionOff);
        }
        let introspection = self.introspection.saturating_mul(limits.introspections);
        within(
            cost.introspection,
            introspection,
            Refusal::IntrospectionTooExpensive,
        )?;
        within(cost.total, limits.cost, |excess| Refusal::TooExpensive {
            excess,
            advice: advice(&cost.heaviest),
        })?;
        Ok(cost)
    }
}

fn check_unknown(unknown: &[&str], limits: &Limits) -> Result<(), Refusal> {
    within(unknown.len(), limits.unknown_fields, |excess| {
        Refusal::TooManyUnknownFields {
            first: unknown.first().copied().unwrap_or_default().to_owned(),
            excess,
        }
    })
}

/// The longest of the lists on a path, in the order of the path.
fn heaviest(mut lists: Vec<(String, u64)>) -> Vec<(String, u64)> {
    lists.sort_by_key(|(_, items)| Reverse(*items));
    lists.truncate(HEAVIEST);
    lists.sort_by_key(|(path, _)| path.len());
    lists
}

fn advice(heaviest: &[(String, u64)]) -> String {
    if heaviest.is_empty() {
        return "Select fewer objects, or split the query.".to_owned();
    }
    let places = heaviest
        .iter()
        .map(|(path, items)| format!("`{path}` ({} items)", Count(*items)));
    format!(
        "Ask for fewer items at {}.",
        places.collect::<Vec<_>>().join(" and ")
    )
}
