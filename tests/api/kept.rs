//! Rows that one request has read and a later one shows: fewer statements, and no other answer.

use serde_json::json;

use crate::support::{TestApp, on_both};

/// More than the embedded knowledge has.
const PLENTY: u64 = 100_000;

/// Three levels, each of which takes a statement.
const LEVELS: &str = "query($first: Int) { languages(first: $first, orderBy: [{field: ADOPTER_COUNT, direction: DESC}]) { nodes { slug \
    frameworks(first: 3) { nodes { slug usages(first: 3) { nodes { id company { name } } } } } } } }";

/// A list of the one thing that it names, and lists of what that shows.
const PAGE: &str = "query($slug: String!) { company(by: {slug: $slug}) { name \
    usages(first: 20) { nodes { technology { slug name } evidence(first: 2) { nodes { url } } } } } }";

async fn rename(app: &TestApp, slug: &str, name: &str) {
    let sql = format!("UPDATE company SET name = '{name}' WHERE slug = '{slug}'");
    app.sql(&sql).await;
}

async fn renew(app: &TestApp) {
    stack_atlas::store::renew_version(&app.db).await.unwrap();
}

/// How many statements it takes to ask this for the first, second and third time.
async fn statements(app: &TestApp, query: &str, variables: serde_json::Value) -> [u64; 3] {
    let mut counts = [0; 3];
    let mut answers = Vec::new();
    for count in &mut counts {
        let reply = app.ask(query, variables.clone()).await;
        *count = reply.statements();
        answers.push(reply.data().clone());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    counts
}

on_both! {
    async fn below_its_first_statement_a_request_takes_what_others_have_read(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let keeping = app.keeping(PLENTY).await;
        // What is asked for the first time may be the last: only from the second time on rows are kept.
        assert_eq!(statements(&keeping, LEVELS, json!({ "first": 10 })).await, [3, 3, 1]);
        // Another page with some of the same parents asks for the others only.
        assert_eq!(statements(&keeping, LEVELS, json!({ "first": 12 })).await, [3, 1, 1]);
        assert_eq!(statements(&keeping, LEVELS, json!({ "first": 5 })).await, [1, 1, 1]);
        assert_eq!(statements(&keeping, PAGE, json!({ "slug": "shopify" })).await, [2, 2, 1]);
        // Unless it is told to, a server keeps nothing.
        assert_eq!(statements(&app, LEVELS, json!({ "first": 10 })).await, [3, 3, 3]);
    }

    async fn a_list_is_counted_once_for_all_its_pages(backend) {
        let app = TestApp::with_knowledge(backend).await.keeping(PLENTY).await;
        let query = "query($after: String, $most: Int) { usages(first: 2, after: $after, filter: {status: {eq: CURRENT}}) \
            { totalCount(atMost: $most) nodes { id } pageInfo { endCursor } } }";
        assert_eq!(statements(&app, query, json!({})).await, [2, 2, 1]);
        let first = app.ask(query, json!({})).await;
        let after = first.at("/usages/pageInfo/endCursor");
        let second = app.ask(query, json!({ "after": after })).await;
        assert_ne!(second.at("/usages/nodes"), first.at("/usages/nodes"));
        assert_eq!(second.at("/usages/totalCount"), first.at("/usages/totalCount"));
        assert_eq!(second.statements(), 1);
        // Counting that stops early gives another number.
        let least = app.ask(query, json!({ "most": 5 })).await;
        assert_eq!((least.at("/usages/totalCount"), least.statements()), (&json!(5), 2));
        // And so does a list in which one is missing.
        app.sql("UPDATE usage SET status = 'PAST' WHERE id = (SELECT MIN(id) FROM usage WHERE status = 'CURRENT')").await;
        renew(&app).await;
        let fewer = app.ask(query, json!({})).await;
        let number = |reply: &crate::support::Reply| reply.at("/usages/totalCount").as_i64().unwrap();
        assert_eq!(number(&fewer), number(&first) - 1);
    }

    async fn what_is_empty_is_kept_as_well(backend) {
        let app = TestApp::with_knowledge(backend).await.keeping(PLENTY).await;
        app.sql("DELETE FROM framework_language").await;
        renew(&app).await;
        assert_eq!(statements(&app, LEVELS, json!({ "first": 10 })).await, [2, 2, 1]);
    }

    async fn long_filters_are_not_kept(backend) {
        let app = TestApp::with_knowledge(backend).await.keeping(PLENTY).await;
        let query = "query($slugs: [String!]!) { languages(first: 2, orderBy: [{field: ADOPTER_COUNT, direction: DESC}]) \
            { nodes { usages(first: 2, filter: {company: {slug: {notIn: $slugs}}}) { nodes { id } } } } }";
        let slugs = |count: usize| json!({ "slugs": (0..count).map(|i| format!("company-{i}")).collect::<Vec<_>>() });
        assert_eq!(statements(&app, query, slugs(2)).await, [2, 2, 1]);
        assert_eq!(statements(&app, query, slugs(200)).await, [2, 2, 2]);
    }

    async fn a_write_ends_what_is_kept(backend) {
        let app = TestApp::with_knowledge(backend).await.keeping(PLENTY).await;
        let query = "{ technology(by: {slug: \"ruby\"}) { usages(first: 1, filter: {company: {slug: {eq: \"shopify\"}}}) \
            { nodes { company { name usages(first: 1) { nodes { company { name } } } } } } } }";
        let name = "/technology/usages/nodes/0/company/name";
        for _ in 0..3 {
            assert_eq!(app.query(query).await.at(name), "Shopify");
        }
        rename(&app, "shopify", "Shopify Inc").await;
        // Behind everybody's back: nobody has said that the data are others now.
        assert_eq!(app.query(query).await.at(name), "Shopify");
        renew(&app).await;
        for _ in 0..3 {
            assert_eq!(app.query(query).await.at(name), "Shopify Inc");
        }
    }

    async fn without_a_version_nothing_is_kept(backend) {
        let app = TestApp::with_knowledge(backend).await.keeping(PLENTY).await;
        app.sql("DELETE FROM setting WHERE key = 'data.version'").await;
        assert_eq!(statements(&app, LEVELS, json!({ "first": 10 })).await, [3, 3, 3]);
        // And what was kept before is not taken.
        renew(&app).await;
        assert_eq!(statements(&app, LEVELS, json!({ "first": 10 })).await, [3, 1, 1]);
        app.sql("DELETE FROM setting WHERE key = 'data.version'").await;
        assert_eq!(statements(&app, LEVELS, json!({ "first": 10 })).await, [3, 3, 3]);
    }

    async fn each_document_keeps_the_columns_that_it_shows(backend) {
        let app = TestApp::with_knowledge(backend).await.keeping(PLENTY).await;
        let ask = |fields: &str| format!(
            "{{ company(by: {{slug: \"shopify\"}}) {{ usages(first: 5) {{ nodes {{ evidence(first: 1) {{ nodes {{ {fields} }} }} }} }} }} }}"
        );
        let evidence = "/company/usages/nodes/0/evidence/nodes/0";
        for _ in 0..3 {
            let narrow = app.query(&ask("url")).await;
            let wide = app.query(&ask("url source { name }")).await;
            assert_eq!(narrow.at(evidence)["url"], wide.at(evidence)["url"]);
            assert!(wide.at(evidence)["source"]["name"].is_string());
        }
    }

    async fn lists_that_differ_are_kept_apart(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let keeping = app.keeping(PLENTY).await;
        let query = "query($first: Int, $direction: OrderDirection!, $status: UsageStatus!) { \
            languages(first: 5) { nodes { usages(first: $first, orderBy: [{field: CONFIDENCE, direction: $direction}], \
            filter: {status: {eq: $status}}) { nodes { id status } } } } }";
        for round in 0..3 {
            for first in [1, 2, 50] {
                for (direction, status) in [("ASC", "CURRENT"), ("DESC", "CURRENT"), ("DESC", "PAST")] {
                    let variables = json!({ "first": first, "direction": direction, "status": status });
                    let kept = keeping.ask(query, variables.clone()).await;
                    let read = app.ask(query, variables.clone()).await;
                    assert_eq!(kept.data(), read.data(), "{variables} in round {round}");
                }
            }
        }
    }
}
