//! The body of a POST: admitted by its headers, then read within bounds.

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use futures_util::StreamExt as _;

use super::negotiate::is_utf8;
use super::options::HttpOptions;
use super::refusal::Refusal;

/// Reads the body, if its headers promise what can be used.
///
/// Compressed bodies are refused: a query is small, and a bomb that is never unpacked cannot go off.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    options: &HttpOptions,
) -> Result<Vec<u8>, Refusal> {
    admit(headers, options.body_bytes)?;
    let reading = collect(body, options.body_bytes);
    tokio::time::timeout(options.body_timeout, reading)
        .await
        .unwrap_or(Err(Refusal::BodyTimeout))
}

fn admit(headers: &HeaderMap, limit: usize) -> Result<(), Refusal> {
    if !is_json(headers) {
        return Err(Refusal::ContentType);
    }
    let encodings = headers.get_all(CONTENT_ENCODING);
    if encodings
        .iter()
        .any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return Err(Refusal::ContentEncoding);
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    match announced.map(str::parse::<usize>) {
        Some(Ok(length)) if length > limit => Err(Refusal::BodyTooLarge(limit)),
        _ => Ok(()),
    }
}

/// Whether the one `Content-Type` is JSON in UTF-8. No other is taken, for a page of another site
/// can send others without asking leave first.
fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let mut pieces = value.to_str().unwrap_or_default().split(';').map(str::trim);
    let json = pieces
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let mut parameters = pieces.filter_map(|piece| piece.split_once('='));
    json && parameters.all(|(key, value)| !key.eq_ignore_ascii_case("charset") || is_utf8(value))
}

/// Stops at the first byte too many, whatever was announced.
async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad("The body broke off."))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Refusal::BodyTooLarge(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn only_json_in_utf8_is_taken() {
        for (value, expected) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("Application/JSON;charset=\"UTF-8\"; x=y", true),
            ("application/json; charset=utf-16", false),
            ("application/json-patch+json", false),
            ("application/graphql", false),
            ("text/plain", false),
            ("text/plain; a=application/json", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("", false),
        ] {
            assert_eq!(
                is_json(&headers(&[(CONTENT_TYPE, value)])),
                expected,
                "{value}"
            );
        }
        assert!(!is_json(&headers(&[])));
        let two = [
            (CONTENT_TYPE, "application/json"),
            (CONTENT_TYPE, "text/plain"),
        ];
        assert!(!is_json(&headers(&two)));
    }

    #[tokio::test]
    async fn a_body_is_measured_whatever_was_announced() {
        let options = HttpOptions {
            body_bytes: 4,
            ..HttpOptions::default()
        };
        let json = headers(&[(CONTENT_TYPE, "application/json")]);
        let read = |body: &'static str| read(&json, Body::from(body), &options);
        assert_eq!(read("1234").await.expect("fits"), b"1234");
        assert!(matches!(read("12345").await, Err(Refusal::BodyTooLarge(4))));
    }

    #[test]
    fn a_body_is_refused_by_what_is_announced() {
        let json = (CONTENT_TYPE, "application/json");
        let admit = |extra| admit(&headers(&[json.clone(), extra]), 10);
        assert!(admit((CONTENT_LENGTH, "10")).is_ok());
        assert!(matches!(
            admit((CONTENT_LENGTH, "11")),
            Err(Refusal::BodyTooLarge(10))
        ));
        assert!(admit((CONTENT_ENCODING, "identity")).is_ok());
        assert!(matches!(
            admit((CONTENT_ENCODING, "gzip")),
            Err(Refusal::ContentEncoding)
        ));
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let body_timeout = Duration::from_millis(10);
        let options = HttpOptions {
            body_timeout,
            ..HttpOptions::default()
        };
        let stalled = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let json = headers(&[(CONTENT_TYPE, "application/json")]);
        let result = read(&json, Body::from_stream(stalled), &options).await;
        assert!(matches!(result, Err(Refusal::BodyTimeout)));
    }
}
