//! The schema is a promise: every change to it is seen, and everything in it is explained.

use std::path::Path;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind, TypeSystemDefinition,
};

#[test]
fn the_file_is_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let sdl = stack_atlas::graphql::sdl();
    #[expect(clippy::disallowed_methods, reason = "tests have no options")]
    if std::env::var_os("UPDATE_SCHEMA").is_some() || std::env::var("UPDATE_SCHEMA").is_ok() {
        std::fs::write(&path, &sdl).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = written
        .lines()
        .zip(sdl.lines())
        .enumerate()
        .find(|(_, (old, new))| old != new);
    assert!(
        written == sdl,
        "schema.graphql is not the schema; the first difference is {difference:?}.\n\
         Run `UPDATE_SCHEMA=1 cargo test --test api schema` if the change is wanted.",
    );
}

#[test]
fn everything_is_described() {
    let document = parse_schema(stack_atlas::graphql::sdl()).unwrap();
    let mut bare = Vec::new();
    for definition in &document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            undescribed(&definition.node, &mut bare);
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

fn undescribed(definition: &TypeDefinition, bare: &mut Vec<String>) {
    let name = definition.name.node.as_str();
    // The root's description is the schema's own.
    if definition.description.is_none() && name != "Query" {
        bare.push(name.to_owned());
    }
    match &definition.kind {
        TypeKind::Object(object) => fields(name, &object.fields, bare),
        TypeKind::Interface(interface) => fields(name, &interface.fields, bare),
        TypeKind::InputObject(input) => inputs(name, &input.fields, bare),
        TypeKind::Enum(enumeration) => {
            for value in &enumeration.values {
                if value.node.description.is_none() {
                    bare.push(format!("{name}.{}", value.node.value.node));
                }
            }
        }
        TypeKind::Scalar | TypeKind::Union(_) => {}
    }
}

fn fields(of: &str, fields: &[Positioned<FieldDefinition>], bare: &mut Vec<String>) {
    for field in fields {
        let name = format!("{of}.{}", field.node.name.node);
        if field.node.description.is_none() {
            bare.push(name.clone());
        }
        inputs(&name, &field.node.arguments, bare);
    }
}

fn inputs(of: &str, inputs: &[Positioned<InputValueDefinition>], bare: &mut Vec<String>) {
    for input in inputs {
        if input.node.description.is_none() {
            bare.push(format!("{of}.{}", input.node.name.node));
        }
    }
}

#[test]
fn interfaces_show_the_same_fields_as_their_types() {
    let sdl = stack_atlas::graphql::sdl();
    let document = parse_schema(&sdl).unwrap();
    let types = document
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(&definition.node),
            _ => None,
        });
    let types: Vec<_> = types.collect();
    let mut checked = 0;
    for interface in &types {
        let TypeKind::Interface(shown) = &interface.kind else {
            continue;
        };
        for object in &types {
            let TypeKind::Object(implementer) = &object.kind else {
                continue;
            };
            if !implementer
                .implements
                .iter()
                .any(|name| name.node == interface.name.node)
            {
                continue;
            }
            for field in &shown.fields {
                let own = implementer
                    .fields
                    .iter()
                    .find(|own| own.node.name == field.node.name);
                let own = own.unwrap_or_else(|| {
                    panic!("{} lacks {}", object.name.node, field.node.name.node)
                });
                assert_eq!(own.node.ty.node.to_string(), field.node.ty.node.to_string());
                assert_eq!(own.node.arguments.len(), field.node.arguments.len());
                checked += 1;
            }
        }
    }
    assert!(
        checked > 100,
        "only {checked} fields of interfaces were seen"
    );
}
