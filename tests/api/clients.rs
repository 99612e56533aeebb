//! The service and its schema, held against what clients are made of. `tests/clients/` is the Node side.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::{Value, json};
use stack_atlas::graphql::{Admission, DocumentOptions, Trusted};

use crate::support::TestApp;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The folder of an npm package.
const CHECKS: &str = "tests/clients";
const EXAMPLE: &str = "docs/examples/typescript";

fn run(program: &str, arguments: &[&str], package: &str) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(Path::new(ROOT).join(package))
        .output()
        .unwrap()
}

fn node(arguments: &[&str]) -> Output {
    run("node", arguments, CHECKS)
}

/// What a program printed that succeeded.
#[track_caller]
fn printed(output: Output) -> String {
    let text = String::from_utf8(output.stdout).unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{complaints}");
    text
}

/// What a script prints when it is run beside this server.
async fn beside(app: &TestApp, package: &'static str, arguments: &[&str]) -> String {
    let url = app.url("/graphql");
    let replaced = arguments
        .iter()
        .map(|argument| argument.replace("URL", &url));
    let arguments: Vec<String> = replaced.collect();
    let run = tokio::task::spawn_blocking(move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        printed(run("node", &arguments, package))
    });
    run.await.unwrap()
}

/// What a script prints when it is run beside a server over the embedded knowledge.
async fn against_a_server(script: &'static str) -> String {
    let app = TestApp::sqlite().await;
    beside(&app, CHECKS, &[script, "URL"]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs node"]
async fn every_audit_of_graphql_over_http_passes() {
    let printed = against_a_server("audit.mjs").await;
    let passed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(passed, json!({ "MUST": 13, "SHOULD": 23, "MAY": 25 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs node"]
async fn apollo_client_and_urql_cache_page_and_send_hashes() {
    against_a_server("clients.mjs").await;
}

/// The example in TypeScript is checked by its compiler; `mistakes.ts` holds what that must find.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs node"]
async fn the_typescript_example_compiles_and_goes_through_a_list() {
    printed(run("npm", &["run", "build"], EXAMPLE));
    let app = TestApp::sqlite().await;
    let program = ["dist/main.js", "URL", "elixir"];
    let text = beside(&app, EXAMPLE, &program).await;

    let mut expected = vec!["Elixir, a language (typing DYNAMIC) since 2012".to_owned()];
    let usages = app
        .query(
            "{ technology(by: {slug: \"elixir\"}) { usages(first: 100, \
             orderBy: {field: CONFIDENCE, direction: DESC}) { nodes { status adopter { name } } } } }",
        )
        .await;
    let adopters = usages.all("/technology/usages/nodes", "/adopter/name");
    let statuses = usages.all("/technology/usages/nodes", "/status");
    let lines = adopters.iter().zip(statuses);
    expected.extend(lines.map(|(adopter, status)| format!("{adopter}: {status}")));
    assert!(expected.len() > 6, "the list has several pages");
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);

    // The same from a service that runs nothing but what the example's build wrote down, by its id.
    let manifest = Path::new(ROOT)
        .join(EXAMPLE)
        .join("src/gql/persisted-documents.json");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    let app = TestApp::with_documents(DocumentOptions {
        admission: Admission::Only,
        trusted: Arc::new(Trusted::parse(&manifest).unwrap()),
        ..DocumentOptions::default()
    })
    .await;
    let [script, url, slug] = program;
    let by_id = beside(&app, EXAMPLE, &[script, url, slug, "--by-id"]).await;
    assert_eq!(by_id, text);
}

/// What clients of one schema would lose by another.
fn breaking(released: &Path, current: &Path) -> Vec<String> {
    let arguments = [released.to_str().unwrap(), current.to_str().unwrap()];
    let output = node(&["breaking.mjs", arguments[0], arguments[1]]);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(complaints.is_empty(), "{complaints}");
    let lines: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(output.status.success(), lines.is_empty());
    lines
}

#[test]
#[ignore = "needs node"]
fn a_schema_that_breaks_clients_is_noticed() {
    let path = Path::new(ROOT).join("schema.graphql");
    let schema = std::fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let changed = folder.path().join("changed.graphql");

    let broken = schema
        .replacen("\thasNextPage: Boolean!\n", "\thasNextPage: Boolean\n", 1)
        .replacen("\tstartCursor:", "\tfirstCursor:", 1);
    std::fs::write(&changed, broken).unwrap();
    let mut lines = breaking(&path, &changed);
    lines.sort();
    assert_eq!(
        lines,
        [
            "FIELD_CHANGED_KIND: PageInfo.hasNextPage changed type from Boolean! to Boolean.",
            "FIELD_REMOVED: PageInfo.startCursor was removed.",
        ]
    );

    // More is no less.
    let extended = schema.replacen(
        "\thasNextPage: Boolean!\n",
        "\thasNextPage: Boolean!\n\tmore: Int\n",
        1,
    );
    assert_ne!(extended, schema);
    std::fs::write(&changed, extended).unwrap();
    assert_eq!(breaking(&path, &changed), [""; 0]);
}

/// `docs/releases/schema.graphql` is the schema of the last release. Before the first one nobody can be broken.
#[test]
#[ignore = "needs node"]
fn clients_of_the_last_release_go_on_working() {
    let released = Path::new(ROOT).join("docs/releases/schema.graphql");
    let schema = Path::new(ROOT).join("schema.graphql");
    let released = if released.exists() {
        &released
    } else {
        &schema
    };
    assert_eq!(breaking(released, &schema), [""; 0]);
}
