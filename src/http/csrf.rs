//! No page of another site may borrow a visitor's credentials.
//!
//! The first wall is elsewhere: a POST must be `application/json`, which browsers send to another
//! site only after asking, and a GET never changes anything. This is the second wall, for browsers
//! and proxies with holes: what comes from a foreign page *and* carries credentials that a browser
//! attaches by itself is refused. Without credentials a foreign page learns and does no more than
//! anybody; programs that are not browsers send neither `Origin` nor `Sec-Fetch-Site`.

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue};

use super::cors::Origins;
use super::refusal::Refusal;

const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Refuses credentials from a foreign page that is not trusted by name.
pub(super) fn check(headers: &HeaderMap, trusted: &Origins) -> Result<(), Refusal> {
    let credentials = headers.contains_key(COOKIE) || headers.contains_key(AUTHORIZATION);
    if credentials
        && is_foreign(headers)
        && !headers
            .get(ORIGIN)
            .is_some_and(|origin| trusted.trust(origin))
    {
        return Err(Refusal::Csrf);
    }
    Ok(())
}

/// The browser's own verdict counts most: no page can forge it. Older browsers, and all on plain
/// HTTP, give only the origin; it is ours if it names the host that was asked.
fn is_foreign(headers: &HeaderMap) -> bool {
    let origin = headers.get(ORIGIN);
    match headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes) {
        Some(b"same-origin" | b"none") => false,
        Some(b"cross-site") => true,
        _ => origin.is_some_and(|origin| !is_own(origin, headers)),
    }
}

/// The scheme is left out: behind a proxy we do not know our own.
fn is_own(origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let origin = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    matches!((origin, host), (Some((_, own)), Some(host)) if own.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(trusted: &str, lines: &[&str]) -> bool {
        let trusted = trusted.parse().expect("origins");
        let pairs = lines.iter().map(|line| {
            let (name, value) = line.split_once(": ").expect("a header");
            (
                name.parse().expect("a name"),
                value.parse().expect("a value"),
            )
        });
        check(&pairs.collect(), &trusted).is_err()
    }

    #[test]
    fn foreign_pages_may_not_send_credentials() {
        let (host, own, foreign) = (
            "host: atlas:8000",
            "origin: http://atlas:8000",
            "origin: https://evil",
        );
        let (cross, same) = ("sec-fetch-site: cross-site", "sec-fetch-site: same-origin");
        let (cookie, key) = ("cookie: a=b", "authorization: Basic YTpi");
        for (trusted, lines, expected) in [
            // What is not a browser, and what has no credentials.
            ("", vec![host, cookie], false),
            ("", vec![host, foreign], false),
            ("", vec![host, cross], false),
            // Our own pages, behind a proxy that renames the host, too.
            ("", vec![host, cookie, own], false),
            ("", vec![host, cookie, foreign, same], false),
            ("", vec![host, cookie, "sec-fetch-site: none"], false),
            // Foreign pages.
            ("", vec![host, cookie, foreign], true),
            ("", vec![host, key, foreign], true),
            ("", vec![host, cookie, cross], true),
            ("", vec![host, cookie, own, cross], true),
            ("", vec![host, cookie, "origin: null"], true),
            ("", vec![host, cookie, "origin: http://atlas:9000"], true),
            ("", vec![cookie, own], true),
            (
                "",
                vec![host, cookie, foreign, "sec-fetch-site: same-site"],
                true,
            ),
            // Trust is by name only.
            ("https://evil", vec![host, cookie, foreign, cross], false),
            ("https://good", vec![host, cookie, foreign, cross], true),
            ("*", vec![host, cookie, foreign, cross], true),
            ("*", vec![host, foreign, cross], false),
        ] {
            assert_eq!(refused(trusted, &lines), expected, "{trusted} {lines:?}");
        }
    }
}
