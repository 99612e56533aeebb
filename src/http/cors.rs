//! Which pages of other sites may use the API.

use std::str::FromStr;

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Uri};

/// The origins whose pages may read answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origins {
    /// Only pages that this service itself serves.
    #[default]
    None,
    /// Every page, but never with credentials.
    Any,
    /// Pages of these origins, each `scheme://host[:port]`; with credentials, too.
    Listed(Vec<HeaderValue>),
}

/// A text that is not an origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an origin: write scheme://host[:port] without a path, or a single *")]
pub struct BadOrigin(String);

impl FromStr for Origins {
    type Err = BadOrigin;

    /// Reads `*`, or origins with commas between; nothing means none.
    fn from_str(text: &str) -> Result<Self, BadOrigin> {
        let parts: Vec<&str> = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        match parts.as_slice() {
            [] => Ok(Self::None),
            ["*"] => Ok(Self::Any),
            parts => parts
                .iter()
                .map(|part| origin(part))
                .collect::<Result<_, _>>()
                .map(Self::Listed),
        }
    }
}

/// Browsers send origins in lower case and without a slash at the end.
fn origin(text: &str) -> Result<HeaderValue, BadOrigin> {
    let bad = || BadOrigin(text.to_owned());
    let lower = text.to_ascii_lowercase();
    let uri: Uri = lower.parse().map_err(|_| bad())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(bad());
    };
    if lower != format!("{scheme}://{authority}") || authority.as_str().contains(['@', '*']) {
        return Err(bad());
    }
    lower.parse().map_err(|_| bad())
}

impl Origins {
    /// Whether an origin is trusted by name; being let in by `*` is no trust.
    pub(super) fn trust(&self, origin: &HeaderValue) -> bool {
        matches!(self, Self::Listed(origins) if origins.contains(origin))
    }

    /// The headers that tell a browser what its page may read, and what it may send.
    pub(super) fn headers(&self, request: &HeaderMap) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if *self == Self::None {
            return headers;
        }
        headers.append(VARY, ORIGIN.into());
        let Some(origin) = request.get(ORIGIN) else {
            return headers;
        };
        match self {
            Self::Any => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            }
            _ if self.trust(origin) => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
                headers.insert(
                    ACCESS_CONTROL_ALLOW_CREDENTIALS,
                    HeaderValue::from_static("true"),
                );
            }
            _ => return headers,
        }
        headers.insert(
            ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("x-request-id, retry-after, etag"),
        );
        headers.extend(permissions(request));
        headers
    }
}

/// The answer to a preflight: an allowed page may send any header.
fn permissions(request: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(asked) = request.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
        headers.insert(
            ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST"),
        );
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    }
    headers
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn request(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn origins_are_read() {
        let listed = |texts: &[&'static str]| {
            Ok(Origins::Listed(
                texts
                    .iter()
                    .map(|text| HeaderValue::from_static(text))
                    .collect(),
            ))
        };
        assert_eq!("".parse(), Ok(Origins::None));
        assert_eq!(" * ".parse(), Ok(Origins::Any));
        assert_eq!("https://a.example".parse(), listed(&["https://a.example"]));
        let two = "https://A.example, http://localhost:3000,".parse();
        assert_eq!(two, listed(&["https://a.example", "http://localhost:3000"]));
        for bad in [
            "a.example",
            "https://a.example/",
            "https://a/b",
            "*,https://a",
            "https://*.a",
            "null",
        ] {
            assert!(bad.parse::<Origins>().is_err(), "{bad}");
        }
    }

    #[test]
    fn nothing_is_said_unless_configured() {
        let from = request(&[(ORIGIN, "https://a.example")]);
        assert!(Origins::None.headers(&from).is_empty());
    }

    #[test]
    fn a_listed_page_may_read_with_credentials_and_another_may_not() {
        let origins: Origins = "https://a.example".parse().expect("an origin");
        let listed = origins.headers(&request(&[(ORIGIN, "https://a.example")]));
        assert_eq!(listed[ACCESS_CONTROL_ALLOW_ORIGIN], "https://a.example");
        assert_eq!(listed[ACCESS_CONTROL_ALLOW_CREDENTIALS], "true");
        let other = origins.headers(&request(&[(ORIGIN, "https://b.example")]));
        assert_eq!(other.len(), 1, "only Vary: {other:?}");
        assert_eq!(other[VARY], "origin");
    }

    #[test]
    fn every_page_may_read_without_credentials() {
        let headers = Origins::Any.headers(&request(&[(ORIGIN, "https://b.example")]));
        assert_eq!(headers[ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert!(!headers.contains_key(ACCESS_CONTROL_ALLOW_CREDENTIALS));
    }

    #[test]
    fn a_preflight_is_told_what_may_be_sent() {
        let asked = [
            (ORIGIN, "https://b.example"),
            (ACCESS_CONTROL_REQUEST_HEADERS, "content-type"),
        ];
        let headers = Origins::Any.headers(&request(&asked));
        assert_eq!(headers[ACCESS_CONTROL_ALLOW_HEADERS], "content-type");
        assert_eq!(headers[ACCESS_CONTROL_ALLOW_METHODS], "GET, POST");
    }
}
