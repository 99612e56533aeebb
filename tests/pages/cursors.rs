//! A cursor leads only to where it came from; anything else is an error, never a panic.

use crate::database::on_both_databases;

on_both_databases! {
    a_cursor_of_another_list_is_foreign
    a_forged_cursor_is_malformed_or_can_be_read
    a_cursor_may_carry_a_long_text
}

mod check {
    use std::sync::Arc;

    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use entity::{company, product, technology, usage};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};
    use stack_atlas::store::{
        CursorError, Filter, PageOf, PageQuery, PageRequest, Projection, Record, SortKey, Store,
        Test,
    };

    use crate::database::{Place, fill};
    use crate::lists::read;
    use crate::world::{self, World};

    fn by<E: Record>(column: &str) -> SortKey {
        SortKey::column::<E>(column).expect("a column")
    }

    fn refusal<E: Record>(request: PageRequest) -> Option<(&'static str, CursorError)> {
        PageQuery::<E>::new(request).err()
    }

    pub fn a_cursor_of_another_list_is_foreign(place: &Place) {
        let companies = world::companies(3..4);
        place.property(4, &companies, async |db, companies| {
            fill(
                db,
                &World {
                    companies,
                    ..World::default()
                },
            )
            .await;
            let reader = Store::new(db.clone()).reader(Projection::default());
            let filter = |year: i32| Filter::Column("founded", Test::Ne(year.into()));
            let request = PageRequest {
                order: vec![by::<company::Entity>("name_key")],
                filter: Some(filter(1066)),
                limit: 5,
                cursors: true,
                ..PageRequest::default()
            };
            let page = read::<company::Entity>(&reader, &[(0, 0)], request.clone())
                .await
                .remove(0);
            let after = Some(page.rows[0].cursor.clone());
            let own = PageRequest {
                after: after.clone(),
                limit: 9,
                backward: true,
                ..request.clone()
            };
            assert_eq!(
                refusal::<company::Entity>(own),
                None,
                "size and direction may change"
            );

            let name = by::<company::Entity>("name_key");
            let orders = [
                vec![],
                vec![name.descending(true)],
                vec![name, by::<company::Entity>("founded")],
                vec![by::<company::Entity>("slug")],
            ];
            let others = orders.into_iter().map(|order| PageRequest {
                order,
                ..request.clone()
            });
            let filters = [
                None,
                Some(filter(1067)),
                Some(Filter::Not(Box::new(filter(1066)))),
            ];
            let others = others.chain(filters.map(|filter| PageRequest {
                filter,
                ..request.clone()
            }));
            for other in others {
                let after = PageRequest {
                    after: after.clone(),
                    ..other.clone()
                };
                assert_eq!(
                    refusal::<company::Entity>(after),
                    Some(("after", CursorError::Foreign))
                );
                let before = PageRequest {
                    before: page.rows.last().map(|r| r.cursor.clone()),
                    ..other
                };
                assert_eq!(
                    refusal::<company::Entity>(before),
                    Some(("before", CursorError::Foreign))
                );
            }
            let elsewhere = PageRequest {
                after,
                order: vec![by::<technology::Entity>("name_key")],
                ..request
            };
            let refused = refusal::<technology::Entity>(elsewhere);
            assert_eq!(
                refused,
                Some(("after", CursorError::Foreign)),
                "of another table"
            );
        });
    }

    fn odd_text() -> impl Strategy<Value = &'static str> {
        prop::sample::select(
            &[
                "",
                "\0",
                "a\0b",
                "2020-02-30",
                "2020-02-28",
                "-262143-01-01",
                "+262142-12-31",
                "-0001-01-01T00:00:00Z",
                "-262143-01-01T00:00:00Z",
                "+262142-12-31T23:59:59.999999999Z",
                "+290000-01-01T00:00:00Z",
                "2020-06-30T23:59:60Z",
                "2020-01-01T00:00:00.123456789+14:00",
            ][..],
        )
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            any::<u64>().prop_map(Json::from),
            any::<f64>().prop_map(Json::from),
            any::<String>().prop_map(Json::from),
            odd_text().prop_map(Json::from),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Json::from),
                vec(("[a-z]{0,3}", inner), 0..3).prop_map(|pairs| pairs.into_iter().collect()),
            ]
        })
    }

    /// Forged from a real one, so that it gets past the fingerprint.
    pub fn a_forged_cursor_is_malformed_or_can_be_read(place: &Place) {
        let text = prop_oneof![
            any::<String>().prop_map(|text| (text, false)),
            vec(any::<u8>(), 0..40).prop_map(|bytes| (URL_SAFE_NO_PAD.encode(bytes), false)),
            any_json().prop_map(|json| (URL_SAFE_NO_PAD.encode(json.to_string()), false)),
            vec(any_json(), 0..4).prop_map(|values| (json!(values).to_string(), true)),
            (any_json(), any::<i64>()).prop_map(|(one, id)| (json!([one, id]).to_string(), true)),
            (odd_text(), any::<i64>()).prop_map(|(one, id)| (json!([one, id]).to_string(), true)),
        ];
        let columns =
            prop::sample::select(&["note", "confidence", "since", "created_at", "id"][..]);
        let one = (
            world::companies(1..2),
            world::technologies(vec![world::id(0)], 1..2),
        )
            .prop_flat_map(|(companies, technologies)| {
                let ids = world::ids(1);
                let usages = world::usages(ids.clone(), ids.clone(), ids, 9);
                let usages = usages.prop_filter("some", |usages| !usages.is_empty());
                (Just(companies), Just(technologies), usages)
            });
        let world = one.prop_map(|(companies, technologies, usages)| World {
            products: vec![world::make_product(0)],
            companies,
            technologies,
            usages,
            ..World::default()
        });
        place.property(
            24,
            &(world, columns, vec(text, 32)),
            async |db, (world, column, texts)| {
                fill(db, &world).await;
                let reader = Store::new(db.clone()).reader(Projection::default());
                let request = PageRequest {
                    order: vec![by::<usage::Entity>(column)],
                    limit: 5,
                    cursors: true,
                    ..PageRequest::default()
                };
                let page = read::<usage::Entity>(&reader, &[(0, 0)], request.clone())
                    .await
                    .remove(0);
                let real = URL_SAFE_NO_PAD
                    .decode(&page.rows[0].cursor)
                    .expect("base64");
                let (fingerprint, _): (u32, Json) = serde_json::from_slice(&real).expect("JSON");
                for (text, forged) in texts {
                    let after = match forged {
                        true => URL_SAFE_NO_PAD.encode(format!("[{fingerprint},{text}]")),
                        false => text.clone(),
                    };
                    let request = PageRequest {
                        after: Some(after),
                        ..request.clone()
                    };
                    match PageQuery::<usage::Entity>::new(request) {
                        Err(refused) => {
                            assert_eq!(refused, ("after", CursorError::Malformed), "{text:?}")
                        }
                        Ok(query) => {
                            let question = PageOf {
                                parent: (0, 0),
                                query: Arc::new(query),
                            };
                            let page = reader.drive(reader.load(question)).await;
                            assert!(page.is_ok(), "by {column}, {text:?}: {:?}", page.err());
                        }
                    }
                }
            },
        );
    }

    pub fn a_cursor_may_carry_a_long_text(place: &Place) {
        place.run(async {
            let mut products: Vec<_> = (0..3).map(world::make_product).collect();
            for (product, letters) in products.iter_mut().zip([10, 500, 8_000]) {
                product.name_key = "🦀".repeat(letters);
            }
            fill(
                &place.db,
                &World {
                    products,
                    ..World::default()
                },
            )
            .await;
            let reader = Store::new(place.db.clone()).reader(Projection::default());
            let mut request = PageRequest {
                order: vec![by::<product::Entity>("name_key")],
                limit: 1,
                cursors: true,
                ..PageRequest::default()
            };
            for rows in [1, 1, 1, 0] {
                let page = read::<product::Entity>(&reader, &[(0, 0)], request.clone())
                    .await
                    .remove(0);
                assert_eq!(page.rows.len(), rows);
                request.after = page.rows.first().map(|row| row.cursor.clone());
            }
        });
    }
}
