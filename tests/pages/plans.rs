//! Lists are found by seeking in an index, however many rows there are beside them.

use crate::database::on_both_databases;

on_both_databases! {
    show_plans
}

mod check {
    use std::sync::{Arc, Mutex};

    use entity::{technology, usage};
    use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
    use stack_atlas::store::{
        Filter, PageRequest, Parent, Projection, Record, SortKey, Store, Test, relations,
    };

    use crate::database::Place;
    use crate::lists::read;

    /// One technology with 20,000 usages, 1,000 technologies with three each.
    async fn prepare(db: &DatabaseConnection) {
        let stamps = "'2020-01-01T00:00:00+00:00', '2020-01-01T00:00:00+00:00', 1";
        let named = "id, slug, name, name_key, created_at, updated_at, revision";
        let used = "status, confidence, created_at, updated_at, revision";
        let commands = [
            format!(
                "INSERT INTO company ({named}) SELECT n.i, 'c' || n.i, 'C', 'c' || (n.i % 500), {stamps} \
                 FROM ({}) n",
                numbers(20_000)
            ),
            format!(
                "INSERT INTO technology ({named}, kind, adopter_count) \
                 SELECT n.i, 't' || n.i, 'T', 't' || (n.i % 300), {stamps}, \
                 CASE n.i % 3 WHEN 0 THEN 'TOOL' WHEN 1 THEN 'LANGUAGE' ELSE 'FRAMEWORK' END, n.i % 50 \
                 FROM ({}) n",
                numbers(1_001)
            ),
            format!(
                "INSERT INTO usage (company_id, technology_id, since, {used}) \
                 SELECT n.i, 1, CASE WHEN n.i % 3 > 0 THEN '2020-01-01' END{date}, 'CURRENT', (n.i % 100) / 100.0, {stamps} \
                 FROM ({}) n",
                numbers(20_000),
                date = if db.get_database_backend() == DbBackend::Postgres {
                    "::date"
                } else {
                    ""
                },
            ),
            format!(
                "INSERT INTO usage (company_id, technology_id, {used}) \
                 SELECT t.i * 7 + c.i, t.i + 1, 'CURRENT', c.i / 10.0, {stamps} \
                 FROM ({}) t CROSS JOIN ({}) c",
                numbers(1_000),
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

    fn numbers(last: usize) -> String {
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n"
        )
    }

    /// How the database goes about the page, and about the one after it.
    async fn plans<E: Record>(
        db: &DatabaseConnection,
        parents: &[Parent],
        request: PageRequest,
    ) -> Vec<String> {
        let statements: Arc<Mutex<Vec<Statement>>> = Arc::default();
        let seen = Arc::clone(&statements);
        let mut watched = db.clone();
        watched.set_metric_callback(move |info| {
            seen.lock().expect("no panic").push(info.statement.clone());
        });
        let request = PageRequest {
            limit: 5,
            probe: true,
            cursors: true,
            ..request
        };
        let read = async |request| {
            let reader = Store::new(watched.clone()).reader(Projection::new());
            read::<E>(&reader, parents, request).await.remove(0)
        };
        let page = read(request.clone()).await;
        let after = page.rows.last().map(|row| row.cursor.clone());
        let next = PageRequest {
            after,
            ..request.clone()
        };
        let next = read(next).await;
        let before = next.rows.first().map(|row| row.cursor.clone());
        read(PageRequest {
            before,
            backward: true,
            ..request
        })
        .await;

        let statements = std::mem::take(&mut *statements.lock().expect("no panic"));
        let mut plans = Vec::new();
        for statement in statements {
            plans.push(explain(db, statement).await);
        }
        plans
    }

    async fn explain(db: &DatabaseConnection, statement: Statement) -> String {
        let (command, column) = match db.get_database_backend() {
            DbBackend::Postgres => (
                "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)",
                "QUERY PLAN",
            ),
            _ => ("EXPLAIN QUERY PLAN", "detail"),
        };
        let sql = format!("{command} {}", statement.sql);
        let values = statement.values.map_or_else(Vec::new, |values| values.0);
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let lines = db.query_all_raw(statement).await.expect("explained");
        let lines = lines
            .iter()
            .map(|line| line.try_get::<String>("", column).expect("text"));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn by<E: Record>(column: &str, descending: bool) -> Vec<SortKey> {
        SortKey::column::<E>(column)
            .into_iter()
            .map(|key| key.descending(descending))
            .collect()
    }

    pub fn show_plans(place: &Place) {
        place.run(async {
            prepare(&place.db).await;
            let parents = [(1, 0), (2, 0), (3, 0)];
            for (order, descending) in [
                ("id", false),
                ("id", true),
                ("confidence", true),
                ("confidence", false),
                ("since", false),
                ("since", true),
            ] {
                let request = PageRequest {
                    relation: Some(&relations::technology::USAGES),
                    order: by::<usage::Entity>(order, descending),
                    ..PageRequest::default()
                };
                for plan in plans::<usage::Entity>(&place.db, &parents, request).await {
                    eprintln!("## usages {order} {descending}\n{plan}");
                }
            }
            for (order, descending, filter) in [
                ("name_key", false, None),
                ("adopter_count", true, None),
                ("first_appeared", false, None),
                ("first_appeared", true, None),
                (
                    "name_key",
                    false,
                    Some(Filter::Column("kind", Test::Eq("TOOL".into()))),
                ),
            ] {
                let request = PageRequest {
                    order: by::<technology::Entity>(order, descending),
                    filter,
                    ..PageRequest::default()
                };
                for plan in plans::<technology::Entity>(&place.db, &[(0, 0)], request).await {
                    eprintln!("## technologies {order} {descending}\n{plan}");
                }
            }
        });
    }
}
