//! Columns answered without a future.
//!
//! The library makes a boxed future for each field of each object. A column's value is at
//! hand and needs none. So an object is resolved here: columns at once, and only the other fields
//! by the library's own resolvers.

use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::resolver_utils::resolve_container;
use async_graphql::{ContainerType, ContextSelectionSet, Name, Positioned, ServerResult, Value};
use futures_util::future::{BoxFuture, try_join_all};

use super::trace::Recorder;

/// An object some of whose fields are columns.
pub trait Leaves {
    /// What the field shows, if it is a column.
    fn leaf(&self, field: &str) -> Option<Value>;
}

/// A value that a field shows.
pub trait Leaf {
    /// The value as the library has it, the same as it would make of it.
    fn leaf(self) -> Value;
}

impl Leaf for &str {
    fn leaf(self) -> Value {
        Value::String(self.to_owned())
    }
}

impl Leaf for &[String] {
    fn leaf(self) -> Value {
        Value::List(self.iter().map(|text| text.as_str().leaf()).collect())
    }
}

impl<T: Leaf> Leaf for Option<T> {
    fn leaf(self) -> Value {
        self.map_or(Value::Null, T::leaf)
    }
}

/// Whether a field is the one that shows `column`: `firstAppeared` is `first_appeared`.
pub fn shows(field: &str, column: &str) -> bool {
    let mut column = column.bytes();
    field.bytes().all(|letter| {
        if letter.is_ascii_uppercase() && column.next() != Some(b'_') {
            return false;
        }
        column.next() == Some(letter.to_ascii_lowercase())
    }) && column.next().is_none()
}

/// Resolves an object; `resolvers` answers what is not a column.
pub async fn resolve<T: Leaves, R: ContainerType>(
    ctx: &ContextSelectionSet<'_>,
    columns: &T,
    resolvers: &R,
) -> ServerResult<Value> {
    let mut object = Object {
        columns,
        resolvers,
        type_name: &R::type_name(),
        shown: IndexMap::with_capacity(ctx.item.node.items.len()),
        waiting: Vec::new(),
    };
    // What has to be merged, or is timed field by field, is left to the library.
    let is_traced = ctx.data_opt::<Arc<Recorder>>().is_some();
    if is_traced || object.select(ctx, ctx.item).is_none() {
        return resolve_container(ctx, resolvers).await;
    }
    let Object {
        mut shown, waiting, ..
    } = object;
    for (place, value) in try_join_all(waiting).await? {
        shown[place] = value;
    }
    Ok(Value::Object(shown))
}

/// An object of the answer in the making.
struct Object<'a, T, R> {
    columns: &'a T,
    resolvers: &'a R,
    type_name: &'a str,
    /// What is known, and null in the place of what is not.
    shown: IndexMap<Name, Value>,
    waiting: Vec<BoxFuture<'a, ServerResult<(usize, Value)>>>,
}

impl<'a, T: Leaves, R: ContainerType> Object<'a, T, R> {
    /// Collects what is selected; nothing, if an object is selected twice.
    fn select(
        &mut self,
        ctx: &ContextSelectionSet<'a>,
        set: &'a Positioned<SelectionSet>,
    ) -> Option<()> {
        for selection in &set.node.items {
            let (condition, inner) = match &selection.node {
                Selection::Field(field) => {
                    self.field(ctx, field)?;
                    continue;
                }
                Selection::InlineFragment(fragment) => (
                    fragment.node.type_condition.as_ref(),
                    &fragment.node.selection_set,
                ),
                Selection::FragmentSpread(spread) => {
                    let fragments = &ctx.query_env.fragments;
                    let fragment = fragments.get(&spread.node.fragment_name.node)?;
                    (
                        Some(&fragment.node.type_condition),
                        &fragment.node.selection_set,
                    )
                }
            };
            if condition.is_none_or(|condition| self.is(ctx, &condition.node.on.node)) {
                self.select(ctx, inner)?;
            }
        }
        Some(())
    }

    fn is(&self, ctx: &ContextSelectionSet<'a>, condition: &str) -> bool {
        let implements = || ctx.schema_env.registry.implements.get(self.type_name);
        condition == self.type_name || implements().is_some_and(|all| all.contains(condition))
    }

    fn field(&mut self, ctx: &ContextSelectionSet<'a>, field: &'a Positioned<Field>) -> Option<()> {
        let key = &field.node.response_key().node;
        let name = field.node.name.node.as_str();
        let leaf = if name == "__typename" {
            Some(self.type_name.leaf())
        } else {
            self.columns.leaf(name)
        };
        if let Some(value) = leaf {
            self.shown.insert(key.clone(), value);
            return Some(());
        }
        let (place, is_again) = self.shown.insert_full(key.clone(), Value::Null);
        if is_again.is_some() {
            return None;
        }
        let (ctx, resolvers) = (ctx.clone(), self.resolvers);
        self.waiting.push(Box::pin(async move {
            let value = resolvers.resolve_field(&ctx.with_field(field)).await?;
            Ok((place, value.unwrap_or_default()))
        }));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_columns_in_another_spelling() {
        assert!(shows("name", "name"));
        assert!(shows("firstAppeared", "first_appeared"));
        for (field, column) in [
            ("name", "names"),
            ("names", "name"),
            ("firstappeared", "first_appeared"),
            ("firstAppeared", "firstappeared"),
            ("firstAppeared", "first_disappeared"),
            ("", "name"),
        ] {
            assert!(!shows(field, column), "{field} {column}");
        }
    }
}
