//! Whether the process runs, and whether it can answer.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::router::Service;

/// Longer than this, and an orchestrator would have given up asking.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process runs; its database may not.
pub(super) async fn live() -> Json<Value> {
    Json(json!({"status": "live"}))
}

/// The database answers.
pub(super) async fn ready(State(service): State<Service>) -> (StatusCode, Json<Value>) {
    match tokio::time::timeout(PATIENCE, service.api.ready()).await {
        Ok(true) => (StatusCode::OK, Json(json!({"status": "ready"}))),
        Ok(false) | Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({"status": "unavailable"})),
        ),
    }
}
