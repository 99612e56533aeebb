//! Filling a SQLite file.

use std::io;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::Result;
use crate::data::Data;
use crate::rows::{Cell, Table, tables};

/// Removes the file and what SQLite keeps beside it.
pub fn remove(path: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Fills the tables, which are there but empty.
pub fn fill(path: &Path, data: &Data, marker: &str) -> Result<()> {
    let mut db = Connection::open(path)?;
    // If this is cut short, the file lacks its marker and is made anew.
    db.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -200000",
    )?;
    let work = db.transaction()?;
    // Indexes are made faster at the end than row by row.
    let indexes = indexes(&work)?;
    for (name, _) in &indexes {
        work.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    for table in tables(data) {
        insert(&work, table)?;
    }
    for (_, definition) in &indexes {
        work.execute_batch(definition)?;
    }
    work.execute(
        "INSERT INTO setting (key, value) VALUES ('load_bench', ?1)",
        [marker],
    )?;
    work.commit()?;
    // No ANALYZE: the program does without, too. With its statistics this build of SQLite would
    // prepare a statement anew whenever a bound value changes.
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

/// Name and definition of each index that a migration has made.
fn indexes(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn insert(db: &Connection, table: Table<'_>) -> rusqlite::Result<()> {
    let marks = vec!["?"; table.columns.len()].join(", ");
    let columns = table.columns.join(", ");
    let text = format!(
        "INSERT INTO \"{}\" ({columns}) VALUES ({marks})",
        table.name
    );
    let mut statement = db.prepare(&text)?;
    for row in table.rows {
        statement.execute(params_from_iter(&row))?;
    }
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
        }))
    }
}
