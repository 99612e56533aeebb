//! What a company uses, by category.

use async_graphql::{Context, Object};

use super::category::Category;
use super::usage::{Usage, UsageFilter, UsageOrderField};
use crate::graphql::context::ContextExt as _;
use crate::graphql::error::{Error, Field};
use crate::graphql::order::OrderTerm;
use crate::graphql::relay::{Connection, PageArgs};
use crate::store::{Shelf, StackOf, relations};

/// The shelves of a company's stack, the fullest first.
pub(super) async fn of_company(ctx: &Context<'_>, company: i64) -> Field<Vec<StackShelf>> {
    let shelves = ctx.reader().load(StackOf(company)).await.transpose()?;
    Some(shelves.map_err(Error::from).map(|shelves| {
        let shelves = shelves.iter().map(|&shelf| StackShelf { company, shelf });
        shelves.collect()
    }))
}

/// What a company uses of one category.
pub struct StackShelf {
    company: i64,
    shelf: Shelf,
}

/// What a company uses of one category.
#[Object]
impl StackShelf {
    /// The category; null for technologies that stand on no shelf.
    async fn category(&self, ctx: &Context<'_>) -> Field<Category> {
        ctx.load_optional(self.shelf.category).await
    }

    /// How many of the company's usages stand here.
    async fn usage_count(&self) -> i64 {
        self.shelf.usages
    }

    /// The company's usages of technologies in this category.
    async fn usages(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many items from the start: 0 to 100; 20 if neither `first` nor `last` is given."
        )]
        first: Option<i64>,
        #[graphql(desc = "Only items after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many items from the end: 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "Only items before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which items to keep; all if left out.")] filter: Option<Box<UsageFilter>>,
        #[graphql(
            desc = "How to order them, at most five criteria; in the order in which they became known if left out."
        )]
        order_by: Option<Vec<OrderTerm<UsageOrderField>>>,
    ) -> Field<Connection<Usage>> {
        let parent = (self.company, self.shelf.category.unwrap_or(0));
        let args = PageArgs {
            first,
            after,
            last,
            before,
            filter,
            order_by,
        };
        ctx.children(&relations::company::SHELF, parent, args).await
    }
}
