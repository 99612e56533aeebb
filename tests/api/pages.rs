//! Pages over HTTP: what the engine's own tests prove for every order, seen from outside.

use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const QUERY: &str = "query($first: Int, $after: String, $last: Int, $before: String) {
    companies(first: $first, after: $after, last: $last, before: $before) {
        nodes { slug } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

/// Companies `c1` to `c5`.
async fn five(backend: crate::support::Backend) -> TestApp {
    let app = TestApp::empty(backend).await;
    for id in 1..=5 {
        app.sql(&format!("INSERT INTO company (id, slug, name, name_key, created_at, updated_at, revision) VALUES
            ({id}, 'c{id}', 'c{id}', 'c{id}', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1)")).await;
    }
    app
}

fn shape(reply: &crate::support::Reply) -> (usize, bool, bool) {
    let info = reply.at("/companies/pageInfo");
    (
        reply.at("/companies/nodes").as_array().unwrap().len(),
        info["hasPreviousPage"].as_bool().unwrap(),
        info["hasNextPage"].as_bool().unwrap(),
    )
}

on_both! {
    async fn links_are_paged_from_either_end(backend) {
        let app = TestApp::with_knowledge(backend).await;
        for (list, far) in [
            ("technology(by: {slug: \"kubernetes\"}) { list: skillAreas", "skillArea"),
            ("skillArea(by: {slug: \"scalability\"}) { list: technologies", "technology"),
        ] {
            let page = |arguments: &str| format!(
                "{{ of: {list}({arguments}) {{ nodes {{ to: {far} {{ slug }} }} pageInfo {{ endCursor }} }} }} }}"
            );
            let whole = app.query(&page("first: 100")).await.all("/of/list/nodes", "/to/slug");
            assert!(whole.len() > 4, "{whole:?}");
            let (mut walked, mut after) = (Vec::new(), String::new());
            for _ in (0..whole.len()).step_by(2) {
                let reply = app.query(&page(&format!("first: 2{after}"))).await;
                walked.extend(reply.all("/of/list/nodes", "/to/slug"));
                after = format!(", after: {}", reply.at("/of/list/pageInfo/endCursor"));
            }
            assert_eq!(walked, whole);
        }
    }

    async fn page_info_follows_the_truth_table(backend) {
        let app = five(backend).await;
        let all = app.ask(QUERY, json!({ "first": 100 })).await;
        let cursors = all.all("/companies/edges", "/cursor");
        for (arguments, expected) in [
            (json!({ "first": 0 }), (0, false, true)),
            (json!({ "first": 1 }), (1, false, true)),
            (json!({ "first": 4 }), (4, false, true)),
            (json!({ "first": 5 }), (5, false, false)),
            (json!({ "first": 6 }), (5, false, false)),
            (json!({ "first": 2, "after": cursors[2] }), (2, true, false)),
            (json!({ "first": 1, "after": cursors[2] }), (1, true, true)),
            (json!({ "first": 1, "after": cursors[4] }), (0, true, false)),
            (json!({ "last": 0 }), (0, true, false)),
            (json!({ "last": 1 }), (1, true, false)),
            (json!({ "last": 5 }), (5, false, false)),
            (json!({ "last": 6 }), (5, false, false)),
            (json!({ "last": 2, "before": cursors[2] }), (2, false, true)),
            (json!({ "last": 1, "before": cursors[2] }), (1, true, true)),
            (json!({ "last": 1, "before": cursors[0] }), (0, false, true)),
            (json!({ "first": 9, "after": cursors[0], "before": cursors[4] }), (3, true, false)),
        ] {
            let reply = app.ask(QUERY, arguments.clone()).await;
            assert_eq!(shape(&reply), expected, "{arguments}");
            if expected.0 == 0 {
                assert_eq!(reply.at("/companies/pageInfo/startCursor"), &Value::Null);
                assert_eq!(reply.at("/companies/pageInfo/endCursor"), &Value::Null);
            }
        }
    }

    async fn an_empty_list_has_no_pages(backend) {
        let app = TestApp::empty(backend).await;
        assert_eq!(shape(&app.ask(QUERY, json!({ "first": 1 })).await), (0, false, false));
        assert_eq!(shape(&app.ask(QUERY, json!({ "last": 1 })).await), (0, false, false));
    }

    async fn the_last_items_keep_their_order(backend) {
        let app = five(backend).await;
        let reply = app.ask(QUERY, json!({ "last": 2 })).await;
        assert_eq!(reply.all("/companies/nodes", "/slug"), ["c4", "c5"]);
    }

    async fn a_cursor_outlives_its_item(backend) {
        let app = five(backend).await;
        let first = app.ask(QUERY, json!({ "first": 2 })).await;
        let after = first.at("/companies/pageInfo/endCursor").clone();
        app.sql("DELETE FROM company WHERE slug = 'c2'").await;
        let second = app.ask(QUERY, json!({ "first": 2, "after": after })).await;
        assert_eq!(second.all("/companies/nodes", "/slug"), ["c3", "c4"]);
    }

    async fn counting_may_stop_early(backend) {
        let app = five(backend).await;
        let reply = app.query("{ companies { all: totalCount some: totalCount(atMost: 3) enough: totalCount(atMost: 9) } }").await;
        assert_eq!(reply.at("/companies"), &json!({ "all": 5, "some": 3, "enough": 5 }));
    }
}
