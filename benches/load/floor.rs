//! The floor: the same answers by hand-written SQL and plain structs, without GraphQL.
//!
//! Nothing here is general. What the service takes more than this is the price of being so.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, post};
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Result, queries};

/// Serves until the process is ended.
pub async fn serve(path: PathBuf, port: u16) -> Result<()> {
    let router = Router::new()
        .route("/health/ready", get(|| async { "ready" }))
        .route("/q1", answer(queries::technology))
        .route("/q2", answer(queries::languages))
        .route("/q3", answer(queries::company))
        .with_state(path.into());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(axum::serve(listener, router).await?)
}

/// Reads JSON, asks the database, writes JSON.
fn answer<A, T>(ask: fn(&Connection, A) -> rusqlite::Result<T>) -> MethodRouter<Arc<Path>>
where
    A: DeserializeOwned + 'static,
    T: Serialize + 'static,
{
    post(
        async move |State(path): State<Arc<Path>>, body: Bytes| match run(&path, &body, ask) {
            Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        },
    )
}

fn run<A: DeserializeOwned, T: Serialize>(
    path: &Path,
    body: &[u8],
    ask: fn(&Connection, A) -> rusqlite::Result<T>,
) -> Result<Vec<u8>> {
    let key = serde_json::from_slice(body)?;
    let data = with_connection(path, |db| ask(db, key))?;
    Ok(serde_json::to_vec(&Body { data })?)
}

/// Runs on this thread's own connection.
fn with_connection<T>(
    path: &Path,
    ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    thread_local! {
        static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
    }
    CONNECTION.with_borrow_mut(|known| match known {
        Some(db) => ask(db),
        None => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            ask(known.insert(Connection::open_with_flags(path, flags)?))
        }
    })
}

#[derive(Serialize)]
struct Body<T> {
    data: T,
}
