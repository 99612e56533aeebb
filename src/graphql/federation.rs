//! Apollo Federation: what other services of a graph may extend, and how a gateway asks for it.
//!
//! Whatever has a global id is an entity, known by its `id` and, if it has one, by its `slug`.
//! The library's own `_entities` is not used: one bad representation costs it all others. It
//! stays out of the way as long as no type has keys in its sense; ours are plain directives.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field as Selected, SelectionSet};
use async_graphql::registry::{MetaDirectiveInvocation, MetaType, MetaTypeId, Registry};
use async_graphql::types::Any;
use async_graphql::{
    Context, ContextSelectionSet, ID, Object, OutputType, Positioned, ServerResult, SimpleObject,
    Value,
};
use futures_util::future::{BoxFuture, join_all};

use super::ahead::{AtHand, Items};
use super::context::ContextExt as _;
use super::error::{Error, Field};
use super::lookup::{Given, few_enough};
use super::types::node::{self, Node};
use super::view::{Scope, View};
use crate::store::Key;

/// What of the federation's specification the schema uses: the newest version that the composition
/// of Apollo and that of The Guild both read.
const LINK: &str = "extend schema @link(\n\turl: \"https://specs.apollo.dev/federation/v2.9\",\n\
                    \timport: [\"@key\", \"@shareable\", \"@tag\"]\n)\n";

/// The keys by which an entity is known, as far as it has them.
const KEYS: [&str; 2] = ["id", "slug"];

/// Fields that tell of the entry, not of what it describes: a contract may leave them out.
const BOOKKEEPING: [&str; 3] = ["createdAt", "updatedAt", "revision"];

/// Gives all entities their keys, and fields their tags.
pub(super) fn declare(registry: &mut Registry) {
    for definition in registry.types.values_mut() {
        let MetaType::Object { name, fields, .. } = definition else {
            continue;
        };
        let is_entity = Node::INTERFACE.implementers.contains(&name.as_str());
        for name in BOOKKEEPING {
            if let Some(field) = fields.get_mut(name) {
                field.tags.push("bookkeeping".to_owned());
            }
        }
        let own = KEYS.into_iter().filter(|&key| fields.contains_key(key));
        let own: Vec<_> = own.filter(|_| is_entity).map(key).collect();
        if let MetaType::Object {
            directive_invocations,
            ..
        } = definition
        {
            directive_invocations.extend(own);
        }
    }
}

/// `@key(fields: …)`.
pub(super) fn key(fields: &str) -> MetaDirectiveInvocation {
    MetaDirectiveInvocation {
        name: "key".to_owned(),
        args: IndexMap::from_iter([("fields".to_owned(), Value::from(fields))]),
    }
}

/// Makes the library's text a federation's: our link in place of its own, and the parts of an
/// interface in the order that the grammar wants.
pub(super) fn mend(sdl: &str) -> String {
    let own = sdl.rfind("extend schema @link(").unwrap_or(sdl.len());
    let mut mended = String::with_capacity(sdl.len());
    for line in sdl[..own].lines() {
        match reordered(line) {
            Some(line) => mended.push_str(&line),
            None => mended.push_str(line),
        }
        mended.push('\n');
    }
    mended.push_str(LINK);
    mended
}

/// `interface A @d implements B {` as `interface A implements B @d {`.
fn reordered(line: &str) -> Option<String> {
    let rest = line.strip_prefix("interface ")?.strip_suffix(" {")?;
    let (head, parents) = rest.split_once(" implements ")?;
    let (name, directives) = head.split_once(' ')?;
    Some(format!(
        "interface {name} implements {parents} {directives} {{"
    ))
}

/// What a gateway asks.
#[derive(Default)]
pub struct FederationQuery;

#[Object]
impl FederationQuery {
    /// For gateways: the schema of this service.
    #[graphql(name = "_service")]
    async fn service(&self, ctx: &Context<'_>) -> Service {
        Service {
            sdl: Some(ctx.sdl().to_owned()),
        }
    }

    /// For gateways: the things that other services refer to, in the order of the references. One
    /// that cannot be resolved is null, with an error that says why.
    #[graphql(name = "_entities")]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "References: `__typename` with `id` or `slug` each, mixed as you like; at most 1,000. If both are given, `id` counts."
        )]
        representations: Vec<Any>,
    ) -> Result<Items<Field<Referred>>, Error> {
        few_enough("representations", representations.len())?;
        let found = representations.iter().map(|Any(value)| resolve(ctx, value));
        let found = join_all(found).await.into_iter();
        Ok(Items(found.map(Some).collect()))
    }
}

/// For gateways: what they want to know of this service.
#[derive(SimpleObject)]
#[graphql(name = "_Service")]
struct Service {
    /// The schema, in the schema definition language.
    sdl: Option<String>,
}

async fn resolve(ctx: &Context<'_>, representation: &Value) -> Result<Referred, Error> {
    let (type_name, given) = read(representation)?;
    match node::referred(ctx, type_name, given).await {
        Some(found) => found.map(Referred),
        None => Err(Error::UnknownEntity(format!(
            "There is no {type_name} with this key."
        ))),
    }
}

/// The type and the key of a representation.
fn read(representation: &Value) -> Result<(&str, Given), Error> {
    let Value::Object(fields) = representation else {
        return Err(bad("A representation must be an object."));
    };
    let Some(Value::String(type_name)) = fields.get("__typename") else {
        return Err(bad("A representation must say its `__typename`."));
    };
    let keys = KEYS.into_iter();
    let mut keys = keys.filter_map(|key| Some((key, fields.get(key)?)));
    match keys.find(|(_, value)| **value != Value::Null) {
        Some(("id", Value::String(id))) => Ok((type_name, Given::Id(ID(id.clone())))),
        Some((_, Value::String(slug))) => Ok((type_name, Given::Key(Key::Slug(slug.clone())))),
        Some((key, _)) => Err(bad(&format!(
            "`{key}` of a representation must be a string."
        ))),
        None => Err(bad("A representation must have an `id` or a `slug`.")),
    }
}

fn bad(message: &str) -> Error {
    Error::BadInput(message.to_owned())
}

/// Anything that other services may refer to: the union `_Entity`.
struct Referred(Node);

impl OutputType for Referred {
    fn type_name() -> Cow<'static, str> {
        "_Entity".into()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Union, |registry| {
            Node::create_type_info(registry);
            let possible_types = Node::INTERFACE.implementers.iter();
            MetaType::Union {
                name: Self::type_name().into_owned(),
                description: Some("For gateways: anything that has a key.".to_owned()),
                possible_types: possible_types.map(|&name| name.to_owned()).collect(),
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: None,
                directive_invocations: Vec::new(),
            }
        })
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Selected>,
    ) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl AtHand for Referred {
    fn ahead<'a>(
        ctx: Scope<'a>,
        things: Vec<&'a Self>,
        set: &'a SelectionSet,
    ) -> BoxFuture<'a, ()> {
        Node::ahead(
            ctx,
            things.into_iter().map(|Self(node)| node).collect(),
            set,
        )
    }

    fn view<'a>(ctx: Scope<'a>, set: &'a SelectionSet) -> Option<View<'a, Self>> {
        let view = Node::view(ctx, set)?;
        Some(Box::new(move |thing| view(&thing.0)))
    }
}
