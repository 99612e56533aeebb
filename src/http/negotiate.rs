//! Which media type an answer gets.

use std::cmp::Ordering;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// A media type that GraphQL answers come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`, for clients that know no better.
    Json,
    /// `application/graphql-response+json`, where the status says what happened.
    GraphqlResponse,
}

const JSON: &str = "application/json";
const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";

impl Media {
    /// The value of `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// What a client said in `Accept`.
#[derive(Debug)]
pub(super) struct Accept(Vec<Range>);

/// One part of the header, such as `text/*;q=0.5`.
#[derive(Debug)]
struct Range {
    name: String,
    weight: f32,
}

/// How welcome a media type is.
#[derive(Clone, Copy)]
struct Welcome {
    /// Whether it was called by its name and not by a wildcard.
    named: bool,
    weight: f32,
}

impl Accept {
    /// Reads the header. Parts that cannot be read are passed over.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT).iter();
        let parts = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|text| text.split(','));
        Self(parts.filter_map(Range::parse).collect())
    }

    /// The media type to answer in; none if the client accepts neither.
    pub fn media(&self) -> Option<Media> {
        match (self.welcome(GRAPHQL_RESPONSE), self.welcome(JSON)) {
            (None, None) => None,
            (Some(_), None) => Some(Media::GraphqlResponse),
            (None, Some(_)) => Some(Media::Json),
            (Some(ours), Some(json)) => Some(match ours.weight.total_cmp(&json.weight) {
                Ordering::Greater => Media::GraphqlResponse,
                Ordering::Equal if ours.named => Media::GraphqlResponse,
                Ordering::Equal | Ordering::Less => Media::Json,
            }),
        }
    }

    /// Whether a page is wanted rather than data, as browsers do when they follow a link.
    pub fn prefers_html(&self) -> bool {
        let Some(html) = self.welcome("text/html").filter(|html| html.named) else {
            return false;
        };
        let data = [self.welcome(GRAPHQL_RESPONSE), self.welcome(JSON)];
        data.into_iter()
            .flatten()
            .all(|data| match html.weight.total_cmp(&data.weight) {
                Ordering::Greater => true,
                Ordering::Equal => !data.named,
                Ordering::Less => false,
            })
    }

    /// Whether JSON is asked for by its name, and a page is not.
    pub fn prefers_json(&self) -> bool {
        let named = self.welcome(JSON).is_some_and(|json| json.named);
        named && !self.prefers_html()
    }

    /// The most specific range that covers `media` decides.
    fn welcome(&self, media: &str) -> Option<Welcome> {
        let Self(ranges) = self;
        if ranges.is_empty() {
            return Some(Welcome {
                named: false,
                weight: 1.0,
            });
        }
        let family = media.split('/').next().unwrap_or_default();
        let [exact, partial, any] = [media, &format!("{family}/*"), "*/*"].map(|name| {
            let weights = ranges
                .iter()
                .filter(|range| range.name == name)
                .map(|range| range.weight);
            weights.max_by(f32::total_cmp)
        });
        let weight = exact.or(partial).or(any).filter(|weight| *weight > 0.0)?;
        Some(Welcome {
            named: exact.is_some(),
            weight,
        })
    }
}

impl Range {
    /// A charset that is not ours is as good as a weight of 0. Other parameters are ignored: no
    /// media type of ours has any.
    fn parse(text: &str) -> Option<Self> {
        let mut pieces = text.split(';').map(str::trim);
        let name = pieces.next()?.to_ascii_lowercase();
        name.split_once('/')?;
        let mut weight = 1.0;
        let mut readable = true;
        for (key, value) in pieces.filter_map(|piece| piece.split_once('=')) {
            if key.eq_ignore_ascii_case("q") {
                let parsed = value.parse().ok();
                weight = parsed.filter(|weight| (0.0..=1.0).contains(weight))?;
            } else if key.eq_ignore_ascii_case("charset") {
                readable = is_utf8(value);
            }
        }
        let weight = if readable { weight } else { 0.0 };
        Some(Self { name, weight })
    }
}

/// Whether a charset's name means UTF-8.
pub(super) fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accept(values: &[&str]) -> Accept {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(ACCEPT, HeaderValue::from_str(value).expect("a header"));
        }
        Accept::of(&headers)
    }

    #[test]
    fn the_heavier_media_type_wins_and_the_named_one_on_a_tie() {
        let ours = Some(Media::GraphqlResponse);
        let json = Some(Media::Json);
        for (value, expected) in [
            ("application/graphql-response+json", ours),
            ("application/json", json),
            ("*/*", json),
            ("application/*", json),
            ("", json),
            ("nonsense", json),
            (
                "application/graphql-response+json, application/json;q=0.9",
                ours,
            ),
            ("application/json, application/graphql-response+json", ours),
            (
                "application/graphql-response+json;q=0.5, application/json",
                json,
            ),
            (
                "application/graphql-response+json;q=0.5, application/json;q=0.4",
                ours,
            ),
            ("application/graphql-response+json, */*", ours),
            ("application/graphql-response+json;q=0.1, */*;q=0.2", json),
            ("application/json, */*;q=0.1", json),
            ("application/json;q=0, */*", ours),
            ("application/graphql-response+json;q=0, */*", json),
            ("APPLICATION/Graphql-Response+JSON ; Q=0.3", ours),
            ("application/graphql-response+json; charset=\"UTF-8\"", ours),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                json,
            ),
        ] {
            assert_eq!(accept(&[value]).media(), expected, "{value}");
        }
    }

    #[test]
    fn nothing_of_ours_is_acceptable() {
        for value in [
            "text/html",
            "image/*",
            "*/*;q=0",
            "application/json;q=0",
            "application/json; charset=latin1; q=0.5",
            "text/html, application/*;q=0.0",
            "text/plain, application/json; charset=latin1",
            "text/plain, application/json;q=2",
        ] {
            assert_eq!(accept(&[value]).media(), None, "{value}");
        }
    }

    #[test]
    fn several_headers_are_one_list() {
        let media = accept(&["text/plain", "application/graphql-response+json"]).media();
        assert_eq!(media, Some(Media::GraphqlResponse));
    }

    #[test]
    fn browsers_that_follow_a_link_want_a_page() {
        let chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        for (value, expected) in [
            (chrome, true),
            ("text/html", true),
            ("text/html, */*", true),
            ("text/html, application/json", false),
            ("text/html;q=0.5, application/json", false),
            ("text/html;q=0", false),
            ("text/*", false),
            ("*/*", false),
            ("", false),
        ] {
            assert_eq!(accept(&[value]).prefers_html(), expected, "{value}");
        }
    }
}
