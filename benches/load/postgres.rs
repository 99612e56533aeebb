//! Filling a PostgreSQL database.

use std::fmt::Write as _;

use sea_orm::sqlx::postgres::PgPoolCopyExt as _;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use crate::Result;
use crate::data::Data;
use crate::rows::{Cell, Row, Table, tables};

/// Bytes that are sent at a time, about.
const CHUNK: usize = 1 << 20;

/// The indexes that belong to no constraint.
const INDEXES: &str = "SELECT indexname::text AS name, indexdef AS definition FROM pg_indexes \
    WHERE schemaname = 'public' AND NOT EXISTS \
    (SELECT 1 FROM pg_constraint WHERE conindid = format('%I', indexname)::regclass)";

/// Fills the tables, which are there but empty. `db` must be a single connection.
pub async fn fill(db: &DatabaseConnection, data: &Data, marker: &str) -> Result<()> {
    // Only a superuser may leave foreign keys unchecked; for others it takes longer.
    let _ = db
        .execute_unprepared("SET session_replication_role = replica")
        .await;
    // Indexes are made faster at the end than row by row.
    let indexes = indexes(db).await?;
    for (name, _) in &indexes {
        db.execute_unprepared(&format!("DROP INDEX \"{name}\""))
            .await?;
    }
    for table in tables(data) {
        copy(db, table).await?;
    }
    for (_, definition) in &indexes {
        db.execute_unprepared(definition).await?;
    }
    let done = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "INSERT INTO setting (key, value) VALUES ('load_bench', $1)",
        [marker.into()],
    );
    db.execute_raw(done).await?;
    // Otherwise the first minutes would measure this, too.
    db.execute_unprepared("VACUUM ANALYZE").await?;
    db.execute_unprepared("CHECKPOINT").await?;
    Ok(())
}

/// Name and definition of each index that a migration has made.
async fn indexes(db: &DatabaseConnection) -> Result<Vec<(String, String)>> {
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Postgres, INDEXES))
        .await?;
    let indexes = rows
        .iter()
        .map(|row| Ok((row.try_get("", "name")?, row.try_get("", "definition")?)));
    indexes.collect()
}

async fn copy(db: &DatabaseConnection, table: Table<'_>) -> Result<()> {
    let columns = table.columns.join(", ");
    let text = format!("COPY \"{}\" ({columns}) FROM STDIN", table.name);
    let mut sink = db.get_postgres_connection_pool().copy_in_raw(&text).await?;
    let mut chunk = String::with_capacity(CHUNK + 1024);
    for row in table.rows {
        write_row(&mut chunk, &row)?;
        if chunk.len() >= CHUNK {
            sink.send(chunk.as_bytes()).await?;
            chunk.clear();
        }
    }
    sink.send(chunk.as_bytes()).await?;
    sink.finish().await?;
    Ok(())
}

/// Writes a row as COPY reads it. The texts have nothing in them that it would misread.
fn write_row(out: &mut String, row: &Row) -> std::fmt::Result {
    for (place, cell) in row.iter().enumerate() {
        if place > 0 {
            out.push('\t');
        }
        match cell {
            Cell::Null => out.push_str("\\N"),
            Cell::Integer(value) => write!(out, "{value}")?,
            Cell::Real(value) => write!(out, "{value}")?,
            Cell::Text(value) => out.push_str(value),
        }
    }
    out.push('\n');
    Ok(())
}
