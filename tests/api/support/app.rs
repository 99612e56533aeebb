//! A server in this process, spoken to over a socket.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::{Value, json};
use stack_atlas::graphql::limits::Limits;
use stack_atlas::graphql::{Api, ApiOptions, DocumentOptions};
use stack_atlas::http::{self, HttpOptions};
use stack_atlas::store::{ConnectionOptions, Store};
use tokio::net::TcpListener;

use super::database::{Backend, Content, TestDatabase};
use super::reply::Reply;

/// The time at which every test takes place.
pub fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A running server over a database of its own.
pub struct TestApp {
    address: String,
    pub client: reqwest::Client,
    /// The database, to be changed behind the API's back.
    pub db: DatabaseConnection,
    database: Arc<TestDatabase>,
}

impl TestApp {
    /// Over the embedded knowledge, on SQLite.
    pub async fn sqlite() -> Self {
        Self::with_knowledge(Backend::Sqlite).await
    }

    /// Over the embedded knowledge.
    pub async fn with_knowledge(backend: Backend) -> Self {
        Self::start(backend, Content::Knowledge, ApiOptions::default()).await
    }

    /// Over empty tables.
    pub async fn empty(backend: Backend) -> Self {
        Self::start(backend, Content::Nothing, ApiOptions::default()).await
    }

    /// Over empty tables, with less time for each request.
    pub async fn hurried(backend: Backend, timeout: Duration) -> Self {
        let options = ApiOptions {
            timeout,
            ..ApiOptions::default()
        };
        Self::start(backend, Content::Nothing, options).await
    }

    /// Over the embedded knowledge on SQLite, with these documents.
    pub async fn with_documents(documents: DocumentOptions) -> Self {
        let options = ApiOptions {
            documents,
            ..ApiOptions::default()
        };
        Self::start(Backend::Sqlite, Content::Knowledge, options).await
    }

    /// Over the embedded knowledge on SQLite, with the schema kept from clients.
    pub async fn reticent() -> Self {
        let limits = Limits {
            introspections: 0,
            ..Limits::default()
        };
        let options = ApiOptions {
            limits,
            ..ApiOptions::default()
        };
        Self::start(Backend::Sqlite, Content::Knowledge, options).await
    }

    async fn start(backend: Backend, content: Content, api: ApiOptions) -> Self {
        let database = Arc::new(TestDatabase::new(backend, content).await);
        Self::over(database, api, 0).await
    }

    /// Another server over the same database, which keeps this many rows in memory.
    pub async fn keeping(&self, rows: u64) -> Self {
        Self::over(Arc::clone(&self.database), ApiOptions::default(), rows).await
    }

    async fn over(database: Arc<TestDatabase>, api: ApiOptions, kept_rows: u64) -> Self {
        let options = ConnectionOptions {
            url: database.url.clone(),
            connections: 4,
            statement_timeout: Some(api.timeout + Duration::from_millis(500)),
            create: true,
        };
        let store = Store::open(&options).await.unwrap().keeping(kept_rows);
        let api = Api::new(store, api).unwrap();
        let router = http::router(api, &HttpOptions::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(http::serve(listener, router, std::future::pending()));
        Self {
            address,
            client: reqwest::Client::new(),
            db: database.connect().await,
            database,
        }
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Runs SQL behind the API's back.
    pub async fn sql(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }

    /// Asks a query.
    pub async fn query(&self, query: &str) -> Reply {
        self.ask(query, json!({})).await
    }

    /// Asks a query with variables.
    pub async fn ask(&self, query: &str, variables: Value) -> Reply {
        let request = self
            .client
            .post(self.url("/graphql"))
            .header("accept", "application/graphql-response+json")
            .header("x-stack-atlas-explain", "1")
            .json(&json!({ "query": query, "variables": variables }));
        Reply::read(request.send().await.unwrap()).await
    }
}
