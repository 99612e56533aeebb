//! What every request and every response gets, whatever they are about.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt as _;
use tracing::{Instrument as _, info_span};

use super::negotiate::{Accept, Media};
use super::refusal::Refusal;
use super::request_id::{self, RequestId};
use super::response;
use super::router::Service;

/// Headers of every response that does not say otherwise itself.
const DEFAULTS: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// Names the request, logs it, and turns a panic into a 500 that names it, too.
///
/// The panic itself is logged by the panic hook, within the request's span.
pub(super) async fn wrap(
    State(service): State<Service>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = RequestId::of(request.headers());
    request.extensions_mut().insert(id.clone());
    let media = Accept::of(request.headers()).media().unwrap_or(Media::Json);
    let mut extra = service.options.cors.headers(request.headers());
    extra.extend(id.to_header().map(|id| (request_id::HEADER, id)));
    let (method, path) = (request.method(), request.uri().path());
    let span = info_span!("request", request.id = %id, http.method = %method, http.path = path);
    let answer = async {
        let started = Instant::now();
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let answer = answer
            .unwrap_or_else(|_| response::refusal(media, &Refusal::Internal, &id).map(Body::from));
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(
            http.status = answer.status().as_u16(),
            milliseconds,
            "answered"
        );
        answer
    };
    let mut response = answer.instrument(span).await;
    complete(response.headers_mut(), extra);
    response
}

fn complete(headers: &mut HeaderMap, extra: HeaderMap) {
    for (name, value) in DEFAULTS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    let mut last = None;
    for (name, value) in extra {
        last = name.or(last);
        if let Some(name) = &last {
            headers.append(name, value);
        }
    }
}
