//! Connecting to a database, and bringing it up to date.

use std::str::FromStr;
use std::time::Duration;

use super::version;
use migration::{Migrator, MigratorTrait as _};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, Error as SqlxError};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, DbErr, Statement,
};

use super::lines::{Lines, Plan};

/// Longest wait for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Prepared statements kept by each connection; the API's own shapes are fewer.
const STATEMENT_CACHE: usize = 256;

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct ConnectionOptions {
    /// `sqlite:path`, `postgres://…`, or a plain path, which means SQLite.
    pub url: String,
    /// Connections at most.
    pub connections: u32,
    /// Longest run of one statement; none for maintenance work, which also waits for its turn.
    pub statement_timeout: Option<Duration>,
    /// Whether a SQLite file is made if it is missing.
    pub create: bool,
}

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nothing answers, or not as it should.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// No database is meant by this, which is shown without its password.
    #[error("`{0}` is not a database URL: use sqlite:PATH, postgres://USER@HOST/NAME, or a path")]
    BadUrl(String),
    /// It was written by a later version, whose step is named.
    #[error(
        "the database is newer than this program: it has the step `{0}`, which is unknown here; \
         use a newer version of stack-atlas"
    )]
    Newer(String),
    /// A step failed.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(DbErr),
}

/// Opens a pool of connections for maintenance, and for whoever writes.
///
/// # Errors
/// When the URL is malformed or nothing answers there.
pub async fn connect(options: &ConnectionOptions) -> Result<DatabaseConnection, ConnectError> {
    let url = normalise(&options.url)?;
    let mut connect = ConnectOptions::new(url.clone());
    connect
        .max_connections(most(&url, options))
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        // A broken connection is noticed by its first statement; asking first costs a round trip.
        .test_before_acquire(false)
        .sqlx_logging(false);
    match plan(&url, options)? {
        Plan::Sqlite(own) => connect.map_sqlx_sqlite_opts(move |_| own.clone()),
        Plan::Postgres(own) => connect.map_sqlx_postgres_opts(move |_| own.clone()),
    };
    Database::connect(connect)
        .await
        .map_err(|error| ConnectError::Unreachable(describe(&error)))
}

/// Opens lines for reading.
pub(super) async fn open(options: &ConnectionOptions) -> Result<Lines, ConnectError> {
    let url = normalise(&options.url)?;
    let plan = plan(&url, options)?;
    Lines::open(plan, most(&url, options), options.statement_timeout)
        .await
        .map_err(|error| ConnectError::Unreachable(describe(&error)))
}

fn plan(url: &str, options: &ConnectionOptions) -> Result<Plan, ConnectError> {
    if url.starts_with("sqlite:") {
        let plan = sqlite_options(url, options)?.disable_statement_logging();
        return Ok(Plan::Sqlite(plan));
    }
    let plan = postgres_options(url, options)?.disable_statement_logging();
    Ok(Plan::Postgres(plan))
}

/// A database in memory belongs to its one connection.
fn most(url: &str, options: &ConnectionOptions) -> u32 {
    if url.contains(":memory:") {
        1
    } else {
        options.connections
    }
}

/// A plain path is a SQLite file.
fn normalise(url: &str) -> Result<String, ConnectError> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Ok(url.to_owned());
    }
    if url == ":memory:" || url == "sqlite::memory:" {
        return Ok("sqlite::memory:".to_owned());
    }
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return Ok(format!("sqlite://{path}"));
    }
    if url.is_empty() || url.contains("://") {
        return Err(ConnectError::BadUrl(redact(url)));
    }
    Ok(format!("sqlite://{url}"))
}

/// The URL without what might be a password.
fn redact(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 < at => {
            format!("{}://…{}", &url[..scheme], &url[at..])
        }
        _ => url.to_owned(),
    }
}

fn sqlite_options(
    url: &str,
    options: &ConnectionOptions,
) -> Result<SqliteConnectOptions, ConnectError> {
    // Another instance may be loading; a reader only ever waits for a moment.
    let patience = if options.statement_timeout.is_some() {
        5
    } else {
        60
    };
    Ok(parse::<SqliteConnectOptions>(url)?
        .create_if_missing(options.create)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(patience))
        .statement_cache_capacity(STATEMENT_CACHE))
}

fn postgres_options(
    url: &str,
    options: &ConnectionOptions,
) -> Result<PgConnectOptions, ConnectError> {
    let timeout = options
        .statement_timeout
        .map_or(0, |timeout| timeout.as_millis());
    Ok(parse::<PgConnectOptions>(url)?
        .statement_cache_capacity(STATEMENT_CACHE)
        .application_name("stack-atlas")
        .options([
            ("statement_timeout", timeout.to_string().as_str()),
            ("timezone", "UTC"),
            // Pages are read in the order of their nested loop.
            ("max_parallel_workers_per_gather", "0"),
            // What a page names is rarely named twice: keeping it costs more than reading it.
            ("enable_memoize", "off"),
        ]))
}

fn parse<O: FromStr<Err = SqlxError>>(url: &str) -> Result<O, ConnectError> {
    url.parse()
        .map_err(|error: SqlxError| ConnectError::Unreachable(describe(&error)))
}

/// Creates or updates the tables; returns how many steps were taken. `db` must be a pool of one
/// connection, which holds the lock on PostgreSQL.
///
/// # Errors
/// When the database is newer than this program, or a step fails.
pub async fn migrate(db: &DatabaseConnection) -> Result<usize, ConnectError> {
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let lock = |verb: &str| format!("SELECT {verb}({MIGRATION_LOCK})");
    if is_postgres {
        // Instances that start together take turns.
        run(db, &lock("pg_advisory_lock")).await?;
    }
    let result = migrate_alone(db).await;
    if is_postgres {
        run(db, &lock("pg_advisory_unlock")).await?;
    }
    result
}

/// An arbitrary number that all instances know.
const MIGRATION_LOCK: i64 = 0x000a_71a5;

async fn run(db: &DatabaseConnection, sql: &str) -> Result<(), ConnectError> {
    db.execute_unprepared(sql)
        .await
        .map_err(ConnectError::Migration)?;
    Ok(())
}

async fn migrate_alone(db: &DatabaseConnection) -> Result<usize, ConnectError> {
    let pending = pending_steps(db).await?;
    Migrator::up(db, None)
        .await
        .map_err(ConnectError::Migration)?;
    if pending > 0 {
        version::renew(db)
            .await
            .map_err(|error| ConnectError::Unreachable(error.to_string()))?;
    }
    Ok(pending)
}

/// How many migration steps the database lacks.
///
/// # Errors
/// When the database is newer than this program, or cannot be asked.
pub async fn pending_steps(db: &DatabaseConnection) -> Result<usize, ConnectError> {
    let applied = applied_steps(db).await?;
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    match applied.iter().find(|step| !known.contains(step)) {
        Some(step) => Err(ConnectError::Newer(step.clone())),
        None => Ok(known.len() - applied.len()),
    }
}

async fn applied_steps(db: &DatabaseConnection) -> Result<Vec<String>, ConnectError> {
    let statement = Statement::from_string(
        db.get_database_backend(),
        "SELECT version FROM seaql_migrations ORDER BY version",
    );
    // A database without the table has not seen any step; asking must not make it.
    let Ok(rows) = db.query_all_raw(statement).await else {
        return Ok(Vec::new());
    };
    rows.iter()
        .map(|row| row.try_get("", "version"))
        .collect::<Result<_, _>>()
        .map_err(ConnectError::Migration)
}

/// The innermost cause, which is the one that a person can act upon.
fn describe(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_a_sqlite_file() {
        assert_eq!(
            normalise("atlas.db").ok().as_deref(),
            Some("sqlite://atlas.db")
        );
        assert_eq!(
            normalise("sqlite:/a/b.db").ok().as_deref(),
            Some("sqlite:///a/b.db")
        );
        assert_eq!(
            normalise("sqlite://c.db").ok().as_deref(),
            Some("sqlite://c.db")
        );
        let postgres = "postgres://atlas@localhost/atlas";
        assert_eq!(normalise(postgres).ok().as_deref(), Some(postgres));
    }

    #[test]
    fn a_bad_url_is_named_without_its_password() {
        let error = normalise("mysql://me:secret@host/db").expect_err("not supported");
        assert!(error.to_string().contains("`mysql://…@host/db`"), "{error}");
    }
}
