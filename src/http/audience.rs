//! Who may see an answer again.

use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::{HeaderMap, HeaderValue};

use crate::graphql::Freshness;

/// Whom an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Everybody: nothing in the request said who asks.
    All,
    /// The one who asked: the answer may depend on the credentials that came along.
    One,
}

impl Audience {
    pub fn of(request: &HeaderMap) -> Self {
        if request.contains_key(AUTHORIZATION) || request.contains_key(COOKIE) {
            Self::One
        } else {
            Self::All
        }
    }

    /// The value of `Cache-Control` for an answer of this freshness.
    pub fn cache_control(self, freshness: Freshness) -> HeaderValue {
        let text = match (self, freshness) {
            (Self::One, _) | (_, Freshness::Private) => "private, no-store",
            (Self::All, Freshness::Seconds(0)) => "public, no-cache",
            (Self::All, Freshness::Seconds(seconds)) => {
                let text = HeaderValue::try_from(format!("public, max-age={seconds}"));
                return text.unwrap_or(HeaderValue::from_static("no-store"));
            }
        };
        HeaderValue::from_static(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_depend_on_who_asks_is_kept_by_nobody() {
        let with = |name| HeaderMap::from_iter([(name, HeaderValue::from_static("x"))]);
        assert_eq!(Audience::of(&HeaderMap::new()), Audience::All);
        assert_eq!(Audience::of(&with(COOKIE)), Audience::One);
        assert_eq!(Audience::of(&with(AUTHORIZATION)), Audience::One);
        for (audience, freshness, expected) in [
            (Audience::All, Freshness::Seconds(60), "public, max-age=60"),
            (Audience::All, Freshness::Seconds(0), "public, no-cache"),
            (Audience::All, Freshness::Private, "private, no-store"),
            (Audience::One, Freshness::Seconds(60), "private, no-store"),
        ] {
            assert_eq!(audience.cache_control(freshness), expected);
        }
    }
}
