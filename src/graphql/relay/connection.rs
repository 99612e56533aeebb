//! A page of a list as an object: the items, with and without cursors, and where they stand.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::parser::types::{Field as Selected, SelectionSet};
use async_graphql::{Context, Object, Positioned, ServerResult, SimpleObject, TypeName, Value};
use futures_util::future::BoxFuture;

use super::Listed;
use crate::graphql::ahead::{self, AtHand, Items, Shown, Way};
use crate::graphql::context::{ContextExt as _, request};
use crate::graphql::error::{Error, Field};
use crate::graphql::leaf::Leaf as _;
use crate::graphql::view::{self, Lazy, Scope, View, each_field, items};
use crate::store::{CountOf, Page, PageOf, PageQuery, PageRow, Parent};

/// One page of a list.
pub struct Connection<T: Listed> {
    parent: Parent,
    query: Arc<PageQuery<T::Record>>,
    page: Arc<Page<T::Record>>,
}

impl<T: Listed> Connection<T> {
    pub async fn load(
        ctx: &Context<'_>,
        parent: Parent,
        query: Arc<PageQuery<T::Record>>,
    ) -> Result<Option<Self>, Error> {
        let question = PageOf {
            parent,
            query: Arc::clone(&query),
        };
        let page = ctx.reader().load(question).await?;
        Ok(page.map(|page| Self::new(parent, query, page)))
    }

    pub fn new(
        parent: Parent,
        query: Arc<PageQuery<T::Record>>,
        page: Arc<Page<T::Record>>,
    ) -> Self {
        Self {
            parent,
            query,
            page,
        }
    }

    fn node_list(&self) -> impl Iterator<Item = T> {
        let rows = self.page.rows.iter();
        rows.filter_map(|row| T::wrap(Arc::clone(&row.model)))
    }

    fn edge_list(&self) -> impl Iterator<Item = Edge<T>> {
        let rows = self.page.rows.iter();
        rows.filter_map(|row| {
            Some(Edge {
                cursor: row.cursor.clone(),
                node: T::wrap(Arc::clone(&row.model))?,
            })
        })
    }

    fn place(&self) -> PageInfo {
        let (has_previous_page, has_next_page) = if self.query.is_backward() {
            (self.page.has_more, self.query.has_before())
        } else {
            (self.query.has_after(), self.page.has_more)
        };
        let cursor = |row: Option<&PageRow<T::Record>>| row.map(|row| row.cursor.clone());
        PageInfo {
            has_previous_page,
            has_next_page,
            start_cursor: cursor(self.page.rows.first()),
            end_cursor: cursor(self.page.rows.last()),
        }
    }

    /// The question how many items the whole list has; nothing if `at_most` is negative.
    fn count(&self, at_most: Option<i64>) -> Option<CountOf<T::Record>> {
        Some(CountOf {
            parent: self.parent,
            query: Arc::clone(&self.query),
            at_most: at_most.map(u64::try_from).transpose().ok()?,
        })
    }
}

/// Reads the argument of `totalCount`.
fn at_most(ctx: Scope<'_>, field: &Positioned<Selected>) -> ServerResult<Option<i64>> {
    Ok(ctx.with_field(field).param_value("atMost", None)?.1)
}

impl<T: Listed> AtHand for Connection<T> {
    fn ahead<'a>(ctx: Scope<'a>, lists: Vec<&'a Self>, set: &'a SelectionSet) -> BoxFuture<'a, ()> {
        let mut steps: Vec<BoxFuture<'a, ()>> = Vec::new();
        each_field::<Self>(ctx, set, &mut |field| {
            let set = &field.node.selection_set.node;
            let lists = lists.iter().copied();
            match field.node.name.node.as_str() {
                "nodes" => {
                    let nodes: Vec<T> = lists.flat_map(Self::node_list).collect();
                    steps.push(Box::pin(async move {
                        T::ahead(ctx, nodes.iter().collect(), set).await;
                    }));
                }
                "edges" => {
                    let edges: Vec<Edge<T>> = lists.flat_map(Self::edge_list).collect();
                    steps.push(Box::pin(async move {
                        Edge::ahead(ctx, edges.iter().collect(), set).await;
                    }));
                }
                "totalCount" => {
                    let at_most = at_most(ctx, field).ok()?;
                    let counts = lists.filter_map(|list| list.count(at_most)).collect();
                    steps.push(Box::pin(async move {
                        request(ctx).reader().ask(counts).await;
                    }));
                }
                _ => {}
            }
            Some(())
        });
        ahead::all(steps)
    }

    fn view<'a>(ctx: Scope<'a>, set: &'a SelectionSet) -> Option<View<'a, Self>> {
        view::object(ctx, set, |field| {
            let set = &field.node.selection_set.node;
            Some(match field.node.name.node.as_str() {
                "nodes" => {
                    let view = Lazy::<T>::new(ctx, set);
                    Box::new(move |list: &Self| items(list.node_list(), |node| view.show(&node)))
                }
                "edges" => {
                    let view = Lazy::<Edge<T>>::new(ctx, set);
                    Box::new(move |list: &Self| items(list.edge_list(), |edge| view.show(&edge)))
                }
                "pageInfo" => {
                    let view = PageInfo::view(ctx, set)?;
                    Box::new(move |list: &Self| view(&list.place()))
                }
                "totalCount" => {
                    let at_most = at_most(ctx, field).ok()?;
                    let counts = request(ctx).reader().answers::<CountOf<T::Record>>();
                    Box::new(move |list: &Self| Some(counts.get(&list.count(at_most)?)??.leaf()))
                }
                _ => return None,
            })
        })
    }
}

impl<T: Listed> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// One page of a list.
#[Object(name_type, shareable)]
impl<T: Listed> Connection<T> {
    /// The items of this page, each with its cursor.
    async fn edges(&self) -> Items<Edge<T>> {
        Items(self.edge_list().collect())
    }

    /// The items of this page, without cursors.
    async fn nodes(&self) -> Items<T> {
        Items(self.node_list().collect())
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        self.place()
    }

    /// How many items the whole list has under this filter. Counting costs time on large lists:
    /// it is done only when asked for.
    async fn total_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Stop counting here: an answer as large as this means \"at least\".")]
        at_most: Option<i64>,
    ) -> Field<i64> {
        let Some(question) = self.count(at_most) else {
            return Some(Err(Error::BadInput(
                "`atMost` must not be negative.".into(),
            )));
        };
        ctx.reader()
            .load(question)
            .await
            .map_err(Error::from)
            .transpose()
    }
}

/// An item of a list with its place.
pub struct Edge<T: Listed> {
    cursor: String,
    node: T,
}

impl<T: Listed> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// An item of a list with its place.
#[Object(name_type, shareable)]
impl<T: Listed> Edge<T> {
    /// Marks the item's place: pass it as `after` or `before` to go on from here.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> &T {
        &self.node
    }
}

impl<T: Listed> AtHand for Edge<T> {
    fn ahead<'a>(ctx: Scope<'a>, edges: Vec<&'a Self>, set: &'a SelectionSet) -> BoxFuture<'a, ()> {
        let mut steps = Vec::new();
        each_field::<Self>(ctx, set, &mut |field| {
            if field.node.name.node == "node" {
                let nodes = edges.iter().map(|edge| &edge.node).collect();
                steps.push(T::ahead(ctx, nodes, &field.node.selection_set.node));
            }
            Some(())
        });
        ahead::all(steps)
    }

    fn view<'a>(ctx: Scope<'a>, set: &'a SelectionSet) -> Option<View<'a, Self>> {
        view::object(ctx, set, |field| {
            Some(match field.node.name.node.as_str() {
                "cursor" => Box::new(|edge: &Self| Some(edge.cursor.as_str().leaf())),
                "node" => {
                    let view = Lazy::<T>::new(ctx, &field.node.selection_set.node);
                    Box::new(move |edge: &Self| view.show(&edge.node))
                }
                _ => return None,
            })
        })
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
#[graphql(shareable)]
pub struct PageInfo {
    /// Whether items come before this page. Reading forwards it says whether `after` was given.
    has_previous_page: bool,
    /// Whether items follow this page. Reading backwards it says whether `before` was given.
    has_next_page: bool,
    /// The first item's cursor; null if the page is empty.
    start_cursor: Option<String>,
    /// The last item's cursor; null if the page is empty.
    end_cursor: Option<String>,
}

impl Shown for PageInfo {
    fn leaf(field: &str) -> Option<fn(&Self) -> Value> {
        Some(match field {
            "hasPreviousPage" => |page| page.has_previous_page.leaf(),
            "hasNextPage" => |page| page.has_next_page.leaf(),
            "startCursor" => |page| page.start_cursor.as_deref().leaf(),
            "endCursor" => |page| page.end_cursor.as_deref().leaf(),
            _ => return None,
        })
    }

    fn way(_field: &str) -> Option<Way<Self>> {
        None
    }
}
