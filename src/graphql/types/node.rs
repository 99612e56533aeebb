//! Anything with a global id.

use async_graphql::{Context, ID, Object};
use entity::enums::EntityKind;
use futures_util::future::join_all;

use super::article::Article;
use super::category::Category;
use super::company::Company;
use super::evidence::Evidence;
use super::experience::Experience;
use super::product::Product;
use super::relation::Relation;
use super::release::Release;
use super::review_item::ReviewItem;
use super::role::Role;
use super::salary::Salary;
use super::skill_area::SkillArea;
use super::source::Source;
use super::technology::{Framework, Language, Technology, Tool};
use super::usage::Usage;
use crate::graphql::ahead::Items;
use crate::graphql::context::ContextExt as _;
use crate::graphql::error::{Error, Field};
use crate::graphql::interface::interface;
use crate::graphql::lookup::{self, Given, Identified, few_enough};
use crate::graphql::relay::decode_id;

interface! {
    /// Anything with a global id, by which it can be fetched again.
    pub enum Node ["id"] {
        Language, Framework, Tool, Category, Relation, Release, Company, Product, Usage,
        Evidence, Source, SkillArea, Experience, Article, Role, Salary,
        ReviewItem,
    }
}

impl From<Technology> for Node {
    fn from(technology: Technology) -> Self {
        match technology {
            Technology::Language(language) => Self::Language(language),
            Technology::Framework(framework) => Self::Framework(framework),
            Technology::Tool(tool) => Self::Tool(tool),
        }
    }
}

/// Loads the node of a kind, or the one that another service refers to: one line for each type
/// with global ids. The first of several that share a kind loads all of it.
macro_rules! nodes {
    ($($type:ident => $wrap:expr,)*) => {
        async fn load(ctx: &Context<'_>, kind: &str, id: i64) -> Field<Node> {
            $(
                if kind == <$type as Identified>::KIND {
                    return Some(ctx.load::<$type>(id).await?.map($wrap));
                }
            )*
            Some(Err(Error::BadId(format!("There are no things of the kind `{kind}`."))))
        }

        /// The thing of a type with this key; null if there is none.
        pub(in crate::graphql) async fn referred(
            ctx: &Context<'_>,
            type_name: &str,
            given: Given,
        ) -> Field<Node> {
            $(
                if type_name == stringify!($type) {
                    return Some(lookup::keyed::<$type>(ctx, given).await?.map($wrap));
                }
            )*
            Some(Err(lookup::no_entity(type_name)))
        }
    };
}

nodes! {
    Technology => Node::from,
    Language => Node::Language,
    Framework => Node::Framework,
    Tool => Node::Tool,
    Category => Node::Category,
    Relation => Node::Relation,
    Release => Node::Release,
    Company => Node::Company,
    Product => Node::Product,
    Usage => Node::Usage,
    Evidence => Node::Evidence,
    Source => Node::Source,
    SkillArea => Node::SkillArea,
    Experience => Node::Experience,
    Article => Node::Article,
    Role => Node::Role,
    Salary => Node::Salary,
    ReviewItem => Node::ReviewItem,
}

/// The thing that a name or change is filed under.
pub(super) async fn of_kind(ctx: &Context<'_>, kind: &EntityKind, id: i64) -> Field<Node> {
    let kind = match kind {
        EntityKind::Technology => Technology::KIND,
        EntityKind::Category => Category::KIND,
        EntityKind::Company => Company::KIND,
        EntityKind::Product => Product::KIND,
        EntityKind::Usage => Usage::KIND,
        EntityKind::Source => Source::KIND,
        EntityKind::SkillArea => SkillArea::KIND,
        EntityKind::Experience => Experience::KIND,
        EntityKind::Role => Role::KIND,
        EntityKind::Release => Release::KIND,
        EntityKind::Relation => Relation::KIND,
        EntityKind::Salary => Salary::KIND,
    };
    load(ctx, kind, id).await
}

async fn by_id(ctx: &Context<'_>, id: &ID) -> Field<Node> {
    match decode_id(id) {
        Ok((kind, number)) => load(ctx, &kind, number).await,
        Err(error) => Some(Err(error)),
    }
}

/// Fetching by global id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing with this global id; null if there is none.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `id` of an object, as it was given.")] id: ID,
    ) -> Field<Node> {
        by_id(ctx, &id).await
    }

    /// The things with these global ids, in their order, null where there is none.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `id`s of objects, as they were given; at most 1,000.")] ids: Vec<ID>,
    ) -> Field<Items<Field<Node>>> {
        if let Err(error) = few_enough("ids", ids.len()) {
            return Some(Err(error));
        }
        let things = ids.iter().map(|id| by_id(ctx, id));
        Some(Ok(Items(join_all(things).await)))
    }
}
