//! What is asked at the same time is one statement, and nobody pays for another's failure.

use crate::database::on_both_databases;

on_both_databases! {
    a_nested_list_is_one_statement_however_many_its_parents
    a_tree_of_lists_is_one_statement_for_each_level
    nothing_is_asked_twice
    links_bring_the_rows_that_they_tie
    a_batch_that_panics_fails_those_who_asked
    a_table_that_is_gone_fails_only_what_reads_it
}

/// Takes no database to see.
#[test]
fn a_question_waits_in_little_room() {
    crate::database::on_sqlite(check::a_question_waits_in_little_room);
}

#[test]
fn an_answer_outlives_whoever_sent_its_batch() {
    crate::database::on_sqlite(check::an_answer_outlives_whoever_sent_its_batch);
}

mod check {
    use std::collections::BTreeMap;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use entity::{company, evidence, skill_area, skill_area_technology, source, technology, usage};
    use futures_util::future::{join, join_all, join3};
    use futures_util::poll;
    use sea_orm::{ConnectionTrait as _, DatabaseConnection};
    use stack_atlas::store::{
        CountOf, Key, Lookup, PageOf, PageQuery, PageRequest, Projection, Question, Reader,
        Relation, SortKey, Spent, Store, StoreError, relations,
    };

    use crate::database::{self, Place, numbers};
    use crate::lists::{ask, read};
    use crate::world;

    /// `technologies` of them, each used by seven companies, with five pieces of evidence each.
    async fn prepare(db: &DatabaseConnection, technologies: usize) {
        database::fill(db, &world::World::default()).await;
        let stamps = "'2020-01-01T00:00:00+00:00', '2020-01-01T00:00:00+00:00', 1";
        let named = "id, slug, name, name_key, created_at, updated_at, revision";
        for (table, kind, rows) in [
            ("source", "", 1),
            ("company", "", 7),
            ("technology", ", kind", technologies),
        ] {
            let kind_value = if kind.is_empty() { "" } else { ", 'TOOL'" };
            let insert = format!(
                "INSERT INTO {table} ({named}{kind}) \
                 SELECT n.i, 'x' || n.i, 'X', 'x', {stamps}{kind_value} FROM ({}) n",
                numbers(rows)
            );
            db.execute_unprepared(&insert).await.expect("legal");
        }
        let usages = format!(
            "INSERT INTO usage (id, company_id, technology_id, status, confidence, created_at, updated_at, revision) \
             SELECT t.i * 10 + c.i, c.i, t.i, 'CURRENT', c.i / 10.0, {stamps} FROM ({}) t CROSS JOIN ({}) c",
            numbers(technologies),
            numbers(7)
        );
        db.execute_unprepared(&usages).await.expect("legal");
        let evidence = format!(
            "INSERT INTO evidence (usage_id, source_id, grade, created_at, updated_at, revision) \
             SELECT u.id, 1, 'LISTED', {stamps} FROM usage u CROSS JOIN ({}) e",
            numbers(5)
        );
        db.execute_unprepared(&evidence).await.expect("legal");
    }

    fn reader(db: &DatabaseConnection) -> Reader {
        Store::new(db.clone()).reader(Projection::default())
    }

    fn first(relation: Option<&'static Relation>, limit: u64) -> PageRequest {
        PageRequest {
            relation,
            limit,
            probe: true,
            cursors: true,
            ..PageRequest::default()
        }
    }

    fn spent(statements: u64, rows: u64) -> Spent {
        Spent { statements, rows }
    }

    pub fn a_nested_list_is_one_statement_however_many_its_parents(place: &Place) {
        place.run(async {
            prepare(&place.db, 300).await;
            for parents in [2, 50, 300] {
                let ids: Vec<_> = (1..=parents).map(|id| (id, 0)).collect();
                let reader = reader(&place.db);
                let mut request = first(Some(&relations::technology::USAGES), 5);
                request.order = SortKey::column::<usage::Entity>("confidence")
                    .into_iter()
                    .collect();
                let pages = read::<usage::Entity>(&reader, &ids, request).await;
                assert!(
                    pages
                        .iter()
                        .all(|page| page.rows.len() == 5 && page.has_more)
                );
                assert_eq!(reader.spent(), spent(1, 6 * parents.unsigned_abs()));
            }
        });
    }

    pub fn a_tree_of_lists_is_one_statement_for_each_level(place: &Place) {
        place.run(async {
            prepare(&place.db, 100).await;
            // As a server runs it: in a task, each branch going on by itself.
            let reader = reader(&place.db);
            let driver = reader.clone();
            let request = async move {
                let roots = ask::<technology::Entity>(&reader, &[(0, 0)], first(None, 100)).await;
                let usages =
                    PageQuery::<usage::Entity>::new(first(Some(&relations::technology::USAGES), 5));
                let usages = Arc::new(usages.expect("no cursor"));
                let evidence =
                    PageQuery::<evidence::Entity>::new(first(Some(&relations::usage::EVIDENCE), 3));
                let evidence = Arc::new(evidence.expect("no cursor"));
                let branches = roots[0].rows.iter().map(|technology| {
                    let question = PageOf {
                        parent: (technology.model.id, 0),
                        query: Arc::clone(&usages),
                    };
                    let (reader, evidence) = (reader.clone(), Arc::clone(&evidence));
                    async move {
                        let usages = reader
                            .load(question)
                            .await
                            .expect("readable")
                            .expect("a page");
                        let leaves = usages.rows.iter().map(|usage| {
                            let parent = (usage.model.id, 0);
                            reader.load(PageOf {
                                parent,
                                query: Arc::clone(&evidence),
                            })
                        });
                        let leaves = join_all(leaves).await;
                        leaves
                            .into_iter()
                            .map(|leaf| leaf.expect("readable").expect("a page").rows.len())
                            .sum()
                    }
                });
                let leaves: Vec<usize> = join_all(branches).await;
                (leaves, reader.spent())
            };
            let task = tokio::spawn(async move { driver.drive(request).await });
            let (leaves, cost) = task.await.expect("no panic");
            assert_eq!(leaves, vec![15; 100]);
            assert_eq!(cost, spent(3, 100 + 100 * 6 + 500 * 4));
        });
    }

    /// Each field that asks holds such a future, and moves it: with all in it that it takes to
    /// connect to a database, it was three times as large.
    pub fn a_question_waits_in_little_room(place: &Place) {
        let reader = reader(&place.db);
        let query = PageQuery::<usage::Entity>::new(first(None, 1)).expect("no cursor");
        let query = Arc::new(query);
        let parent = (0, 0);
        let page = PageOf {
            parent,
            query: Arc::clone(&query),
        };
        let count = CountOf {
            parent,
            query,
            at_most: None,
        };
        let sizes = [
            size_of_val(&reader.load(page)),
            size_of_val(&reader.load(count)),
            size_of_val(&reader.load(Lookup::<company::Entity>::id(1))),
        ];
        assert!(sizes.iter().all(|size| *size <= 2048), "{sizes:?}");
    }

    pub fn nothing_is_asked_twice(place: &Place) {
        place.run(async {
            prepare(&place.db, 3).await;
            let reader = reader(&place.db);
            let request = || first(Some(&relations::technology::USAGES), 2);
            for _ in 0..2 {
                // Two fields with the same arguments, at once and later.
                let one = ask::<usage::Entity>(&reader, &[(1, 0), (2, 0)], request());
                let other = ask::<usage::Entity>(&reader, &[(2, 0), (1, 0)], request());
                let (one, other) = reader.drive(join(one, other)).await;
                assert!(Arc::ptr_eq(&one[0], &other[1]));
                assert_eq!(reader.spent().statements, 1);
            }
            for _ in 0..2 {
                let ids = [1, 999, 1, 999].map(|id| reader.load(Lookup::<company::Entity>::id(id)));
                let found = reader.drive(join_all(ids)).await;
                let found: Vec<_> = found
                    .into_iter()
                    .map(|row| row.expect("readable").is_some())
                    .collect();
                assert_eq!(found, [true, false, true, false]);
                assert_eq!(reader.spent().statements, 2, "a miss is remembered");
            }
        });
    }

    fn asks(fields: &[(&'static str, &str)]) -> Projection {
        let mut projection = Projection::default();
        for (table, field) in fields {
            let fields = projection.entry(table).or_default();
            fields.insert((*field).to_owned());
        }
        projection
    }

    pub fn links_bring_the_rows_that_they_tie(place: &Place) {
        place.property(24, &world::world(), async |db, world| {
            database::fill(db, &world).await;
            let technologies = world.technologies.iter();
            let parents: Vec<_> = technologies.map(|row| (row.id, 0)).collect();
            let request = || first(Some(&relations::technology::SKILL_AREAS), 10);
            // Nobody asks for the areas; for the parents; for the areas' names and the parents.
            for (fields, brings) in [
                (vec![("skill_area_technology", "reason")], false),
                (vec![("skill_area_technology", "technology")], false),
                (
                    vec![
                        ("skill_area_technology", "skill_area"),
                        ("skill_area_technology", "technology"),
                        ("skill_area", "name"),
                    ],
                    true,
                ),
            ] {
                let store = Store::new(db.clone());
                let reader = store.reader(asks(&fields));
                let pages =
                    read::<skill_area_technology::Entity>(&reader, &parents, request()).await;
                let links = pages.iter().flat_map(|page| &page.rows);
                let areas: Vec<_> = links.map(|link| link.model.skill_area_id).collect();
                assert_eq!(areas.len(), world.relevances.len());
                assert_eq!(reader.spent(), spent(1, areas.len() as u64));

                let areas = &areas;
                let load = |reader: Reader| async move {
                    let found = areas
                        .iter()
                        .map(|id| reader.load(Lookup::<skill_area::Entity>::id(*id)));
                    let found = reader.drive(join_all(found)).await;
                    let found = found.into_iter().map(|area| area.expect("readable"));
                    (found.collect::<Vec<_>>(), reader.spent().statements)
                };
                let (alone, _) = load(store.reader(asks(&fields))).await;
                let (brought, statements) = load(reader).await;
                assert_eq!(brought, alone);
                let is_asked = !brings && !brought.is_empty();
                assert_eq!(statements, 1 + u64::from(is_asked), "{fields:?}");
            }
        });
    }

    /// Is answered once the gate is open; counts the batches that were sent.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    struct Gated(u32);

    static SENT: AtomicU32 = AtomicU32::new(0);
    static OPEN: AtomicU32 = AtomicU32::new(0);

    impl Question for Gated {
        type Answer = u32;

        async fn ask(_: &Reader, batch: &[Self]) -> Result<Vec<(Self, u32)>, StoreError> {
            SENT.fetch_add(1, Ordering::SeqCst);
            while OPEN.load(Ordering::SeqCst) == 0 {
                tokio::task::yield_now().await;
            }
            Ok(batch
                .iter()
                .map(|question| (question.clone(), question.0))
                .collect())
        }
    }

    type Waiter = Pin<Box<dyn Future<Output = Result<Option<u32>, StoreError>>>>;

    /// Lets them go on until one sends a batch; says which.
    async fn send(waiters: &mut BTreeMap<u32, Waiter>) -> u32 {
        let before = SENT.load(Ordering::SeqCst);
        for _ in 0..10 {
            for (number, waiter) in waiters.iter_mut() {
                assert!(poll!(waiter).is_pending());
                if SENT.load(Ordering::SeqCst) > before {
                    return *number;
                }
            }
        }
        panic!("nobody sends");
    }

    pub fn an_answer_outlives_whoever_sent_its_batch(place: &Place) {
        place.run(async {
            let reader = reader(&place.db);
            let mut waiters: BTreeMap<u32, Waiter> = BTreeMap::new();
            for number in 0..6 {
                let reader = reader.clone();
                waiters.insert(
                    number,
                    Box::pin(async move { reader.load(Gated(number)).await }),
                );
            }
            for _ in 0..4 {
                // All ask; the one that sends the batch gives up before it is answered.
                let sender = send(&mut waiters).await;
                waiters.remove(&sender);
            }
            OPEN.store(1, Ordering::SeqCst);
            let answers = join_all(waiters.into_values()).await.into_iter();
            let answers: Vec<_> = answers.map(|answer| answer.expect("answered")).collect();
            assert_eq!(answers.len(), 2);
            assert!(answers.iter().all(Option::is_some));
        });
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    struct Cursed(u32);

    impl Question for Cursed {
        type Answer = u32;

        async fn ask(_: &Reader, batch: &[Self]) -> Result<Vec<(Self, u32)>, StoreError> {
            tokio::task::yield_now().await;
            panic!("{batch:?}")
        }
    }

    pub fn a_batch_that_panics_fails_those_who_asked(place: &Place) {
        place.run(async {
            prepare(&place.db, 1).await;
            let reader = reader(&place.db);
            let cursed = join_all((0..3).map(|number| reader.load(Cursed(number))));
            let good = reader.load(Lookup::<company::Entity>::id(1));
            let (cursed, good) = reader.drive(join(cursed, good)).await;
            assert!(
                cursed
                    .iter()
                    .all(|outcome| matches!(outcome, Err(StoreError::Panicked)))
            );
            assert!(good.expect("readable").is_some());
            let again = reader.drive(reader.load(Cursed(7))).await;
            assert!(matches!(again, Err(StoreError::Panicked)));
        });
    }

    pub fn a_table_that_is_gone_fails_only_what_reads_it(place: &Place) {
        place.run(async {
            prepare(&place.db, 2).await;
            let reader = reader(&place.db);
            place
                .db
                .execute_unprepared("DROP TABLE evidence")
                .await
                .expect("dropped");
            let query =
                PageQuery::<evidence::Entity>::new(first(Some(&relations::usage::EVIDENCE), 2));
            let query = Arc::new(query.expect("no cursor"));
            let gone = join_all((11..14).map(|id| {
                reader.load(PageOf {
                    parent: (id, 0),
                    query: Arc::clone(&query),
                })
            }));
            let row = reader.load(Lookup::<source::Entity>::new(Key::Slug("x1".into())));
            let there = ask::<usage::Entity>(
                &reader,
                &[(1, 0)],
                first(Some(&relations::technology::USAGES), 2),
            );
            let (gone, row, there) = reader.drive(join3(gone, row, there)).await;
            assert!(
                gone.iter()
                    .all(|outcome| matches!(outcome, Err(StoreError::Database(_))))
            );
            assert!(row.expect("readable").is_some());
            assert_eq!(there[0].rows.len(), 2);
        });
    }
}
