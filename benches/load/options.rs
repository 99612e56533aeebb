//! What can be chosen on the command line.

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Parser, ValueEnum};

/// Measures how fast the service answers, on generated databases, beside hand-written SQL.
#[derive(Parser)]
#[command(name = "load")]
pub struct Options {
    /// How many usages the generated databases have.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "200000",
        value_name = "N,…"
    )]
    pub usages: Vec<usize>,
    /// Which databases to measure on.
    #[arg(long, value_enum, default_value = "both")]
    pub database: Databases,
    /// A PostgreSQL server, by a database of its own that exists and a user who may make others.
    #[arg(
        long,
        default_value = "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable",
        value_name = "URL"
    )]
    pub postgres: String,
    /// Which shapes to ask for.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "q1,q2,q3,q4,q5",
        value_name = "SHAPE,…"
    )]
    pub shapes: Vec<crate::shapes::Shape>,
    /// How many requests of each shape differ; 1 asks the same again and again.
    #[arg(
        long,
        default_value_t = 2_000,
        value_name = "N",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..)
    )]
    pub requests: usize,
    /// Asks for the same facts in other ways (GET that knows the answer, a thousand keys) instead.
    #[arg(long)]
    pub ways: bool,
    /// How many connections ask at the same time; each number is measured by itself.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "1,32",
        value_name = "N,…"
    )]
    pub connections: Vec<usize>,
    /// How long one round lasts.
    #[arg(long, default_value_t = 5.0)]
    pub seconds: f64,
    /// Rounds of which the median is shown.
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
    /// Measures a server that runs already, on a database of this bench, instead of starting one.
    #[arg(long)]
    pub url: Option<String>,
    /// The process of that server, to measure its CPU time and memory.
    #[arg(long, requires = "url")]
    pub pid: Option<u32>,
    /// A PostGraphile on the generated PostgreSQL database, to measure beside the service.
    #[arg(long, value_name = "URL")]
    pub peer: Option<String>,
    /// The process of that PostGraphile.
    #[arg(long, requires = "peer", value_name = "PID")]
    pub peer_pid: Option<u32>,
    /// Where generated SQLite databases are kept for the next run.
    #[arg(long, default_value = env!("CARGO_TARGET_TMPDIR"), value_name = "DIR")]
    pub keep: PathBuf,
    /// Generates the databases anew.
    #[arg(long)]
    pub fresh: bool,
    /// Serves the floor over this SQLite file: what the bench starts itself with.
    #[arg(long, hide = true, requires = "port")]
    pub floor: Option<PathBuf>,
    #[arg(long, hide = true)]
    pub port: Option<u16>,
    /// What `cargo bench` says; `cargo test` does not.
    #[arg(long, hide = true)]
    pub bench: bool,
}

/// A choice of databases.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Databases {
    Sqlite,
    Postgres,
    Both,
}

impl Databases {
    pub fn engines(self) -> &'static [Engine] {
        match self {
            Self::Sqlite => &[Engine::Sqlite],
            Self::Postgres => &[Engine::Postgres],
            Self::Both => &[Engine::Sqlite, Engine::Postgres],
        }
    }
}

/// A database engine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}
