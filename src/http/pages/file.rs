//! Embedded files as answers.

use std::io::Read as _;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use explorer::{Asset, Body as Content};
use flate2::read::GzDecoder;

use super::super::etag::is_known;

/// The name says which version it is, so it need never be asked about again.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// A text of a media type.
pub(super) fn text(media: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

/// A file as the client can read it, or 304 if it has it already.
pub(super) fn embedded(request: &HeaderMap, asset: &'static Asset) -> Response<Body> {
    let known = is_known(request, asset.etag);
    let (body, encoding) = if known {
        (Bytes::new(), None)
    } else {
        encoded(request, asset.body)
    };
    let mut response = text(media(asset.path), body);
    let headers = response.headers_mut();
    let kept = if asset.hashed { FOR_EVER } else { REVALIDATE };
    headers.insert(CACHE_CONTROL, kept);
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    // Weak, for the same file is also sent compressed.
    if let Ok(tag) = HeaderValue::try_from(format!("W/{}", asset.etag)) {
        headers.insert(ETAG, tag);
    }
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if known {
        headers.remove(CONTENT_TYPE);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    response.map(Body::from)
}

/// The content in the best encoding that the client takes.
fn encoded(request: &HeaderMap, content: Content) -> (Bytes, Option<&'static str>) {
    match content {
        Content::Plain(bytes) => (Bytes::from_static(bytes), None),
        Content::Packed { brotli, .. } if accepts(request, "br") => {
            (Bytes::from_static(brotli), Some("br"))
        }
        Content::Packed { gzip, .. } if accepts(request, "gzip") => {
            (Bytes::from_static(gzip), Some("gzip"))
        }
        Content::Packed { gzip, .. } => (unpacked(gzip).into(), None),
    }
}

/// Whether an encoding is named with a weight above 0. Who names none gets none.
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let values = request.get_all(ACCEPT_ENCODING).iter();
    let mut parts = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','));
    parts.any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>();
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_ok_and(|weight| weight > 0.0)
    })
}

fn unpacked(gzip: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = GzDecoder::new(gzip).read_to_end(&mut bytes) {
        tracing::error!(%error, "an embedded file could not be unpacked");
    }
    bytes
}

fn media(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // "hello" by gzip.
    const HELLO: &[u8] = &[
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0, 0, 0,
    ];
    static PACKED: Asset = Asset {
        path: "assets/a-1.js",
        etag: "\"1\"",
        hashed: true,
        body: Content::Packed {
            gzip: HELLO,
            brotli: b"brotli",
        },
    };

    fn get(name: axum::http::HeaderName, value: &'static str) -> Response<Body> {
        let request = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
        embedded(&request, &PACKED)
    }

    #[test]
    fn a_file_comes_in_the_encoding_that_is_wanted() {
        for (accepted, encoding) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("GZIP", Some("gzip")),
            ("identity", None),
            ("gzip;q=0", None),
            ("", None),
        ] {
            let response = get(ACCEPT_ENCODING, accepted);
            let found = response.headers().get(CONTENT_ENCODING);
            assert_eq!(
                found.and_then(|it| it.to_str().ok()),
                encoding,
                "{accepted}"
            );
            assert_eq!(response.headers()[VARY], "accept-encoding");
            assert_eq!(response.headers()[CACHE_CONTROL], FOR_EVER);
        }
    }

    #[test]
    fn who_can_unpack_nothing_gets_it_unpacked() {
        assert_eq!(unpacked(HELLO), b"hello");
        let (body, encoding) = encoded(&HeaderMap::new(), PACKED.body);
        assert_eq!((body.as_ref(), encoding), (b"hello".as_slice(), None));
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        use axum::http::header::IF_NONE_MATCH;
        assert_eq!(
            get(IF_NONE_MATCH, "W/\"1\"").status(),
            StatusCode::NOT_MODIFIED
        );
        assert_eq!(get(IF_NONE_MATCH, "\"2\"").status(), StatusCode::OK);
    }
}
