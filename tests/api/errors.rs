//! Bad input gets a clear, coded error, costs only its own field, and shows nothing of ours.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Backend, TestApp, on_both};

on_both! {
    async fn page_sizes_name_argument_and_limit(backend) {
        let app = TestApp::with_knowledge(backend).await;
        for (arguments, message) in [
            ("first: 101", "`first` is 101; it must be between 0 and 100."),
            ("first: -1", "`first` is -1; it must be between 0 and 100."),
            ("last: 101", "`last` is 101; it must be between 0 and 100."),
            ("first: 2147483648", "`first` is 2147483648; it must be between 0 and 100."),
            ("first: 1, last: 1", "`first` and `last` cannot be used together: ask for the first items or for the last ones."),
        ] {
            let query = format!("{{ good: technology(by: {{slug: \"rust\"}}) {{ name }} bad: technologies({arguments}) {{ nodes {{ name }} }} }}");
            let reply = app.query(&query).await;
            assert_eq!(reply.message(), message);
            assert_eq!(reply.codes(), ["BAD_PAGE"]);
            assert_eq!(reply.body["data"], json!({ "good": { "name": "Rust" }, "bad": null }));
            assert_eq!(reply.body["errors"][0]["path"], json!(["bad"]));
        }
        let most = app.query("{ technologies(first: 100) { nodes { name } } }").await;
        assert_eq!(most.at("/technologies/nodes").as_array().unwrap().len(), 100);
    }

    async fn cursors_are_checked(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let page = app.query("{ technologies(first: 1) { pageInfo { endCursor } } }").await;
        let cursor = page.at("/technologies/pageInfo/endCursor").as_str().unwrap().to_owned();
        let query = "query($c: String, $o: [TechnologyOrder!], $f: TechnologyFilter) {
            good: technology(by: {slug: \"rust\"}) { name }
            bad: technologies(first: 1, after: $c, orderBy: $o, filter: $f) { nodes { name } } }";
        for (variables, reason) in [
            (json!({ "c": "abc" }), "it is not a cursor of this service"),
            (json!({ "c": "" }), "it is not a cursor of this service"),
            (json!({ "c": "A".repeat(10_000) }), "it is not a cursor of this service"),
            (json!({ "c": cursor, "o": [{ "field": "ADDED" }] }), "it was made for another order or filter"),
            (json!({ "c": cursor, "o": [{ "field": "NAME", "direction": "DESC" }] }), "it was made for another order or filter"),
            (json!({ "c": cursor, "f": { "kind": { "eq": "TOOL" } } }), "it was made for another order or filter"),
        ] {
            let reply = app.ask(query, variables.clone()).await;
            assert_eq!(reply.codes(), ["BAD_CURSOR"], "{variables}");
            assert_eq!(reply.message(), format!("The cursor in `after` cannot be used: {reason}. Start again without it."));
            assert_eq!(reply.body["data"], json!({ "good": { "name": "Rust" }, "bad": null }));
        }
    }

    async fn dates_are_checked(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ good: technology(by: {slug: \"rust\"}) { name } bad: usages(filter: {since: {gte: \"2024-13-01\"}}) { nodes { id } } }";
        let reply = app.query(query).await;
        assert_eq!(reply.codes(), ["BAD_USER_INPUT"]);
        assert_eq!(reply.message(), "`2024-13-01` is not a date; write it as 2024-01-31.");
        assert_eq!(reply.body["data"], json!({ "good": { "name": "Rust" }, "bad": null }));
    }

    async fn what_does_not_fit_the_schema_is_refused(backend) {
        let app = TestApp::with_knowledge(backend).await;
        for (query, variables, code) in [
            ("{ nope }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
            ("{ technology(by: {slug: 1}) { name } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
            ("{ technology(by: {slug: \"a\", alias: \"b\"}) { name } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
            ("{ technologies(filter: {firstAppeared: {eq: \"x\"}}) { nodes { name } } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
            ("{ technology", json!({}), "GRAPHQL_PARSE_FAILED"),
            ("query A { __typename } query B { __typename }", json!({}), "OPERATION_RESOLUTION_FAILURE"),
            ("query($x: Int!) { technologies(first: $x) { nodes { name } } }", json!({}), "BAD_USER_INPUT"),
            ("query($x: Int!) { technologies(first: $x) { nodes { name } } }", json!({ "x": null }), "BAD_USER_INPUT"),
            ("query($x: Int!) { technologies(first: $x) { nodes { name } } }", json!({ "x": "1" }), "GRAPHQL_VALIDATION_FAILED"),
        ] {
            let reply = app.ask(query, variables).await;
            assert_eq!((reply.status, reply.codes()), (400, vec![code]), "{query}");
            assert!(reply.body.get("data").is_none(), "{query}");
            assert!(reply.body["errors"][0]["extensions"]["requestId"].is_string());
        }
    }

    async fn a_broken_table_costs_only_its_fields_and_stays_private(backend) {
        let app = TestApp::with_knowledge(backend).await;
        app.sql("ALTER TABLE evidence RENAME TO hidden_evidence").await;
        let query = "{ usages(first: 2) { nodes { status evidence { nodes { url } } } } technology(by: {slug: \"rust\"}) { name } }";
        let reply = app.query(query).await;
        assert_eq!(reply.body["data"]["technology"]["name"], "Rust");
        assert_eq!(reply.body["data"]["usages"]["nodes"][0]["evidence"], json!(null));
        assert!(reply.body["data"]["usages"]["nodes"][1]["status"].is_string());
        assert_eq!(reply.codes(), ["INTERNAL", "INTERNAL"]);
        let shown = reply.body["errors"].to_string();
        for secret in ["no such table", "does not exist", "SELECT", "sqlite", "postgres", ".rs"] {
            assert!(!shown.to_lowercase().contains(&secret.to_lowercase()), "{secret} in {shown}");
        }
    }
}

/// A statement that would run for minutes, in the place of a table.
const ENDLESS: &str = "CREATE VIEW source AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)
    SELECT s.* FROM real_source s WHERE (SELECT COUNT(*) FROM n) > 0";

on_both! {
    async fn time_is_limited_and_the_statement_is_stopped(backend) {
        let app = TestApp::hurried(backend, Duration::from_millis(700)).await;
        app.sql("INSERT INTO source (id, slug, name, name_key, created_at, updated_at, revision) VALUES
            (1, 's', 'S', 's', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1)").await;
        if backend == Backend::Sqlite {
            // A renamed table would take the foreign keys along.
            app.sql("PRAGMA legacy_alter_table = ON").await;
        }
        app.sql("ALTER TABLE source RENAME TO real_source").await;
        app.sql(ENDLESS).await;
        // More of them than there are connections: all can only be answered if the statements end.
        let started = Instant::now();
        for _ in 0..3 {
            let queries = (0..3).map(|_| app.query("{ sources { nodes { name } } }"));
            for reply in futures_util::future::join_all(queries).await {
                assert!(["TIMEOUT", "INTERNAL"].contains(&reply.codes()[0]), "{:#}", reply.body);
            }
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
        let other = app.query("{ technologies { nodes { name } } }").await;
        assert_eq!(other.at("/technologies/nodes"), &json!([]));
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn connections_that_the_server_ends_cost_nobody_an_answer() {
    let app = TestApp::empty(Backend::Postgres).await;
    let query = "{ technologies { nodes { name } } companies { nodes { name } } }";
    app.query(query).await.data();
    app.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;
    let reply = app.query(query).await;
    assert_eq!(
        *reply.data(),
        json!({ "technologies": { "nodes": [] }, "companies": { "nodes": [] } })
    );
}
