//! A schema in the shape of ours, without a store: every list is empty.

use async_graphql::{
    EmptyMutation, EmptySubscription, Enum, ID, InputObject, Object, Schema, SimpleObject, Union,
};

pub type Sample = Schema<Query, EmptyMutation, EmptySubscription>;

pub fn schema() -> Sample {
    let limits = super::Limits::default();
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .limit_recursive_depth(limits.levels)
        .finish()
}

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Field {
    Name,
    Adopters,
}

#[derive(InputObject)]
pub struct Filter {
    name: Option<String>,
    name_in: Option<Vec<String>>,
    and: Option<Vec<Filter>>,
}

#[derive(SimpleObject)]
pub struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ident) => {
        #[derive(SimpleObject)]
        pub struct $edge {
            cursor: String,
            node: $node,
        }

        #[derive(SimpleObject)]
        pub struct $connection {
            edges: Vec<$edge>,
            nodes: Vec<$node>,
            page_info: PageInfo,
            total_count: Option<i32>,
        }

        impl $connection {
            const EMPTY: Self = Self {
                edges: Vec::new(),
                nodes: Vec::new(),
                page_info: PageInfo {
                    has_next_page: false,
                    end_cursor: None,
                },
                total_count: None,
            };
        }
    };
}

connection!(TechnologyConnection, TechnologyEdge, Technology);
connection!(UsageConnection, UsageEdge, Usage);

pub struct Technology;

#[Object]
impl Technology {
    async fn id(&self) -> ID {
        "t".into()
    }
    async fn name(&self) -> &str {
        "name"
    }
    async fn summary(&self, length: Option<i32>) -> Option<String> {
        length.map(|length| length.to_string())
    }
    async fn frameworks(&self, first: Option<i32>, last: Option<i32>) -> TechnologyConnection {
        let _ = (first, last);
        TechnologyConnection::EMPTY
    }
    async fn usages(&self, first: Option<i32>, last: Option<i32>) -> UsageConnection {
        let _ = (first, last);
        UsageConnection::EMPTY
    }
    async fn releases(&self, #[graphql(default = 3)] first: i32) -> Vec<Usage> {
        let _ = first;
        Vec::new()
    }
    async fn alternatives(&self) -> Vec<Technology> {
        Vec::new()
    }
    async fn steward(&self) -> Option<Company> {
        None
    }
}

pub struct Company;

#[Object]
impl Company {
    async fn id(&self) -> ID {
        "c".into()
    }
    async fn name(&self) -> &str {
        "name"
    }
    async fn technologies(&self, first: Option<i32>, last: Option<i32>) -> TechnologyConnection {
        let _ = (first, last);
        TechnologyConnection::EMPTY
    }
}

pub struct Usage;

#[Object]
impl Usage {
    async fn id(&self) -> ID {
        "u".into()
    }
    async fn company(&self) -> Option<Company> {
        None
    }
    async fn technology(&self) -> Option<Technology> {
        None
    }
}

#[derive(Union)]
pub enum Hit {
    Technology(Technology),
    Company(Company),
}

pub struct Query;

#[Object]
impl Query {
    async fn technologies(
        &self,
        first: Option<i32>,
        last: Option<i32>,
        filter: Option<Filter>,
        order_by: Option<Vec<Field>>,
    ) -> TechnologyConnection {
        let _ = (first, last, filter, order_by);
        TechnologyConnection::EMPTY
    }
    async fn technology(&self, slug: String) -> Option<Technology> {
        let _ = slug;
        None
    }
    async fn nodes(&self, ids: Vec<ID>) -> Vec<Option<Hit>> {
        ids.iter().map(|_| None).collect()
    }
    async fn facets(&self, by: Vec<Field>) -> Vec<Company> {
        let _ = by;
        Vec::new()
    }
    async fn search(&self, query: Option<String>, kinds: Option<Vec<String>>) -> Vec<Hit> {
        let _ = (query, kinds);
        Vec::new()
    }
    async fn scores(&self, values: Option<Vec<f64>>) -> Vec<f64> {
        values.unwrap_or_default()
    }
    #[graphql(entity)]
    async fn technology_entity(&self, id: ID) -> Option<Technology> {
        let _ = id;
        None
    }
}
