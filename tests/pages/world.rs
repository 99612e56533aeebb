//! Random contents of the database, full of ties, missing values and awkward ones.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{EntityKind, EvidenceGrade, RelationKind, TechnologyKind, UsageStatus};
use entity::{
    alias, category, company, evidence, product, skill_area, skill_area_technology, source,
    technology, technology_category, technology_relation, usage,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use stack_atlas::store::text::fold_name;

pub const TEXTS: &[&str] = &[
    "",
    "go",
    "Go",
    "GO!",
    "Ärger",
    "é",
    "e\u{301}",
    "日本",
    "🦀 crab",
    "100%",
    "a_b",
    "axb",
    "back\\slash",
    "O'Neil",
    "say \"hi\"",
    "tab\tnew\nline",
    "z\u{10FFFF}",
    "zz",
    "\u{e000}",
];
const CONFIDENCES: &[f64] = &[
    0.0,
    1.0,
    0.1 + 0.2,
    0.3,
    0.7,
    0.1,
    1.0 / 3.0,
    5e-324,
    f64::MIN_POSITIVE,
    0.300_000_000_000_000_1,
    0.655_360_000_000_000_1,
];
const COUNTS: &[i64] = &[0, 1, 2, i64::MAX, i64::MAX - 1, i64::MIN, (1 << 53) + 1];
const MICROS: &[i64] = &[0, 1, 500_000, 123_456, 123_000, 999_999, 1_000_000, -1];

pub fn confidence() -> impl Strategy<Value = f64> {
    prop_oneof![3 => select(CONFIDENCES), 1 => 0.0..1.0]
}

pub fn count() -> impl Strategy<Value = i64> {
    prop_oneof![2 => 0_i64..3, 1 => select(COUNTS)]
}

pub fn text() -> impl Strategy<Value = String> {
    select(TEXTS).prop_map(str::to_owned)
}

pub fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    select(MICROS).prop_map(|micros| {
        DateTime::from_timestamp_micros(1_600_000_000_000_000 + micros).expect("in range")
    })
}

pub fn day() -> impl Strategy<Value = NaiveDate> {
    (1_u32..4).prop_map(|day| NaiveDate::from_ymd_opt(2020, 2, 27 + day % 3).expect("in range"))
}

pub fn year() -> impl Strategy<Value = i32> {
    prop_oneof![4 => 1990..1993, 1 => select(&[i32::MIN, i32::MAX][..])]
}

/// Every row there is.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub companies: Vec<company::Model>,
    pub products: Vec<product::Model>,
    pub technologies: Vec<technology::Model>,
    pub categories: Vec<category::Model>,
    pub shelves: Vec<technology_category::Model>,
    pub relations: Vec<technology_relation::Model>,
    pub usages: Vec<usage::Model>,
    pub sources: Vec<source::Model>,
    pub evidence: Vec<evidence::Model>,
    pub aliases: Vec<alias::Model>,
    pub areas: Vec<skill_area::Model>,
    pub relevances: Vec<skill_area_technology::Model>,
}

/// The id of the row at this position: ids are out of order, and some are beyond a float.
pub fn id(position: usize) -> i64 {
    let id = i64::try_from(position * 389 % 997 + 1).expect("small");
    if position % 5 == 4 { i64::MAX - id } else { id }
}

pub fn ids(positions: usize) -> Vec<i64> {
    (0..positions).map(id).collect()
}

prop_compose! {
    pub fn companies(size: std::ops::Range<usize>)(
        rows in vec((text(), option::of(year()), count(), moment()), size)
    ) -> Vec<company::Model> {
        rows.into_iter().enumerate().map(|(at, (name, founded, technology_count, created_at))| {
            company::Model {
                id: id(at), slug: format!("c{at}"), name_key: fold_name(&name), name,
                description: None, summary: None, website: None, country: None, industry: None,
                founded, technology_count, created_at, updated_at: created_at, revision: 1,
            }
        }).collect()
    }
}

prop_compose! {
    pub fn technologies(companies: Vec<i64>, size: std::ops::Range<usize>)(
        rows in vec((
            (select(&[TechnologyKind::Language, TechnologyKind::Framework, TechnologyKind::Tool][..]),
             text(), option::of(text()), option::of(year())),
            (option::of(any::<bool>()), option::of(select(companies)), count(), moment()),
        ), size)
    ) -> Vec<technology::Model> {
        rows.into_iter().enumerate().map(|(at, (own, more))| {
            let (kind, name, licence, first_appeared) = own;
            let (is_maintained, steward_id, adopter_count, created_at) = more;
            technology::Model {
                id: id(at), slug: format!("t{at}"), name_key: fold_name(&name), name,
                description: None, kind, summary: None, website: None, repository: None,
                first_appeared, is_maintained, licence, steward_id, adopter_count, created_at,
                updated_at: created_at, revision: 1,
            }
        }).collect()
    }
}

prop_compose! {
    /// At most one row for each pair of adopter and technology.
    pub fn usages(companies: Vec<i64>, products: Vec<i64>, technologies: Vec<i64>, size: usize)(
        rows in vec((
            (any::<bool>(), select(companies), select(products), select(technologies)),
            (select(&[UsageStatus::Current, UsageStatus::Past, UsageStatus::Unknown][..]),
             option::of(day()), option::of(text()), confidence(), moment()),
        ), 0..size)
    ) -> Vec<usage::Model> {
        let mut seen = std::collections::HashSet::new();
        rows.into_iter().filter(|((by_company, company, product, technology), _)| {
            let adopter = if *by_company { *company } else { *product };
            seen.insert((*by_company, adopter, *technology))
        }).enumerate().map(|(at, (who, (status, since, note, confidence, created_at)))| {
            let (by_company, company, product, technology_id) = who;
            usage::Model {
                id: id(at), company_id: by_company.then_some(company),
                product_id: (!by_company).then_some(product), technology_id, status, since,
                until: None, scope: None, confidence, note, created_at, updated_at: created_at,
                revision: 1,
            }
        }).collect()
    }
}

type Links = Vec<(Index, Index)>;

pub fn world() -> impl Strategy<Value = World> {
    (companies(1..5), 1..4_usize)
        .prop_flat_map(|(companies, products)| {
            let technologies = technologies(companies.iter().map(|row| row.id).collect(), 1..14);
            (Just(companies), Just(products), technologies)
        })
        .prop_flat_map(|(companies, products, technologies)| {
            let sizes = (companies.len(), products, technologies.len());
            let start = World {
                companies,
                products: (0..products).map(make_product).collect(),
                technologies,
                categories: (0..3).map(make_category).collect(),
                sources: vec![make_source()],
                areas: (0..3).map(make_area).collect(),
                ..World::default()
            };
            (
                Just(start),
                usages(ids(sizes.0), ids(sizes.1), ids(sizes.2), 40),
                links(),
            )
        })
        .prop_map(|(start, usages, links)| {
            let (shelves, relevances, relations, evidence, aliases) = links;
            let technologies = start.technologies.len();
            World {
                relevances: link_areas(&relevances, technologies),
                shelves: link_shelves(&shelves, technologies),
                relations: link_relations(&relations, technologies),
                evidence: cite(&evidence, &usages),
                aliases: name_also(&aliases, technologies),
                usages,
                ..start
            }
        })
}

fn links() -> impl Strategy<Value = (Links, Links, Links, Vec<Index>, Vec<(String, Index)>)> {
    (
        vec(any::<(Index, Index)>(), 0..20),
        vec(any::<(Index, Index)>(), 0..20),
        vec(any::<(Index, Index)>(), 0..12),
        vec(any::<Index>(), 0..12),
        vec((text(), any::<Index>()), 0..12),
    )
}

fn link_shelves(links: &Links, technologies: usize) -> Vec<technology_category::Model> {
    let mut shelves: Vec<technology_category::Model> = links
        .iter()
        .map(|(technology, category)| technology_category::Model {
            technology_id: id(technology.index(technologies)),
            category_id: id(category.index(3)),
        })
        .collect();
    shelves.sort_by_key(|shelf| (shelf.technology_id, shelf.category_id));
    shelves.dedup();
    shelves
}

fn link_areas(links: &Links, technologies: usize) -> Vec<skill_area_technology::Model> {
    let mut ends: Vec<(i64, i64)> = links
        .iter()
        .map(|(technology, area)| (id(area.index(3)), id(technology.index(technologies))))
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let rows = ends.into_iter().zip(0..);
    rows.map(
        |((skill_area_id, technology_id), at)| skill_area_technology::Model {
            skill_area_id,
            technology_id,
            reason: (at % 3 == 0).then(|| format!("reason {at}")),
            position: at % 2,
        },
    )
    .collect()
}

fn link_relations(links: &Links, technologies: usize) -> Vec<technology_relation::Model> {
    let mut ends: Vec<(i64, i64)> = links
        .iter()
        .map(|(from, to)| (id(from.index(technologies)), id(to.index(technologies))))
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let rows =
        ends.into_iter()
            .enumerate()
            .map(|(at, (from_id, to_id))| technology_relation::Model {
                id: id(at),
                from_id,
                to_id,
                kind: if at % 2 == 0 {
                    RelationKind::RunsOn
                } else {
                    RelationKind::AlternativeTo
                },
                note: None,
                created_at: start(),
                updated_at: start(),
                revision: 1,
            });
    rows.collect()
}

fn cite(facts: &[Index], usages: &[usage::Model]) -> Vec<evidence::Model> {
    let facts = facts.iter().filter(|_| !usages.is_empty()).enumerate();
    let rows = facts.map(|(at, fact)| evidence::Model {
        id: id(at),
        usage_id: Some(fact.get(usages).id),
        release_id: None,
        relation_id: None,
        salary_id: None,
        source_id: 1,
        url: None,
        locator: None,
        retrieved_on: None,
        grade: if at % 2 == 0 {
            EvidenceGrade::Official
        } else {
            EvidenceGrade::Listed
        },
        note: None,
        created_at: start(),
        updated_at: start(),
        revision: 1,
    });
    rows.collect()
}

/// Filed for two kinds of rows that share their ids.
fn name_also(names: &[(String, Index)], technologies: usize) -> Vec<alias::Model> {
    let rows = names
        .iter()
        .enumerate()
        .map(|(at, (text, owner))| alias::Model {
            id: id(at),
            entity_kind: if at % 3 == 0 {
                EntityKind::Company
            } else {
                EntityKind::Technology
            },
            key: format!("{text}{at}"),
            text: text.clone(),
            entity_id: id(owner.index(technologies)),
        });
    rows.collect()
}

pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_600_000_000_000_001).expect("in range")
}

pub fn make_product(at: usize) -> product::Model {
    product::Model {
        id: id(at),
        slug: format!("p{at}"),
        name: format!("P{at}"),
        name_key: format!("p{}", at / 2),
        description: None,
        summary: None,
        maker_id: None,
        website: None,
        repository: None,
        first_released: None,
        technology_count: 0,
        created_at: start(),
        updated_at: start(),
        revision: 1,
    }
}

fn make_category(at: usize) -> category::Model {
    category::Model {
        id: id(at),
        slug: format!("g{at}"),
        name: format!("G{at}"),
        name_key: format!("g{}", at / 2),
        description: None,
        created_at: start(),
        updated_at: start(),
        revision: 1,
    }
}

fn make_area(at: usize) -> skill_area::Model {
    skill_area::Model {
        id: id(at),
        slug: format!("a{at}"),
        name: format!("A{at}"),
        name_key: format!("a{}", at / 2),
        description: None,
        parent_id: None,
        hiring_advice: None,
        created_at: start(),
        updated_at: start(),
        revision: 1,
    }
}

fn make_source() -> source::Model {
    source::Model {
        id: 1,
        slug: "s".into(),
        name: "S".into(),
        name_key: "s".into(),
        description: None,
        url: None,
        publisher: None,
        licence: None,
        attribution: None,
        version: None,
        snapshot_on: None,
        created_at: start(),
        updated_at: start(),
        revision: 1,
    }
}
