//! Reading ahead: what a selection shows of many objects is read level by level, and then
//! everything is at hand and is answered without a future.
//!
//! The library makes a boxed future for each field of each object and for each item of a list, and
//! each of them would ask for itself. Here the ways from a type to other rows are known, so that
//! all objects go each way together. What is not a column and on no way, such as a
//! field with a resolver of its own, is left to the library's resolvers, which find the rest known.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field as Selected, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::{resolve_container, resolve_list};
use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
};
use futures_util::future::{BoxFuture, join_all, try_join_all};

use super::context::{known_query, list_query, request};
use super::error::Field;
use super::relay::{Connection, Entity, Listed};
use super::trace::Recorder;
use crate::store::{Lookup, PageOf, Parent, Record, Relation};

/// The library's context of a selection.
pub type Scope<'a> = &'a ContextSelectionSet<'a>;

/// Something whose selection can be read ahead, and then answered at once.
pub trait AtHand: OutputType {
    /// Reads what is selected of these.
    fn ahead<'a>(
        ctx: Scope<'a>,
        objects: Vec<&'a Self>,
        set: &'a SelectionSet,
    ) -> BoxFuture<'a, ()>;

    /// What is selected of this; nothing, if any of it is not at hand.
    fn at_hand(&self, ctx: Scope<'_>, set: &SelectionSet) -> Option<Value>;
}

/// An object with columns and ways.
pub trait Shown: OutputType {
    /// What the field shows, if it is a column.
    fn leaf(&self, field: &str) -> Option<Value>;

    /// Where the field leads, if it shows other rows.
    fn way(field: &str) -> Option<Way<Self>>
    where
        Self: Sized;
}

/// A way from objects of a type to the rows that one of their fields shows.
pub struct Way<S> {
    /// The keys by which an object names what it leads to; none if it leads nowhere.
    key: fn(&S) -> Option<Parent>,
    relation: Option<&'static Relation>,
    ahead: for<'a> fn(Step<'a>, Vec<Parent>) -> BoxFuture<'a, ()>,
    at_hand: fn(Step<'_>, Parent) -> Option<Value>,
}

/// A field on the way.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    ctx: Scope<'a>,
    relation: Option<&'static Relation>,
    field: &'a Positioned<Selected>,
}

impl Step<'_> {
    fn set(&self) -> &SelectionSet {
        &self.field.node.selection_set.node
    }

    /// What `show` makes of a row, if that has been read.
    pub fn column<E: Record>(
        self,
        (id, _): Parent,
        show: impl FnOnce(&E::Model) -> Value,
    ) -> Option<Value> {
        let row = request(self.ctx).reader().known(&Lookup::<E>::id(id))?;
        Some(row.map_or(Value::Null, |row| show(&row)))
    }
}

impl<S> Way<S> {
    /// To the row that `key` numbers.
    pub fn to_one<T: Entity>(key: fn(&S) -> Option<Parent>) -> Self {
        Self {
            key,
            relation: None,
            ahead: one_ahead::<T>,
            at_hand: one_at_hand::<T>,
        }
    }

    /// To the row that `key` numbers: an `A`, if the other key is 0, else a `B`.
    pub fn to_either<A: Entity, B: Entity>(key: fn(&S) -> Option<Parent>) -> Self {
        Self {
            key,
            relation: None,
            ahead: |step, keys| {
                let (a, b) = keys.into_iter().partition(|key| key.1 == 0);
                all(vec![one_ahead::<A>(step, a), one_ahead::<B>(step, b)])
            },
            at_hand: |step, key| match key.1 {
                0 => one_at_hand::<A>(step, key),
                _ => one_at_hand::<B>(step, key),
            },
        }
    }

    /// To the row of `E` that `key` numbers, of which `at_hand` shows a column.
    pub fn to_column<E: Record>(
        key: fn(&S) -> Option<Parent>,
        at_hand: fn(Step<'_>, Parent) -> Option<Value>,
    ) -> Self {
        Self {
            key,
            relation: None,
            ahead: |step, keys| {
                Box::pin(async move {
                    let rows = keys.into_iter().map(|(id, _)| Lookup::<E>::id(id));
                    request(step.ctx).reader().ask(rows.collect()).await;
                })
            },
            at_hand,
        }
    }

    /// To the list of what `key` names.
    pub fn to_many<T: Listed>(relation: &'static Relation, key: fn(&S) -> Option<Parent>) -> Self {
        Self {
            key,
            relation: Some(relation),
            ahead: many_ahead::<T>,
            at_hand: many_at_hand::<T>,
        }
    }

    fn step<'a>(&self, ctx: Scope<'a>, field: &'a Positioned<Selected>) -> Step<'a> {
        Step {
            ctx,
            relation: self.relation,
            field,
        }
    }
}

fn one_ahead<T: Entity>(step: Step<'_>, keys: Vec<Parent>) -> BoxFuture<'_, ()> {
    Box::pin(async move {
        let rows = keys.into_iter().map(|(id, _)| Lookup::<T::Record>::id(id));
        let rows = request(step.ctx).reader().ask(rows.collect()).await;
        let objects: Vec<T> = rows.into_iter().flatten().filter_map(T::wrap).collect();
        T::ahead(step.ctx, objects.iter().collect(), step.set()).await;
    })
}

fn one_at_hand<T: Entity>(step: Step<'_>, (id, _): Parent) -> Option<Value> {
    let reader = request(step.ctx).reader();
    let row = reader.known(&Lookup::<T::Record>::id(id))?;
    match row.and_then(T::wrap) {
        Some(object) => object.at_hand(step.ctx, step.set()),
        None => Some(Value::Null),
    }
}

fn many_ahead<T: Listed>(step: Step<'_>, parents: Vec<Parent>) -> BoxFuture<'_, ()> {
    Box::pin(async move {
        // What is wrong with its arguments is said by the library's resolver.
        let context = step.ctx.with_field(step.field);
        let Some(query) = list_query::<T>(&context, step.relation) else {
            return;
        };
        let page = |&parent| PageOf {
            parent,
            query: Arc::clone(&query),
        };
        let pages = parents.iter().map(page).collect();
        let pages = request(step.ctx).reader().ask(pages).await;
        let lists = parents.into_iter().zip(pages).filter_map(|(parent, page)| {
            Some(Connection::<T>::new(parent, Arc::clone(&query), page?))
        });
        let lists: Vec<_> = lists.collect();
        Connection::ahead(step.ctx, lists.iter().collect(), step.set()).await;
    })
}

fn many_at_hand<T: Listed>(step: Step<'_>, parent: Parent) -> Option<Value> {
    let request = request(step.ctx);
    let query = known_query::<T>(request, step.field.pos, step.relation)?;
    let page = request.reader().known(&PageOf {
        parent,
        query: Arc::clone(&query),
    })??;
    Connection::<T>::new(parent, query, page).at_hand(step.ctx, step.set())
}

impl<S: Shown + Send + Sync> AtHand for S {
    fn ahead<'a>(ctx: Scope<'a>, objects: Vec<&'a S>, set: &'a SelectionSet) -> BoxFuture<'a, ()> {
        let mut steps = Vec::new();
        each_field::<S>(ctx, set, &mut |field| {
            if let Some(way) = S::way(&field.node.name.node) {
                let mut keys: Vec<_> = objects.iter().filter_map(|o| (way.key)(o)).collect();
                keys.sort_unstable();
                keys.dedup();
                steps.push((way.ahead)(way.step(ctx, field), keys));
            }
            Some(())
        });
        all(steps)
    }

    fn at_hand(&self, ctx: Scope<'_>, set: &SelectionSet) -> Option<Value> {
        object(set, |shown| {
            each_field::<S>(ctx, set, &mut |field| {
                show(shown, &field.node, answer(self, ctx, field)?)
            })
        })
    }
}

/// An item that may be missing, or has failed.
impl<T: AtHand + Send + Sync> AtHand for Field<T> {
    fn ahead<'a>(ctx: Scope<'a>, items: Vec<&'a Self>, set: &'a SelectionSet) -> BoxFuture<'a, ()> {
        let items = items.into_iter();
        let found = items.filter_map(|item| item.as_ref()?.as_ref().ok());
        T::ahead(ctx, found.collect(), set)
    }

    fn at_hand(&self, ctx: Scope<'_>, set: &SelectionSet) -> Option<Value> {
        match self {
            None => Some(Value::Null),
            Some(item) => item.as_ref().ok()?.at_hand(ctx, set),
        }
    }
}

/// A list whose items are answered together.
pub struct Items<T>(pub Vec<T>);

impl<T: AtHand + Send + Sync> OutputType for Items<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Selected>,
    ) -> ServerResult<Value> {
        let set = &ctx.item.node;
        // What is timed field by field is left to the library.
        if !is_traced(ctx) {
            T::ahead(ctx, self.0.iter().collect(), set).await;
            if let Some(items) = items(&self.0, |item| item.at_hand(ctx, set)) {
                return Ok(items);
            }
        }
        resolve_list(ctx, field, &self.0, Some(self.0.len())).await
    }
}

/// What is shown of each of a list, if all of it is at hand.
pub fn items<T>(
    items: impl IntoIterator<Item = T>,
    show: impl FnMut(T) -> Option<Value>,
) -> Option<Value> {
    Some(Value::List(
        items.into_iter().map(show).collect::<Option<_>>()?,
    ))
}

/// Resolves one object; `resolvers` answers what is not at hand.
pub async fn resolve<T: Shown + Send + Sync, R: ContainerType>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    resolvers: &R,
) -> ServerResult<Value> {
    let set = &ctx.item.node;
    if is_traced(ctx) {
        return resolve_container(ctx, resolvers).await;
    }
    T::ahead(ctx, vec![object], set).await;
    let mut shown = IndexMap::with_capacity(set.items.len());
    let mut waiting: Vec<BoxFuture<'_, ServerResult<(usize, Value)>>> = Vec::new();
    let is_simple = each_field::<T>(ctx, set, &mut |field| {
        if let Some(value) = answer(object, ctx, field) {
            return show(&mut shown, &field.node, value);
        }
        show(&mut shown, &field.node, Value::Null)?;
        let place = shown.get_index_of(&field.node.response_key().node)?;
        let ctx = ctx.clone();
        waiting.push(Box::pin(async move {
            let value = resolvers.resolve_field(&ctx.with_field(field)).await?;
            Ok((place, value.unwrap_or_default()))
        }));
        Some(())
    });
    if is_simple.is_none() {
        return resolve_container(ctx, resolvers).await;
    }
    for (place, value) in try_join_all(waiting).await? {
        shown[place] = value;
    }
    Ok(Value::Object(shown))
}

fn is_traced(ctx: &ContextSelectionSet<'_>) -> bool {
    ctx.data_opt::<Arc<Recorder>>().is_some()
}

/// What a field shows, if that is at hand.
fn answer<S: Shown>(object: &S, ctx: Scope<'_>, field: &Positioned<Selected>) -> Option<Value> {
    let name = field.node.name.node.as_str();
    if name == "__typename" {
        return Some(Value::String(S::type_name().into_owned()));
    }
    if !is_object(&field.node)
        && let Some(value) = object.leaf(name)
    {
        return Some(value);
    }
    let way = S::way(name)?;
    match (way.key)(object) {
        Some(key) => (way.at_hand)(way.step(ctx, field), key),
        None => Some(Value::Null),
    }
}

fn is_object(field: &Selected) -> bool {
    !field.selection_set.node.items.is_empty()
}

/// An object of fields that `fill` shows.
pub fn object(
    set: &SelectionSet,
    fill: impl FnOnce(&mut IndexMap<Name, Value>) -> Option<()>,
) -> Option<Value> {
    let mut shown = IndexMap::with_capacity(set.items.len());
    fill(&mut shown)?;
    Some(Value::Object(shown))
}

/// Shows a field; fails, if it has to be merged with one that is shown already.
pub fn show(shown: &mut IndexMap<Name, Value>, field: &Selected, value: Value) -> Option<()> {
    let key = field.response_key().node.clone();
    let is_again = shown.insert(key, value).is_some();
    (!is_again || !is_object(field)).then_some(())
}

/// Goes several ways at once.
pub fn all(mut steps: Vec<BoxFuture<'_, ()>>) -> BoxFuture<'_, ()> {
    match steps.len() {
        0 => Box::pin(std::future::ready(())),
        1 => steps.remove(0),
        _ => Box::pin(async {
            join_all(steps).await;
        }),
    }
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
