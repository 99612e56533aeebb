//! Fresh databases, and how a test is run on each of them.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestError, TestRunner};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use stack_atlas::store::{ConnectionOptions, connect, migrate};
use tokio::runtime::{Builder, Runtime};

/// Makes two tests of `fn check(&Place)`, one for each database.
macro_rules! on_both_databases {
    ($($check:ident)*) => {$(
        mod $check {
            #[test]
            fn on_sqlite() {
                crate::database::on_sqlite(super::check::$check);
            }

            #[test]
            #[ignore = "needs PostgreSQL"]
            fn on_postgres() {
                crate::database::on_postgres(super::check::$check);
            }
        }
    )*};
}
pub(crate) use on_both_databases;

/// A migrated, empty database, and the runtime that its connections live on.
pub struct Place {
    pub db: DatabaseConnection,
    runtime: Runtime,
}

impl Place {
    fn open(url: &str) -> Self {
        let runtime = runtime();
        let options = ConnectionOptions {
            url: url.to_owned(),
            connections: 2,
            statement_timeout: None,
            create: true,
        };
        let db = runtime.block_on(async {
            let db = connect(&options).await.expect("a database");
            migrate(&db).await.expect("migrates");
            db
        });
        Self { db, runtime }
    }

    pub fn run<F: Future>(&self, work: F) -> F::Output {
        self.runtime.block_on(work)
    }

    /// Runs `check` for `cases` values of `strategy`.
    pub fn property<S: Strategy>(
        &self,
        cases: u32,
        strategy: &S,
        check: impl AsyncFn(&DatabaseConnection, S::Value),
    ) {
        let config = Config {
            cases,
            max_shrink_iters: 400,
            failure_persistence: None,
            ..Config::default()
        };
        let outcome = TestRunner::new(config).run(strategy, |value| {
            self.run(check(&self.db, value));
            Ok(())
        });
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(reason, least)) => panic!("{reason}\nfor {least:?}"),
            Err(TestError::Abort(reason)) => panic!("{reason}"),
        }
    }
}

/// One that runs its main task like any other, so that what it is asked at once is one batch.
fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

pub fn on_sqlite(check: fn(&Place)) {
    check(&Place::open("sqlite::memory:"));
}

/// Runs `check` on a database of its own, which is dropped even if the check fails.
pub fn on_postgres(check: fn(&Place)) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("STACK_ATLAS_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("stack_atlas_pages_{}_{number}", std::process::id());
    let (path, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = path.rsplit_once('/').expect("a URL with a database");

    administer(&server, &format!("CREATE DATABASE {name}"));
    let url = format!("{host}/{name}?{options}");
    let outcome = catch_unwind(AssertUnwindSafe(|| check(&Place::open(&url))));
    administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)"));
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

fn administer(server: &str, command: &str) {
    runtime().block_on(async {
        let db = Database::connect(server).await.expect("PostgreSQL answers");
        db.execute_unprepared(command)
            .await
            .expect("may create databases");
    });
}
