//! The service and its schema, held against what clients are made of. `tests/clients/` is the Node side.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::{Value, json};
use stack_atlas::graphql::{Admission, DocumentOptions, Trusted};
use tempfile::NamedTempFile;

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

/// The lines that a script prints of what is wrong; it fails if there is one.
fn complaints(script: &str, paths: &[&Path]) -> Vec<String> {
    let paths = paths.iter().map(|path| path.to_str().unwrap());
    let arguments: Vec<&str> = std::iter::once(script).chain(paths).collect();
    let output = node(&arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    assert_eq!(output.status.success(), lines.is_empty(), "{text}");
    lines
}

fn schema() -> PathBuf {
    Path::new(ROOT).join("schema.graphql")
}

/// A file with the schema, each of these places written anew.
fn changed(places: &[(&str, &str)]) -> NamedTempFile {
    let mut text = std::fs::read_to_string(schema()).unwrap();
    for (old, new) in places {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let file = tempfile::Builder::new().suffix(".graphql").tempfile();
    let file = file.unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

#[test]
#[ignore = "needs node"]
fn the_schema_keeps_the_rules_of_its_linter() {
    assert_eq!(complaints("lint.mjs", &[&schema()]), [""; 0]);
}

#[test]
#[ignore = "needs node"]
fn a_schema_that_breaks_a_rule_is_noticed() {
    let faulty = changed(&[
        ("\t\"Its home page; null if not known.\"\n", ""),
        ("\tpageInfo: PageInfo!\n", "\tpageInfo: PageInfo\n"),
        ("\thasNextPage: Boolean!\n", "\thasNextPage: Boolean\n"),
    ]);
    let rules: Vec<String> = complaints("lint.mjs", &[faulty.path()])
        .iter()
        .filter_map(|line| Some(line.rsplit_once('/')?.1.to_owned()))
        .collect();
    assert_eq!(
        rules,
        [
            "require-description)",
            "relay-connection-types)",
            "relay-page-info)"
        ]
    );
}

/// `docs/releases/schema.graphql` is the schema of the last release; README.md says when it is renewed.
#[test]
#[ignore = "needs node"]
fn clients_of_the_last_release_go_on_working() {
    let released = Path::new(ROOT).join("docs/releases/schema.graphql");
    assert_eq!(complaints("breaking.mjs", &[&released, &schema()]), [""; 0]);
}

#[test]
#[ignore = "needs node"]
fn a_schema_that_breaks_clients_is_noticed() {
    let renamed = ("\tstartCursor: String\n", "\tfirstCursor: String\n");
    let broken = changed(&[
        renamed,
        ("\thasNextPage: Boolean!\n", "\thasNextPage: Boolean\n"),
        (
            "type Role implements Node @key(fields: \"id\")",
            "type Role implements Node",
        ),
    ]);
    assert_eq!(
        complaints("breaking.mjs", &[&schema(), broken.path()]),
        [
            "FIELD_REMOVED: PageInfo.startCursor was removed.",
            "FIELD_CHANGED_KIND: PageInfo.hasNextPage changed type from Boolean! to Boolean.",
            "FEDERATION: Role @key(fields: \"id\") was removed.",
        ]
    );

    // More is no less, and what was deprecated before may go.
    let more = changed(&[(
        "\tstartCursor: String\n",
        "\tmore: Int\n\tstartCursor: String\n",
    )]);
    assert_eq!(
        complaints("breaking.mjs", &[&schema(), more.path()]),
        [""; 0]
    );
    let deprecated = changed(&[(
        renamed.0,
        "\tstartCursor: String @deprecated(reason: \"Ask for firstCursor.\")\n",
    )]);
    let without = changed(&[renamed]);
    assert_eq!(
        complaints("breaking.mjs", &[deprecated.path(), without.path()]),
        [""; 0]
    );
}
