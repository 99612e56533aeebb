//! GraphQL over HTTP, request by request: status, media type and shape of the body.

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, ORIGIN, VARY,
};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use self::table::Shape::{Batch, Data, Refused, Text};
use self::table::{BROWSER, GOOD, NEGOTIATION, OUTCOMES, PLACES, REQUESTS, Row, Shape};
use crate::support::TestApp;

mod table;

const BODY_LIMIT: usize = 1 << 20;

#[tokio::test]
async fn every_request_has_its_status_media_type_and_shape() {
    let app = TestApp::sqlite().await;
    let client = Client::new();
    let rows = [NEGOTIATION, REQUESTS, OUTCOMES, PLACES].concat();
    assert!(rows.len() >= 40);
    for row in rows {
        check(&client, &app, row).await;
    }
}

async fn check(client: &Client, app: &TestApp, (line, headers, body, status, media, shape): Row) {
    let (method, path) = line.split_once(' ').unwrap();
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let mut request = client.request(method, app.url(path)).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let case = format!("{line} {headers:?} {body}");
    assert_eq!(response.status(), status, "{case}");
    assert_eq!(response.headers()[CONTENT_TYPE], media, "{case}");
    assert_eq!(
        response.headers()["x-content-type-options"],
        "nosniff",
        "{case}"
    );
    let id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let text = response.text().await.unwrap();
    match shape {
        Text(part) => assert!(text.contains(part), "{case}: {text}"),
        shape => check_json(&parse(&text), shape, &id, &case),
    }
}

fn check_json(body: &Value, shape: Shape, id: &str, case: &str) {
    match shape {
        Data => assert!(
            body["data"].is_object() && body.get("errors").is_none(),
            "{case}: {body}"
        ),
        Batch(size) => assert_eq!(body.as_array().map(Vec::len), Some(size), "{case}: {body}"),
        Refused(code) => {
            assert!(body.get("data").is_none(), "{case}: {body}");
            let errors = body["errors"].as_array().unwrap();
            assert!(!errors.is_empty(), "{case}");
            for error in errors {
                assert!(error["message"].is_string(), "{case}: {body}");
                assert_eq!(error["extensions"]["code"], code, "{case}: {body}");
                assert_eq!(error["extensions"]["requestId"], id, "{case}: {body}");
            }
        }
        Text(_) => unreachable!("not JSON"),
    }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

async fn post(app: &TestApp, body: String) -> Response {
    let request = Client::new()
        .post(app.url("/graphql"))
        .header(CONTENT_TYPE, "application/json");
    request.body(body).send().await.unwrap()
}

#[tokio::test]
async fn a_batch_is_answered_in_order_and_each_part_for_itself() {
    let app = TestApp::sqlite().await;
    let batch = json!([
        {"query": "{ a: __typename }"},
        {"query": "{"},
        {"variables": {}},
        {"query": "query ($s: String!) { technology(by: {slug: $s}) { name } }", "variables": {"s": "rust"}},
    ]);
    let body: Value = post(&app, batch.to_string()).await.json().await.unwrap();
    assert_eq!(body[0], json!({"data": {"a": "Query"}}));
    assert_eq!(
        body[1]["errors"][0]["extensions"]["code"],
        "GRAPHQL_PARSE_FAILED"
    );
    assert_eq!(body[2]["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    assert_eq!(body[3], json!({"data": {"technology": {"name": "Rust"}}}));
}

/// A request of exactly so many bytes.
fn padded(bytes: usize) -> String {
    format!("{GOOD}{}", " ".repeat(bytes - GOOD.len()))
}

#[tokio::test]
async fn a_body_may_have_a_mebibyte_and_not_a_byte_more() {
    let app = TestApp::sqlite().await;
    assert_eq!(post(&app, padded(BODY_LIMIT)).await.status(), 200);
    let response = post(&app, padded(BODY_LIMIT + 1)).await;
    assert_eq!(response.status(), 413);
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["errors"][0]["extensions"]["code"], "BODY_TOO_LARGE");
}

#[tokio::test]
async fn a_body_may_have_many_values_but_not_any_number() {
    let app = TestApp::sqlite().await;
    let batch = |size: usize| format!("[{}]", vec!["{\"\":0}"; size].join(","));
    assert_eq!(post(&app, batch(20_000)).await.status(), 400);
    assert_eq!(post(&app, batch(30_000)).await.status(), 413);
}

#[tokio::test]
async fn a_body_is_refused_by_its_announced_length_before_it_is_sent() {
    let app = TestApp::sqlite().await;
    let head = format!("content-length: {}\r\n\r\n", 1_u64 << 40);
    assert!(
        raw(&app, &[head.as_bytes()])
            .await
            .starts_with("HTTP/1.1 413 ")
    );
}

#[tokio::test]
async fn a_body_of_unknown_length_is_counted_as_it_comes() {
    let app = TestApp::sqlite().await;
    let chunk = |size: usize| format!("{size:x}\r\n{}\r\n", " ".repeat(size)).into_bytes();
    let head = b"transfer-encoding: chunked\r\n\r\n".to_vec();
    let end = b"0\r\n\r\n".to_vec();
    let query = format!("{:x}\r\n{GOOD}\r\n", GOOD.len()).into_bytes();
    let fits = [head.clone(), query, chunk(BODY_LIMIT - GOOD.len()), end];
    assert!(
        raw(&app, &fits.each_ref().map(Vec::as_slice))
            .await
            .starts_with("HTTP/1.1 200 ")
    );
    // The second chunk is one byte too many; the rest never comes.
    let over = [head, chunk(BODY_LIMIT), chunk(1)];
    assert!(
        raw(&app, &over.each_ref().map(Vec::as_slice))
            .await
            .starts_with("HTTP/1.1 413 ")
    );
}

#[tokio::test]
async fn who_accepts_nothing_in_particular_gets_plain_json() {
    let app = TestApp::sqlite().await;
    let rest = format!("content-length: {}\r\n\r\n{GOOD}", GOOD.len());
    let answer = raw(&app, &[rest.as_bytes()]).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(
        answer.contains("content-type: application/json; charset=utf-8\r\n"),
        "{answer}"
    );
}

/// Sends a POST piece by piece, and reads the first kilobyte of what comes back.
async fn raw(app: &TestApp, pieces: &[&[u8]]) -> String {
    let address = app.url("").trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\nconnection: close\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    for piece in pieces {
        stream.write_all(piece).await.unwrap();
    }
    let mut answer = vec![0; 1024];
    let length = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn an_address_may_be_long_but_not_endless() {
    let app = TestApp::sqlite().await;
    let get = |spaces: usize| {
        let url = app.url(&format!(
            "/graphql?query=%7B__typename%7D{}",
            "+".repeat(spaces)
        ));
        async { Client::new().get(url).send().await.unwrap().status() }
    };
    assert_eq!(get(16_000).await, 200);
    assert_eq!(get(17_000).await, 414);
}

#[tokio::test]
async fn methods_are_told() {
    let app = TestApp::sqlite().await;
    let client = Client::new();
    let url = app.url("/graphql");
    let options = client.request(Method::OPTIONS, &url).send().await.unwrap();
    assert_eq!(options.status(), 204);
    assert_eq!(options.headers()[ALLOW], "GET, HEAD, POST, OPTIONS");
    let patch = client.patch(&url).send().await.unwrap();
    assert_eq!(patch.status(), 405);
    let allowed = patch.headers()[ALLOW].to_str().unwrap().replace(' ', "");
    assert_eq!(allowed, "GET,HEAD,POST,OPTIONS");
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let app = TestApp::sqlite().await;
    let url = app.url("/graphql?query=%7B__typename%7D");
    let response = Client::new().head(url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-length"], "31");
    assert_eq!(response.bytes().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_sane_request_id_is_kept_and_another_replaced() {
    let app = TestApp::sqlite().await;
    for (sent, kept) in [
        ("trace-1.2_X", true),
        ("a b", false),
        (&*"x".repeat(65), false),
    ] {
        let request = Client::new()
            .get(app.url("/graphql"))
            .header("x-request-id", sent);
        let response = request.send().await.unwrap();
        let id = response.headers()["x-request-id"]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(id == sent, kept, "{sent}");
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["errors"][0]["extensions"]["requestId"], *id);
    }
}

#[tokio::test]
async fn the_cost_is_told_who_asks_for_it() {
    let app = TestApp::sqlite().await;
    let client = Client::new();
    let url = app.url("/graphql?query=%7B__typename%7D");
    for (value, told) in [("1", true), ("0", false)] {
        let request = client.get(&url).header("x-stack-atlas-explain", value);
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(body["extensions"].get("cost").is_some(), told, "{body}");
    }
}

#[tokio::test]
async fn long_answers_are_compressed_for_who_can_read_them() {
    let app = TestApp::sqlite().await;
    let client = Client::builder().no_gzip().build().unwrap();
    for (accepted, used) in [
        ("gzip", Some("gzip")),
        ("br", Some("br")),
        ("zstd", Some("zstd")),
        ("identity", None),
    ] {
        let request = client
            .get(app.url("/questions.json"))
            .header(ACCEPT_ENCODING, accepted);
        let response = request.send().await.unwrap();
        let encoding = response.headers().get(CONTENT_ENCODING);
        assert_eq!(
            encoding.and_then(|value| value.to_str().ok()),
            used,
            "{accepted}"
        );
        let mut vary = response.headers().get_all(VARY).iter();
        assert!(vary.any(|value| value == "accept-encoding"), "{accepted}");
    }
    let short = client
        .get(app.url("/health/live"))
        .header(ACCEPT_ENCODING, "gzip, br");
    let short = short.send().await.unwrap();
    assert!(!short.headers().contains_key(CONTENT_ENCODING));
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again() {
    let app = TestApp::sqlite().await;
    let client = Client::new();
    for (path, cache_control) in [
        ("/schema.graphql", "private, no-cache"),
        ("/", "private, no-cache"),
        ("/graphql?query=%7B__typename%7D", "public, no-cache"),
    ] {
        let first = client.get(app.url(path)).send().await.unwrap();
        assert_eq!(first.headers()[CACHE_CONTROL], cache_control, "{path}");
        let again = client
            .get(app.url(path))
            .header(IF_NONE_MATCH, &first.headers()[ETAG]);
        let again = again.send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(again.headers()[ETAG], first.headers()[ETAG], "{path}");
        assert_eq!(again.bytes().await.unwrap().len(), 0, "{path}");
    }
}

#[tokio::test]
async fn posts_have_no_tag_and_errors_are_not_kept() {
    let app = TestApp::sqlite().await;
    // Nobody keeps the answer to a POST; gateways read the policy from it.
    let posted = post(&app, GOOD.to_owned()).await;
    assert_eq!(posted.headers()[CACHE_CONTROL], "public, no-cache");
    let batch = post(&app, format!("[{GOOD}]")).await;
    assert_eq!(batch.headers()[CACHE_CONTROL], "no-store");
    assert!(!posted.headers().contains_key(ETAG));
    let url = app.url("/graphql?query=%7Bnope%7D");
    let failed = Client::new().get(url).send().await.unwrap();
    assert_eq!(failed.headers()[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn the_explorer_runs_nothing_but_our_own_files() {
    let app = TestApp::sqlite().await;
    let request = Client::new()
        .get(app.url("/graphql"))
        .header(ACCEPT, BROWSER);
    let page = request.send().await.unwrap();
    let policy = page.headers()[CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-eval"), "{policy}");
}

#[tokio::test]
async fn other_sites_are_told_nothing_unless_configured() {
    let app = TestApp::sqlite().await;
    let url = app.url("/graphql?query=%7B__typename%7D");
    let request = Client::new()
        .get(url)
        .header(ORIGIN, "https://elsewhere.example");
    let response = request.send().await.unwrap();
    let told = |name: &str| name.starts_with("access-control");
    assert!(!response.headers().keys().any(|name| told(name.as_str())));
}
