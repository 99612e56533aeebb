//! Variables that an operation needs and did not get. The library runs the operation without them.

use async_graphql::Variables;
use async_graphql::parser::types::OperationDefinition;
use async_graphql::{Name, Value};

/// Says which required variable is missing or null.
pub(super) fn missing(operation: &OperationDefinition, variables: &Variables) -> Option<String> {
    let definitions = operation.variable_definitions.iter();
    let mut required = definitions
        .map(|definition| &definition.node)
        .filter(|variable| !variable.var_type.node.nullable);
    required.find_map(|variable| {
        let name: &Name = &variable.name.node;
        let what = match variables.get(name) {
            Some(Value::Null) => "is null",
            None if variable.default_value.is_none() => "was not sent",
            _ => return None,
        };
        let expected = &variable.var_type.node;
        Some(format!(
            "The variable `${name}` {what}; it must be a value of type {expected}."
        ))
    })
}
