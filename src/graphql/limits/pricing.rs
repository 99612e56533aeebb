//! One pass that prices a document: how many objects its selections may return.

use std::{collections::HashMap, rc::Rc};

use async_graphql::{
    Variables,
    parser::types::{
        ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
};
use async_graphql_value::{ConstValue, Number, Value};

use super::{
    Limits,
    schema::{Kind, PAGE_ARGUMENTS, Page, Schema},
};

/// What one selection set returns for each parent object. Sums saturate.
#[derive(Debug, Clone, Default)]
pub(super) struct Price<'a> {
    /// Objects that do not depend on the page of an enclosing connection.
    once: u64,
    /// Objects for each item on the page of the connection that this set is selected on.
    per_item: u64,
    /// Objects that describe the schema.
    pub introspection: u64,
    /// The way to the costliest part.
    trail: Option<Rc<Step<'a>>>,
    /// The price of that part.
    heaviest: u64,
}

/// One field on the way to the costliest part.
#[derive(Debug)]
struct Step<'a> {
    key: &'a str,
    items: u64,
    next: Option<Rc<Step<'a>>>,
}

impl<'a> Price<'a> {
    /// All objects, where the connection that this set is selected on has a page of `items`.
    pub fn total(&self, items: u64) -> u64 {
        self.once
            .saturating_add(self.per_item.saturating_mul(items))
    }

    /// Adds another part of the same selection set.
    fn join(&mut self, part: &Self) {
        self.once = self.once.saturating_add(part.once);
        self.per_item = self.per_item.saturating_add(part.per_item);
        self.introspection = self.introspection.saturating_add(part.introspection);
        if part.heaviest > self.heaviest {
            self.heaviest = part.heaviest;
            self.trail.clone_from(&part.trail);
        }
    }

    /// The lists on the way to the costliest part, outermost first: path and number of items.
    pub fn lists(&self) -> Vec<(String, u64)> {
        let (mut lists, mut path) = (Vec::new(), String::new());
        let mut step: Option<&Step<'a>> = self.trail.as_deref();
        while let Some(Step { key, items, next }) = step {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
            if *items > 1 {
                lists.push((path.clone(), *items));
            }
            step = next.as_deref();
        }
        lists
    }
}

/// Prices definitions one by one; fragments must come before what spreads them.
pub(super) struct Pricing<'a> {
    schema: &'a Schema,
    limits: &'a Limits,
    operation: Option<&'a OperationDefinition>,
    variables: &'a Variables,
    fragments: HashMap<&'a str, Price<'a>>,
    /// Fields that the schema does not have.
    pub unknown: Vec<&'a str>,
}

impl<'a> Pricing<'a> {
    /// `operation` is the one whose variables count.
    pub fn new(
        schema: &'a Schema,
        limits: &'a Limits,
        operation: Option<&'a OperationDefinition>,
        variables: &'a Variables,
    ) -> Self {
        let (fragments, unknown) = (HashMap::new(), Vec::new());
        Self {
            schema,
            limits,
            operation,
            variables,
            fragments,
            unknown,
        }
    }

    pub fn fragment(&mut self, name: &'a str, definition: &'a FragmentDefinition) {
        let on = definition.type_condition.node.on.node.as_str();
        let price = self.set(&definition.selection_set.node, on);
        self.fragments.insert(name, price);
    }

    pub fn operation(&mut self, operation: &'a OperationDefinition) -> Price<'a> {
        let root = match operation.ty {
            OperationType::Query => &self.schema.query,
            OperationType::Mutation => &self.schema.mutation,
            OperationType::Subscription => &self.schema.subscription,
        };
        self.set(&operation.selection_set.node, root)
    }

    /// Recursion ends at the parser's own limit of 64 selection sets in one definition.
    fn set(&mut self, set: &'a SelectionSet, on: &'a str) -> Price<'a> {
        let mut price = Price::default();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => price.join(&self.field(&field.node, on)),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    price.join(&self.set(&inline.node.selection_set.node, on));
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(part) = self.fragments.get(name) {
                        price.join(part);
                    }
                }
            }
        }
        price
    }

    fn field(&mut self, field: &'a Field, on: &'a str) -> Price<'a> {
        let name = field.name.node.as_str();
        let fields = self.schema.fields(on);
        let Some(shape) = fields.and_then(|fields| fields.get(name)) else {
            if fields.is_some() && name != "__typename" {
                self.unknown.push(name);
            }
            self.set(&field.selection_set.node, "");
            return Price::default();
        };
        let below = self.set(&field.selection_set.node, &shape.returns);
        if shape.kind == Kind::Leaf {
            return Price::default();
        }
        let price = self.multiply(field, &shape.kind, below);
        if describes_the_schema(name) {
            return Price {
                introspection: price.once,
                ..Price::default()
            };
        }
        price
    }

    /// The price of a field from the price of what is selected on each of its objects.
    fn multiply(&self, field: &'a Field, kind: &Kind, below: Price<'a>) -> Price<'a> {
        // Outside a connection a page can only be reached by a fragment on another type, which
        // validation will refuse.
        let each = below.total(self.limits.max_page);
        let (items, objects) = match kind {
            Kind::Leaf => (0, 0),
            Kind::Wrapped => (1, each),
            Kind::Object | Kind::Item => (1, each.saturating_add(1)),
            Kind::Connection { page } => {
                let items = self.page(field, *page);
                (items, below.total(items).saturating_add(1))
            }
            Kind::List { keys, page } => list(self.list(field, keys, *page), each),
            Kind::Fixed(items) => list(*items, each),
        };
        let step = Step {
            key: field.response_key().node.as_str(),
            items,
            next: below.trail,
        };
        let is_item = *kind == Kind::Item;
        Price {
            once: if is_item { 0 } else { objects },
            per_item: if is_item { objects } else { 0 },
            introspection: below.introspection,
            trail: Some(Rc::new(step)),
            heaviest: if is_item {
                objects.saturating_mul(self.limits.max_page)
            } else {
                objects
            },
        }
    }

    /// Items of the page that a field is asked for.
    fn page(&self, field: &'a Field, page: Page) -> u64 {
        let given = PAGE_ARGUMENTS
            .iter()
            .filter_map(|name| self.argument(field, name));
        let asked = given.map(|input| match input {
            Input::Number(number) => number.as_u64().unwrap_or(0),
            _ => self.limits.default_page,
        });
        let items = asked
            .max()
            .or(page.default)
            .unwrap_or(self.limits.default_page);
        items.min(self.limits.max_page)
    }

    /// Items of a list that is not a connection.
    fn list(&self, field: &'a Field, keys: &[String], page: Option<Page>) -> u64 {
        let length = |name: &str| match self.argument(field, name)? {
            Input::List(length) => Some(length),
            _ => None,
        };
        if let Some(length) = keys.iter().filter_map(|key| length(key)).max() {
            return length;
        }
        if let Some(page) = page {
            return self.page(field, page);
        }
        let lists = field
            .arguments
            .iter()
            .filter_map(|(name, _)| length(&name.node));
        lists.max().unwrap_or(0).max(self.limits.unsized_list)
    }

    /// The value of an argument, from a literal, a variable or the variable's default; nothing if
    /// it is not given.
    fn argument(&self, field: &'a Field, name: &str) -> Option<Input<'a>> {
        match &field.get_argument(name)?.node {
            Value::Variable(variable) => self.variable(variable),
            Value::Number(number) => Some(Input::Number(number)),
            Value::List(items) => Some(Input::List(items.len() as u64)),
            _ => Some(Input::Other),
        }
    }

    fn variable(&self, name: &str) -> Option<Input<'a>> {
        let given = self.variables.get(name);
        let value = given.or_else(|| {
            let mut definitions = self.operation?.variable_definitions.iter();
            let definition = definitions.find(|definition| definition.node.name.node == name)?;
            Some(&definition.node.default_value.as_ref()?.node)
        })?;
        Some(match value {
            ConstValue::Number(number) => Input::Number(number),
            ConstValue::List(items) => Input::List(items.len() as u64),
            _ => Input::Other,
        })
    }
}

/// Whether a root field answers from the schema and not from the store.
fn describes_the_schema(field: &str) -> bool {
    field.starts_with("__") || field == "_service"
}

/// A list of `items` objects, each with `each` more below: the items and all objects.
fn list(items: u64, each: u64) -> (u64, u64) {
    (items, each.saturating_add(1).saturating_mul(items))
}

/// What pricing reads of an argument.
enum Input<'a> {
    Number(&'a Number),
    List(u64),
    /// Null, or a value that validation will refuse where a size is due.
    Other,
}

/// The operation that the library will choose; none if it will refuse to choose.
pub(super) fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let found = match name {
        Some(name) if operations.len() > 1 => {
            operations.find(|(own, _)| own.is_some_and(|own| own == name))
        }
        None if operations.len() > 1 => None,
        _ => operations.next(),
    };
    found.map(|(_, operation)| &operation.node)
}
