//! Fresh databases, a test on each of them, and questions to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use serde_json::Value as Json;
use stack_atlas::ingest::knowledge::{Report, load};
use stack_atlas::store::{ConnectionOptions, connect, migrate};

use crate::world::{World, noon};

/// Declares tests that run on SQLite and, where `--include-ignored` is given, on PostgreSQL:
/// `on_both! { async fn claim(base) { … } }`.
macro_rules! on_both {
    ($(async fn $name:ident($base:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn check($base: crate::database::Base) $body

            #[tokio::test]
            async fn sqlite() {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join("atlas.db").display());
                check(crate::database::Base::open(&url).await).await;
            }

            #[tokio::test]
            #[ignore = "needs PostgreSQL"]
            async fn postgres() {
                let (name, url) = crate::database::create().await;
                let outcome = tokio::spawn(async move {
                    check(crate::database::Base::open(&url).await).await;
                });
                let outcome = outcome.await;
                crate::database::drop(&name).await;
                outcome.unwrap();
            }
        }
    )*};
}
pub(crate) use on_both;

/// A database of one test.
pub struct Base {
    pub db: DatabaseConnection,
    statements: Arc<AtomicU32>,
}

impl Base {
    pub async fn open(url: &str) -> Self {
        // The lock of a migration belongs to a connection.
        let alone = pool(url, 1).await;
        migrate(&alone).await.unwrap();
        alone.close().await.unwrap();
        let mut db = pool(url, 2).await;
        let statements = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&statements);
        db.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Self { db, statements }
    }

    pub async fn load(&self, world: &World) -> Report {
        load(&self.db, &world.knowledge(), noon()).await.unwrap()
    }

    pub async fn run(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }

    /// Statements since the last time.
    pub fn statements(&self) -> u32 {
        self.statements.swap(0, Ordering::Relaxed)
    }

    /// The number that a query gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let row = self.db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    pub async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM \"{table}\""))
            .await
    }

    /// The texts that a query gives.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let rows = self.db.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }

    /// The changes since the one numbered `after`: kind, operation, before and after.
    pub async fn changes(&self, after: i64) -> Vec<(String, String, Json, Json)> {
        use entity::change;
        use sea_orm::{
            ActiveEnum as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
        };

        let changes = change::Entity::find()
            .filter(change::Column::Id.gt(after))
            .order_by_asc(change::Column::Id)
            .all(&self.db)
            .await
            .unwrap();
        let changes = changes.into_iter().map(|change| {
            assert_eq!(change.actor, "knowledge");
            (
                change.entity_kind.to_value(),
                change.operation.to_value(),
                change.before.unwrap_or_default(),
                change.after.unwrap_or_default(),
            )
        });
        changes.collect()
    }

    pub async fn last_change(&self) -> i64 {
        self.number("SELECT COALESCE(MAX(id), 0) FROM change").await
    }

    /// Runs the statement as an editor would, with a row in the change log.
    pub async fn edit(&self, sql: &str, kind: &str, operation: &str, row: &str) {
        let (table, slug) = row.split_once('/').unwrap();
        let id = self
            .number(&format!("SELECT id FROM \"{table}\" WHERE slug = '{slug}'"))
            .await;
        self.edit_row(sql, kind, operation, table, id).await;
    }

    /// The same for a row without a slug.
    pub async fn edit_row(&self, sql: &str, kind: &str, operation: &str, table: &str, id: i64) {
        // What the row was is what the last change made of it.
        self.run(&format!(
            "INSERT INTO change (at, actor, entity_kind, entity_id, operation, before) \
             SELECT at, 'alice', '{kind}', {id}, '{operation}', after FROM change \
             WHERE entity_kind = '{kind}' AND entity_id = {id} ORDER BY id DESC LIMIT 1"
        ))
        .await;
        assert!(
            self.number(&format!("SELECT COUNT(*) FROM \"{table}\" WHERE id = {id}"))
                .await
                == 1
        );
        self.run(sql).await;
    }
}

pub async fn pool(url: &str, connections: u32) -> DatabaseConnection {
    let options = ConnectionOptions {
        url: url.to_owned(),
        connections,
        statement_timeout: None,
        create: true,
    };
    connect(&options).await.unwrap()
}

fn server() -> String {
    #[expect(clippy::disallowed_methods, reason = "a test has no options")]
    std::env::var("STACK_ATLAS_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

/// Creates a PostgreSQL database; returns its name and URL.
pub async fn create() -> (String, String) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("stack_atlas_knowledge_{}_{number}", std::process::id());
    administer(&format!("CREATE DATABASE {name}")).await;
    let server = server();
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = address.rsplit_once('/').unwrap();
    let url = format!("{host}/{name}?{options}");
    (name, url)
}

pub async fn drop(name: &str) {
    administer(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn administer(command: &str) {
    let db = pool(&server(), 1).await;
    db.execute_unprepared(command).await.unwrap();
}
