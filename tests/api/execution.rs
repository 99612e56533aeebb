//! What is relied on in the GraphQL library, or mended because it cannot be: a new version of it
//! has to pass these.

use serde_json::json;

use crate::support::{Backend, TestApp};

async fn app() -> TestApp {
    TestApp::with_knowledge(Backend::Sqlite).await
}

#[tokio::test]
async fn keys_come_in_the_order_of_the_query() {
    let app = app().await;
    let query =
        "{ slow: technologies(first: 50) { totalCount nodes { usages(first: 5) { totalCount } } }
        fast: __typename b: technology(by: {slug: \"rust\"}) { z: name a: slug ...F kind } }
        fragment F on Technology { m: name b: slug }";
    let text = app
        .client
        .post(app.url("/graphql"))
        .json(&json!({ "query": query }))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let place = |key: &str| {
        text.find(&format!("\"{key}\":"))
            .unwrap_or_else(|| panic!("{key} in {text}"))
    };
    let keys = ["slow", "fast", "b", "z", "a", "m"];
    let places: Vec<usize> = keys.iter().map(|key| place(key)).collect();
    assert!(places.is_sorted(), "{places:?} in {text}");
    assert!(text.ends_with("\"b\":{\"z\":\"Rust\",\"a\":\"rust\",\"m\":\"Rust\",\"b\":\"rust\",\"kind\":\"LANGUAGE\"}}}"), "{text}");
}

#[tokio::test]
async fn an_object_whose_fields_are_all_skipped_is_empty() {
    let app = app().await;
    let reply = app
        .query("{ technologies(first: 2) { nodes { id @skip(if: true) } } }")
        .await;
    assert_eq!(
        *reply.data(),
        json!({ "technologies": { "nodes": [{}, {}] } })
    );
}

#[tokio::test]
async fn typename_is_a_field_like_others() {
    let app = app().await;
    let query = "query($yes: Boolean!) { __typename @include(if: $yes) technology(by: {slug: \"rust\"}) { __typename @skip(if: $yes) name } }";
    let reply = app.ask(query, json!({ "yes": true })).await;
    assert_eq!(
        *reply.data(),
        json!({ "__typename": "Query", "technology": { "name": "Rust" } })
    );
    for bad in [
        "{ __typename @nope }",
        "{ __typename(x: 1) }",
        "{ technology(by: {slug: \"rust\"}) { __typename(x: 1) } }",
    ] {
        let reply = app.query(bad).await;
        assert_eq!(
            (reply.status, reply.codes()),
            (400, vec!["GRAPHQL_VALIDATION_FAILED"]),
            "{bad}"
        );
    }
}

#[tokio::test]
async fn fragments_on_interfaces_apply_to_their_types() {
    let app = app().await;
    let query = "{ node: technology(by: {slug: \"rust\"}) { ...N ...T ...L ...F } }
        fragment N on Node { __typename } fragment T on Technology { name }
        fragment L on Language { typing } fragment F on Framework { frameworkKind }";
    let reply = app.query(query).await;
    assert_eq!(
        *reply.data(),
        json!({ "node": { "__typename": "Language", "name": "Rust", "typing": "STATIC" } })
    );
}

#[tokio::test]
async fn merged_fields_are_merged_to_the_bottom() {
    let app = app().await;
    let query = "{ t: technology(by: {slug: \"nodejs\"}) { ... on Framework { languages(first: 1) { nodes { name } } } }
        t: technology(by: {slug: \"nodejs\"}) { ... on Framework { languages(first: 1) { nodes { slug } } } } }";
    let reply = app.query(query).await;
    assert_eq!(
        reply.at("/t/languages/nodes/0"),
        &json!({ "name": "JavaScript", "slug": "javascript" })
    );
}

#[tokio::test]
async fn defaults_and_omitted_variables_are_told_from_null() {
    let app = app().await;
    let query = "query($n: Int = 2, $o: [TechnologyOrder!]) { technologies(first: $n, orderBy: $o) { nodes { slug } } }";
    for (variables, items) in [
        (json!({}), 2),
        (json!({ "n": 3 }), 3),
        (json!({ "n": null, "o": null }), 20),
    ] {
        let reply = app.ask(query, variables.clone()).await;
        assert_eq!(
            reply.at("/technologies/nodes").as_array().unwrap().len(),
            items,
            "{variables}"
        );
    }
}

#[tokio::test]
async fn strange_text_comes_back_as_it_is() {
    let app = app().await;
    let name = "\u{1F980} \"quoted\" \\ \u{0} \u{202e} ü";
    let query =
        "query($n: String!) { technologies(filter: {name: {contains: $n}}) { nodes { name } } }";
    let reply = app.ask(query, json!({ "n": name })).await;
    // PostgreSQL alone cannot hold the zero character.
    assert_eq!(*reply.data(), json!({ "technologies": { "nodes": [] } }));
}
