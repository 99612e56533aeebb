//! Which values fit which types of input.
//!
//! The library validates a document together with the values of its variables, each time. Of all
//! that it looks at, only the values are new when a document comes again; whether they fit is told
//! here, so that the rest need not be done anew. In doubt the answer is no: then the library looks
//! at everything, and says what is wrong.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::registry::{MetaInputValue, MetaType, Registry, ScalarValidatorFn};
use async_graphql::{OutputType, Value, Variables};

use crate::store::{Map, Set};

/// The input types of a schema, by name.
pub(super) struct Inputs(Map<String, Input>);

enum Input {
    Scalar(Option<ScalarValidatorFn>),
    Enum(Set<String>),
    Object {
        fields: Map<String, InputField>,
        is_one_of: bool,
    },
}

struct InputField {
    of: Type,
    has_default: bool,
}

impl Inputs {
    /// Those that can be reached from a query.
    pub fn of<Query: OutputType>() -> Self {
        let mut registry = Registry::default();
        Query::create_type_info(&mut registry);
        let types = registry.types.iter();
        Self(
            types
                .filter_map(|(name, kind)| Some((name.clone(), input(kind)?)))
                .collect(),
        )
    }

    /// Whether all variables of an operation fit the types that it declares.
    pub fn fit(&self, operation: &OperationDefinition, variables: &Variables) -> bool {
        operation.variable_definitions.iter().all(|definition| {
            let variable = &definition.node;
            match variables.get(&variable.name.node) {
                None => true,
                // Not the default, but where that may stand, null need not.
                Some(Value::Null) if variable.default_value.is_some() => false,
                Some(value) => self.fits(value, &variable.var_type.node),
            }
        })
    }

    fn fits(&self, value: &Value, of: &Type) -> bool {
        match (&of.base, value) {
            (_, Value::Null) => of.nullable,
            (BaseType::List(item), Value::List(values)) => {
                values.iter().all(|value| self.fits(value, item))
            }
            // One thing stands for a list of one.
            (BaseType::List(item), value) => self.fits(value, item),
            (BaseType::Named(name), value) => {
                let input = self.0.get(name.as_str());
                input.is_some_and(|input| self.fits_named(value, input))
            }
        }
    }

    fn fits_named(&self, value: &Value, input: &Input) -> bool {
        match (input, value) {
            (Input::Scalar(is_valid), value) => {
                is_valid.as_ref().is_none_or(|is_valid| is_valid(value))
            }
            (Input::Enum(values), Value::Enum(name)) => values.contains(name.as_str()),
            (Input::Enum(values), Value::String(name)) => values.contains(name),
            (Input::Object { fields, is_one_of }, Value::Object(given)) => {
                let is_counted = !is_one_of
                    || given.len() == 1 && given.values().all(|value| *value != Value::Null);
                is_counted
                    && given.keys().all(|name| fields.contains_key(name.as_str()))
                    && fields
                        .iter()
                        .all(|(name, field)| match given.get(name.as_str()) {
                            Some(value) => self.fits(value, &field.of),
                            None => field.of.nullable || field.has_default,
                        })
            }
            _ => false,
        }
    }
}

fn input(kind: &MetaType) -> Option<Input> {
    Some(match kind {
        MetaType::Scalar { is_valid, .. } => Input::Scalar(is_valid.clone()),
        MetaType::Enum { enum_values, .. } => Input::Enum(enum_values.keys().cloned().collect()),
        MetaType::InputObject {
            input_fields,
            oneof,
            ..
        } => Input::Object {
            fields: input_fields.values().map(field).collect::<Option<_>>()?,
            is_one_of: *oneof,
        },
        _ => return None,
    })
}

fn field(field: &MetaInputValue) -> Option<(String, InputField)> {
    let input = InputField {
        of: Type::new(&field.ty)?,
        has_default: field.default_value.is_some(),
    };
    Some((field.name.clone(), input))
}
