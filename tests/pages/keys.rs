//! Rows by whatever identifies them.

use crate::database::on_both_databases;

on_both_databases! {
    any_mixture_of_keys_is_one_statement
    a_key_that_nothing_has_costs_only_its_own_answer
    forty_thousand_ids_are_one_statement
}

mod check {
    use std::sync::Arc;

    use entity::enums::EntityKind;
    use entity::{alias, company, external_id, language, product};
    use futures_util::future::{join, join_all};
    use proptest::prelude::*;
    use proptest::sample::select;
    use sea_orm::DatabaseConnection;
    use stack_atlas::store::text::fold_name;
    use stack_atlas::store::{Key, Lookup, Projection, Store};

    use crate::database::{self, Place, fill};
    use crate::world::{self, World};

    fn company(at: usize, name: &str) -> company::Model {
        company::Model {
            id: world::id(at),
            slug: name.to_lowercase(),
            name: name.into(),
            name_key: fold_name(name),
            description: None,
            summary: None,
            website: None,
            country: None,
            industry: None,
            founded: None,
            technology_count: 0,
            created_at: world::start(),
            updated_at: world::start(),
            revision: 1,
        }
    }

    fn alias(at: usize, kind: EntityKind, key: &str, entity_id: i64) -> alias::Model {
        alias::Model {
            id: world::id(at),
            entity_kind: kind,
            key: key.into(),
            text: key.into(),
            entity_id,
        }
    }

    fn external(
        at: usize,
        kind: EntityKind,
        scheme: &str,
        value: &str,
        entity_id: i64,
    ) -> external_id::Model {
        external_id::Model {
            id: world::id(at),
            entity_kind: kind,
            entity_id,
            scheme: scheme.into(),
            value: value.into(),
        }
    }

    /// Three companies; the first was once called `olda`, the second is called as the third was.
    async fn prepare(db: &DatabaseConnection) {
        let companies = vec![
            company(0, "Acme"),
            company(1, "Basis"),
            company(2, "Cöln-9"),
        ];
        let id = world::id;
        let aliases = vec![
            alias(0, EntityKind::Company, "olda", id(0)),
            alias(1, EntityKind::Company, "acmeinc", id(0)),
            alias(2, EntityKind::Company, "basis", id(2)),
            alias(3, EntityKind::Company, "gone", 123_456),
            alias(4, EntityKind::Product, "acmewidget", id(1)),
            alias(5, EntityKind::Company, "c++", id(1)),
        ];
        fill(
            db,
            &World {
                companies,
                aliases,
                ..World::default()
            },
        )
        .await;
        let externals = [
            external(0, EntityKind::Company, "wikidata", "Q1", id(1)),
            external(1, EntityKind::Product, "wikidata", "Q2", id(0)),
            external(2, EntityKind::Company, "id", "5", id(2)),
            external(3, EntityKind::Company, "slug", "acme", id(2)),
            external(
                4,
                EntityKind::Company,
                "github",
                "It's \"quoted\" \\ 🦀",
                id(0),
            ),
        ];
        database::insert::<external_id::Entity>(db, &externals).await;
    }

    fn outside(scheme: &str, value: &str) -> Key {
        Key::External {
            scheme: scheme.into(),
            value: value.into(),
        }
    }

    /// Keys, and which of the companies they stand for.
    fn answers() -> Vec<(Key, Option<usize>)> {
        let (slug, name) = (
            |text: &str| Key::Slug(text.into()),
            |text: &str| Key::Alias(text.into()),
        );
        vec![
            (Key::Id(world::id(0)), Some(0)),
            (Key::Id(world::id(2)), Some(2)),
            (Key::Id(-1), None),
            (Key::Id(i64::MIN), None),
            (slug("acme"), Some(0)),
            (slug("olda"), Some(0)),
            (slug("old-a"), Some(0)),
            (slug("basis"), Some(1)),
            (slug("cöln-9"), Some(2)),
            (slug("nobody"), None),
            (slug(""), None),
            (slug("gone"), None),
            (slug("acmewidget"), None),
            (name("Acme, Inc."), Some(0)),
            (name("Basis"), Some(2)),
            (name("C++"), Some(1)),
            (name("C"), None),
            (name("--"), None),
            (name("Acme"), Some(0)),
            (name(" ACME "), Some(0)),
            (name("Cöln-9"), Some(2)),
            (outside("wikidata", "Q1"), Some(1)),
            (outside("wikidata", "Q2"), None),
            (outside("wikidata", "q1"), None),
            (outside("id", "5"), Some(2)),
            (outside("id", "x"), None),
            (outside("slug", "acme"), Some(2)),
            (outside("github", "It's \"quoted\" \\ 🦀"), Some(0)),
            (outside("", ""), None),
        ]
    }

    pub fn any_mixture_of_keys_is_one_statement(place: &Place) {
        place.run(prepare(&place.db));
        let batches = prop::collection::vec(select(answers()), 1..30);
        place.property(48, &batches, async |db, batch| {
            let reader = Store::new(db.clone()).reader(Projection::default());
            let lookups = batch
                .iter()
                .map(|(key, _)| reader.load(Lookup::<company::Entity>::new(key.clone())));
            let found = reader.drive(join_all(lookups)).await;
            for ((key, company), found) in batch.iter().zip(found) {
                let found = found
                    .expect("readable")
                    .map(|row: Arc<company::Model>| row.id);
                assert_eq!(found, company.map(world::id), "{key:?}");
            }
            assert_eq!(reader.spent().statements, 1);
        });
    }

    pub fn a_key_that_nothing_has_costs_only_its_own_answer(place: &Place) {
        place.run(async {
            prepare(&place.db).await;
            let reader = Store::new(place.db.clone()).reader(Projection::default());
            let long = "x".repeat(100_000);
            let odd = [
                "acme\0",
                "\0",
                "acme\0x",
                "%",
                "'; --",
                "\u{FFFF}",
                long.as_str(),
            ];
            let odd = odd.iter().flat_map(|text| {
                let text = String::from(*text);
                let (scheme, value) = (text.clone(), text.clone());
                let external = [
                    Key::External {
                        scheme,
                        value: "acme".into(),
                    },
                    Key::External {
                        scheme: "slug".into(),
                        value,
                    },
                ];
                [Key::Slug(text)].into_iter().chain(external)
            });
            let odd = odd.map(|key| reader.load(Lookup::<company::Entity>::new(key)));
            let good = reader.load(Lookup::<company::Entity>::new(Key::Slug("acme".into())));
            let (odd, good) = reader.drive(join(join_all(odd), good)).await;
            let good = good.expect("readable").expect("there");
            assert_eq!(good.id, world::id(0));
            for answer in odd {
                assert!(answer.expect("readable").is_none());
            }
            assert_eq!(reader.spent().statements, 1);

            let slugless = Lookup::<language::Entity>::new(Key::Slug("acme".into()));
            let slugless = reader.drive(reader.load(slugless)).await;
            assert!(
                slugless.expect("readable").is_none(),
                "a table without slugs"
            );
        });
    }

    pub fn forty_thousand_ids_are_one_statement(place: &Place) {
        place.run(async {
            let there: Vec<_> = (0..400).map(world::make_product).collect();
            fill(
                &place.db,
                &World {
                    products: there.clone(),
                    ..World::default()
                },
            )
            .await;
            let reader = Store::new(place.db.clone()).reader(Projection::default());
            let wanted = (0..40_000).map(|id| reader.load(Lookup::<product::Entity>::id(id)));
            let found = reader.drive(join_all(wanted)).await;
            for (id, answer) in (0..40_000).zip(found) {
                let expected = there.iter().find(|row| row.id == id);
                assert_eq!(answer.expect("readable").as_deref(), expected);
            }
            assert_eq!(reader.spent().statements, 1);

            let wanted = (0..40_000).map(|at| {
                let slug = Key::Slug(format!("p{at}"));
                reader.load(Lookup::<product::Entity>::new(slug))
            });
            let found = reader.drive(join_all(wanted)).await;
            assert_eq!(
                found
                    .iter()
                    .filter(|answer| matches!(answer, Ok(Some(_))))
                    .count(),
                400
            );
            assert_eq!(reader.spent().statements, 2);
        });
    }
}
