//! Answers as HTTP responses.

use std::collections::BTreeMap;

use async_graphql::{ServerError, Value};
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Serialize;

use super::audience::Audience;
use super::negotiate::Media;
use super::refusal::{Refusal, allow};
use super::request_id::RequestId;
use crate::graphql::{Answer, Freshness, Outcome};

/// What answers depend on besides the request's address and body.
const VARIES: HeaderValue = HeaderValue::from_static("accept, authorization, cookie");

/// Bytes of a body for which there is room from the start.
const USUAL_BODY: usize = 4096;

/// Headers for which there is room from the start: its own, and those that every response has.
const USUAL_HEADERS: usize = 12;

/// A response as the specification has it: no `data` where nothing was run.
#[derive(Serialize)]
struct Shape<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl<'a> From<&'a Answer> for Shape<'a> {
    fn from(answer: &'a Answer) -> Self {
        let executed = answer.outcome == Outcome::Executed;
        Self {
            errors: &answer.response.errors,
            data: executed.then_some(&answer.response.data),
            extensions: &answer.response.extensions,
        }
    }
}

/// The response to one request. Gateways read from it how long they may keep what they make of it,
/// also from the response to a POST, which nobody else keeps.
pub(super) fn single(media: Media, answer: &Answer, audience: Audience) -> Response<Bytes> {
    let mut response = write(media, status(media, answer.outcome), &Shape::from(answer));
    if let Some(freshness) = answer.freshness() {
        let cache_control = audience.cache_control(freshness);
        response.headers_mut().insert(CACHE_CONTROL, cache_control);
    }
    if answer.outcome == Outcome::MutationByGet {
        response.headers_mut().extend([allow("POST")]);
    }
    response
}

/// The response to a client that has the answer already: what the answer's headers would say.
pub(super) fn not_modified(tag: &str, freshness: Freshness, audience: Audience) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    headers.extend([
        (CACHE_CONTROL, audience.cache_control(freshness)),
        (VARY, VARIES),
    ]);
    headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
    response
}

/// The response to a batch: 200, for each part tells its own story.
pub(super) fn batch(media: Media, answers: &[Answer]) -> Response<Bytes> {
    let shapes: Vec<Shape<'_>> = answers.iter().map(Shape::from).collect();
    write(media, StatusCode::OK, &shapes)
}

/// The response to what never came to be run.
pub(super) fn refusal(media: Media, refusal: &Refusal, id: &RequestId) -> Response<Bytes> {
    let mut response = write(
        media,
        refusal.status(),
        &Shape::from(&refusal.to_answer(id)),
    );
    response.headers_mut().extend(refusal.header());
    response
}

/// Clients of `application/json` take any status but 200 for another party's error page, so what
/// GraphQL itself refuses is 200 for them. What they had better not repeat is not.
fn status(media: Media, outcome: Outcome) -> StatusCode {
    match (outcome, media) {
        // The first half of a conversation that the client's own link goes on with.
        (Outcome::Executed | Outcome::TextWanted, _) | (Outcome::Refused, Media::Json) => {
            StatusCode::OK
        }
        (Outcome::Refused, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
        (Outcome::MutationByGet, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Outcome::TimedOut, _) => StatusCode::GATEWAY_TIMEOUT,
    }
}

fn write(media: Media, mut status: StatusCode, shape: &impl Serialize) -> Response<Bytes> {
    let mut body = Vec::with_capacity(USUAL_BODY);
    if let Err(error) = serde_json::to_writer(&mut body, shape) {
        tracing::error!(%error, "an answer could not be written");
        (status, body) = (StatusCode::INTERNAL_SERVER_ERROR, Vec::new());
    }
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    *response.headers_mut() = HeaderMap::with_capacity(USUAL_HEADERS);
    response.headers_mut().extend([
        (CONTENT_TYPE, HeaderValue::from_static(media.content_type())),
        (VARY, VARIES),
    ]);
    response
}

#[cfg(test)]
mod tests {
    use axum::http::header::ALLOW;

    use super::*;

    fn answer(outcome: Outcome) -> Answer {
        Answer::new(async_graphql::Response::default(), outcome)
    }

    #[test]
    fn the_status_tells_what_happened_to_who_can_read_it() {
        for (outcome, ours, json) in [
            (Outcome::Executed, 200, 200),
            (Outcome::Refused, 400, 200),
            (Outcome::TextWanted, 200, 200),
            (Outcome::MutationByGet, 405, 405),
            (Outcome::TimedOut, 504, 504),
        ] {
            assert_eq!(status(Media::GraphqlResponse, outcome), ours, "{outcome:?}");
            assert_eq!(status(Media::Json, outcome), json, "{outcome:?}");
        }
    }

    #[test]
    fn data_is_null_only_where_something_was_run() {
        assert_eq!(
            single(Media::Json, &answer(Outcome::Executed), Audience::All).body(),
            r#"{"data":null}"#
        );
        assert_eq!(
            single(Media::Json, &answer(Outcome::Refused), Audience::All).body(),
            "{}"
        );
    }

    #[test]
    fn a_mutation_by_get_is_told_the_right_method() {
        let response = single(Media::Json, &answer(Outcome::MutationByGet), Audience::All);
        assert_eq!(response.headers()[ALLOW], "POST");
    }
}
