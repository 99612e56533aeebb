//! Pages, put together, are the list: each row once, in order.

use crate::database::on_both_databases;

on_both_databases! {
    each_row_comes_once_in_every_order
    a_page_between_two_cursors_ends_at_both
    rows_come_back_as_they_were_written
    rows_that_stay_come_once_while_others_come_and_go
    more_rows_are_announced_only_if_there_are_any
}

mod check {
    use std::collections::BTreeSet;

    use entity::{company, usage};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;
    use sea_orm::{DatabaseConnection, EntityTrait as _};
    use serde::Serialize;
    use stack_atlas::store::{Filter, PageRequest, Parent, Projection, Reader, Record, Store};

    use crate::database::{Place, fill, insert};
    use crate::lists::{List, for_table, list, read, rows_of};
    use crate::reference::{Row, Tables, integer};
    use crate::world::{self, World};

    /// How a list is walked through.
    #[derive(Clone, Copy, Debug)]
    struct Walk {
        size: u64,
        backward: bool,
    }

    fn walk() -> impl Strategy<Value = Walk> {
        (1_u64..7, any::<bool>()).prop_map(|(size, backward)| Walk { size, backward })
    }

    fn reader(db: &DatabaseConnection) -> Reader {
        Store::new(db.clone()).reader(Projection::default())
    }

    /// The whole list of one parent, page by page; `between` is called between two pages.
    async fn pages<E: Record<Model: Serialize>>(
        db: &DatabaseConnection,
        list: &List,
        parent: Parent,
        walk: Walk,
        mut between: impl AsyncFnMut(),
    ) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut cursor = None;
        loop {
            let mut request = list.request::<E>();
            request.limit = walk.size;
            request.backward = walk.backward;
            match walk.backward {
                true => request.before = cursor,
                false => request.after = cursor,
            }
            let page = read::<E>(&reader(db), &[parent], request).await.remove(0);
            let found = rows_of(&page);
            assert!(found.len() as u64 <= walk.size);
            assert!(
                !page.has_more || found.len() as u64 == walk.size,
                "a page is full before the last"
            );
            let end = if walk.backward {
                page.rows.first()
            } else {
                page.rows.last()
            };
            cursor = end.map(|row| row.cursor.clone());
            let at = if walk.backward { 0 } else { rows.len() };
            rows.splice(at..at, found);
            if !page.has_more {
                return rows;
            }
            assert!(rows.len() < 10_000, "it ends");
            between().await;
        }
    }

    async fn walk_all<E: Record<Model: Serialize>>(
        db: &DatabaseConnection,
        tables: &Tables,
        list: &List,
        walk: Walk,
    ) {
        for parent in list.parents(tables) {
            let expected = tables.list(list.tie, parent, &list.filter, &list.keys);
            let found = pages::<E>(db, list, parent, walk, async || {}).await;
            let id = list.tie.tie_break();
            let found: Vec<_> = found.iter().map(|row| integer(row, id)).collect();
            let expected: Vec<_> = expected.iter().map(|row| integer(row, id)).collect();
            assert_eq!(found, expected, "{list:?} {parent:?} {walk:?}");
        }
    }

    pub fn each_row_comes_once_in_every_order(place: &Place) {
        let cases = (world::world(), vec((list(), walk()), 1..6));
        place.property(64, &cases, async |db, (world, walks)| {
            fill(db, &world).await;
            let tables = Tables::new(&world);
            for (list, walk) in walks {
                for_table!(list.tie.table, walk_all(db, &tables, &list, walk));
            }
        });
    }

    /// Cuts pieces out of every parent's list, all parents by one statement.
    async fn cut<E: Record<Model: Serialize>>(
        db: &DatabaseConnection,
        tables: &Tables,
        list: &List,
        walk: Walk,
        ends: (Index, Index),
    ) {
        let parents = list.parents(tables);
        let whole = PageRequest {
            limit: 1000,
            ..list.request::<E>()
        };
        let reader = reader(db);
        let wholes = read::<E>(&reader, &parents, whole).await;
        assert_eq!(reader.spent().statements, 1);
        for (page, parent) in wholes.iter().zip(&parents) {
            let rows = tables.list(list.tie, *parent, &list.filter, &list.keys);
            assert_eq!(
                rows_of(page).iter().collect::<Vec<_>>(),
                rows,
                "{list:?} {parent:?}"
            );
            if rows.is_empty() {
                continue;
            }
            let (after, before) = (ends.0.index(rows.len()), ends.1.index(rows.len()));
            let request = PageRequest {
                limit: walk.size,
                backward: walk.backward,
                after: Some(page.rows[after].cursor.clone()),
                before: Some(page.rows[before].cursor.clone()),
                ..list.request::<E>()
            };
            let piece = read::<E>(&reader, &[*parent], request).await.remove(0);
            let between = rows.get(after + 1..before).unwrap_or_default();
            let size = usize::try_from(walk.size)
                .expect("small")
                .min(between.len());
            let expected = match walk.backward {
                true => &between[between.len() - size..],
                false => &between[..size],
            };
            assert_eq!(rows_of(&piece).iter().collect::<Vec<_>>(), expected);
            assert_eq!(piece.has_more, between.len() > size);
        }
    }

    pub fn a_page_between_two_cursors_ends_at_both(place: &Place) {
        let cases = (
            world::world(),
            vec((list(), walk(), any::<(Index, Index)>()), 1..6),
        );
        place.property(48, &cases, async |db, (world, cuts)| {
            fill(db, &world).await;
            let tables = Tables::new(&world);
            for (list, walk, ends) in cuts {
                for_table!(list.tie.table, cut(db, &tables, &list, walk, ends));
            }
        });
    }

    pub fn rows_come_back_as_they_were_written(place: &Place) {
        place.property(48, &world::world(), async |db, world| {
            fill(db, &world).await;
            let reader = reader(db);
            let request = PageRequest {
                limit: 1000,
                ..PageRequest::default()
            };
            let page = read::<usage::Entity>(&reader, &[(0, 0)], request.clone())
                .await
                .remove(0);
            let found = page.rows.iter().map(|row| &*row.model);
            let mut written: Vec<_> = world.usages.iter().collect();
            written.sort_by_key(|row| row.id);
            assert_eq!(found.collect::<Vec<_>>(), written);

            let page = read::<company::Entity>(&reader, &[(0, 0)], request)
                .await
                .remove(0);
            let found = page.rows.iter().map(|row| &*row.model);
            let mut written: Vec<_> = world.companies.iter().collect();
            written.sort_by_key(|row| row.id);
            assert_eq!(found.collect::<Vec<_>>(), written);
        });
    }

    /// Half of the usages are there all the time, of the others each is there for a while.
    async fn walk_while_changing<E: Record<Model: Serialize>>(
        db: &DatabaseConnection,
        world: &World,
        list: &List,
        walk: Walk,
    ) {
        let (stay, pass): (Vec<_>, Vec<_>) = world
            .usages
            .iter()
            .cloned()
            .partition(|row| row.id % 2 == 0);
        for parent in list.parents(&Tables::new(world)) {
            let (early, mut late) = pass.split_at(pass.len() / 2);
            let mut early = early.to_vec();
            fill(
                db,
                &World {
                    usages: [&stay[..], &early].concat(),
                    evidence: vec![],
                    ..world.clone()
                },
            )
            .await;
            let found = pages::<E>(db, list, parent, walk, async || {
                if let Some(row) = early.pop() {
                    let deleted = usage::Entity::delete_by_id(row.id).exec(db).await;
                    deleted.expect("it was there");
                }
                if let Some((row, rest)) = late.split_first() {
                    insert::<usage::Entity>(db, std::slice::from_ref(row)).await;
                    late = rest;
                }
            });
            let found: Vec<_> = found
                .await
                .iter()
                .filter_map(|row| integer(row, "id"))
                .collect();
            let unique: BTreeSet<_> = found.iter().collect();
            assert_eq!(unique.len(), found.len(), "no row twice: {list:?} {walk:?}");
            let stayed = World {
                usages: stay.clone(),
                ..world.clone()
            };
            let tables = Tables::new(&stayed);
            let expected = tables.list(list.tie, parent, &list.filter, &list.keys);
            let expected: Vec<_> = expected
                .iter()
                .filter_map(|row| integer(row, "id"))
                .collect();
            let found = found
                .into_iter()
                .filter(|id| stay.iter().any(|row| row.id == *id));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{list:?} {walk:?}");
        }
    }

    pub fn rows_that_stay_come_once_while_others_come_and_go(place: &Place) {
        let lists = list().prop_filter("of usages", |list| list.tie.table == "usage");
        let lists = lists.prop_map(|list| List {
            filter: Filter::ALL,
            ..list
        });
        let cases = (world::world(), lists, walk());
        place.property(32, &cases, async |db, (world, list, walk)| {
            walk_while_changing::<usage::Entity>(db, &world, &list, walk).await;
        });
    }

    /// Five rows; whether more follow, by the page's size and where it starts.
    pub fn more_rows_are_announced_only_if_there_are_any(place: &Place) {
        let companies = world::companies(5..6);
        place.property(6, &companies, async |db, companies| {
            fill(
                db,
                &World {
                    companies,
                    ..World::default()
                },
            )
            .await;
            let all = PageRequest {
                limit: 5,
                cursors: true,
                ..PageRequest::default()
            };
            let all = read::<company::Entity>(&reader(db), &[(0, 0)], all)
                .await
                .remove(0);
            let cursor = |at: usize| Some(all.rows[at].cursor.clone());
            // Cursor, rows beyond it forwards, rows beyond it backwards.
            let starts = [
                (None, 5, 5),
                (cursor(0), 4, 0),
                (cursor(2), 2, 2),
                (cursor(4), 0, 4),
            ];
            for (cursor, forwards, backwards) in starts {
                for (limit, probe) in (0..7_u64).flat_map(|limit| [(limit, true), (limit, false)]) {
                    let request = PageRequest {
                        limit,
                        probe,
                        ..PageRequest::default()
                    };
                    let after = PageRequest {
                        after: cursor.clone(),
                        ..request.clone()
                    };
                    let before = PageRequest {
                        before: cursor.clone(),
                        backward: true,
                        ..request
                    };
                    for (request, left) in [(after, forwards), (before, backwards)] {
                        let case = format!("{request:?}");
                        let page = read::<company::Entity>(&reader(db), &[(0, 0)], request)
                            .await
                            .remove(0);
                        assert_eq!(page.rows.len() as u64, limit.min(left), "{case}");
                        assert_eq!(page.has_more, probe && left > limit, "{case}");
                    }
                }
            }
            for limit in [u64::MAX, i64::MAX as u64, i64::MAX as u64 - 1] {
                let request = PageRequest {
                    limit,
                    probe: true,
                    ..PageRequest::default()
                };
                let page = read::<company::Entity>(&reader(db), &[(0, 0)], request)
                    .await
                    .remove(0);
                assert_eq!((page.rows.len(), page.has_more), (5, false));
            }
        });
    }
}
