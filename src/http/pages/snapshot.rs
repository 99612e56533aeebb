//! What the home page shows of the data, asked for at most every few seconds.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::Variables;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::graphql::{Api, Outcome, Request};

/// How long the page may be behind the data.
const FRESH: Duration = Duration::from_secs(5);
const QUERY: &str = include_str!("home.graphql");

/// Keeps the last answer; visitors who come together wait for one and the same.
#[derive(Clone, Default)]
pub(in crate::http) struct Snapshots(Arc<Mutex<Option<Snapshot>>>);

struct Snapshot {
    taken: Instant,
    data: Arc<Value>,
}

impl Snapshots {
    /// The data; none if they cannot be read now.
    pub async fn get(&self, api: &Api, id: &str) -> Option<Arc<Value>> {
        let mut kept = self.0.lock().await;
        if let Some(last) = kept.as_ref().filter(|last| last.taken.elapsed() < FRESH) {
            return Some(Arc::clone(&last.data));
        }
        let data = Arc::new(ask(api, QUERY, Value::Null, id).await?);
        *kept = Some(Snapshot {
            taken: Instant::now(),
            data: Arc::clone(&data),
        });
        Some(data)
    }
}

/// The data of an answer without errors.
pub(super) async fn ask(api: &Api, query: &str, variables: Value, id: &str) -> Option<Value> {
    let request = Request {
        query: query.to_owned(),
        variables: Variables::from_json(variables),
        id: id.to_owned(),
        read_only: true,
        ..Request::default()
    };
    let answer = api.execute(request).await;
    if answer.outcome != Outcome::Executed || !answer.response.errors.is_empty() {
        tracing::warn!(request.id = id, errors = ?answer.response.errors, "a page lacks its data");
        return None;
    }
    serde_json::to_value(answer.response.data).ok()
}
