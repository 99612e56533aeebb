//! Tests of the four gates together; `sample` is the schema that they ask.

mod edges;
mod expansion;
mod grammar;
mod hostile;
mod ordinary;
mod prices;
mod sample;

use std::{sync::LazyLock, thread};

use async_graphql::{Variables, parser::parse_query};
use serde_json::{Value, json};

use super::{Cost, CostModel, Limits, Measures, Refusal, guard, measure};

static MODEL: LazyLock<CostModel> =
    LazyLock::new(|| CostModel::from_sdl(&sample::schema().sdl()).expect("the SDL is right"));

/// A query on its way through all gates.
#[derive(Clone)]
struct Query {
    text: String,
    operation: Option<&'static str>,
    variables: Value,
    limits: Limits,
}

fn query(text: impl Into<String>) -> Query {
    let limits = Limits::default();
    Query {
        text: text.into(),
        operation: None,
        variables: json!({}),
        limits,
    }
}

impl Query {
    fn variables(self, variables: Value) -> Self {
        Self { variables, ..self }
    }

    fn operation(self, name: &'static str) -> Self {
        Self {
            operation: Some(name),
            ..self
        }
    }

    fn limits(self, limits: &Limits) -> Self {
        Self {
            limits: limits.clone(),
            ..self
        }
    }

    fn check(&self) -> Result<(Measures, Cost), Refusal> {
        guard(&self.text, &self.limits)?;
        let document = parse_query(&self.text).expect("the query is well-formed");
        let measures = measure(&document, &self.limits)?;
        let variables = Variables::from_json(self.variables.clone());
        let cost = MODEL.cost(&document, self.operation, &variables, &self.limits)?;
        Ok((measures, cost))
    }

    #[track_caller]
    fn passes(&self) -> (Measures, Cost) {
        match self.check() {
            Ok(passed) => passed,
            Err(refusal) => panic!("{}: {refusal}", refusal.code()),
        }
    }

    #[track_caller]
    fn refused(&self, code: &str) -> Refusal {
        let refusal = self.check().expect_err("the query is refused");
        assert_eq!(refusal.code(), code, "{refusal}");
        refusal
    }
}

/// Runs a test on the stack that a worker of the server has.
fn on_worker_stack(test: impl FnOnce() + Send + 'static) {
    let worker = thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(test);
    worker
        .expect("the thread starts")
        .join()
        .expect("the test holds");
}

/// `count` pieces of a query, one after the other.
fn repeat(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

/// Limits that refuse nothing.
fn unlimited() -> Limits {
    Limits {
        document_bytes: usize::MAX,
        tokens: usize::MAX,
        name_bytes: usize::MAX,
        nesting: usize::MAX,
        depth: usize::MAX,
        levels: usize::MAX,
        operations: usize::MAX,
        fragments: usize::MAX,
        selections: usize::MAX,
        aliases: usize::MAX,
        directives: usize::MAX,
        root_fields: usize::MAX,
        variables: usize::MAX,
        arguments: usize::MAX,
        comparisons: usize::MAX,
        unknown_fields: usize::MAX,
        list_items: usize::MAX,
        input_values: usize::MAX,
        cost: u64::MAX,
        introspections: u64::MAX,
        ..Limits::default()
    }
}
