//! Which path leads where, and what surrounds them all.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::Response;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _, SizeAbove};

use super::negotiate::Media;
use super::options::HttpOptions;
use super::pages::Snapshots;
use super::refusal::Refusal;
use super::request_id::RequestId;
use super::{envelope, graphql, health, pages, response};
use crate::graphql::Api;

/// Bytes from which compression pays: less fits into one packet anyway.
const WORTH_COMPRESSING: u16 = 1024;

/// What handlers share.
#[derive(Clone)]
pub(super) struct Service {
    pub api: Api,
    /// The schema's text, if clients may know it; a clone costs nothing.
    pub schema: Option<Bytes>,
    /// What the home page shows.
    pub snapshots: Snapshots,
    pub options: Arc<HttpOptions>,
    /// One permit for each request that may run at once.
    pub places: Arc<Semaphore>,
}

/// All paths of the service, ready to be served.
pub fn router(api: Api, options: &HttpOptions) -> Router {
    let service = Service {
        schema: api.sdl().map(|sdl| Bytes::copy_from_slice(sdl.as_bytes())),
        api,
        snapshots: Snapshots::default(),
        places: Arc::new(Semaphore::new(options.in_flight)),
        options: Arc::new(options.clone()),
    };
    let worthwhile = DefaultPredicate::new().and(SizeAbove::new(WORTH_COMPRESSING));
    Router::new()
        .route("/", get(pages::home))
        .route("/explorer", get(pages::explorer))
        .route("/graphiql", get(pages::explorer))
        .route("/assets/{name}", get(pages::asset))
        .route("/licences.md", get(pages::licences))
        .route("/questions.json", get(pages::questions))
        .route("/schema.graphql", get(pages::schema))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route(
            "/graphql",
            get(graphql::get)
                .post(graphql::post)
                .options(graphql::options),
        )
        .method_not_allowed_fallback(|id| async { refused(id, &Refusal::MethodNotAllowed) })
        .fallback(|id| async { refused(id, &Refusal::NotFound) })
        .layer(CompressionLayer::new().compress_when(worthwhile))
        .layer(from_fn_with_state(service.clone(), envelope::wrap))
        .with_state(service)
}

pub(super) fn refused(Extension(id): Extension<RequestId>, refusal: &Refusal) -> Response<Body> {
    response::refusal(Media::Json, refusal, &id).map(Body::from)
}
