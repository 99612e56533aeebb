//! Fresh databases, and how a test is run on each of them.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use entity::{
    alias, category, company, evidence, product, skill_area, skill_area_technology, source,
    technology, technology_category, technology_relation, usage,
};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestError, TestRunner};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait as _, Database, DatabaseConnection, EntityTrait,
    IntoActiveModel,
};
use stack_atlas::store::{ConnectionOptions, connect, migrate};
use tokio::runtime::Runtime;

use crate::world::World;

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

/// As a server has it.
fn runtime() -> Runtime {
    Runtime::new().expect("a runtime")
}

pub fn on_sqlite(check: fn(&Place)) {
    check(&Place::open("sqlite::memory:"));
}

/// Runs `check` on a database of its own, which is dropped even if the check fails.
#[expect(clippy::disallowed_methods, reason = "tests have no options")]
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

/// Inserts rows as they are, with their ids.
pub async fn insert<E>(db: &DatabaseConnection, rows: &[E::Model])
where
    E: EntityTrait<Model: IntoActiveModel<E::ActiveModel>>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    for rows in rows.chunks(500) {
        let rows = rows.iter().map(|row| row.clone().into_active_model());
        let inserted = E::insert_many(rows).exec_without_returning(db).await;
        inserted.expect("the rows are legal");
    }
}

/// Replaces everything in the database.
pub async fn fill(db: &DatabaseConnection, world: &World) {
    let tables = [
        "evidence",
        "source",
        "alias",
        "external_id",
        "usage",
        "technology_relation",
        "technology_category",
        "category",
        "skill_area_technology",
        "skill_area",
        "technology",
        "product",
        "company",
    ];
    for table in tables {
        let emptied = db
            .execute_unprepared(&format!("DELETE FROM \"{table}\""))
            .await;
        emptied.expect("the table exists");
    }
    insert::<company::Entity>(db, &world.companies).await;
    insert::<product::Entity>(db, &world.products).await;
    insert::<technology::Entity>(db, &world.technologies).await;
    insert::<category::Entity>(db, &world.categories).await;
    insert::<technology_category::Entity>(db, &world.shelves).await;
    insert::<technology_relation::Entity>(db, &world.relations).await;
    insert::<usage::Entity>(db, &world.usages).await;
    insert::<source::Entity>(db, &world.sources).await;
    insert::<evidence::Entity>(db, &world.evidence).await;
    insert::<alias::Entity>(db, &world.aliases).await;
    insert::<skill_area::Entity>(db, &world.areas).await;
    insert::<skill_area_technology::Entity>(db, &world.relevances).await;
}

/// A table `i` of the numbers from 1 to `last`.
pub fn numbers(last: usize) -> String {
    format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) \
         SELECT i FROM n"
    )
}
