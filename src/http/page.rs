//! The plain console, and the schema as text: files that are embedded and need no network.

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Response};

use super::etag::conditional;
use super::refusal::Refusal;
use super::request_id::RequestId;
use super::router::{Service, refused};

/// Scripts and styles from files of our own only; requests to ourselves only; never in a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The console. Its links are relative, so it works under any prefix of a proxy.
pub(super) async fn console(request: HeaderMap) -> Response<Body> {
    let mut response = file("text/html; charset=utf-8", include_str!("page/index.html"));
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    conditional(&request, response)
}

/// The console's script.
pub(super) async fn script(request: HeaderMap) -> Response<Body> {
    let file = file(
        "text/javascript; charset=utf-8",
        include_str!("page/console.js"),
    );
    conditional(&request, file)
}

/// The console's style.
pub(super) async fn style(request: HeaderMap) -> Response<Body> {
    let file = file("text/css; charset=utf-8", include_str!("page/console.css"));
    conditional(&request, file)
}

/// The schema in its definition language, as text that browsers show.
pub(super) async fn schema(
    State(service): State<Service>,
    id: Extension<RequestId>,
    request: HeaderMap,
) -> Response<Body> {
    match service.schema {
        Some(schema) => conditional(&request, file("text/plain; charset=utf-8", schema)),
        None => refused(id, &Refusal::NotFound),
    }
}

fn file(media: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_policy_lets_no_code_in() {
        for hole in ["unsafe", "http", "*", "blob:"] {
            assert!(!super::POLICY.contains(hole), "{hole}");
        }
    }

    #[test]
    fn the_page_loads_nothing_from_elsewhere_and_holds_no_code() {
        let page = include_str!("page/index.html");
        for hole in [
            "http:", "https:", "//", "<style", "style=", "onclick", "<script>",
        ] {
            assert!(!page.contains(hole), "{hole}");
        }
        assert!(!include_str!("page/console.css").contains("url("));
    }
}
