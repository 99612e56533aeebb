//! What resolvers may ask for: the only place that looks into the request's data.

use std::any::{Any, TypeId};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::{Context, DataContext, Pos};

use super::error::{Error, Field};
use super::relay::{Asked, Connection, Entity, Listed, PageArgs};
use crate::store::{Key, Lookup, Map, PageQuery, Parent, Reader, Relation, SortKey};

/// What belongs to one request.
pub(super) struct RequestData {
    reader: Reader,
    /// The schema in its definition language.
    sdl: Arc<str>,
    /// The queries of list fields by their place in the document: every parent asks the same.
    queries: Mutex<Map<Place, Arc<dyn Any + Send + Sync>>>,
}

/// A list field of the document, for one type and relation.
type Place = (Pos, TypeId, usize);

impl RequestData {
    pub fn new(reader: Reader, sdl: Arc<str>) -> Self {
        Self {
            reader,
            sdl,
            queries: Mutex::default(),
        }
    }

    /// The request's reader.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }
}

/// Reading from within a resolver.
pub trait ContextExt {
    /// The request's reader.
    fn reader(&self) -> &Reader;

    /// The schema in its definition language.
    fn sdl(&self) -> &str;

    /// The thing with this number.
    fn load<T: Entity>(&self, id: i64) -> impl Future<Output = Field<T>> + Send;

    /// The thing with this number, if there is a number.
    fn load_optional<T: Entity>(&self, id: Option<i64>) -> impl Future<Output = Field<T>> + Send;

    /// The thing with this key.
    fn find<T: Entity>(&self, key: Key) -> impl Future<Output = Field<T>> + Send;

    /// A page of all things of a type, in `default_order` unless another is asked for.
    fn list<T: Listed>(
        &self,
        default_order: Option<SortKey>,
        args: PageArgs<T>,
    ) -> impl Future<Output = Field<Connection<T>>> + Send;

    /// A page of the things that belong to `parent`.
    fn children<T: Listed>(
        &self,
        relation: &'static Relation,
        parent: Parent,
        args: PageArgs<T>,
    ) -> impl Future<Output = Field<Connection<T>>> + Send;
}

impl ContextExt for Context<'_> {
    fn reader(&self) -> &Reader {
        &request(self).reader
    }

    fn sdl(&self) -> &str {
        &request(self).sdl
    }

    async fn load<T: Entity>(&self, id: i64) -> Field<T> {
        self.find(Key::Id(id)).await
    }

    async fn load_optional<T: Entity>(&self, id: Option<i64>) -> Field<T> {
        self.load(id?).await
    }

    async fn find<T: Entity>(&self, key: Key) -> Field<T> {
        let found = self.reader().load(Lookup::<T::Record>::new(key)).await;
        found
            .map(|model| model.and_then(T::wrap))
            .map_err(Error::from)
            .transpose()
    }

    async fn list<T: Listed>(
        &self,
        default_order: Option<SortKey>,
        args: PageArgs<T>,
    ) -> Field<Connection<T>> {
        let order = default_order.into_iter().collect();
        connection(self, None, (0, 0), order, args)
            .await
            .transpose()
    }

    async fn children<T: Listed>(
        &self,
        relation: &'static Relation,
        parent: Parent,
        args: PageArgs<T>,
    ) -> Field<Connection<T>> {
        connection(self, Some(relation), parent, Vec::new(), args)
            .await
            .transpose()
    }
}

async fn connection<T: Listed>(
    ctx: &Context<'_>,
    relation: Option<&'static Relation>,
    parent: Parent,
    default_order: Vec<SortKey>,
    args: PageArgs<T>,
) -> Result<Option<Connection<T>>, Error> {
    let query = match known_query::<T>(request(ctx), ctx.item.pos, relation) {
        Some(query) => query,
        None => remember_query::<T>(
            ctx,
            relation,
            args.into_query(relation, default_order, Asked::of(ctx))?,
        ),
    };
    Connection::load(ctx, parent, query).await
}

/// The query of a list field below some parent; nothing, if one of its arguments is wrong.
pub(super) fn list_query<T: Listed>(
    ctx: &Context<'_>,
    relation: Option<&'static Relation>,
) -> Option<Arc<PageQuery<T::Record>>> {
    known_query::<T>(request(ctx), ctx.item.pos, relation).or_else(|| {
        let args = PageArgs::<T>::of(ctx).ok()?;
        let query = args.into_query(relation, Vec::new(), Asked::of(ctx)).ok()?;
        Some(remember_query::<T>(ctx, relation, query))
    })
}

/// The query of the list field that stands there in the document, if it has been read.
pub(super) fn known_query<T: Listed>(
    request: &RequestData,
    at: Pos,
    relation: Option<&'static Relation>,
) -> Option<Arc<PageQuery<T::Record>>> {
    let query = lock(&request.queries)
        .get(&place::<T>(at, relation))
        .cloned();
    query?.downcast().ok()
}

fn remember_query<T: Listed>(
    ctx: &Context<'_>,
    relation: Option<&'static Relation>,
    query: PageQuery<T::Record>,
) -> Arc<PageQuery<T::Record>> {
    let query = Arc::new(query);
    let place = place::<T>(ctx.item.pos, relation);
    lock(&request(ctx).queries).insert(place, Arc::clone(&query) as _);
    query
}

fn place<T: Listed>(at: Pos, relation: Option<&'static Relation>) -> Place {
    let address = relation.map_or(0, |relation| std::ptr::from_ref(relation).addr());
    (at, TypeId::of::<T>(), address)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What belongs to the request.
pub(super) fn request<'a>(ctx: &impl DataContext<'a>) -> &'a RequestData {
    ctx.data_unchecked::<RequestData>()
}
