//! Views: how a selection shows the objects of a type.
//!
//! A view is made once, from the document, and then shows one object after the other. What each
//! field is called, which column or way it stands for and what an object looks like is found out
//! when it is made.

use std::cell::OnceCell;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field as Selected, Selection, SelectionSet};
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, Value};

use super::ahead::AtHand;

/// The library's context of a selection.
pub type Scope<'a> = &'a ContextSelectionSet<'a>;

/// Shows an object; nothing, if not all of it is at hand.
pub type View<'a, T> = Box<dyn Fn(&T) -> Option<Value> + 'a>;

/// A view that is made when the first object comes: a selection can lead to far more types than
/// there are objects.
pub struct Lazy<'a, T> {
    ctx: Scope<'a>,
    set: &'a SelectionSet,
    view: OnceCell<Option<View<'a, T>>>,
}

impl<'a, T: AtHand> Lazy<'a, T> {
    pub fn new(ctx: Scope<'a>, set: &'a SelectionSet) -> Self {
        let view = OnceCell::new();
        Self { ctx, set, view }
    }

    pub fn show(&self, object: &T) -> Option<Value> {
        let view = self.view.get_or_init(|| T::view(self.ctx, self.set));
        view.as_ref()?(object)
    }
}

/// A view of objects whose fields are shown by `part`, other than the name of their type.
pub fn object<'a, T: OutputType + 'static>(
    ctx: Scope<'a>,
    set: &'a SelectionSet,
    part: impl Fn(&'a Positioned<Selected>) -> Option<View<'a, T>>,
) -> Option<View<'a, T>> {
    // Copied for each object: to find the places of all its fields anew takes longer.
    let mut blank = IndexMap::with_capacity(set.items.len());
    let mut parts = Vec::with_capacity(set.items.len());
    each_field::<T>(ctx, set, &mut |field| {
        let part = named(field).or_else(|| part(field))?;
        parts.push((show(&mut blank, &field.node, Value::Null)?, part));
        Some(())
    })?;
    Some(Box::new(move |object| {
        let mut shown = blank.clone();
        for (place, part) in &parts {
            shown[*place] = part(object)?;
        }
        Some(Value::Object(shown))
    }))
}

/// What is shown of each of a list, if all of it is at hand.
pub fn items<T>(
    items: impl IntoIterator<Item = T>,
    show: impl FnMut(T) -> Option<Value>,
) -> Option<Value> {
    let shown = items.into_iter().map(show).collect::<Option<_>>()?;
    Some(Value::List(shown))
}

/// The name of the type, if that is what the field shows: each type has it.
pub fn named<'a, T: OutputType>(field: &Positioned<Selected>) -> Option<View<'a, T>> {
    let is_name = field.node.name.node == "__typename";
    let name = is_name.then(|| Value::String(T::type_name().into_owned()))?;
    Some(Box::new(move |_| Some(name.clone())))
}

/// Shows a field, and tells its place; fails, if it has to be merged with one that is shown
/// already.
pub fn show(shown: &mut IndexMap<Name, Value>, field: &Selected, value: Value) -> Option<usize> {
    let key = field.response_key().node.clone();
    let (place, earlier) = shown.insert_full(key, value);
    (earlier.is_none() || !is_object(field)).then_some(place)
}

/// Whether a field shows objects.
pub fn is_object(field: &Selected) -> bool {
    !field.selection_set.node.items.is_empty()
}

/// Visits the fields that are selected of a `T`, until a visit fails.
pub fn each_field<'a, T: OutputType>(
    ctx: Scope<'a>,
    set: &'a SelectionSet,
    visit: &mut impl FnMut(&'a Positioned<Selected>) -> Option<()>,
) -> Option<()> {
    for selection in &set.items {
        let (condition, inner) = match &selection.node {
            Selection::Field(field) => {
                visit(field)?;
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
        if condition.is_none_or(|condition| is::<T>(ctx, &condition.node.on.node)) {
            each_field::<T>(ctx, &inner.node, visit)?;
        }
    }
    Some(())
}

/// Whether a `T` is of the type that a fragment is on.
fn is<T: OutputType>(ctx: Scope<'_>, condition: &str) -> bool {
    let name = T::type_name();
    let implements = || ctx.schema_env.registry.implements.get(&*name);
    condition == name || implements().is_some_and(|all| all.contains(condition))
}
