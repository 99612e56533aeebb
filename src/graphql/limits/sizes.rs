//! How much there is to tell about a schema: the price of introspection.

use std::collections::HashMap;

use async_graphql::parser::types::{TypeDefinition, TypeKind, TypeSystemDefinition};

use super::schema::unwrap;

/// How long the lists are that describe a schema.
///
/// Where lists lie inside each other without end (fields of the type of a field of a type …) the
/// length is the most by which one more step can multiply the answer, so that no way round the
/// schema returns much more than its price.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    pub types: u64,
    pub directives: u64,
    pub fields: u64,
    pub interfaces: u64,
    pub possible_types: u64,
    pub arguments: u64,
    pub values: u64,
    pub inputs: u64,
}

/// Scalars, directives and descriptive types that the library adds to any schema.
const BUILT_IN: u64 = 16;

impl Sizes {
    pub fn of(definitions: &[TypeSystemDefinition]) -> Self {
        let mut count = Census::default();
        for definition in definitions {
            match definition {
                TypeSystemDefinition::Type(definition) => count.add(&definition.node),
                TypeSystemDefinition::Directive(_) => count.directives += 1,
                TypeSystemDefinition::Schema(_) => {}
            }
        }
        Self {
            types: count.types + BUILT_IN,
            directives: count.directives + BUILT_IN,
            fields: growth(&count.fields),
            interfaces: count.interfaces.max(1),
            possible_types: count.members.values().copied().max().unwrap_or(1),
            arguments: count.arguments.div_ceil(total(&count.fields).max(1)).max(1),
            values: count.values.div_ceil(count.enums.max(1)).max(1),
            inputs: growth(&count.inputs),
        }
    }
}

/// For each type the types of its fields.
type Graph<'a> = HashMap<&'a str, Vec<&'a str>>;

/// What there is of each kind.
#[derive(Default)]
struct Census<'a> {
    types: u64,
    directives: u64,
    fields: Graph<'a>,
    inputs: Graph<'a>,
    /// Interfaces of the type that has most.
    interfaces: u64,
    /// For each interface and union its objects.
    members: HashMap<&'a str, u64>,
    /// Arguments of all fields.
    arguments: u64,
    enums: u64,
    /// Values of all enums.
    values: u64,
}

impl<'a> Census<'a> {
    fn add(&mut self, definition: &'a TypeDefinition) {
        self.types += 1;
        let name = definition.name.node.as_str();
        let (fields, interfaces) = match &definition.kind {
            TypeKind::Object(object) => (&object.fields, &object.implements),
            TypeKind::Interface(interface) => (&interface.fields, &interface.implements),
            TypeKind::Union(union) => {
                self.members.insert(name, union.members.len() as u64);
                return;
            }
            TypeKind::Enum(values) => {
                self.enums += 1;
                self.values += values.values.len() as u64;
                return;
            }
            TypeKind::InputObject(input) => {
                let types = input
                    .fields
                    .iter()
                    .map(|field| unwrap(&field.node.ty.node).0);
                self.inputs.entry(name).or_default().extend(types);
                return;
            }
            TypeKind::Scalar => return,
        };
        let types = fields.iter().map(|field| unwrap(&field.node.ty.node).0);
        self.fields.entry(name).or_default().extend(types);
        self.interfaces = self.interfaces.max(interfaces.len() as u64);
        for interface in interfaces {
            *self.members.entry(&interface.node).or_default() += 1;
        }
        self.arguments += fields
            .iter()
            .map(|field| field.node.arguments.len() as u64)
            .sum::<u64>();
    }
}

fn total(graph: &Graph<'_>) -> u64 {
    graph.values().map(|types| types.len() as u64).sum()
}

/// The most fields that the type of a field has on average over the fields of one type; no less
/// than the average over all types. Rounded up, at least 1.
fn growth(graph: &Graph<'_>) -> u64 {
    let average = total(graph).div_ceil((graph.len() as u64).max(1));
    let below = |name: &&str| graph.get(name).map_or(0, |types| types.len() as u64);
    let growths = graph.values().map(|types| {
        types
            .iter()
            .map(below)
            .sum::<u64>()
            .div_ceil((types.len() as u64).max(1))
    });
    growths.max().unwrap_or(1).max(average).max(1)
}
