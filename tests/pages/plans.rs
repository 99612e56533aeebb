//! Lists are found by seeking in an index, however many rows there are beside them.

use crate::database::on_both_databases;

on_both_databases! {
    a_page_below_a_parent_is_a_seek
    a_page_of_a_whole_table_is_a_seek
    a_page_by_what_can_be_missing_is_a_seek
    a_page_of_what_belongs_to_one_row_is_a_seek
    a_page_of_names_to_review_is_a_seek
    a_page_of_what_a_slug_names_is_a_seek
    rows_by_their_numbers_are_seeks
}

mod check {
    use std::sync::{Arc, Mutex};

    use entity::{company, review_item, technology, usage};
    use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
    use stack_atlas::store::{
        BySlug, Filter, Lookup, PageOf, PageQuery, PageRequest, Parent, Projection, Quantifier,
        Reader, Record, SortKey, Store, Test, relations,
    };

    use crate::database::{Place, numbers};
    use crate::lists::read;

    const NAMED: &str = "id, slug, name, name_key, created_at, updated_at, revision";
    const USAGE: &str =
        "company_id, technology_id, confidence, status, created_at, updated_at, revision";
    const STAMPS: &str = "'2020-01-01T00:00:00+00:00', '2020-01-01T00:00:00+00:00', 1";

    /// One technology with 20,000 usages, 1,000 technologies with three each.
    async fn prepare(db: &DatabaseConnection) {
        let (many, some) = (numbers(20_000), numbers(1_001));
        let commands = [
            format!(
                "INSERT INTO company ({NAMED}) \
                 SELECT n.i, 'c' || n.i, 'C', 'c' || (n.i % 500), {STAMPS} FROM ({many}) n"
            ),
            format!(
                "INSERT INTO technology ({NAMED}, kind, adopter_count) \
                 SELECT n.i, 't' || n.i, 'T', 't' || (n.i % 300), {STAMPS}, \
                 CASE n.i % 2 WHEN 0 THEN 'TOOL' ELSE 'LANGUAGE' END, n.i % 50 FROM ({some}) n"
            ),
            format!(
                "INSERT INTO usage ({USAGE}) \
                 SELECT n.i, 1, (n.i % 100) / 100.0, 'CURRENT', {STAMPS} FROM ({many}) n"
            ),
            // A third of them has no beginning.
            "UPDATE usage SET since = '2021-01-01' WHERE company_id % 3 = 1".to_owned(),
            "UPDATE usage SET since = '2022-02-02' WHERE company_id % 3 = 2".to_owned(),
            format!(
                "INSERT INTO usage ({USAGE}) \
                 SELECT t.i * 7 + c.i, t.i, c.i / 10.0, 'CURRENT', {STAMPS} \
                 FROM ({some}) t CROSS JOIN ({}) c WHERE t.i > 1",
                numbers(3)
            ),
        ];
        for command in commands {
            db.execute_unprepared(&command).await.expect("legal");
        }
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("ANALYZE").await.expect("analysed");
        }
    }

    /// How the database finds the first page, the one after it, and the one before that.
    async fn plans<E: Record>(
        db: &DatabaseConnection,
        parents: &[Parent],
        request: PageRequest,
    ) -> Vec<String> {
        let (store, statements) = watch(db);
        let read = async |request: PageRequest| {
            let mut cursors = Vec::new();
            for reader in readers(&store) {
                let pages = read::<E>(&reader, parents, request.clone()).await;
                let page = pages[0].rows.iter();
                cursors = page.map(|row| row.cursor.clone()).collect();
            }
            cursors
        };
        let first = PageRequest {
            limit: 5,
            probe: true,
            cursors: true,
            ..request
        };
        let after = read(first.clone()).await.pop();
        let next = PageRequest {
            after,
            ..first.clone()
        };
        let before = read(next).await.into_iter().next();
        let back = PageRequest {
            before,
            backward: true,
            ..first
        };
        read(back).await;
        explain_all(db, &statements).await
    }

    type Statements = Arc<Mutex<Vec<Statement>>>;

    /// A store whose statements are seen.
    fn watch(db: &DatabaseConnection) -> (Store, Statements) {
        let statements = Statements::default();
        let seen = Arc::clone(&statements);
        let mut watched = db.clone();
        watched.set_metric_callback(move |info| {
            seen.lock().expect("no panic").push(info.statement.clone());
        });
        (Store::new(watched).keeping(1), statements)
    }

    /// One that reads for itself, and one that asks for the version of the data, too.
    fn readers(store: &Store) -> [Reader; 2] {
        let alone = store.reader(Projection::default());
        [alone, store.sharing_reader(&Arc::default())]
    }

    async fn explain_all(db: &DatabaseConnection, statements: &Statements) -> Vec<String> {
        let statements = std::mem::take(&mut *statements.lock().expect("no panic"));
        let mut plans = Vec::new();
        for statement in statements {
            plans.push(explain(db, statement).await);
        }
        plans
    }

    async fn explain(db: &DatabaseConnection, statement: Statement) -> String {
        let backend = db.get_database_backend();
        let (command, column) = match backend {
            DbBackend::Postgres => (
                "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)",
                "QUERY PLAN",
            ),
            _ => ("EXPLAIN QUERY PLAN", "detail"),
        };
        let sql = format!("{command} {}", statement.sql);
        let values = statement.values.map_or_else(Vec::new, |values| values.0);
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let lines = db.query_all_raw(statement).await.expect("explained");
        let lines = lines
            .iter()
            .map(|line| line.try_get::<String>("", column).expect("text"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What SQLite scans that is no table.
    const SMALL: [&str; 3] = [
        "SCAN p VIRTUAL",
        "SCAN json_each VIRTUAL",
        "SCAN CONSTANT ROW",
    ];

    /// No step of PostgreSQL has touched many rows, whichever index it has taken.
    fn assert_few_rows(plan: &str) {
        let numbers = ["actual rows=", "Rows Removed by Filter: "];
        let rows = numbers.iter().flat_map(|number| plan.split(number).skip(1));
        for rows in rows.map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()) {
            let rows: u32 = rows.and_then(|rows| rows.parse().ok()).expect("a number");
            assert!(rows <= 20, "{plan}");
        }
    }

    /// PostgreSQL says how many rows each step has touched. SQLite says which steps it takes;
    /// `sorts` of them may sort what was found.
    fn assert_seeks(db: &DatabaseConnection, plan: &str, index: &str, sorts: usize) {
        assert!(plan.contains(index), "{index}:\n{plan}");
        if db.get_database_backend() == DbBackend::Postgres {
            assert_few_rows(plan);
        } else {
            assert!(plan.matches("TEMP B-TREE").count() <= sorts, "{plan}");
            for line in plan.lines().filter(|line| line.starts_with("SCAN")) {
                // The steps of a subquery stand in the plan themselves.
                let name = line.split(' ').nth(1).unwrap_or_default();
                let of_subquery = ["CO-ROUTINE", "MATERIALIZE"]
                    .iter()
                    .any(|made| plan.contains(&format!("{made} {name}")));
                let is_small = of_subquery || SMALL.iter().any(|start| line.starts_with(start));
                assert!(is_small || line.contains(index), "{plan}");
            }
        }
    }

    fn by<E: Record>(column: &str, descending: bool) -> Vec<SortKey> {
        let key = SortKey::column::<E>(column).expect("a column");
        vec![key.descending(descending)]
    }

    pub fn a_page_below_a_parent_is_a_seek(place: &Place) {
        let cases = [
            ("id", false, "idx_usage_technology_id_id"),
            ("id", true, "idx_usage_technology_id_id"),
            ("confidence", true, "idx_usage_technology_id_confidence_id"),
            ("confidence", false, "idx_usage_technology_id_confidence_id"),
        ];
        place.run(async {
            prepare(&place.db).await;
            for (column, descending, index) in cases {
                let request = PageRequest {
                    relation: Some(&relations::technology::USAGES),
                    order: by::<usage::Entity>(column, descending),
                    ..PageRequest::default()
                };
                let parents = [(1, 0), (2, 0), (3, 0)];
                for plan in plans::<usage::Entity>(&place.db, &parents, request).await {
                    // The rows of the page itself are put in order at the end.
                    assert_seeks(&place.db, &plan, index, 1);
                }
            }
        });
    }

    pub fn a_page_of_a_whole_table_is_a_seek(place: &Place) {
        let tools = Filter::Column("kind", Test::Eq("TOOL".into()));
        let kinds = |kinds: &[&str]| {
            let kinds = kinds.iter().map(|&kind| kind.into()).collect();
            Filter::Column("kind", Test::Among(kinds))
        };
        let cases = [
            ("name_key", false, Filter::ALL, "idx_technology_name_key_id"),
            (
                "adopter_count",
                true,
                Filter::ALL,
                "idx_technology_adopter_count_id",
            ),
            (
                "name_key",
                false,
                tools.clone(),
                "idx_technology_kind_name_key_id",
            ),
            (
                "adopter_count",
                true,
                tools,
                "idx_technology_kind_adopter_count_id",
            ),
            (
                "adopter_count",
                true,
                kinds(&["TOOL"]),
                "idx_technology_kind_adopter_count_id",
            ),
            (
                "adopter_count",
                true,
                kinds(&["TOOL", "LANGUAGE"]),
                "idx_technology_adopter_count_id",
            ),
        ];
        place.run(async {
            prepare(&place.db).await;
            for (column, descending, filter, index) in cases {
                let request = PageRequest {
                    order: by::<technology::Entity>(column, descending),
                    filter: Some(filter),
                    ..PageRequest::default()
                };
                for plan in plans::<technology::Entity>(&place.db, &[(0, 0)], request).await {
                    assert_seeks(&place.db, &plan, index, 0);
                }
            }
        });
    }

    pub fn a_page_by_what_can_be_missing_is_a_seek(place: &Place) {
        place.run(async {
            prepare(&place.db).await;
            let below = Some(&relations::technology::USAGES);
            for (relation, index, sorts) in [
                (below, "idx_usage_technology_id_since_id", 1),
                (None, "idx_usage_since_id", 1),
            ] {
                for descending in [false, true] {
                    let request = PageRequest {
                        relation,
                        order: by::<usage::Entity>("since", descending),
                        ..PageRequest::default()
                    };
                    let parents = if relation.is_some() {
                        vec![(1, 0), (2, 0), (3, 0)]
                    } else {
                        vec![(0, 0)]
                    };
                    for plan in plans::<usage::Entity>(&place.db, &parents, request).await {
                        // PostgreSQL may go along the column's own index and leave out what
                        // belongs to other parents: what it touches is what counts.
                        if place.db.get_database_backend() == DbBackend::Postgres {
                            assert_few_rows(&plan);
                        } else {
                            assert_seeks(&place.db, &plan, index, sorts);
                        }
                    }
                }
            }
        });
    }

    pub fn a_page_of_what_belongs_to_one_row_is_a_seek(place: &Place) {
        let of_one = Filter::Related(
            &relations::usage::TECHNOLOGY,
            Quantifier::Some,
            Box::new(Filter::Column("slug", Test::Eq("t1".into()))),
        );
        place.run(async {
            prepare(&place.db).await;
            let request = PageRequest {
                order: by::<usage::Entity>("confidence", true),
                filter: Some(of_one),
                ..PageRequest::default()
            };
            for plan in plans::<usage::Entity>(&place.db, &[(0, 0)], request).await {
                let index = "idx_usage_technology_id_confidence_id";
                assert_seeks(&place.db, &plan, index, 0);
            }
        });
    }
    /// One source with 20,000 names to review, and 300 with three each.
    async fn prepare_review(db: &DatabaseConnection) {
        let columns = "source_id, entity_kind, key, name, reason, mention_count, candidates, \
             created_at, updated_at, revision";
        let row = format!("'UNKNOWN', n.i % 100, '[]', {STAMPS}");
        let commands = [
            format!(
                "INSERT INTO source ({NAMED}) \
                 SELECT n.i, 's' || n.i, 'S', 's' || n.i, {STAMPS} FROM ({}) n",
                numbers(301)
            ),
            format!(
                "INSERT INTO review_item ({columns}) \
                 SELECT 1, CASE n.i % 2 WHEN 0 THEN 'ROLE' ELSE 'COMPANY' END, 'k' || n.i, 'K', {row} \
                 FROM ({}) n",
                numbers(20_000)
            ),
            format!(
                "INSERT INTO review_item ({columns}) \
                 SELECT s.i, 'ROLE', 'k' || n.i, 'K', {row} \
                 FROM ({}) s CROSS JOIN ({}) n WHERE s.i > 1",
                numbers(301),
                numbers(3)
            ),
        ];
        for command in commands {
            db.execute_unprepared(&command).await.expect("legal");
        }
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("ANALYZE").await.expect("analysed");
        }
    }

    pub fn a_page_of_names_to_review_is_a_seek(place: &Place) {
        let below = Some(&relations::source::REVIEW_ITEMS);
        let of_kind = Filter::Column("entity_kind", Test::Eq("COMPANY".into()));
        let cases = [
            (None, "mention_count", Filter::ALL, "mention_count_id"),
            (None, "key", Filter::ALL, "key_id"),
            (
                None,
                "mention_count",
                of_kind,
                "entity_kind_mention_count_id",
            ),
            (below, "id", Filter::ALL, "source_id_id"),
            (
                below,
                "mention_count",
                Filter::ALL,
                "source_id_mention_count_id",
            ),
            (below, "key", Filter::ALL, "source_id_key_id"),
        ];
        place.run(async {
            prepare_review(&place.db).await;
            for (relation, column, filter, columns) in cases {
                let parents = if relation.is_some() {
                    &[(1, 0), (2, 0), (3, 0)][..]
                } else {
                    &[(0, 0)]
                };
                for descending in [false, true] {
                    let request = PageRequest {
                        relation,
                        order: by::<review_item::Entity>(column, descending),
                        filter: Some(filter.clone()),
                        ..PageRequest::default()
                    };
                    for plan in plans::<review_item::Entity>(&place.db, parents, request).await {
                        let index = format!("idx_review_item_{columns}");
                        assert_seeks(&place.db, &plan, &index, parents.len().min(2) - 1);
                    }
                }
            }
        });
    }

    pub fn a_page_of_what_a_slug_names_is_a_seek(place: &Place) {
        place.run(async {
            prepare(&place.db).await;
            let request = PageRequest {
                relation: Some(&relations::technology::USAGES),
                limit: 5,
                ..PageRequest::default()
            };
            let query = PageQuery::<usage::Entity>::new(request).expect("legal");
            let (query, (store, statements)) = (Arc::new(query), watch(&place.db));
            let parent = BySlug::of::<technology::Entity>("t1").expect("they have slugs");
            for reader in readers(&store) {
                let read = PageOf::read_below(&reader, parent, Arc::clone(&query)).await;
                read.expect("read");
            }
            let plans = explain_all(&place.db, &statements).await;
            assert_eq!(plans.len(), 2);
            for plan in &plans {
                assert_seeks(&place.db, plan, "idx_usage_technology_id_id", 0);
            }
        });
    }

    pub fn rows_by_their_numbers_are_seeks(place: &Place) {
        place.run(async {
            prepare(&place.db).await;
            let (store, statements) = watch(&place.db);
            let reader = store.reader(Projection::default());
            let rows = (1..=500).map(Lookup::<company::Entity>::id).collect();
            let found = reader.ask(rows).await;
            assert_eq!(found.iter().flatten().count(), 500);
            let plans = explain_all(&place.db, &statements).await;
            assert_eq!(plans.len(), 1);
            assert!(!plans[0].contains("Seq Scan"), "{}", plans[0]);
            assert!(!plans[0].contains("SCAN t"), "{}", plans[0]);
        });
    }
}
