//! `/graphql`: from an HTTP request to its answer.

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::audience::Audience;
use super::body;
use super::csrf;
use super::etag;
use super::negotiate::{Accept, Media};
use super::pages;
use super::refusal::{METHODS, Refusal, allow};
use super::request::{self, Content, Operation};
use super::request_id::RequestId;
use super::response;
use super::router::Service;
use crate::graphql::{Answer, Explain, Freshness, Ready, Request, Tag};

/// Asks for `extensions.cost`: after the run, if it is 1; in place of it, if it is `estimate`.
const EXPLAIN: &str = "x-stack-atlas-explain";

/// Asks for `extensions.ftv1`, if it is `ftv1`: how long each field took.
const TRACE: &str = "apollo-federation-include-trace";

/// What of the HTTP request the API wants to know.
struct Caller {
    id: RequestId,
    read_only: bool,
    explain: Explain,
    audience: Audience,
    trace: bool,
}

/// A query by address. A browser that follows a link gets the explorer instead.
pub(super) async fn get(
    State(service): State<Service>,
    Extension(id): Extension<RequestId>,
    parts: Parts,
) -> Response<Body> {
    let accept = Accept::of(&parts.headers);
    if accept.prefers_html() && !request::has_document(&parts.uri) {
        return pages::explorer(parts.headers).await;
    }
    let Some(media) = accept.media() else {
        return response::refusal(Media::Json, &Refusal::NotAcceptable, &id).map(Body::from);
    };
    let caller = Caller::new(&id, &parts.headers, true);
    let answer = service.by_get(media, &parts, caller).await;
    answer
        .unwrap_or_else(|refusal| response::refusal(media, &refusal, &id))
        .map(Body::from)
}

/// One request or a batch of them, as JSON.
pub(super) async fn post(
    State(service): State<Service>,
    Extension(id): Extension<RequestId>,
    parts: Parts,
    body: Body,
) -> Response<Body> {
    let Some(media) = Accept::of(&parts.headers).media() else {
        return response::refusal(Media::Json, &Refusal::NotAcceptable, &id).map(Body::from);
    };
    let caller = Caller::new(&id, &parts.headers, false);
    let answer = service.by_post(media, &parts.headers, body, caller).await;
    answer
        .unwrap_or_else(|refusal| response::refusal(media, &refusal, &id))
        .map(Body::from)
}

/// What may be done here.
pub(super) async fn options() -> (StatusCode, [(HeaderName, HeaderValue); 1]) {
    (StatusCode::NO_CONTENT, [allow(METHODS)])
}

impl Service {
    /// Runs a query, unless the client has its answer and nothing has been written since.
    async fn by_get(
        &self,
        media: Media,
        parts: &Parts,
        caller: Caller,
    ) -> Result<Response<Bytes>, Refusal> {
        let headers = &parts.headers;
        csrf::check(headers, &self.options.cors)?;
        let operation = request::from_uri(&parts.uri)?;
        let _place = self.places.try_acquire().map_err(|_| Refusal::Overloaded)?;
        let ready = match self.api.prepare(caller.ask(operation)) {
            Ok(ready) => ready,
            Err(answer) => return Ok(response::single(media, &answer, caller.audience)),
        };
        // Before anything is run: what is written meanwhile belongs to the next tag.
        let tag = self.tag(media, &ready, &caller).await;
        if let Some(tag) = tag.as_ref().filter(|tag| etag::knows(headers, tag)) {
            let freshness = ready.freshness();
            return Ok(response::not_modified(tag, freshness, caller.audience));
        }
        let answer = self.api.run(ready).await;
        let response = response::single(media, &answer, caller.audience);
        Ok(match tag.filter(|_| answer.freshness().is_some()) {
            Some(tag) => etag::tagged(headers, response, &tag),
            None => response,
        })
    }

    /// The tag of an answer that may be kept.
    async fn tag(&self, media: Media, ready: &Ready, caller: &Caller) -> Option<String> {
        let kept = ready.freshness() != Freshness::Private;
        if caller.explain != Explain::Nothing
            || caller.trace
            || caller.audience == Audience::One
            || !kept
        {
            return None;
        }
        let Tag(hash) = self.api.tag(ready).await?;
        let variant = match media {
            Media::Json => hash,
            Media::GraphqlResponse => !hash,
        };
        Some(etag::write(variant))
    }

    async fn by_post(
        &self,
        media: Media,
        headers: &HeaderMap,
        body: Body,
        caller: Caller,
    ) -> Result<Response<Bytes>, Refusal> {
        csrf::check(headers, &self.options.cors)?;
        let bytes = body::read(headers, body, &self.options).await?;
        // Taken only now: whoever sends slowly must not keep others from being answered.
        let _place = self.places.try_acquire().map_err(|_| Refusal::Overloaded)?;
        match request::from_body(&bytes, self.options.batch)? {
            Content::Single(operation) => Ok(response::single(
                media,
                &self.api.execute(caller.ask(operation)).await,
                caller.audience,
            )),
            Content::Batch(parts) => Ok(response::batch(media, &self.batch(parts, &caller).await)),
        }
    }

    /// One after the other: a batch has no more power than a client that sends it in pieces.
    async fn batch(&self, parts: Vec<Result<Operation, Refusal>>, caller: &Caller) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(parts.len());
        for part in parts {
            answers.push(match part {
                Ok(operation) => self.api.execute(caller.ask(operation)).await,
                Err(refusal) => refusal.to_answer(&caller.id),
            });
        }
        answers
    }
}

impl Caller {
    fn new(id: &RequestId, headers: &HeaderMap, read_only: bool) -> Self {
        let explain = match headers.get(EXPLAIN).map(HeaderValue::as_bytes) {
            Some(b"1") => Explain::Run,
            Some(b"estimate") => Explain::Price,
            _ => Explain::Nothing,
        };
        Self {
            id: id.clone(),
            read_only,
            audience: Audience::of(headers),
            explain,
            trace: headers.get(TRACE).is_some_and(|value| value == "ftv1"),
        }
    }

    fn ask(&self, operation: Operation) -> Request {
        Request {
            query: operation.query,
            document: operation.document,
            operation_name: operation.name,
            variables: operation.variables,
            id: self.id.as_str().to_owned(),
            read_only: self.read_only,
            explain: self.explain,
            trace: self.trace,
        }
    }
}
