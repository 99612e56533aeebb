//! The pages for people: home, the explorer, the schema as text, and the files they are made of.
//! Everything is embedded, links are relative, and nothing comes from another host.

mod file;
mod home;
mod links;
mod search;
mod snapshot;

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use axum::response::IntoResponse as _;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::etag::conditional;
use super::refusal::Refusal;
use super::request_id::RequestId;
use super::router::{Service, refused};
use file::text;
pub(super) use home::home;
pub(super) use snapshot::Snapshots;

/// Scripts and styles from files of our own only; requests and forms to ourselves only; never in
/// a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// The editor writes styles into the page, and works in threads of its own; no style runs code.
const EDITOR_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Our window shares nothing with the page that opened it.
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// What the plain console is made of.
const CONSOLE_FILES: [&str; 3] = ["palette.css", "console.css", "console.js"];

/// The plain console, with the hashed names of its files filled in.
static CONSOLE: LazyLock<String> = LazyLock::new(|| {
    let page = match explorer::asset("console.html").map(|asset| asset.body) {
        Some(explorer::Body::Plain(page)) => String::from_utf8_lossy(page),
        Some(explorer::Body::Packed { .. }) | None => "".into(),
    };
    CONSOLE_FILES.iter().fold(page.into_owned(), |page, name| {
        let path = explorer::hashed(name).unwrap_or_default();
        page.replace(&format!("{{{name}}}"), path)
    })
});

/// The explorer or, in a program that was built without it, the plain console.
pub(super) async fn explorer(request: HeaderMap) -> Response<Body> {
    if let Some(page) = explorer::asset("explorer.html") {
        return guarded(file::embedded(&request, page), EDITOR_POLICY);
    }
    let page = text("text/html; charset=utf-8", CONSOLE.as_bytes());
    guarded(conditional(&request, page), POLICY)
}

/// A file of a page; its name changes with its content.
pub(super) async fn asset(
    Path(name): Path<String>,
    id: Extension<RequestId>,
    request: HeaderMap,
) -> Response<Body> {
    match explorer::asset(&format!("assets/{name}")) {
        Some(asset) => file::embedded(&request, asset),
        None => refused(id, &Refusal::NotFound),
    }
}

/// The licences of the crates, and of the libraries in the explorer.
pub(super) async fn licences(id: Extension<RequestId>, request: HeaderMap) -> Response<Body> {
    match explorer::asset("licences.md") {
        Some(asset) => file::embedded(&request, asset),
        None => refused(id, &Refusal::NotFound),
    }
}

/// The example questions.
pub(super) async fn questions(request: HeaderMap) -> Response<Body> {
    let questions = explorer::questions().iter().map(|question| {
        json!({
            "name": question.name,
            "group": question.group,
            "title": question.title,
            "query": question.query,
            "variables": question.variables,
        })
    });
    let body = questions.collect::<Value>().to_string();
    conditional(&request, text("application/json", body))
}

/// The schema in its definition language, as text that browsers show.
pub(super) async fn schema(
    State(service): State<Service>,
    id: Extension<RequestId>,
    request: HeaderMap,
) -> Response<Body> {
    match service.schema {
        Some(schema) => conditional(&request, text("text/plain; charset=utf-8", schema)),
        None => refused(id, &Refusal::NotFound),
    }
}

/// What there is here, for programs that ask for JSON. Links are relative to this address.
fn index() -> Response<Body> {
    Json(json!({
        "name": "Stack Atlas",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Who builds what with which technologies, how do we know, and which skills does that take?",
        "links": {
            "api": "graphql",
            "schema": "schema.graphql",
            "explorer": "explorer",
            "questions": "questions.json",
            "live": "health/live",
            "ready": "health/ready",
        },
    }))
    .into_response()
}

fn guarded(mut response: Response<Body>, policy: &'static str) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.append(VARY, HeaderValue::from_static("accept"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_policy_lets_code_in() {
        for hole in ["unsafe-eval", "http", "*", "blob:"] {
            assert!(!POLICY.contains(hole), "{hole}");
            assert!(!EDITOR_POLICY.contains(hole), "{hole}");
        }
        assert!(!POLICY.contains("unsafe"));
        assert!(EDITOR_POLICY.contains("script-src 'self';"));
    }

    #[test]
    fn the_console_names_its_files() {
        for name in CONSOLE_FILES {
            let path = explorer::hashed(name).expect("embedded");
            assert!(CONSOLE.contains(&format!("\"{path}\"")), "{path}");
        }
        assert!(!CONSOLE.contains('{'));
    }
}
