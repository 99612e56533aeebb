//! Files and answers that need not be sent again.

use std::hash::{DefaultHasher, Hasher as _};

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

/// May be kept by the one who asked, and must be asked about each time.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A file with its tag, or 304 without a body if the client has it already.
pub(super) fn conditional(request: &HeaderMap, mut response: Response<Bytes>) -> Response<Body> {
    let mut hasher = DefaultHasher::new();
    hasher.write(response.body());
    let tag = write(hasher.finish());
    response.headers_mut().insert(CACHE_CONTROL, REVALIDATE);
    tagged(request, response, &tag).map(Body::from)
}

/// The response under its tag, or 304 without a body if the client has it already.
pub(super) fn tagged(
    request: &HeaderMap,
    mut response: Response<Bytes>,
    tag: &str,
) -> Response<Bytes> {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    if is_known(request, tag) {
        headers.remove(CONTENT_TYPE);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Bytes::new();
    }
    response
}

/// Weak, for the same answer is also sent compressed. The same in all processes of one build,
/// which is all that replicas behind a balancer need.
pub(super) fn write(hash: u64) -> String {
    format!("W/\"{hash:016x}\"")
}

/// Whether the client has the answer with this very tag.
pub(super) fn knows(request: &HeaderMap, tag: &str) -> bool {
    given(request).any(|known| opaque(known) == opaque(tag))
}

/// Whether the client has this file, by its tag or as whatever it is.
pub(super) fn is_known(request: &HeaderMap, tag: &str) -> bool {
    knows(request, tag) || given(request).any(|known| known == "*")
}

fn given(request: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = request.get_all(IF_NONE_MATCH).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).map(str::trim)
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
        let tag = get("").headers()[ETAG].to_str().expect("text").to_owned();
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
