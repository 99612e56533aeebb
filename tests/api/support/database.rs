//! Databases that belong to one test each: copies of a template that is made once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, DatabaseConnection};
use stack_atlas::ingest::knowledge::{Knowledge, load};
use stack_atlas::store::{ConnectionOptions, connect, migrate};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The database under the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// What is in a database at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Tables without rows.
    Nothing,
    /// The embedded knowledge.
    Knowledge,
}

/// A database of one test.
pub struct TestDatabase {
    pub url: String,
    /// Keeps the SQLite file until the test has ended.
    _folder: Option<TempDir>,
}

impl TestDatabase {
    pub async fn new(backend: Backend, content: Content) -> Self {
        match backend {
            Backend::Sqlite => sqlite(content).await,
            Backend::Postgres => postgres(content).await,
        }
    }

    pub async fn connect(&self) -> DatabaseConnection {
        open(&self.url).await
    }
}

async fn open(url: &str) -> DatabaseConnection {
    let options = ConnectionOptions {
        url: url.to_owned(),
        connections: 4,
        statement_timeout: None,
        create: true,
    };
    connect(&options).await.unwrap()
}

async fn fill(url: &str, content: Content) {
    let db = open(url).await;
    migrate(&db).await.unwrap();
    if content == Content::Knowledge {
        let knowledge = Knowledge::embedded(super::app::now().date_naive()).unwrap();
        load(&db, &knowledge, super::app::now()).await.unwrap();
    }
    db.close().await.unwrap();
}

async fn sqlite(content: Content) -> TestDatabase {
    static TEMPLATES: [OnceCell<(TempDir, PathBuf)>; 2] =
        [OnceCell::const_new(), OnceCell::const_new()];
    let template = TEMPLATES[content as usize].get_or_init(|| async move {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("template.db");
        fill(&format!("sqlite:{}", path.display()), content).await;
        (folder, path)
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("atlas.db");
    std::fs::copy(&template.await.1, &path).unwrap();
    TestDatabase {
        url: format!("sqlite:{}", path.display()),
        _folder: Some(folder),
    }
}

/// Names of our databases begin so; those of earlier runs are dropped at the start of the next.
const PREFIX: &str = "stack_atlas_api_";

fn server() -> String {
    #[expect(clippy::disallowed_methods, reason = "tests have no options")]
    std::env::var("STACK_ATLAS_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

fn named(name: &str) -> String {
    let server = server();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

async fn postgres(content: Content) -> TestDatabase {
    static TEMPLATES: [OnceCell<String>; 2] = [OnceCell::const_new(), OnceCell::const_new()];
    static SWEPT: OnceCell<()> = OnceCell::const_new();
    static COUNT: AtomicU32 = AtomicU32::new(0);

    let admin = open(&server()).await;
    SWEPT.get_or_init(|| sweep(&admin)).await;
    let process = std::process::id();
    let template = TEMPLATES[content as usize].get_or_init(|| async {
        let name = format!("{PREFIX}{process}_template_{content:?}").to_lowercase();
        admin
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        fill(&named(&name), content).await;
        name
    });
    let template = template.await;
    let name = format!(
        "{PREFIX}{process}_{}",
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let create = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
    admin.execute_unprepared(&create).await.unwrap();
    admin.close().await.unwrap();
    TestDatabase {
        url: named(&name),
        _folder: None,
    }
}

async fn sweep(admin: &DatabaseConnection) {
    let query = format!("SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'");
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, query);
    for row in admin.query_all_raw(statement).await.unwrap() {
        let name: String = row.try_get("", "datname").unwrap();
        if !belongs_to_a_running_test(&name) {
            // Somebody else may use it, or be faster.
            let _ = admin
                .execute_unprepared(&format!("DROP DATABASE {name}"))
                .await;
        }
    }
}

/// Whether the process whose number is in the name still runs; where nobody can tell, it has ended.
fn belongs_to_a_running_test(name: &str) -> bool {
    let process = name[PREFIX.len()..].split('_').next().unwrap_or_default();
    !process.is_empty() && Path::new("/proc").join(process).exists()
}
