//! What arguments carry: lengths of lists, and how much the library copies.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{Directive, ExecutableDocument, Selection, SelectionSet},
};
use async_graphql_value::{ConstValue, Value};

use super::{Limits, Refusal, refusal::within};

/// Bytes of text that weigh as much as one more value.
const BYTES_PER_VALUE: usize = 64;

/// Checks the lists and the values in all arguments, defaults and variables of a document.
///
/// Validation copies the whole value of a variable for each use of it, in all operations, before
/// it looks at types: a megabyte that is used a thousand times would be a gigabyte.
///
/// # Errors
/// [`Refusal::ListTooLong`] and [`Refusal::TooManyInputValues`].
pub(super) fn check(
    document: &ExecutableDocument,
    variables: &Variables,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut input = Input {
        limits,
        weights: HashMap::new(),
        values: 0,
    };
    for (name, value) in variables.iter() {
        let weight = input.weigh(value, || format!("the variable `${name}`"))?;
        input.weights.insert(name, weight);
    }
    for (_, operation) in document.operations.iter() {
        for variable in &operation.node.variable_definitions {
            if let Some(default) = &variable.node.default_value {
                let place = || format!("the default of `${}`", variable.node.name.node);
                input.add(input.weigh(&default.node, place)?);
            }
        }
        input.directives(&operation.node.directives)?;
        input.set(&operation.node.selection_set.node)?;
    }
    for fragment in document.fragments.values() {
        input.directives(&fragment.node.directives)?;
        input.set(&fragment.node.selection_set.node)?;
    }
    within(
        input.values,
        limits.input_values,
        Refusal::TooManyInputValues,
    )
}

struct Input<'a> {
    limits: &'a Limits,
    weights: HashMap<&'a str, usize>,
    values: usize,
}

impl Input<'_> {
    fn add(&mut self, weight: usize) {
        self.values = self.values.saturating_add(weight);
    }

    /// Recursion ends at the parser's own limit of 64 selection sets in one definition.
    fn set(&mut self, set: &SelectionSet) -> Result<(), Refusal> {
        for selection in &set.items {
            self.directives(selection.node.directives())?;
            match &selection.node {
                Selection::Field(field) => {
                    self.arguments(&field.node.arguments)?;
                    self.set(&field.node.selection_set.node)?;
                }
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(())
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        directives
            .iter()
            .try_for_each(|directive| self.arguments(&directive.node.arguments))
    }

    fn arguments(
        &mut self,
        arguments: &[(Positioned<Name>, Positioned<Value>)],
    ) -> Result<(), Refusal> {
        arguments
            .iter()
            .try_for_each(|(name, value)| self.literal(&name.node, &value.node))
    }

    /// Recursion ends at the guard's limit of nesting.
    fn literal(&mut self, argument: &str, value: &Value) -> Result<(), Refusal> {
        self.add(1);
        match value {
            Value::Variable(name) => {
                self.add(self.weights.get(name.as_str()).copied().unwrap_or_default());
            }
            Value::String(text) => self.add(text.len() / BYTES_PER_VALUE),
            Value::List(items) => {
                check_list(items.len(), self.limits, || {
                    format!("the argument `{argument}`")
                })?;
                items
                    .iter()
                    .try_for_each(|item| self.literal(argument, item))?;
            }
            Value::Object(fields) => {
                fields
                    .values()
                    .try_for_each(|field| self.literal(argument, field))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Counts the values in a constant. Without recursion: variables come from outside.
    fn weigh(&self, value: &ConstValue, place: impl Fn() -> String) -> Result<usize, Refusal> {
        let mut weight = 0_usize;
        let mut rest = vec![value];
        while let Some(value) = rest.pop() {
            weight += 1;
            match value {
                ConstValue::String(text) => weight += text.len() / BYTES_PER_VALUE,
                ConstValue::List(items) => {
                    check_list(items.len(), self.limits, &place)?;
                    rest.extend(items);
                }
                ConstValue::Object(fields) => rest.extend(fields.values()),
                _ => {}
            }
        }
        Ok(weight)
    }
}

fn check_list(
    items: usize,
    limits: &Limits,
    place: impl FnOnce() -> String,
) -> Result<(), Refusal> {
    within(items, limits.list_items, |excess| Refusal::ListTooLong {
        place: place(),
        excess,
    })
}
