//! The name by which a request is found again in logs and errors.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The header that brings the id and takes it back.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id taken from a client, in bytes.
const LONGEST: usize = 64;

/// 1 to 64 characters of `[A-Za-z0-9._-]`: safe in a header, a log line and JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestId(Arc<str>);

impl RequestId {
    /// The client's id if it is a sane one, else a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(HEADER).and_then(|value| value.to_str().ok());
        match given.filter(|id| is_sane(id)) {
            Some(id) => Self(id.into()),
            None => Self::fresh(),
        }
    }

    /// Unique, not unguessable: a counter behind a hash that is seeded by the process.
    fn fresh() -> Self {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let hash = SEED.hash_one(COUNT.fetch_add(1, Ordering::Relaxed));
        Self(format!("{hash:016x}").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// None never happens: the characters were checked.
    pub fn to_header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_sane(id: &str) -> bool {
    let sane = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(sane)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> RequestId {
        let value = HeaderValue::from_str(value).expect("a header");
        RequestId::of(&HeaderMap::from_iter([(HEADER, value)]))
    }

    #[test]
    fn a_sane_id_is_taken_and_another_replaced() {
        for id in ["a", "Trace-1.2_x", &"x".repeat(64)] {
            assert_eq!(of(id).as_str(), id);
        }
        for id in ["", "a b", "a\"b", "ä", "a/b", &"x".repeat(65)] {
            let made = of(id);
            assert_ne!(made.as_str(), id);
            assert!(is_sane(made.as_str()), "{made}");
        }
    }

    #[test]
    fn no_two_are_alike() {
        assert_ne!(RequestId::fresh(), RequestId::fresh());
    }
}
