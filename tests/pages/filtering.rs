//! Filters keep exactly the rows that they say, whatever is missing.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sea_orm::Value;
use stack_atlas::store::{Filter, Quantifier, Test};

use crate::database::on_both_databases;
use crate::lists::TIES;
use crate::world;

type Values = BoxedStrategy<Value>;

fn values<T: Into<Value> + 'static>(strategy: impl Strategy<Value = T> + 'static) -> Values {
    strategy.prop_map(Into::into).boxed()
}

fn codes(codes: &'static [&'static str]) -> Values {
    values(select(codes))
}

/// The columns that are filtered by, and values to compare them with.
fn columns(table: &str) -> Vec<(&'static str, Values)> {
    let texts = || values(world::text());
    match table {
        "technology" => vec![
            ("name", texts()),
            ("name_key", texts()),
            ("licence", texts()),
            ("kind", codes(&["LANGUAGE", "FRAMEWORK", "TOOL", "SPOON"])),
            ("first_appeared", values(world::year())),
            ("is_maintained", values(any::<bool>())),
            ("adopter_count", values(world::count())),
            ("created_at", values(world::moment())),
            ("steward_id", values(select(world::ids(4)))),
        ],
        "company" => vec![
            ("name_key", texts()),
            ("founded", values(world::year())),
            ("technology_count", values(world::count())),
        ],
        "usage" => vec![
            ("note", texts()),
            ("status", codes(&["CURRENT", "PAST", "UNKNOWN"])),
            ("since", values(world::day())),
            ("confidence", values(world::confidence())),
            ("created_at", values(world::moment())),
        ],
        "evidence" => vec![("grade", codes(&["OFFICIAL", "LISTED"]))],
        "technology_relation" => vec![("kind", codes(&["RUNS_ON", "ALTERNATIVE_TO"]))],
        "alias" => vec![("text", texts())],
        "skill_area_technology" => vec![("position", values(0..2_i32)), ("reason", texts())],
        _ => vec![("name_key", codes(&["g0", "g1"]))],
    }
}

const PARTS: &[&str] = &[
    "",
    "%",
    "_",
    "\\",
    "'",
    "\"",
    "🦀",
    "\u{301}",
    "e",
    "é",
    "go",
    "G",
    "a_",
    "日",
    "z",
    "\u{10FFFF}",
    "\u{d7ff}",
    "\t",
    "10",
    "say \"",
];

fn test(values: Values) -> BoxedStrategy<Test> {
    let list = vec(values.clone(), 0..4);
    prop_oneof![
        values.clone().prop_map(Test::Eq),
        values.clone().prop_map(Test::Ne),
        values.clone().prop_map(Test::Lt),
        values.clone().prop_map(Test::Lte),
        values.clone().prop_map(Test::Gt),
        values.prop_map(Test::Gte),
        list.clone().prop_map(Test::In),
        list.clone().prop_map(Test::Among),
        list.prop_map(Test::NotIn),
        any::<bool>().prop_map(Test::IsNull),
    ]
    .boxed()
}

fn text_test() -> BoxedStrategy<Test> {
    let part = || select(PARTS).prop_map(str::to_owned);
    prop_oneof![
        1 => part().prop_map(Test::Contains),
        1 => part().prop_map(Test::StartsWith),
        2 => test(values(world::text())),
    ]
    .boxed()
}

fn column_test(table: &str) -> BoxedStrategy<Filter> {
    let tests = columns(table).into_iter().map(|(column, values)| {
        let is_text = matches!(column, "name" | "name_key" | "licence" | "note" | "text");
        let test = if is_text { text_test() } else { test(values) };
        test.prop_map(move |test| Filter::Column(column, test))
            .boxed()
    });
    proptest::strategy::Union::new(tests).boxed()
}

/// A filter on the rows of a table, as deep as `depth` relations.
pub fn filter(table: &'static str, depth: u32) -> BoxedStrategy<Filter> {
    let mut leaves = vec![column_test(table)];
    if depth > 0 {
        for tie in TIES.iter().filter(|tie| tie.from == table) {
            let quantifiers = select(&[Quantifier::Some, Quantifier::Every, Quantifier::None][..]);
            let inner = prop_oneof![1 => Just(Filter::ALL), 4 => filter(tie.table, depth - 1)];
            let relation = tie.relation.expect("ties have one");
            let quantified = (quantifiers, inner).prop_map(move |(quantifier, inner)| {
                Filter::Related(relation, quantifier, Box::new(inner))
            });
            leaves.push(quantified.boxed());
        }
    }
    let leaf = proptest::strategy::Union::new(leaves);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Filter::All),
            vec(inner.clone(), 0..3).prop_map(Filter::Any),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

on_both_databases! {
    a_filter_keeps_exactly_the_rows_that_pass
    a_negation_keeps_exactly_the_others
    the_count_is_the_number_of_rows_kept
    text_is_found_letter_by_letter
    text_that_no_column_can_hold_matches_nothing
}

mod check {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use entity::technology;
    use futures_util::future::join_all;
    use sea_orm::DatabaseConnection;
    use stack_atlas::store::{CountOf, PageQuery, PageRequest, Projection, Record, Store};

    use super::*;
    use crate::database::{Place, fill};
    use crate::lists::{List, for_table, list, read, rows_of};
    use crate::reference::{Tables, integer};
    use crate::world::World;

    /// The ids of the rows of `E` that the database keeps.
    async fn kept<E: Record<Model: serde::Serialize>>(
        db: &DatabaseConnection,
        filter: &Filter,
    ) -> BTreeSet<i64> {
        let reader = Store::new(db.clone()).reader(Projection::default());
        let request = PageRequest {
            filter: Some(filter.clone()),
            limit: 1000,
            ..PageRequest::default()
        };
        let pages = read::<E>(&reader, &[(0, 0)], request).await;
        rows_of(&pages[0])
            .iter()
            .filter_map(|row| integer(row, "id"))
            .collect()
    }

    fn filters() -> impl Strategy<Value = (&'static str, Vec<Filter>)> {
        select(&["technology", "company", "usage"][..])
            .prop_flat_map(|table| (Just(table), vec(filter(table, 2), 1..12)))
    }

    pub fn a_filter_keeps_exactly_the_rows_that_pass(place: &Place) {
        let cases = (world::world(), filters());
        place.property(48, &cases, async |db, (world, (table, filters))| {
            fill(db, &world).await;
            let tables = Tables::new(&world);
            for filter in filters {
                let passing = tables
                    .rows(table)
                    .iter()
                    .filter(|row| tables.keeps(table, row, &filter));
                let expected: BTreeSet<i64> =
                    passing.filter_map(|row| integer(row, "id")).collect();
                assert_eq!(for_table!(table, kept(db, &filter)), expected, "{filter:?}");
            }
        });
    }

    pub fn a_negation_keeps_exactly_the_others(place: &Place) {
        let cases = (world::world(), filters());
        place.property(24, &cases, async |db, (world, (table, filters))| {
            fill(db, &world).await;
            let all = for_table!(table, kept(db, &Filter::ALL));
            for filter in filters {
                let kept_by_it = for_table!(table, kept(db, &filter));
                let not = Filter::Not(Box::new(filter));
                let expected: BTreeSet<i64> = all.difference(&kept_by_it).copied().collect();
                assert_eq!(for_table!(table, kept(db, &not)), expected, "{not:?}");
            }
        });
    }

    async fn counts<E: Record>(
        db: &DatabaseConnection,
        list: &List,
        tables: &Tables,
        at_most: Option<u64>,
    ) -> Vec<i64> {
        let reader = Store::new(db.clone()).reader(Projection::default());
        let query = PageQuery::<E>::new(list.request::<E>()).expect("no cursor");
        let query = Arc::new(query);
        let counts = list.parents(tables).into_iter().map(|parent| {
            reader.load(CountOf {
                parent,
                query: Arc::clone(&query),
                at_most,
            })
        });
        let counts = reader.drive(join_all(counts)).await.into_iter();
        let counts = counts
            .map(|count| count.expect("readable").expect("counted"))
            .collect();
        assert_eq!(reader.spent().statements, 1);
        counts
    }

    pub fn the_count_is_the_number_of_rows_kept(place: &Place) {
        let cases = (
            world::world(),
            vec(list(), 1..6),
            prop::option::of(0_u64..4),
        );
        place.property(24, &cases, async |db, (world, lists, at_most)| {
            fill(db, &world).await;
            let tables = Tables::new(&world);
            for list in lists {
                let counts = for_table!(list.tie.table, counts(db, &list, &tables, at_most));
                let expected = list.parents(&tables).into_iter().map(|parent| {
                    let rows = tables.list(list.tie, parent, &list.filter, &[]).len();
                    let rows = i64::try_from(rows).expect("few");
                    at_most.map_or(rows, |most| rows.min(i64::try_from(most).expect("few")))
                });
                assert_eq!(counts, expected.collect::<Vec<_>>(), "{list:?}");
            }
        });
    }

    pub fn text_is_found_letter_by_letter(place: &Place) {
        let words = "[a-c%_\\\\'\"é🦀\u{301}\u{10FFFF}\u{d7ff}\u{e000}]{0,4}";
        let cases = (vec(words, 1..8), vec(words, 1..8));
        place.property(32, &cases, async |db, (names, parts)| {
            let mut world = World::default();
            for (at, name) in names.iter().enumerate() {
                let mut technology = template(at);
                name.clone_into(&mut technology.name);
                world.technologies.push(technology);
            }
            fill(db, &world).await;
            let tables = Tables::new(&world);
            for part in parts {
                for test in [Test::Contains(part.clone()), Test::StartsWith(part)] {
                    let filter = Filter::Column("name", test);
                    let rows = tables.rows("technology").iter();
                    let passing = rows.filter(|row| tables.keeps("technology", row, &filter));
                    let expected = passing.filter_map(|row| integer(row, "id")).collect();
                    assert_eq!(
                        kept::<technology::Entity>(db, &filter).await,
                        expected,
                        "{filter:?}"
                    );
                }
            }
        });
    }

    pub fn text_that_no_column_can_hold_matches_nothing(place: &Place) {
        let world = World {
            technologies: vec![template(0)],
            ..World::default()
        };
        place.run(async {
            fill(&place.db, &world).await;
            let text = || Value::from("go\0");
            let one = || BTreeSet::from([world::id(0)]);
            let cases = [
                (Test::Eq(text()), BTreeSet::new()),
                (Test::Ne(text()), one()),
                (Test::In(vec![text()]), BTreeSet::new()),
                (Test::In(vec![text(), "go".into()]), one()),
                (Test::NotIn(vec![text()]), one()),
                (Test::Contains("go\0".into()), BTreeSet::new()),
                (Test::StartsWith("go\0".into()), BTreeSet::new()),
                (Test::Lt(text()), one()),
                (Test::Gt(text()), BTreeSet::new()),
            ];
            for (test, expected) in cases {
                let filter = Filter::Column("name", test);
                assert_eq!(
                    kept::<technology::Entity>(&place.db, &filter).await,
                    expected,
                    "{filter:?}"
                );
            }
        });
    }

    fn template(at: usize) -> technology::Model {
        technology::Model {
            id: world::id(at),
            slug: format!("t{at}"),
            name: "go".into(),
            name_key: "go".into(),
            description: None,
            kind: entity::enums::TechnologyKind::Tool,
            summary: None,
            website: None,
            repository: None,
            first_appeared: None,
            is_maintained: None,
            licence: None,
            steward_id: None,
            adopter_count: 0,
            created_at: world::start(),
            updated_at: world::start(),
            revision: 1,
        }
    }
}
