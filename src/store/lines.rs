//! Lines to the database: connections that go from statement to statement without a word.
//!
//! A pool speaks to a connection whenever it is taken out, to set the time limit, and whenever it
//! is given back, to see whether it is still there. Each word is a round trip to PostgreSQL, or to
//! the thread that SQLite works on. Here the limit is a number that both sides can see, and a line
//! that fails is not given back.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{
    AssertSqlSafe, ConnectOptions as _, Database, Error as SqlxError, Executor as _, IntoArguments,
    query_with,
};
use sea_orm::{DbBackend, DbErr, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How often SQLite looks at the clock, in steps of its virtual machine (some 0.1 ms).
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// Longest time in which a connection must be made.
const PATIENCE: Duration = Duration::from_secs(5);

/// A line that is older is replaced: servers and the boxes between them tire of old connections.
const LIFETIME: Duration = Duration::from_mins(30);

/// How a line is made.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

/// Lines to one database.
#[derive(Debug)]
pub(super) struct Lines {
    plan: Plan,
    /// The one that was used last is taken first, so that no more are open than are needed.
    free: Mutex<Vec<Line>>,
    places: Semaphore,
    time_limit: Option<Duration>,
}

#[derive(Debug)]
struct Line {
    connection: Connection,
    made: Instant,
    /// Milliseconds after `made` at which SQLite gives up.
    deadline: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Lines {
    /// As many lines as `most`, of which the first is made at once. Each statement of SQLite may
    /// run for `time_limit`; PostgreSQL is told by the plan.
    pub async fn open(
        plan: Plan,
        most: u32,
        time_limit: Option<Duration>,
    ) -> Result<Self, SqlxError> {
        let lines = Self {
            plan,
            free: Mutex::default(),
            places: Semaphore::new(most as usize),
            time_limit,
        };
        let first = lines.connect().await?;
        lines.free().push(first);
        Ok(lines)
    }

    pub fn backend(&self) -> DbBackend {
        match self.plan {
            Plan::Sqlite(_) => DbBackend::Sqlite,
            Plan::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// All rows of a statement that only reads; the first one, if `single`.
    pub async fn read(
        &self,
        statement: &Statement,
        single: bool,
    ) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.try_read(statement, single).await;
        rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))))
    }

    async fn try_read(
        &self,
        statement: &Statement,
        single: bool,
    ) -> Result<Vec<QueryResult>, SqlxError> {
        let _place = self.places.acquire().await;
        let free = self.take();
        let was_free = free.is_some();
        let mut line = match free {
            Some(line) => line,
            None => self.connect().await?,
        };
        let mut rows = self.ask(&mut line, statement, single).await;
        if was_free && rows.as_ref().is_err_and(is_gone) {
            // Whoever went away has taken leave of the others, too.
            self.free().clear();
            line = self.connect().await?;
            rows = self.ask(&mut line, statement, single).await;
        }
        if rows.is_ok() && line.made.elapsed() < LIFETIME {
            self.free().push(line);
        }
        rows
    }

    async fn ask(
        &self,
        line: &mut Line,
        statement: &Statement,
        single: bool,
    ) -> Result<Vec<QueryResult>, SqlxError> {
        if let Some(limit) = self.time_limit {
            let deadline = milliseconds(line.made.elapsed() + limit);
            line.deadline.store(deadline, Ordering::Relaxed);
        }
        line.connection.read(statement, single).await
    }

    async fn connect(&self) -> Result<Line, SqlxError> {
        // Boxed: it is large and rare, and its room would be taken in every future that reads.
        timeout(PATIENCE, Box::pin(self.connect_patiently()))
            .await
            .unwrap_or(Err(SqlxError::PoolTimedOut))
    }

    async fn connect_patiently(&self) -> Result<Line, SqlxError> {
        let made = Instant::now();
        let deadline = Arc::new(AtomicU64::new(u64::MAX));
        let connection = match &self.plan {
            Plan::Sqlite(options) => {
                let mut connection = options.connect().await?;
                limit_time(&mut connection, made, Arc::clone(&deadline)).await?;
                Connection::Sqlite(connection)
            }
            Plan::Postgres(options) => Connection::Postgres(options.connect().await?),
        };
        Ok(Line {
            connection,
            made,
            deadline,
        })
    }

    fn take(&self) -> Option<Line> {
        self.free().pop()
    }

    fn free(&self) -> MutexGuard<'_, Vec<Line>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    async fn read(
        &mut self,
        statement: &Statement,
        single: bool,
    ) -> Result<Vec<QueryResult>, SqlxError> {
        match self {
            // Asked for one row, its thread sends one message, not two.
            Self::Sqlite(connection) if single => {
                let row = connection.fetch_optional(query(statement)).await?;
                Ok(row.into_iter().map(QueryResult::from).collect())
            }
            Self::Sqlite(connection) => {
                let rows = connection.fetch_all(query(statement)).await?;
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
            Self::Postgres(connection) => {
                let rows = connection.fetch_all(query(statement)).await?;
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
        }
    }
}

/// The statement as the driver has it. What did not come from this program's own source is bound.
fn query<DB: Database>(statement: &Statement) -> Query<'_, DB, SqlxValues>
where
    SqlxValues: IntoArguments<DB>,
{
    let values = statement.values.clone().unwrap_or(Values(Vec::new()));
    query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values))
}

/// SQLite works on a thread of its own and would go on after its caller has given up.
async fn limit_time(
    connection: &mut SqliteConnection,
    made: Instant,
    deadline: Arc<AtomicU64>,
) -> Result<(), SqlxError> {
    connection
        .lock_handle()
        .await?
        .set_progress_handler(STEPS_BETWEEN_LOOKS, move || {
            milliseconds(made.elapsed()) < deadline.load(Ordering::Relaxed)
        });
    Ok(())
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Whether the other end has gone away, so that a new line may do.
fn is_gone(error: &SqlxError) -> bool {
    /// What PostgreSQL says when it is stopped, or made to end a connection.
    const FAREWELLS: [&str; 3] = ["57P01", "57P02", "57P03"];
    match error {
        SqlxError::Io(_) | SqlxError::WorkerCrashed => true,
        SqlxError::Database(error) => error
            .code()
            .is_some_and(|code| FAREWELLS.contains(&code.as_ref())),
        _ => false,
    }
}
