//! Interfaces without a second list of fields: an interface shows some fields of the types that
//! implement it, with their types, arguments and descriptions.

use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{MetaField, MetaType, Registry};

use super::federation::key;

/// An interface before it is registered.
pub(super) struct Interface {
    pub name: &'static str,
    pub description: &'static str,
    /// The object type whose fields are shown; every other implementer must have them too.
    pub model: &'static str,
    pub fields: &'static [&'static str],
    /// All object types that implement it.
    pub implementers: &'static [&'static str],
    /// The interfaces that it implements itself.
    pub implements: &'static [&'static str],
    /// The fields that are keys of every implementer, each by itself.
    pub keys: &'static [&'static str],
}

impl Interface {
    /// The type to register. Its fields are filled in later: while types refer to each other in
    /// circles, the model may be half-made at this point.
    pub fn register(&self, registry: &mut Registry) -> MetaType {
        for implementer in self.implementers {
            registry.add_implements(implementer, self.name);
        }
        for interface in self.implements {
            registry.add_implements(self.name, interface);
        }
        let possible_types = self.implementers.iter().map(|&name| name.to_owned());
        MetaType::Interface {
            name: self.name.to_owned(),
            // Doc comments begin with a space.
            description: Some(self.description.trim().to_owned()),
            fields: IndexMap::new(),
            possible_types: possible_types.collect(),
            extends: false,
            keys: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: None,
            directive_invocations: self.keys.iter().map(|&name| key(name)).collect(),
            requires_scopes: Vec::new(),
        }
    }

    /// Takes the fields over from the model, once all types are registered.
    pub fn fill(&self, registry: &mut Registry) {
        let Some(MetaType::Object { fields, .. }) = registry.types.get(self.model) else {
            return;
        };
        let shown = self
            .fields
            .iter()
            .filter_map(|&name| fields.get_key_value(name));
        let shown: IndexMap<String, MetaField> = shown
            .map(|(name, field)| (name.clone(), field.clone()))
            .collect();
        if let Some(MetaType::Interface { fields, .. }) = registry.types.get_mut(self.name) {
            *fields = shown;
        }
    }
}

/// Declares an enum of object types as a GraphQL interface; each value resolves as the object
/// that it is. `keyed by` makes it an entity of federated graphs, which other services may extend
/// as a whole.
macro_rules! interface {
    (
        $(#[doc = $description:literal])*
        pub enum $name:ident [$($field:literal),* $(,)?] $(implements $parent:literal)?
        $(keyed by [$($key:literal),*])?
        { $model:ident $(, $variant:ident)* $(,)? }
    ) => {
        $(#[doc = $description])*
        pub enum $name {
            /// See the GraphQL type of this name.
            $model($model),
            $(
                /// See the GraphQL type of this name.
                $variant($variant),
            )*
        }

        impl $name {
            pub(in $crate::graphql) const INTERFACE: $crate::graphql::interface::Interface =
                $crate::graphql::interface::Interface {
                    name: stringify!($name),
                    description: concat!($($description),*),
                    model: stringify!($model),
                    fields: &[$($field),*],
                    implementers: &[stringify!($model) $(, stringify!($variant))*],
                    implements: &[$($parent)?],
                    keys: &[$($($key),*)?],
                };
        }

        impl $crate::graphql::ahead::AtHand for $name {
            fn ahead<'a>(
                ctx: $crate::graphql::view::Scope<'a>,
                objects: Vec<&'a Self>,
                set: &'a async_graphql::parser::types::SelectionSet,
            ) -> futures_util::future::BoxFuture<'a, ()> {
                let mut steps = Vec::new();
                $crate::graphql::interface::ahead!(steps, ctx, objects, set, $name::$model($model));
                $($crate::graphql::interface::ahead!(steps, ctx, objects, set, $name::$variant($variant));)*
                $crate::graphql::ahead::all(steps)
            }

            fn below<'a>(
                ctx: $crate::graphql::view::Scope<'a>,
                field: &'a async_graphql::Positioned<async_graphql::parser::types::Field>,
                parent: $crate::store::BySlug<'a>,
            ) -> Option<futures_util::future::BoxFuture<'a, ()>> {
                <$model as $crate::graphql::ahead::AtHand>::below(ctx, field, parent)
            }

            fn view<'a>(
                ctx: $crate::graphql::view::Scope<'a>,
                set: &'a async_graphql::parser::types::SelectionSet,
            ) -> Option<$crate::graphql::view::View<'a, Self>> {
                #[expect(non_snake_case, reason = "each is named like the type that it shows")]
                struct Views<'a> {
                    $model: $crate::graphql::view::Lazy<'a, $model>,
                    $($variant: $crate::graphql::view::Lazy<'a, $variant>,)*
                }
                let views = Views {
                    $model: $crate::graphql::view::Lazy::new(ctx, set),
                    $($variant: $crate::graphql::view::Lazy::new(ctx, set),)*
                };
                Some(Box::new(move |object| match object {
                    Self::$model(object) => views.$model.show(object),
                    $(Self::$variant(object) => views.$variant.show(object),)*
                }))
            }
        }

        impl async_graphql::OutputType for $name {
            fn type_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn introspection_type_name(&self) -> std::borrow::Cow<'static, str> {
                match self {
                    Self::$model(object) => object.introspection_type_name(),
                    $(Self::$variant(object) => object.introspection_type_name(),)*
                }
            }

            fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
                registry.create_output_type::<Self, _>(
                    async_graphql::registry::MetaTypeId::Interface,
                    |registry| {
                        <$model as async_graphql::OutputType>::create_type_info(registry);
                        $(<$variant as async_graphql::OutputType>::create_type_info(registry);)*
                        Self::INTERFACE.register(registry)
                    },
                )
            }

            async fn resolve(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
                field: &async_graphql::Positioned<async_graphql::parser::types::Field>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                match self {
                    Self::$model(object) => object.resolve(ctx, field).await,
                    $(Self::$variant(object) => object.resolve(ctx, field).await,)*
                }
            }
        }
    };
}

/// Reads ahead for those of `objects` that are of one type.
macro_rules! ahead {
    ($steps:ident, $ctx:ident, $objects:ident, $set:ident, $interface:ident::$variant:ident($object:ident)) => {
        let objects = $objects.iter().filter_map(|object| match object {
            $interface::$variant(object) => Some(object),
            _ => None,
        });
        let objects: Vec<&$object> = objects.collect();
        if !objects.is_empty() {
            $steps.push($crate::graphql::ahead::AtHand::ahead($ctx, objects, $set));
        }
    };
}
pub(super) use {ahead, interface};
