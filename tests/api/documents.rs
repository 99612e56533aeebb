//! Documents that are named instead of sent, as Apollo's clients do it and as trusted ones.

use std::sync::Arc;

use reqwest::Response;
use reqwest::header::CACHE_CONTROL;
use serde_json::{Value, json};
use stack_atlas::graphql::{Admission, DocumentOptions, Trusted};

use crate::support::{Reply, TestApp};

const QUERY: &str = r#"{ technology(by: {slug: "rust"}) { name } }"#;
/// What `printf '%s' "$QUERY" | sha256sum` prints.
const HASH: &str = "0bdafcf2874d614c7d76c235cb95719f6bc55e571936c6e552a47dfa1469825a";
const ANSWER: &str = r#"{"technology":{"name":"Rust"}}"#;

async fn post(app: &TestApp, accept: &str, body: Value) -> Response {
    let request = app
        .client
        .post(app.url("/graphql"))
        .header("accept", accept);
    request.json(&body).send().await.unwrap()
}

async fn ask(app: &TestApp, body: Value) -> Reply {
    Reply::read(post(app, "application/graphql-response+json", body).await).await
}

fn named(query: Option<&str>, hash: &str) -> Value {
    json!({ "query": query, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } })
}

#[track_caller]
fn answers(reply: &Reply) {
    assert_eq!(reply.data().to_string(), ANSWER);
}

#[track_caller]
fn refuses(reply: &Reply, status: u16, code: &str) {
    assert_eq!(
        (reply.status, reply.codes()),
        (status, vec![code]),
        "{:#}",
        reply.body
    );
    assert!(reply.body.get("data").is_none());
}

#[tokio::test]
async fn a_text_that_was_sent_with_its_hash_is_remembered() {
    let app = TestApp::sqlite().await;
    let unknown = ask(&app, named(None, HASH)).await;
    refuses(&unknown, 200, "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(unknown.message(), "PersistedQueryNotFound");
    answers(&ask(&app, named(Some(QUERY), HASH)).await);
    answers(&ask(&app, named(None, HASH)).await);
    answers(&ask(&app, named(Some(""), HASH)).await);
    let id = format!("sha256:{HASH}");
    answers(&ask(&app, json!({ "documentId": id })).await);
    let extensions = named(None, HASH)["extensions"].to_string();
    for (key, value) in [("extensions", &extensions), ("documentId", &id)] {
        let request = app.client.get(app.url("/graphql")).query(&[(key, value)]);
        answers(&Reply::read(request.send().await.unwrap()).await);
    }
}

#[tokio::test]
async fn that_a_text_is_wanted_is_no_error_of_http_and_not_kept() {
    let app = TestApp::sqlite().await;
    for accept in ["application/json", "application/graphql-response+json"] {
        let response = post(&app, accept, named(None, HASH)).await;
        assert_eq!(response.status(), 200, "{accept}");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store", "{accept}");
    }
}

#[tokio::test]
async fn only_valid_texts_under_their_own_hash_are_remembered() {
    let app = TestApp::sqlite().await;
    let forged = ask(&app, named(Some("{ __typename }"), HASH)).await;
    refuses(&forged, 400, "PERSISTED_QUERY_HASH_MISMATCH");
    let cases = [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ __typename @nope }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "query($a: Int!) { __typename @include(if: true) }",
            "BAD_USER_INPUT",
        ),
        (
            "query A { __typename } query B { __typename }",
            "OPERATION_RESOLUTION_FAILURE",
        ),
    ];
    for (text, code) in cases {
        let hash = sha256(text);
        refuses(&ask(&app, named(Some(text), &hash)).await, 400, code);
        refuses(
            &ask(&app, named(None, &hash)).await,
            200,
            "PERSISTED_QUERY_NOT_FOUND",
        );
    }
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[tokio::test]
async fn an_answer_with_errors_is_that_of_a_valid_text() {
    let app = TestApp::sqlite().await;
    let text = "{ technologies(first: 101) { totalCount } }";
    let hash = sha256(text);
    for query in [Some(text), None] {
        let reply = ask(&app, named(query, &hash)).await;
        assert_eq!((reply.status, reply.codes()), (200, vec!["BAD_PAGE"]));
        assert_eq!(reply.body["data"], json!({ "technologies": null }));
    }
}

#[tokio::test]
async fn a_service_that_remembers_nothing_says_so() {
    let options = DocumentOptions {
        remembered: 0,
        ..DocumentOptions::default()
    };
    let app = TestApp::with_documents(options).await;
    let reply = ask(&app, named(None, HASH)).await;
    refuses(&reply, 200, "PERSISTED_QUERY_NOT_SUPPORTED");
    assert_eq!(reply.message(), "PersistedQueryNotSupported");
    answers(&ask(&app, named(Some(QUERY), HASH)).await);
}

#[tokio::test]
async fn the_one_that_was_not_used_for_longest_is_forgotten_first() {
    let options = DocumentOptions {
        remembered: 2,
        ..DocumentOptions::default()
    };
    let app = TestApp::with_documents(options).await;
    let texts = [
        "{ a: __typename }",
        "{ b: __typename }",
        "{ c: __typename }",
    ];
    let hashes = texts.map(sha256);
    for place in [0, 1, 0, 2] {
        ask(&app, named(Some(texts[place]), &hashes[place]))
            .await
            .data();
        if place == 1 {
            ask(&app, named(None, &hashes[0])).await.data();
        }
    }
    for (hash, known) in hashes.iter().zip([true, false, true]) {
        let reply = ask(&app, named(None, hash)).await;
        assert_eq!(reply.codes().is_empty(), known, "{hash}");
    }
}

/// `tests/clients/hashes.mjs` sends a million and looks at the memory.
#[tokio::test]
async fn however_many_hashes_are_sent_no_more_are_remembered() {
    let options = DocumentOptions {
        remembered: 10,
        ..DocumentOptions::default()
    };
    let app = TestApp::with_documents(options).await;
    let texts: Vec<String> = (0..100)
        .map(|number| format!("{{ a{number}: __typename }}"))
        .collect();
    for (number, text) in texts.iter().enumerate() {
        let other = sha256(&number.to_string());
        refuses(
            &ask(&app, named(None, &other)).await,
            200,
            "PERSISTED_QUERY_NOT_FOUND",
        );
        refuses(
            &ask(&app, named(Some(text), &other)).await,
            400,
            "PERSISTED_QUERY_HASH_MISMATCH",
        );
        ask(&app, named(Some(text), &sha256(text))).await.data();
    }
    let mut known = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        if ask(&app, named(None, &sha256(text)))
            .await
            .codes()
            .is_empty()
        {
            known.push(number);
        }
    }
    assert_eq!(known, (90..100).collect::<Vec<_>>());
}

fn trusted(admission: Admission) -> DocumentOptions {
    let manifest =
        json!({ "rust": QUERY, "two": "query A { __typename } query B { b: __typename }" });
    DocumentOptions {
        admission,
        trusted: Arc::new(Trusted::parse(&manifest.to_string()).unwrap()),
        ..DocumentOptions::default()
    }
}

#[tokio::test]
async fn trusted_documents_are_run_by_id_hash_and_text() {
    for admission in [Admission::Any, Admission::Warn, Admission::Only] {
        let app = TestApp::with_documents(trusted(admission)).await;
        answers(&ask(&app, json!({ "documentId": "rust" })).await);
        answers(&ask(&app, json!({ "documentId": format!("sha256:{HASH}") })).await);
        answers(&ask(&app, named(None, HASH)).await);
        answers(&ask(&app, named(None, "rust")).await);
        answers(&app.query(QUERY).await);
        let chosen = ask(&app, json!({ "documentId": "two", "operationName": "B" })).await;
        assert_eq!(chosen.data(), &json!({ "b": "Query" }));
    }
}

#[tokio::test]
async fn where_only_trusted_documents_are_run_nothing_else_is() {
    let app = TestApp::with_documents(trusted(Admission::Only)).await;
    let other = "{ __typename }";
    let hash = sha256(other);
    for body in [
        json!({ "query": other }),
        json!({ "query": format!("{QUERY} ") }),
        json!({ "documentId": "other" }),
        named(Some(other), &hash),
        named(None, &hash),
    ] {
        refuses(&ask(&app, body).await, 400, "DOCUMENT_NOT_TRUSTED");
    }
}

#[tokio::test]
async fn an_unknown_id_is_told() {
    let app = TestApp::with_documents(trusted(Admission::Any)).await;
    let reply = ask(&app, json!({ "documentId": "other" })).await;
    refuses(&reply, 400, "PERSISTED_QUERY_NOT_FOUND");
    assert!(reply.message().contains("`other`"), "{}", reply.message());
}
