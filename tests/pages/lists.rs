//! The lists under test: their relations, sort keys and filters, and how they are read.

use std::sync::Arc;

use entity::{company, product, skill_area, technology, usage};
use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde::Serialize;
use stack_atlas::store::relations::{self, company as of_company};
use stack_atlas::store::{
    Filter, Page, PageOf, PageQuery, PageRequest, Parent, Reader, Record, Relation, SortKey,
};

use crate::filtering::filter;
use crate::reference::{Row, Tables, integer, row};
use crate::world;

/// A list: all rows of `table`, or those that a relation ties to a parent.
#[derive(Debug)]
pub struct Tie {
    pub relation: Option<&'static Relation>,
    pub from: &'static str,
    /// The parent's column that identifies it.
    pub key: &'static str,
    pub table: &'static str,
    pub holds: fn(&Tables, Parent, &Row) -> bool,
}

macro_rules! ties {
    ($($from:ident.$key:ident => $table:ident by $relation:ident: $holds:expr;)*) => {
        &[$(Tie {
            relation: Some(&relations::$from::$relation),
            from: stringify!($from),
            key: stringify!($key),
            table: stringify!($table),
            holds: $holds,
        },)*]
    };
}

pub static TIES: &[Tie] = ties! {
    technology.id => usage by USAGES: |_, p, c| integer(c, "technology_id") == Some(p.0);
    technology.steward_id => company by STEWARD: |_, p, c| integer(c, "id") == Some(p.0);
    technology.id => category by CATEGORIES:
        |all, p, c| all.is_on_shelf(Some(p.0), integer(c, "id").unwrap_or_default());
    technology.id => technology_relation by RELATIONS:
        |_, p, c| [integer(c, "from_id"), integer(c, "to_id")].contains(&Some(p.0));
    technology.id => alias by ALIASES:
        |_, p, c| c["entity_kind"] == "TECHNOLOGY" && integer(c, "entity_id") == Some(p.0);
    category.id => technology by TECHNOLOGIES: |all, p, c| all.is_on_shelf(integer(c, "id"), p.0);
    company.id => usage by USAGES: |_, p, c| integer(c, "company_id") == Some(p.0);
    company.id => technology by STEWARDSHIPS: |_, p, c| integer(c, "steward_id") == Some(p.0);
    usage.technology_id => technology by TECHNOLOGY: |_, p, c| integer(c, "id") == Some(p.0);
    usage.company_id => company by COMPANY: |_, p, c| integer(c, "id") == Some(p.0);
    usage.id => evidence by EVIDENCE: |_, p, c| integer(c, "usage_id") == Some(p.0);
    technology_relation.to_id => technology by TO: |_, p, c| integer(c, "id") == Some(p.0);
    technology.id => skill_area_technology by SKILL_AREAS:
        |_, p, c| integer(c, "technology_id") == Some(p.0);
    skill_area.id => skill_area_technology by TECHNOLOGIES:
        |_, p, c| integer(c, "skill_area_id") == Some(p.0);
};

impl Tie {
    /// The column that tells the rows of one parent apart.
    pub fn tie_break(&self) -> &'static str {
        match (self.table, self.from) {
            ("skill_area_technology", "technology") => "skill_area_id",
            ("skill_area_technology", _) => "technology_id",
            _ => "id",
        }
    }
}

static SHELF: Tie = Tie {
    relation: Some(&of_company::SHELF),
    from: "company",
    key: "id",
    table: "usage",
    holds: |all, p, c| {
        integer(c, "company_id") == Some(p.0) && all.is_on_shelf(integer(c, "technology_id"), p.1)
    },
};

static ROOTS: &[Tie] = &[
    root("technology"),
    root("company"),
    root("usage"),
    root("evidence"),
];

const fn root(table: &'static str) -> Tie {
    Tie {
        relation: None,
        from: table,
        key: "id",
        table,
        holds: |_, _, _| true,
    }
}

pub fn tie_of(relation: &Relation) -> &'static Tie {
    let known = TIES.iter().find(|tie| tie.relation == Some(relation));
    known.expect("the relation is under test")
}

/// A sort key: a column of the row itself, or of the row in `table` that its column names.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub column: &'static str,
    pub via: Option<(&'static str, &'static str)>,
}

const fn own(column: &'static str) -> Key {
    Key { column, via: None }
}

const fn via(key: &'static str, table: &'static str, column: &'static str) -> Key {
    Key {
        column,
        via: Some((key, table)),
    }
}

pub fn keys(table: &str) -> Vec<Key> {
    match table {
        "technology" => vec![
            own("name_key"),
            own("kind"),
            own("licence"),
            own("first_appeared"),
            own("is_maintained"),
            own("adopter_count"),
            own("created_at"),
            own("steward_id"),
            via("steward_id", "company", "founded"),
            via("steward_id", "company", "name_key"),
        ],
        "company" => vec![
            own("name_key"),
            own("founded"),
            own("technology_count"),
            own("id"),
        ],
        "usage" => vec![
            own("confidence"),
            own("since"),
            own("status"),
            own("note"),
            own("created_at"),
            via("technology_id", "technology", "name_key"),
            via("technology_id", "technology", "is_maintained"),
            via("company_id", "company", "founded"),
            via("product_id", "product", "name_key"),
        ],
        "evidence" => vec![
            own("grade"),
            via("usage_id", "usage", "confidence"),
            via("usage_id", "usage", "since"),
            via("usage_id", "usage", "created_at"),
        ],
        "technology_relation" => vec![own("kind"), via("to_id", "technology", "first_appeared")],
        "alias" => vec![own("text"), own("key")],
        "skill_area_technology" => vec![
            own("position"),
            own("reason"),
            via("technology_id", "technology", "name_key"),
            via("skill_area_id", "skill_area", "name_key"),
        ],
        _ => vec![own("name_key"), own("created_at")],
    }
}

impl Key {
    fn sort_key<E: Record>(self, descending: bool) -> SortKey {
        let key = match self.via {
            None => SortKey::column::<E>(self.column),
            Some((key, "company")) => SortKey::related::<company::Entity>(key, self.column),
            Some((key, "product")) => SortKey::related::<product::Entity>(key, self.column),
            Some((key, "skill_area")) => SortKey::related::<skill_area::Entity>(key, self.column),
            Some((key, "usage")) => SortKey::related::<usage::Entity>(key, self.column),
            Some((key, _)) => SortKey::related::<technology::Entity>(key, self.column),
        };
        key.expect("the column exists").descending(descending)
    }
}

/// A list with an order and a filter.
#[derive(Clone, Debug)]
pub struct List {
    pub tie: &'static Tie,
    pub filter: Filter,
    pub keys: Vec<(Key, bool)>,
}

impl List {
    pub fn request<E: Record>(&self) -> PageRequest {
        let order = self
            .keys
            .iter()
            .map(|(key, descending)| key.sort_key::<E>(*descending));
        PageRequest {
            relation: self.tie.relation,
            filter: (!self.filter.keeps_all()).then(|| self.filter.clone()),
            order: order.collect(),
            probe: true,
            cursors: true,
            ..PageRequest::default()
        }
    }

    /// Every parent that the list can be read for, one that does not exist among them.
    pub fn parents(&self, tables: &Tables) -> Vec<Parent> {
        if self.tie.relation.is_none() {
            return vec![(0, 0)];
        }
        let rows = tables.rows(self.tie.from).iter();
        let mut ids: Vec<i64> = rows.filter_map(|row| integer(row, self.tie.key)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.push(-77);
        let others = if std::ptr::eq(self.tie, &raw const SHELF) {
            world::ids(3)
        } else {
            vec![]
        };
        let others = [0].into_iter().chain(others);
        ids.iter()
            .flat_map(|id| others.clone().map(|other| (*id, other)))
            .collect()
    }
}

pub fn list() -> impl Strategy<Value = List> {
    let ties: Vec<&'static Tie> = TIES.iter().chain(ROOTS).chain([&SHELF]).collect();
    select(ties).prop_flat_map(|tie| {
        let filter = prop_oneof![1 => Just(Filter::ALL), 1 => filter(tie.table, 1)];
        let columns = keys(tie.table);
        let most = columns.len().min(3);
        let chosen = subsequence(columns, 0..=most).prop_shuffle();
        (filter, chosen, vec(any::<bool>(), 3)).prop_map(move |(filter, columns, directions)| {
            List {
                tie,
                filter,
                keys: columns.into_iter().zip(directions).collect(),
            }
        })
    })
}

/// Calls a generic function for the entity of a table.
macro_rules! for_table {
    ($table:expr, $function:ident($($argument:expr),*)) => {
        match $table {
            "technology" => $function::<entity::technology::Entity>($($argument),*).await,
            "company" => $function::<entity::company::Entity>($($argument),*).await,
            "usage" => $function::<entity::usage::Entity>($($argument),*).await,
            "evidence" => $function::<entity::evidence::Entity>($($argument),*).await,
            "category" => $function::<entity::category::Entity>($($argument),*).await,
            "alias" => $function::<entity::alias::Entity>($($argument),*).await,
            "skill_area_technology" => {
                $function::<entity::skill_area_technology::Entity>($($argument),*).await
            }
            _ => $function::<entity::technology_relation::Entity>($($argument),*).await,
        }
    };
}
pub(crate) use for_table;

/// Reads one page for each parent, in a request of their own.
pub async fn read<E: Record>(
    reader: &Reader,
    parents: &[Parent],
    request: PageRequest,
) -> Vec<Arc<Page<E>>> {
    reader.drive(ask(reader, parents, request)).await
}

/// Asks for one page for each parent at once, as a part of a request.
pub async fn ask<E: Record>(
    reader: &Reader,
    parents: &[Parent],
    request: PageRequest,
) -> Vec<Arc<Page<E>>> {
    let query = Arc::new(PageQuery::<E>::new(request).unwrap_or_else(|error| panic!("{error:?}")));
    let pages = parents.iter().map(|parent| {
        let question = PageOf {
            parent: *parent,
            query: Arc::clone(&query),
        };
        reader.load(question)
    });
    let pages = join_all(pages).await.into_iter();
    pages
        .map(|page| page.expect("readable").expect("every parent has a page"))
        .collect()
}

pub fn rows_of<E: Record<Model: Serialize>>(page: &Page<E>) -> Vec<Row> {
    page.rows.iter().map(|found| row(&*found.model)).collect()
}
