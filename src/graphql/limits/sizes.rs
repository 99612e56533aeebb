//! How much there is to tell about a schema: the price of introspection.

use async_graphql::{
    Positioned,
    parser::types::{FieldDefinition, TypeKind, TypeSystemDefinition},
};

/// How long the lists are that describe the schema: exact for all types, averages below.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    pub types: u64,
    pub directives: u64,
    pub fields: u64,
    pub interfaces: u64,
    pub arguments: u64,
    pub values: u64,
    pub inputs: u64,
}

impl Sizes {
    pub fn of(definitions: &[TypeSystemDefinition]) -> Self {
        let mut counts = Counts::default();
        for definition in definitions {
            counts.add(definition);
        }
        Self {
            // The library adds its scalars, `__Schema` and its like.
            types: counts.types + 16,
            directives: counts.directives + 4,
            fields: average(counts.fields, counts.composites),
            interfaces: average(counts.interfaces, counts.composites),
            arguments: average(counts.arguments, counts.fields),
            values: average(counts.values, counts.enums),
            inputs: average(counts.members, counts.inputs),
        }
    }
}

/// At least 1, rounded up.
fn average(sum: u64, count: u64) -> u64 {
    sum.div_ceil(count.max(1)).max(1)
}

#[derive(Default)]
struct Counts {
    types: u64,
    directives: u64,
    composites: u64,
    fields: u64,
    interfaces: u64,
    arguments: u64,
    enums: u64,
    values: u64,
    inputs: u64,
    members: u64,
}

impl Counts {
    fn add(&mut self, definition: &TypeSystemDefinition) {
        let TypeSystemDefinition::Type(definition) = definition else {
            self.directives += u64::from(matches!(definition, TypeSystemDefinition::Directive(_)));
            return;
        };
        self.types += 1;
        match &definition.node.kind {
            TypeKind::Object(object) => self.composite(&object.fields, object.implements.len()),
            TypeKind::Interface(interface) => {
                self.composite(&interface.fields, interface.implements.len());
            }
            TypeKind::Union(union) => self.interfaces += union.members.len() as u64,
            TypeKind::Enum(values) => {
                self.enums += 1;
                self.values += values.values.len() as u64;
            }
            TypeKind::InputObject(input) => {
                self.inputs += 1;
                self.members += input.fields.len() as u64;
            }
            TypeKind::Scalar => {}
        }
    }

    fn composite(&mut self, fields: &[Positioned<FieldDefinition>], interfaces: usize) {
        self.composites += 1;
        self.interfaces += interfaces as u64;
        self.fields += fields.len() as u64;
        let arguments = fields.iter().map(|field| field.node.arguments.len() as u64);
        self.arguments += arguments.sum::<u64>();
    }
}
