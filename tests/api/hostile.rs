//! Whatever is sent, the answer comes at once, and the process lives to give the next one.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Backend, TestApp};

/// Each generator at a size: text that is cheap to send and dear to handle.
fn bombs(size: usize) -> Vec<(&'static str, String)> {
    let nest = |open: &str, close: &str| format!("{}1{}", open.repeat(size), close.repeat(size));
    let chain: String = (0..size.min(2_000))
        .map(|i| format!("fragment f{i} on Query{{...f{} ...f{}}}", i + 1, i + 1))
        .collect();
    vec![
        (
            "lists in an argument",
            format!("{{technologies(first:{}){{__typename}}}}", nest("[", "]")),
        ),
        (
            "lists on __typename",
            format!("{{__typename(a:{})}}", nest("[", "]")),
        ),
        (
            "objects in an argument",
            format!(
                "{{technologies(filter:{}){{__typename}}}}",
                nest("{a:", "}")
            ),
        ),
        (
            "lists in a default",
            format!("query($a:Int={}){{__typename}}", nest("[", "]")),
        ),
        (
            "lists in a directive",
            format!("{{__typename @include(if:{})}}", nest("[", "]")),
        ),
        (
            "a nested type",
            format!(
                "query($a:{}Int{}){{__typename}}",
                "[".repeat(size),
                "]".repeat(size)
            ),
        ),
        (
            "selections",
            format!("{}__typename{}", "{n".repeat(size), "}".repeat(size)),
        ),
        ("open selections", "{n".repeat(size)),
        (
            "fragments spread twice",
            format!(
                "{{...f0}}{chain}fragment f{} on Query{{__typename}}",
                size.min(2_000)
            ),
        ),
        (
            "aliases",
            format!(
                "{{{}}}",
                (0..size)
                    .map(|i| format!("a{i}:__typename "))
                    .collect::<String>()
            ),
        ),
        (
            "directives",
            format!("{{__typename {}}}", "@include(if:true) ".repeat(size)),
        ),
        (
            "unknown fields",
            format!(
                "{{{}}}",
                (0..size).map(|i| format!("x{i} ")).collect::<String>()
            ),
        ),
        (
            "variables",
            format!(
                "query({}){{__typename}}",
                (0..size).map(|i| format!("$v{i}:Int ")).collect::<String>()
            ),
        ),
        ("an open string", format!("{{a(b:\"{}", "[".repeat(size))),
        (
            "an open block string",
            format!("{{a(b:\"\"\"{}", "[".repeat(size)),
        ),
        ("quotes", "\"".repeat(size)),
        ("nothing", " ".repeat(size)),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_bomb_is_refused_at_once() {
    let app = TestApp::empty(Backend::Sqlite).await;
    for size in [2_000, 5_000, 50_000, 160_000] {
        for (name, query) in bombs(size) {
            // The body may hold a megabyte, quoted.
            if query.len() > 900_000 {
                continue;
            }
            let started = Instant::now();
            let reply = app.query(&query).await;
            assert!(
                (400..500).contains(&reply.status),
                "{name} {size}: {:#}",
                reply.body
            );
            assert!(reply.codes().len() == 1, "{name} {size}: {:#}", reply.body);
            // The bound of 50 ms of CPU is the limits' own test, which counts steps; this one has
            // to pass on a loaded machine with a debug build.
            assert!(
                started.elapsed() < Duration::from_secs(2),
                "{name} {size}: {:?}",
                started.elapsed()
            );
        }
    }
    assert_eq!(app.query("{ __typename }").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wide_spreads_are_refused_before_they_are_expanded() {
    let app = TestApp::empty(Backend::Sqlite).await;
    let level = |i: usize| {
        format!(
            "fragment f{i} on Query{{{}}}",
            format!("...f{} ", i + 1).repeat(16)
        )
    };
    let query = format!(
        "{{...f0}}{}fragment f6 on Query{{__typename}}",
        (0..6).map(level).collect::<String>()
    );
    let reply = app.query(&query).await;
    assert_eq!(
        (reply.status, reply.codes()),
        (400, vec!["TOO_MANY_SELECTIONS"])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cost_is_priced_before_anything_is_read() {
    let app = TestApp::empty(Backend::Sqlite).await;
    let query = "{ technologies(first:100){ nodes{ usages(first:50){ nodes{ company{ usages(first:50){ nodes{ technology{ relations(first:20){ nodes{ id } } } } } } } } } } }";
    let reply = app.query(query).await;
    assert_eq!((reply.status, reply.codes()), (400, vec!["TOO_EXPENSIVE"]));
    for part in ["25,000", "technologies"] {
        assert!(reply.message().contains(part), "{}", reply.message());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ordinary_clients_send_passes() {
    let app = TestApp::empty(Backend::Sqlite).await;
    let introspection = include_str!("../../src/graphql/limits/introspection.graphql");
    let reply = app.query(introspection).await;
    assert_eq!(reply.at("/__schema/queryType/name"), "Query");
    let relay = "query Page($count: Int = 100) { technologies(first: $count) { ...Table_list } }
        fragment Table_list on TechnologyConnection { edges { cursor node { id ...Row_technology } } pageInfo { endCursor hasNextPage } }
        fragment Row_technology on Technology { id name summary adopterCount usages(first: 20) { edges { node { id ...Adopter_usage } } } }
        fragment Adopter_usage on Usage { adopter { __typename id name ... on Company { country } ... on Product { maker { id name } } } }";
    assert_eq!(app.query(relay).await.status, 200);
    let ids: Vec<String> = vec!["x".into(); 1_000];
    let nodes = app.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Company { name usages(first: 5) { nodes { id } } } } }", json!({ "ids": ids })).await;
    assert_eq!(nodes.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_deepest_query_is_answered() {
    let app = TestApp::with_knowledge(Backend::Sqlite).await;
    let deep = |levels: usize| {
        let turn = "technology { ... on Tool { usages(first: 1) { nodes { ";
        format!(
            "{{ usages(first: 1) {{ nodes {{ {}id{} }} }} }}",
            turn.repeat(levels),
            " } } } }".repeat(levels)
        )
    };
    // usages, nodes and six turns of technology, usages, nodes, with the id: 21 fields deep.
    let reply = app.query(&deep(6)).await;
    assert_eq!((reply.status, reply.codes()), (400, vec!["TOO_DEEP"]));
    let reply = app.query(&deep(5)).await;
    assert_eq!(reply.status, 200, "{:#}", reply.body);
}
