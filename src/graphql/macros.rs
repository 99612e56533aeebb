//! The notation in which `types/` is written. Each macro spells out what async-graphql needs for
//! a type, so that its file reads like the schema: every field stands there by its name.

/// An object type over a row.
///
/// `as` says what its global ids are called, if it has any; `when`, which rows are of this type.
/// - `fields`: columns, shown as they are;
/// - `one`: the row that a column of this row names, null where the column is empty;
/// - `lists`: connections to the rows that belong to this one;
/// - `methods`, as in any `#[Object]`;
/// - `ways`, by which the rows that methods show are read ahead (`ahead.rs`).
macro_rules! object {
    (
        $(#[$doc:meta])*
        pub $name:ident($table:ident) $(as $kind:literal)? $(when $column:ident is $variant:path)? {
            $(fields { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })?
            $(one { $($(#[$one_doc:meta])* $one:ident: $one_type:ty = $key:ident,)* })?
            $(lists { $($(#[$list_doc:meta])* $list:ident: $item:ty = $relation:path,)* })?
            $(methods { $($method:tt)* })?
            $(ways { $($way_field:ident: $way:expr,)* })?
        }
    ) => {
        $(#[$doc])*
        pub struct $name(pub(in $crate::graphql) std::sync::Arc<entity::$table::Model>);

        const _: () = {
            /// All fields of the type, for the library.
            struct Resolvers(std::sync::Arc<entity::$table::Model>);

            impl async_graphql::TypeName for Resolvers {
                fn type_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }
            }

            $(#[$doc])*
            #[async_graphql::Object(name_type)]
            impl Resolvers {
                $(
                    /// Identifies this thing among all things of this service, for ever.
                    async fn id(&self) -> async_graphql::ID {
                        $crate::graphql::relay::GlobalId { kind: $kind, id: self.0.id }.encode()
                    }
                )?

                $($(
                    $(#[$field_doc])*
                    async fn $field(&self) -> $type {
                        $crate::graphql::object::Show::show(&self.0.$field)
                    }
                )*)?

                $($(
                    $(#[$one_doc])*
                    async fn $one(
                        &self,
                        ctx: &async_graphql::Context<'_>,
                    ) -> $crate::graphql::error::Field<$one_type> {
                        let key = $crate::graphql::object::Reference::number(self.0.$key);
                        Box::pin($crate::graphql::context::ContextExt::load_optional(ctx, key)).await
                    }
                )*)?

                $($(
                    $(#[$list_doc])*
                    async fn $list(
                        &self,
                        ctx: &async_graphql::Context<'_>,
                        #[graphql(desc = "How many items from the start: 0 to 100; 20 if neither `first` nor `last` is given.")]
                        first: Option<i64>,
                        #[graphql(desc = "Only items after the one with this cursor.")]
                        after: Option<String>,
                        #[graphql(desc = "How many items from the end: 0 to 100.")]
                        last: Option<i64>,
                        #[graphql(desc = "Only items before the one with this cursor.")]
                        before: Option<String>,
                        #[graphql(desc = "Which items to keep; all if left out.")]
                        filter: Option<Box<<$item as $crate::graphql::relay::Listed>::Filter>>,
                        #[graphql(desc = "How to order them, at most five criteria; in the order in which they became known if left out.")]
                        order_by: Option<Vec<$crate::graphql::order::OrderTerm<<$item as $crate::graphql::relay::Listed>::Order>>>,
                    ) -> $crate::graphql::error::Field<$crate::graphql::relay::Connection<$item>> {
                        let parent = ($crate::graphql::object::Parent::number(&*self.0), 0);
                        let args = $crate::graphql::relay::PageArgs { first, after, last, before, filter, order_by };
                        Box::pin($crate::graphql::context::ContextExt::children(ctx, &$relation, parent, args)).await
                    }
                )*)?

                $($($method)*)?
            }

            impl async_graphql::OutputType for $name {
                fn type_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn create_type_info(
                    registry: &mut async_graphql::registry::Registry,
                ) -> String {
                    <Resolvers as async_graphql::OutputType>::create_type_info(registry)
                }

                async fn resolve(
                    &self,
                    ctx: &async_graphql::ContextSelectionSet<'_>,
                    _: &async_graphql::Positioned<async_graphql::parser::types::Field>,
                ) -> async_graphql::ServerResult<async_graphql::Value> {
                    let resolvers = Resolvers(std::sync::Arc::clone(&self.0));
                    $crate::graphql::ahead::resolve(ctx, self, &resolvers).await
                }
            }
        };

        impl $crate::graphql::ahead::Shown for $name {
            fn leaf(field: &str) -> Option<fn(&Self) -> async_graphql::Value> {
                $(
                    if field == "id" {
                        return Some(|row| {
                            let id = $crate::graphql::relay::GlobalId { kind: $kind, id: row.0.id };
                            async_graphql::Value::String(id.encode().0)
                        });
                    }
                )?
                $($(
                    if $crate::graphql::leaf::shows(field, stringify!($field)) {
                        return Some(|row| {
                            let shown: $type = $crate::graphql::object::Show::show(&row.0.$field);
                            $crate::graphql::leaf::Leaf::leaf(shown)
                        });
                    }
                )*)?
                let _ = field;
                None
            }

            fn way(field: &str) -> Option<$crate::graphql::ahead::Way<Self>> {
                $($(
                    if $crate::graphql::leaf::shows(field, stringify!($one)) {
                        let key = |row: &Self| Some(($crate::graphql::object::Reference::number(row.0.$key)?, 0));
                        return Some($crate::graphql::ahead::Way::to_one::<$one_type>(key));
                    }
                )*)?
                $($(
                    if $crate::graphql::leaf::shows(field, stringify!($list)) {
                        let key = |row: &Self| Some(($crate::graphql::object::Parent::number(&*row.0), 0));
                        return Some($crate::graphql::ahead::Way::to_many::<$item>(&$relation, key));
                    }
                )*)?
                $($(
                    if $crate::graphql::leaf::shows(field, stringify!($way_field)) {
                        return Some($way);
                    }
                )*)?
                let _ = field;
                None
            }
        }

        $(
            impl $crate::graphql::lookup::Identified for $name {
                const KIND: &'static str = $kind;
            }
        )?

        impl $crate::graphql::relay::Entity for $name {
            type Record = entity::$table::Entity;

            fn wrap(model: std::sync::Arc<entity::$table::Model>) -> Option<Self> {
                $(if model.$column != $variant {
                    return None;
                })?
                Some(Self(model))
            }
        }
    };
}

/// What the lists of a type can be filtered by: `columns` of its table, the `one` row it belongs
/// to, the `many` rows that belong to it.
macro_rules! filter {
    (
        $(#[$doc:meta])*
        pub $name:ident {
            $(id $kind:literal;)?
            $(name: $name_filter:ty;)?
            $(columns { $($(#[$column_doc:meta])* $column:ident: $tests:ty,)* })?
            $(one { $($(#[$one_doc:meta])* $one:ident: $one_filter:ty = $one_relation:path,)* })?
            $(many { $($(#[$many_doc:meta])* $many:ident: $many_filter:ty = $many_relation:path,)* })?
        }
    ) => {
        $(#[$doc])*
        #[derive(async_graphql::InputObject)]
        pub struct $name {
            /// All of these hold.
            and: Option<Vec<$name>>,
            /// At least one of these holds; an empty list keeps nothing.
            or: Option<Vec<$name>>,
            /// This does not hold.
            not: Option<Box<$name>>,
            $(
                #[doc = concat!("Which ", $kind, " it is.")]
                id: Option<$crate::graphql::filter::IdFilter>,
            )?
            $(
                /// What it is called.
                name: Option<$name_filter>,
            )?
            $($($(#[$column_doc])* $column: Option<$tests>,)*)?
            $($($(#[$one_doc])* $one: Option<Box<$one_filter>>,)*)?
            $($($(#[$many_doc])* $many: Option<Box<$crate::graphql::filter::ListFilter<$many_filter>>>,)*)?
        }

        impl $crate::graphql::filter::FilterInput for $name {
            fn into_filter(self) -> Result<$crate::store::Filter, $crate::graphql::error::Error> {
                let conditions = $crate::graphql::filter::Conditions::default()
                    .logic(self.and, self.or, self.not)?;
                $(let conditions = conditions.id($kind, self.id)?;)?
                $(let conditions = conditions.name::<$name_filter>(self.name);)?
                $($(let conditions = conditions.column(stringify!($column), self.$column)?;)*)?
                $($(let conditions = conditions.one(&$one_relation, self.$one)?;)*)?
                $($(let conditions = conditions.many(&$many_relation, self.$many)?;)*)?
                Ok(conditions.filter())
            }
        }
    };
}

/// What the lists of a type can be ordered by: a column of its table, or (`key -> table.column`)
/// a column of the row that one of its columns names.
macro_rules! order {
    (
        $(#[$doc:meta])*
        pub $name:ident for $table:ident {
            $($(#[$field_doc:meta])* $field:ident = $column:ident $(-> $other:ident.$target:ident)?,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$field_doc])* $field,)*
        }

        impl $crate::graphql::order::OrderInput for $name {
            fn sort_key(self) -> Option<$crate::store::SortKey> {
                match self {
                    $(Self::$field => $crate::graphql::macros::sort_key!($table $column $(-> $other.$target)?),)*
                }
            }

            fn argument(
                ctx: &async_graphql::Context<'_>,
            ) -> async_graphql::ServerResult<Option<Vec<$crate::graphql::order::OrderTerm<Self>>>> {
                Ok(ctx.param_value("orderBy", None)?.1)
            }
        }
    };
}

macro_rules! sort_key {
    ($table:ident $column:ident) => {
        $crate::store::SortKey::column::<entity::$table::Entity>(stringify!($column))
    };
    ($table:ident $key:ident -> $other:ident.$target:ident) => {
        $crate::store::SortKey::related::<entity::$other::Entity>(
            stringify!($key),
            stringify!($target),
        )
    };
}

/// Binds a type to its filter and order, and says in which rows of its table it finds itself.
macro_rules! listed {
    ($name:ident: $filter:ty, $order:ty $(, only $scope:expr)?) => {
        impl $crate::graphql::relay::Listed for $name {
            type Filter = $filter;
            type Order = $order;
            $(
                fn scope() -> $crate::store::Filter {
                    $scope
                }
            )?
        }
    };
}

/// The root fields of a type: `one` by key, `many` by keys, and the list of `all`, the smallest
/// first, or `descending`.
macro_rules! roots {
    (
        pub $query:ident for $item:ident {
            $(keyed by $key:ty {
                $(#[$one_doc:meta])* one $one:ident;
                $(#[$many_doc:meta])* many $many:ident;
            })?
            $(#[$all_doc:meta])*
            all $all:ident $(ordered by $table:ident.$column:ident $($direction:ident)?)?;
        }
    ) => {
        /// The root fields of one type.
        #[derive(Default)]
        pub struct $query;

        #[async_graphql::Object]
        impl $query {
            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "Exactly one way to name it.")] by: $key,
                ) -> $crate::graphql::error::Field<$item> {
                    Box::pin($crate::graphql::lookup::root(ctx, by.into())).await
                }

                $(#[$many_doc])*
                async fn $many(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "At most 1,000 keys of any kind, mixed as you like.")]
                    keys: Vec<$key>,
                ) -> $crate::graphql::error::Field<$crate::graphql::ahead::Items<$crate::graphql::error::Field<$item>>> {
                    Box::pin($crate::graphql::lookup::many(ctx, keys)).await
                }
            )?

            $(#[$all_doc])*
            async fn $all(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many items from the start: 0 to 100; 20 if neither `first` nor `last` is given.")]
                first: Option<i64>,
                #[graphql(desc = "Only items after the one with this cursor.")]
                after: Option<String>,
                #[graphql(desc = "How many items from the end: 0 to 100.")]
                last: Option<i64>,
                #[graphql(desc = "Only items before the one with this cursor.")]
                before: Option<String>,
                #[graphql(desc = "Which items to keep; all if left out.")]
                filter: Option<Box<<$item as $crate::graphql::relay::Listed>::Filter>>,
                #[graphql(desc = "How to order them, at most five criteria; if left out by name where they have one, else in the order in which they became known, unless the list has an order of its own.")]
                order_by: Option<Vec<$crate::graphql::order::OrderTerm<<$item as $crate::graphql::relay::Listed>::Order>>>,
            ) -> $crate::graphql::error::Field<$crate::graphql::relay::Connection<$item>> {
                let args = $crate::graphql::relay::PageArgs { first, after, last, before, filter, order_by };
                let order = None$(.or(
                    $crate::graphql::macros::sort_key!($table $column)$(.map(|key| key.$direction(true)))?
                ))?;
                Box::pin($crate::graphql::context::ContextExt::list(ctx, order, args)).await
            }
        }
    };
}

pub(super) use {filter, listed, object, order, roots, sort_key};
