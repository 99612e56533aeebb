//! The front page: what this is and what is in it, readable without a script.

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, Response};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use serde_json::Value;

use super::super::etag::conditional;
use super::super::negotiate::Accept;
use super::super::request_id::RequestId;
use super::super::router::Service;
use super::file::text as page_text;
use super::links::{KINDS, about, example};
use super::search::{self, Hit};
use super::snapshot::ask;
use super::{POLICY, guarded, index};

/// The question of the picture; the script asks it.
const MAP: &str = include_str!("map.graphql");

/// The counts on the page, and what a click on one asks.
const COUNTS: [(&str, &str, &str); 5] = [
    ("technologies", "technologies", "11-most-used"),
    ("companies", "companies", "22-shared-technologies"),
    ("usages", "uses, with evidence", "12-who-uses"),
    ("roles", "roles", "30-role"),
    ("skillAreas", "skill areas", "32-skill-areas"),
];

/// The questions to start with.
const STARTERS: [&str; 6] = [
    "12-who-uses",
    "20-company-stack",
    "21-this-and-that",
    "13-neighbourhood",
    "30-role",
    "40-end-of-life",
];

/// What stands behind the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::http) struct Parameters {
    q: String,
}

/// What a search found, and what it was for; no hits at all if the service could not look.
struct Search {
    text: String,
    hits: Option<Vec<Hit>>,
}

/// The page, or an index for programs that ask for JSON.
pub(in crate::http) async fn home(
    State(service): State<Service>,
    Extension(id): Extension<RequestId>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    request: HeaderMap,
) -> Response<Body> {
    if Accept::of(&request).prefers_json() {
        return index();
    }
    let data = service.snapshots.get(&service.api, id.as_str()).await;
    let text = search::clean(&parameters.unwrap_or_default().q);
    let search = if text.is_empty() {
        None
    } else {
        let variables = search::variables(&text);
        let found = ask(&service.api, search::QUERY, variables, id.as_str()).await;
        let hits = found.as_ref().map(search::hits);
        Some(Search { text, hits })
    };
    let page = page(data.as_deref(), search.as_ref(), &origin(&request));
    let response = page_text("text/html; charset=utf-8", page.into_string());
    guarded(conditional(&request, response), POLICY)
}

/// Where the visitor found us. The scheme is the proxy's to tell; the script knows the rest.
fn origin(request: &HeaderMap) -> String {
    let header = |name: &str| request.get(name).and_then(|value| value.to_str().ok());
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".:-[]".contains(letter);
    let host = header(HOST.as_str()).filter(|host| host.chars().all(plain));
    let scheme = match header("x-forwarded-proto") {
        Some("https") => "https",
        _ => "http",
    };
    format!("{scheme}://{}", host.unwrap_or("127.0.0.1:8000"))
}

fn page(data: Option<&Value>, search: Option<&Search>, origin: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="description" content="Who builds what with which technologies, and how do we know? A knowledge base that answers in GraphQL.";
                title { "Stack Atlas" }
                link rel="icon" href="data:,";
                @for style in ["palette.css", "home.css"] {
                    link rel="stylesheet" href=(explorer::hashed(style).unwrap_or_default());
                }
                script type="module" src=(explorer::hashed("home.js").unwrap_or_default()) {}
                @if let Some(map) = explorer::hashed("map.js") {
                    script type="module" src=(map) {}
                }
            }
            body {
                header {
                    h1 { "Stack Atlas" }
                    p { "Who builds what with which technologies, how do we know, and which skills does that take? \
                         A knowledge base that answers in GraphQL, and names the source of each fact." }
                    p { a.button href="explorer" { "Open the explorer" } }
                }
                main {
                    (search_box(search))
                    @match data {
                        Some(data) if is_empty(data) => (empty()),
                        Some(data) => { (counts(data)) (popular(data)) }
                        None => (unavailable()),
                    }
                    (starters())
                    (programs(origin))
                    @if let Some(data) = data { (sources(data)) }
                }
                footer {
                    p { a href="licences.md" { "Licences of the libraries in this program" } }
                }
            }
        }
    }
}

fn search_box(search: Option<&Search>) -> Markup {
    html! {
        section aria-labelledby="find" {
            h2 #find { "Find" }
            form role="search" action="./" method="get" data-query=(search::QUERY) {
                label for="q" { "A technology, company, role or skill" }
                input #q name="q" type="search" autocomplete="off" maxlength="100"
                    value=[search.map(|search| &search.text)] aria-keyshortcuts="/";
                button { "Search" }
            }
            div #hits aria-live="polite" {
                @if let Some(search) = search { (hits(search)) }
            }
            @for (kind, _) in KINDS {
                @if let Some(href) = about(kind, "SLUG") { a hidden data-opens=(kind) href=(href) { (kind) } }
            }
        }
    }
}

fn hits(search: &Search) -> Markup {
    html! {
        @match &search.hits {
            None => p { "The search does not work at the moment. Try again in a little while." },
            Some(hits) if hits.is_empty() => p { "Nothing has a name that begins with “" (search.text) "”." },
            Some(hits) => ul {
                @for hit in hits {
                    @if let Some(href) = about(&hit.kind, &hit.slug) {
                        li {
                            a href=(href) { (hit.name) }
                            " " small { (hit.kind) @if let Some(alias) = &hit.alias { ", also “" (alias) "”" } }
                        }
                    }
                }
            },
        }
    }
}

fn counts(data: &Value) -> Markup {
    html! {
        section aria-labelledby="counts" {
            h2 #counts { "What is in it" }
            ul.counts {
                @for (list, words, question) in COUNTS {
                    @if let Some(question) = named(question) {
                        li { a href=(example(question)) {
                            strong { (grouped(data[list]["totalCount"].as_i64().unwrap_or_default())) } " " (words)
                        } }
                    }
                }
            }
        }
    }
}

fn popular(data: &Value) -> Markup {
    let technologies = data["popular"]["nodes"].as_array();
    html! {
        section aria-labelledby="popular" {
            h2 #popular { "The most used technologies, and who uses them" }
            @if explorer::hashed("map.js").is_some() { div #map data-query=(MAP) {} }
            details open[explorer::hashed("map.js").is_none()] {
                summary { "As a list" }
                dl {
                    @for technology in technologies.into_iter().flatten() {
                        dt { (thing(technology)) " " small { (technology["adopterCount"]) " adopters" } }
                        dd {
                            @for usage in technology["usages"]["nodes"].as_array().into_iter().flatten() {
                                (thing(&usage["adopter"])) " "
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A thing's name, with the way to it.
fn thing(node: &Value) -> Markup {
    let part = |name: &str| node[name].as_str().unwrap_or_default();
    html! {
        @match about(part("__typename"), part("slug")) {
            Some(href) => a href=(href) { (part("name")) },
            None => (part("name")),
        }
    }
}

fn starters() -> Markup {
    html! {
        section aria-labelledby="start" {
            h2 #start { "Questions to start with" }
            ul { @for question in STARTERS.iter().filter_map(|name| named(name)) {
                li { a href=(example(question)) { (question.title) } }
            } }
        }
    }
}

fn programs(origin: &str) -> Markup {
    let query = "{ technology(by: {slug: \"golang\"}) { name kind adopterCount } }";
    let body = serde_json::json!({ "query": query });
    html! {
        section aria-labelledby="programs" {
            h2 #programs { "From a program" }
            pre tabindex="0" aria-label="A command that asks the API" { code {
                "curl '" span data-base="" { (origin) "/" } "graphql' \\\n  -H 'content-type: application/json' \\\n  -d '" (body.to_string()) "'"
            } }
            ul {
                li { a href="schema.graphql" { "The schema" } ", which describes every type and field" }
                li { a href="questions.json" { "The example questions" } " as JSON" }
                li { "Health: " a href="health/live" { "live" } ", " a href="health/ready" { "ready" } }
            }
        }
    }
}

fn sources(data: &Value) -> Markup {
    let sources = data["sources"]["nodes"].as_array();
    html! {
        section aria-labelledby="sources" {
            h2 #sources { "Sources" }
            p { "The facts keep the licences of their sources." }
            ul { @for source in sources.into_iter().flatten() { (credit(source)) } }
        }
    }
}

/// Who said it, and on which terms.
fn credit(source: &Value) -> Markup {
    let name = source["name"].as_str().unwrap_or_default();
    let safe = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    html! {
        li {
            @match source["url"].as_str().filter(safe) {
                Some(url) => a href=(url) rel="noreferrer" { (name) },
                None => (name),
            }
            @for part in ["publisher", "licence", "attribution"] {
                @if let Some(text) = source[part].as_str() { "; " (text) }
            }
        }
    }
}

fn empty() -> Markup {
    html! {
        section.note role="status" {
            h2 { "There are no data yet" }
            p { "The tables are empty. " code { "stack-atlas load" } " fills them with the curated facts; so does a start \
                 with " code { "--prepare everything" } ", the default." }
        }
    }
}

fn unavailable() -> Markup {
    html! {
        section.note role="alert" {
            h2 { "The data cannot be read at the moment" }
            p { "The service runs, but its database does not answer as it should. "
                a href="health/ready" { "Its health" } " tells when it does; the log tells why it does not." }
        }
    }
}

fn is_empty(data: &Value) -> bool {
    COUNTS
        .iter()
        .all(|(list, ..)| data[list]["totalCount"] == 0)
}

fn named(name: &str) -> Option<&'static explorer::Question> {
    explorer::questions()
        .iter()
        .find(|question| question.name == name)
}

/// `12345` as `12,345`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn numbers_are_readable() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_origin_is_the_visitors() {
        for (host, scheme, expected) in [
            ("atlas.example", None, "http://atlas.example"),
            (
                "atlas.example:8443",
                Some("https"),
                "https://atlas.example:8443",
            ),
            ("[::1]:8000", Some("gopher"), "http://[::1]:8000"),
            ("a'; rm -rf ~", None, "http://127.0.0.1:8000"),
        ] {
            let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
            if let Some(scheme) = scheme {
                let name = HeaderName::from_static("x-forwarded-proto");
                headers.insert(name, HeaderValue::from_static(scheme));
            }
            assert_eq!(origin(&headers), expected);
        }
    }

    #[test]
    fn all_questions_of_the_page_exist() {
        for name in STARTERS.iter().chain(COUNTS.iter().map(|(.., name)| name)) {
            assert!(named(name).is_some(), "{name}");
        }
    }
}
