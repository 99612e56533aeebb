//! How long the embedded knowledge takes: to be read and checked, to be loaded into a new SQLite
//! database, and to be found unchanged at the next start. `cargo bench --bench knowledge`
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and ends if it cannot go on"
)]

use std::time::Instant;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use stack_atlas::ingest::knowledge::{Files, Knowledge, is_loaded, load};
use stack_atlas::store::{self, ConnectionOptions};

/// How often everything is done; the median is shown.
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() {
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        let db = database(&format!(
            "sqlite:{}",
            folder.path().join("bench.db").display()
        ))
        .await;
        let now: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().unwrap();
        let mut start = Instant::now();
        let mut lap = |times: &mut Vec<f64>| {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            start = Instant::now();
        };
        let knowledge = Knowledge::embedded(now.date_naive()).unwrap();
        lap(&mut times[0]);
        load(&db, &knowledge, now).await.unwrap();
        lap(&mut times[1]);
        assert!(is_loaded(&db, &Files::embedded().digest()).await.unwrap());
        lap(&mut times[2]);
    }
    for (what, mut times) in ["read and check", "load", "find unchanged"]
        .into_iter()
        .zip(times)
    {
        times.sort_by(f64::total_cmp);
        println!(
            "{what:<16} {:>9.2} ms (median of {ROUNDS})",
            times[ROUNDS / 2]
        );
    }
}

async fn database(url: &str) -> DatabaseConnection {
    let options = ConnectionOptions {
        url: url.to_owned(),
        connections: 1,
        statement_timeout: None,
        create: true,
    };
    let db = store::connect(&options).await.unwrap();
    store::migrate(&db).await.unwrap();
    db
}
