//! Answers that need not be sent again.

use std::hash::{DefaultHasher, Hasher as _};

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

/// May be kept by the one who asked, and must be asked about each time.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The answer to a GET with its tag, or 304 without a body if the client has it already.
pub(super) fn conditional(request: &HeaderMap, mut response: Response<Bytes>) -> Response<Body> {
    let tag = tag(response.body());
    let known = is_known(request, &tag);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, REVALIDATE);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    if known {
        headers.remove(CONTENT_TYPE);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Bytes::new();
    }
    response.map(Body::from)
}

/// Weak, for the same answer is also sent compressed. The same in all processes of one build,
/// which is all that replicas behind a balancer need.
fn tag(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    format!("W/\"{:016x}\"", hasher.finish())
}

fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let values = request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut known = values.flat_map(|value| value.split(',')).map(str::trim);
    known.any(|known| known == "*" || opaque(known) == opaque(tag))
}

/// The tag without the mark of weakness, which does not matter to the comparison.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(known: &str) -> Response<Body> {
        let known = HeaderValue::from_str(known).expect("a header");
        let request = HeaderMap::from_iter([(IF_NONE_MATCH, known)]);
        conditional(&request, Response::new(Bytes::from_static(b"body")))
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let tag = tag(b"body");
        let strong = opaque(&tag).to_owned();
        for (known, status) in [
            (tag.as_str(), 304),
            (strong.as_str(), 304),
            (&format!("\"x\", {tag}"), 304),
            ("*", 304),
            ("\"x\"", 200),
            ("", 200),
        ] {
            let response = get(known);
            assert_eq!(response.status(), status, "{known}");
            assert_eq!(response.headers()[ETAG], tag.as_str());
        }
    }
}
