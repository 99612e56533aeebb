//! Reading ahead: what a selection shows of many objects is read level by level, and then
//! everything is at hand and is answered without a future.
//!
//! The library makes a boxed future for each field of each object and for each item of a list, and
//! each of them would ask for itself. Here the ways from a type to other rows are known, so that
//! all objects go each way together. What is not a column and on no way, such as a
//! field with a resolver of its own, is left to the library's resolvers, which find the rest known.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field as Selected, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::{resolve_container, resolve_list};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
};
use futures_util::future::{BoxFuture, join_all, try_join_all};

use super::context::{known_query, list_query, request};
use super::error::Field;
use super::relay::{Connection, Entity, Listed};
use super::trace::Recorder;
use super::view::{self, Lazy, Scope, View, each_field, is_object};
use crate::store::{BySlug, Lookup, PageOf, Parent, Record, Relation};

/// Something whose selection can be read ahead, and then shown at once.
pub trait AtHand: OutputType + Sized + 'static {
    /// Reads what is selected of these.
    fn ahead<'a>(
        ctx: Scope<'a>,
        objects: Vec<&'a Self>,
        set: &'a SelectionSet,
    ) -> BoxFuture<'a, ()>;

    /// Reads what the field shows of the object with this slug, together with the object; nothing, if it is not a
    /// list.
    fn below<'a>(
        _ctx: Scope<'a>,
        _field: &'a Positioned<Selected>,
        _parent: BySlug<'a>,
    ) -> Option<BoxFuture<'a, ()>> {
        None
    }

    /// How what is selected is shown; nothing, if a field of it is neither a column nor a way.
    fn view<'a>(ctx: Scope<'a>, set: &'a SelectionSet) -> Option<View<'a, Self>>;
}

/// An object with columns and ways.
pub trait Shown: OutputType + Sized + 'static {
    /// What the field shows, if it is a column.
    fn leaf(field: &str) -> Option<fn(&Self) -> Value>;

    /// Where the field leads, if it shows other rows.
    fn way(field: &str) -> Option<Way<Self>>;
}

/// A way from objects of a type to the rows that one of their fields shows.
pub struct Way<S> {
    /// The keys by which an object names what it leads to; none if it leads nowhere.
    key: fn(&S) -> Option<Parent>,
    relation: Option<&'static Relation>,
    ahead: for<'a> fn(Step<'a>, Vec<Parent>) -> BoxFuture<'a, ()>,
    /// If the objects have lists of their own.
    below: Option<for<'a> fn(Step<'a>, BySlug<'a>) -> BoxFuture<'a, ()>>,
    view: for<'a> fn(Step<'a>) -> View<'a, Parent>,
}

/// A field on the way.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    ctx: Scope<'a>,
    relation: Option<&'static Relation>,
    field: &'a Positioned<Selected>,
}

impl<'a> Step<'a> {
    fn set(self) -> &'a SelectionSet {
        &self.field.node.selection_set.node
    }

    /// What `show` makes of a row of `E`.
    pub fn column<E: Record>(self, show: fn(&E::Model) -> Value) -> View<'a, Parent> {
        let rows = request(self.ctx).reader().answers::<Lookup<E>>();
        Box::new(move |&(id, _)| {
            let row = rows.get(&Lookup::id(id))?;
            Some(row.map_or(Value::Null, |row| show(&row)))
        })
    }
}

impl<S> Way<S> {
    /// To the row that `key` numbers.
    pub fn to_one<T: Entity>(key: fn(&S) -> Option<Parent>) -> Self {
        Self {
            key,
            relation: None,
            ahead: one_ahead::<T>,
            below: None,
            view: one_view::<T>,
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
            below: None,
            view: |step| {
                let (a, b) = (one_view::<A>(step), one_view::<B>(step));
                Box::new(move |key| if key.1 == 0 { a(key) } else { b(key) })
            },
        }
    }

    /// To the row of `E` that `key` numbers, of which `view` shows a column.
    pub fn to_column<E: Record>(
        key: fn(&S) -> Option<Parent>,
        view: for<'a> fn(Step<'a>) -> View<'a, Parent>,
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
            below: None,
            view,
        }
    }

    /// To the list of what `key` names.
    pub fn to_many<T: Listed>(relation: &'static Relation, key: fn(&S) -> Option<Parent>) -> Self {
        Self {
            key,
            relation: Some(relation),
            ahead: many_ahead::<T>,
            below: Some(many_below::<T>),
            view: many_view::<T>,
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

fn one_view<T: Entity>(step: Step<'_>) -> View<'_, Parent> {
    let rows = request(step.ctx).reader().answers::<Lookup<T::Record>>();
    let view = Lazy::new(step.ctx, step.set());
    Box::new(move |&(id, _)| {
        let row = rows.get(&Lookup::id(id))?;
        row.and_then(T::wrap)
            .map_or(Some(Value::Null), |object| view.show(&object))
    })
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

fn many_below<'a, T: Listed>(step: Step<'a>, parent: BySlug<'a>) -> BoxFuture<'a, ()> {
    Box::pin(async move {
        let context = step.ctx.with_field(step.field);
        if let Some(query) = list_query::<T>(&context, step.relation) {
            // What has failed is asked for again, and said by the library's resolvers.
            let _ = PageOf::read_below(request(step.ctx).reader(), parent, query).await;
        }
    })
}

/// Reads the first list of the object with this slug together with the object, if nothing else is asked for:
/// several objects are rather read together, and then their lists.
pub async fn first_list<T: Entity>(ctx: &Context<'_>, slug: &str) {
    let roots = &ctx.query_env.operation.node.selection_set.node.items;
    let is_alone = matches!(roots.as_slice(), [root] if field(root).is_some());
    let set = &ctx.item.node.selection_set;
    let scope = ctx.with_selection_set(set);
    if !is_alone || is_traced(&scope) {
        return;
    }
    let Some(parent) = BySlug::of::<T::Record>(slug) else {
        return;
    };
    let mut fields = set.node.items.iter().filter_map(field);
    if let Some(read) = fields.find_map(|field| T::below(&scope, field, parent)) {
        read.await;
    }
}

/// What is selected, if it is not a fragment.
fn field(selection: &Positioned<Selection>) -> Option<&Positioned<Selected>> {
    match &selection.node {
        Selection::Field(field) => Some(field),
        _ => None,
    }
}

fn many_view<T: Listed>(step: Step<'_>) -> View<'_, Parent> {
    let request = request(step.ctx);
    let pages = request.reader().answers::<PageOf<T::Record>>();
    // Known as soon as it has been read ahead.
    let known = OnceCell::new();
    let view = Lazy::new(step.ctx, step.set());
    Box::new(move |&parent| {
        let query = || known_query::<T>(request, step.field.pos, step.relation);
        let query = Arc::clone(known.get_or_init(query).as_ref()?);
        let page = pages.get(&PageOf {
            parent,
            query: Arc::clone(&query),
        })??;
        view.show(&Connection::<T>::new(parent, query, page))
    })
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

    fn below<'a>(
        ctx: Scope<'a>,
        field: &'a Positioned<Selected>,
        parent: BySlug<'a>,
    ) -> Option<BoxFuture<'a, ()>> {
        let way = S::way(&field.node.name.node)?;
        Some(way.below?(way.step(ctx, field), parent))
    }

    fn view<'a>(ctx: Scope<'a>, set: &'a SelectionSet) -> Option<View<'a, S>> {
        view::object(ctx, set, |field| part(ctx, field))
    }
}

/// How a column or a way is shown, if the field is one.
fn part<'a, S: Shown>(ctx: Scope<'a>, field: &'a Positioned<Selected>) -> Option<View<'a, S>> {
    let name = field.node.name.node.as_str();
    if !is_object(&field.node)
        && let Some(leaf) = S::leaf(name)
    {
        return Some(Box::new(move |object| Some(leaf(object))));
    }
    let way = S::way(name)?;
    let view = (way.view)(way.step(ctx, field));
    Some(Box::new(move |object| {
        (way.key)(object).map_or(Some(Value::Null), |key| view(&key))
    }))
}

/// An item that may be missing, or has failed.
impl<T: AtHand + Send + Sync> AtHand for Field<T> {
    fn ahead<'a>(ctx: Scope<'a>, items: Vec<&'a Self>, set: &'a SelectionSet) -> BoxFuture<'a, ()> {
        let items = items.into_iter();
        let found = items.filter_map(|item| item.as_ref()?.as_ref().ok());
        T::ahead(ctx, found.collect(), set)
    }

    fn view<'a>(ctx: Scope<'a>, set: &'a SelectionSet) -> Option<View<'a, Self>> {
        let view = Lazy::<T>::new(ctx, set);
        Some(Box::new(move |item| match item {
            None => Some(Value::Null),
            Some(item) => view.show(item.as_ref().ok()?),
        }))
    }
}

/// A list whose items are answered together.
pub struct Items<T>(pub Vec<T>);

impl<T: AtHand> Items<T> {
    fn at_hand(&self, ctx: Scope<'_>, set: &SelectionSet) -> Option<Value> {
        let view = Lazy::<T>::new(ctx, set);
        view::items(&self.0, |item| view.show(item))
    }
}

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
            if let Some(items) = self.at_hand(ctx, set) {
                return Ok(items);
            }
        }
        resolve_list(ctx, field, &self.0, Some(self.0.len())).await
    }
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
        let part = view::named(field).or_else(|| part(ctx, field));
        let value = part.and_then(|part| part(object));
        let is_at_hand = value.is_some();
        let place = view::show(&mut shown, &field.node, value.unwrap_or_default())?;
        if !is_at_hand {
            let ctx = ctx.clone();
            waiting.push(Box::pin(async move {
                let value = resolvers.resolve_field(&ctx.with_field(field)).await?;
                Ok((place, value.unwrap_or_default()))
            }));
        }
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
