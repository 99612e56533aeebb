//! What pricing needs to know of the schema: where objects come from, and how many.

use async_graphql::{
    Positioned,
    parser::{
        Error, parse_schema,
        types::{
            BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
        },
    },
};
use async_graphql_value::ConstValue;

use super::sizes::Sizes;
use crate::store::{Map, Set};

/// Fields that the library answers without naming them in its SDL; those of `_Root` belong to the
/// query type.
const BUILT_IN: &str = include_str!("built_in.graphql");
const BUILT_IN_ROOT: &str = "_Root";

/// Arguments that set the size of a page or list.
pub(super) const PAGE_ARGUMENTS: [&str; 3] = ["first", "last", "limit"];

/// How many objects a field returns for each parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// None: a scalar or an enum, or a list of them.
    Leaf,
    /// At most one.
    Object,
    /// One, that holds a page: its `edges` and `nodes` are [`Kind::Item`].
    Connection { page: Page },
    /// As many as the page of the connection holds.
    Item,
    /// A list: one object per key where one of the `keys` arguments is given, else a page where
    /// the field has such an argument, else a number that is not known.
    List {
        keys: Vec<String>,
        page: Option<Page>,
    },
    /// A list of known length, which the library makes from the schema.
    Fixed(u64),
    /// The same object in other words: `ofType` of the schema's description.
    Wrapped,
}

/// The page that a field returns unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// The default that the SDL states for the size.
    pub default: Option<u64>,
}

/// A field of an object or interface.
#[derive(Debug)]
pub(super) struct Shape {
    /// The name of the type without list and non-null.
    pub returns: String,
    pub kind: Kind,
}

type Fields = Map<String, Shape>;

/// The composite types of a schema by name. A union has no fields.
#[derive(Debug)]
pub(super) struct Schema {
    types: Map<String, Fields>,
    pub query: String,
    pub mutation: String,
    pub subscription: String,
}

impl Schema {
    pub fn from_sdl(sdl: &str) -> Result<Self, Error> {
        let mut definitions = parse_schema(sdl)?.definitions;
        let sizes = Sizes::of(&definitions);
        definitions.extend(parse_schema(BUILT_IN)?.definitions);
        let names = Names::of(&definitions);
        let mut schema = Self {
            types: Map::default(),
            query: "Query".to_owned(),
            mutation: "Mutation".to_owned(),
            subscription: "Subscription".to_owned(),
        };
        for definition in &definitions {
            schema.read(definition, &names);
        }
        let built_in = schema.types.remove(BUILT_IN_ROOT).unwrap_or_default();
        let root = schema.types.entry(schema.query.clone()).or_default();
        for (name, shape) in built_in {
            root.entry(name).or_insert(shape);
        }
        schema.set_sizes(&sizes);
        Ok(schema)
    }

    /// The fields of a composite type; none if there is no such type.
    pub fn fields(&self, type_name: &str) -> Option<&Fields> {
        self.types.get(type_name)
    }

    pub fn returned_type(&self, type_name: &str, field: &str) -> Option<&str> {
        let shape = self.types.get(type_name)?.get(field)?;
        (shape.kind != Kind::Leaf).then_some(shape.returns.as_str())
    }

    fn read(&mut self, definition: &TypeSystemDefinition, names: &Names<'_>) {
        match definition {
            TypeSystemDefinition::Schema(schema) => {
                let schema = &schema.node;
                let roots = [
                    (&mut self.query, &schema.query),
                    (&mut self.mutation, &schema.mutation),
                    (&mut self.subscription, &schema.subscription),
                ];
                for (root, name) in roots {
                    if let Some(name) = name {
                        *root = name.node.to_string();
                    }
                }
            }
            TypeSystemDefinition::Type(definition) => {
                let name = definition.node.name.node.to_string();
                if let Some(definitions) = composite(&definition.node.kind) {
                    let fields = definitions
                        .iter()
                        .map(|field| names.read(&name, &field.node));
                    let fields: Vec<_> = fields.collect();
                    self.types.entry(name).or_default().extend(fields);
                }
            }
            TypeSystemDefinition::Directive(_) => {}
        }
    }

    fn set_sizes(&mut self, sizes: &Sizes) {
        let lists = [
            ("__Schema", "types", sizes.types),
            ("__Schema", "directives", sizes.directives),
            ("__Type", "fields", sizes.fields),
            ("__Type", "interfaces", sizes.interfaces),
            ("__Type", "possibleTypes", sizes.possible_types),
            ("__Type", "enumValues", sizes.values),
            ("__Type", "inputFields", sizes.inputs),
            ("__Field", "args", sizes.arguments),
            ("__Directive", "args", sizes.arguments),
        ];
        for (type_name, field, size) in lists {
            self.set_kind(type_name, field, Kind::Fixed(size));
        }
        self.set_kind("__Type", "ofType", Kind::Wrapped);
    }

    fn set_kind(&mut self, type_name: &str, field: &str, kind: Kind) {
        if let Some(shape) = self
            .types
            .get_mut(type_name)
            .and_then(|fields| fields.get_mut(field))
        {
            shape.kind = kind;
        }
    }
}

/// The fields of an object, interface or (none) union; nothing for other kinds.
fn composite(kind: &TypeKind) -> Option<&[Positioned<FieldDefinition>]> {
    match kind {
        TypeKind::Object(object) => Some(&object.fields),
        TypeKind::Interface(interface) => Some(&interface.fields),
        TypeKind::Union(_) => Some(&[]),
        TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_) => None,
    }
}

/// Names of types, to tell objects from leaves and keys from options.
struct Names<'a> {
    composites: Set<&'a str>,
    enums: Set<&'a str>,
}

impl<'a> Names<'a> {
    fn of(definitions: &'a [TypeSystemDefinition]) -> Self {
        let mut names = Self {
            composites: Set::default(),
            enums: Set::default(),
        };
        for definition in definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = definition.node.name.node.as_str();
            if let TypeKind::Enum(_) = definition.node.kind {
                names.enums.insert(name);
            } else if composite(&definition.node.kind).is_some() {
                names.composites.insert(name);
            }
        }
        names
    }

    fn read(&self, parent: &str, field: &FieldDefinition) -> (String, Shape) {
        let (returns, is_list) = unwrap(&field.ty.node);
        let name = field.name.node.as_str();
        let kind = if !self.composites.contains(returns) {
            Kind::Leaf
        } else if is_connection(parent) && matches!(name, "edges" | "nodes") {
            Kind::Item
        } else if is_list {
            Kind::List {
                keys: self.keys(&field.arguments),
                page: page(&field.arguments),
            }
        } else if is_connection(returns) {
            Kind::Connection {
                page: page(&field.arguments).unwrap_or(Page { default: None }),
            }
        } else {
            Kind::Object
        };
        (
            name.to_owned(),
            Shape {
                returns: returns.to_owned(),
                kind,
            },
        )
    }

    /// Arguments that ask for one object each: required lists, but not of options.
    fn keys(&self, arguments: &[Positioned<InputValueDefinition>]) -> Vec<String> {
        let is_key = |argument: &&Positioned<InputValueDefinition>| {
            let (of, is_list) = unwrap(&argument.node.ty.node);
            is_list && !argument.node.ty.node.nullable && !self.enums.contains(of)
        };
        let keys = arguments.iter().filter(is_key);
        keys.map(|argument| argument.node.name.node.to_string())
            .collect()
    }
}

fn is_connection(type_name: &str) -> bool {
    type_name.ends_with("Connection")
}

fn page(arguments: &[Positioned<InputValueDefinition>]) -> Option<Page> {
    let mut sizes = arguments
        .iter()
        .filter(|argument| PAGE_ARGUMENTS.contains(&argument.node.name.node.as_str()))
        .peekable();
    sizes.peek()?;
    let default = sizes.find_map(
        |argument| match &argument.node.default_value.as_ref()?.node {
            ConstValue::Number(number) => number.as_u64(),
            _ => None,
        },
    );
    Some(Page { default })
}

/// The name of a type, and whether there is a list around it.
pub(super) fn unwrap(mut ty: &Type) -> (&str, bool) {
    let mut is_list = false;
    loop {
        match &ty.base {
            BaseType::Named(name) => return (name, is_list),
            BaseType::List(item) => {
                is_list = true;
                ty = item;
            }
        }
    }
}
