//! The service and its schema, held against what clients are made of. `tests/clients/` is the Node side.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::TestApp;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn node(arguments: &[&str]) -> Output {
    Command::new("node")
        .args(arguments)
        .current_dir(Path::new(ROOT).join("tests/clients"))
        .output()
        .unwrap()
}

/// Runs a script against a server over the embedded knowledge; tells what it printed.
async fn against_a_server(script: &'static str) -> String {
    let app = TestApp::sqlite().await;
    let url = app.url("/graphql");
    let run = tokio::task::spawn_blocking(move || node(&[script, &url]));
    let output = run.await.unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}");
    String::from_utf8(output.stdout).unwrap()
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
