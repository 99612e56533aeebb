//! Variables of documents that are known to be valid: the library does not look at these again.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

use crate::support::{Backend, TestApp};

/// Documents with a variable of each kind of type, and a value that fits.
fn documents() -> Vec<(&'static str, Value)> {
    vec![
        (
            "query($v: Int) { technologies(first: $v) { nodes { name } } }",
            json!(3),
        ),
        (
            "query($v: Int = 2) { technologies(first: $v) { nodes { name } } }",
            json!(1),
        ),
        ("query($v: ID!) { node(id: $v) { id } }", json!("x")),
        ("query($v: [ID!]!) { nodes(ids: $v) { id } }", json!([])),
        (
            "query($v: String) { technologies(after: $v) { nodes { name } } }",
            json!(null),
        ),
        (
            "query($v: Boolean!) { technologies(first: 1) { nodes @skip(if: $v) { name } } }",
            json!(true),
        ),
        (
            "query($v: Date) { releases(filter: {releasedOn: {gt: $v}}) { nodes { id } } }",
            json!("2020-01-01"),
        ),
        (
            "query($v: TechnologyKind!) { technologies(filter: {kind: {eq: $v}}) { nodes { name } } }",
            json!("LANGUAGE"),
        ),
        (
            "query($v: TechnologyFilter) { technologies(filter: $v) { nodes { name } } }",
            json!({}),
        ),
        (
            "query($v: [TechnologyFilter!]) { technologies(filter: {or: $v}) { nodes { name } } }",
            json!([]),
        ),
        (
            "query($v: [TechnologyOrder!]) { technologies(orderBy: $v) { nodes { name } } }",
            json!([]),
        ),
        (
            "query($v: TechnologyKey!) { technology(by: $v) { name } }",
            json!({ "slug": "rust" }),
        ),
        (
            "query($v: [TechnologyKey!]!) { technologiesByKeys(keys: $v) { name } }",
            json!([]),
        ),
        (
            "query($v: [_Any!]!) { _entities(representations: $v) { __typename } }",
            json!([]),
        ),
    ]
}

/// Values that fit one type or another, and some that fit none.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(7),
        json!(-1),
        json!(3_000_000_000_u64),
        json!(1.5),
        json!(""),
        json!("rust"),
        json!("NAME"),
        json!("DESC"),
        json!("LANGUAGE"),
        json!("Technology"),
        json!("2020-02-30"),
        json!("2020-02-29"),
    ]);
    let name = prop::sample::select(vec![
        "and",
        "or",
        "not",
        "name",
        "slug",
        "kind",
        "eq",
        "in",
        "contains",
        "field",
        "direction",
        "id",
        "alias",
        "firstAppeared",
        "usages",
        "some",
        "status",
        "__typename",
        "unknown",
    ]);
    leaf.prop_recursive(4, 12, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..3).prop_map(|fields| json!(fields)),
        ]
    })
}

/// Values that are written with care for one type.
fn chosen() -> Vec<Value> {
    vec![
        json!({ "slug": { "eq": "rust" }, "kind": { "in": ["LANGUAGE", "TOOL"] } }),
        json!({ "kind": { "in": "LANGUAGE" } }),
        json!({ "kind": { "eq": "language" } }),
        json!({ "and": [{ "name": { "contains": "R" } }, { "not": { "slug": { "eq": "r" } } }] }),
        json!({ "and": [null] }),
        json!({ "usages": { "some": { "status": { "eq": "CURRENT" } } } }),
        json!({ "usages": { "some": { "status": { "eq": "NEVER" } } } }),
        json!([{ "field": "NAME" }, { "field": "ADOPTER_COUNT", "direction": "DESC" }]),
        json!({ "field": "NAME", "direction": null }),
        json!({ "direction": "DESC" }),
        json!([{ "slug": "rust" }, { "alias": "golang" }]),
        json!([{ "slug": "rust", "alias": "golang" }]),
        json!([{ "slug": null }]),
        json!([{ "__typename": "Language", "slug": "rust" }]),
    ]
}

fn generated() -> Vec<Value> {
    let config = Config {
        rng_seed: RngSeed::Fixed(11),
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let value = value();
    let tree = (0..60).map(|_| value.new_tree(&mut runner).unwrap().current());
    tree.collect()
}

/// An answer without what differs each time.
fn told(mut body: Value) -> Value {
    body["extensions"] = Value::Null;
    for error in body["errors"].as_array_mut().into_iter().flatten() {
        error["extensions"]["requestId"] = Value::Null;
        // Of several, the library names any.
        let message = error["message"].as_str().unwrap();
        if let Some((before, _)) = message.split_once("unknown field") {
            error["message"] = before.into();
        }
    }
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn known_documents_judge_values_as_new_ones_do() {
    let app = TestApp::with_knowledge(Backend::Sqlite).await;
    let values: Vec<_> = chosen().into_iter().chain(generated()).collect();
    let (mut right, mut wrong) = (0, 0);
    for (document, fitting) in documents() {
        // Run once, it is known; a comment makes it another text.
        let reply = app.ask(document, json!({ "v": fitting })).await;
        assert!(
            reply.body["data"].is_object(),
            "{document}: {:#}",
            reply.body
        );
        for (number, value) in values.iter().enumerate() {
            let known = app.ask(document, json!({ "v": value })).await;
            let new = format!("{document} #{number}");
            let new = app.ask(&new, json!({ "v": value })).await;
            assert_eq!(known.status, new.status, "{document} {value}");
            assert_eq!(told(known.body), told(new.body), "{document} {value}");
            if new.status == 200 {
                right += 1;
            } else {
                wrong += 1;
            }
        }
    }
    assert_eq!((right, wrong), (284, 752));
}
