//! The commands of the program.

mod import;

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use sea_orm::DatabaseConnection;
use tokio::net::TcpListener;

use crate::config::{Config, DatabaseUrl, Prepare};
use crate::graphql::{self, Api};
use crate::http;
use crate::ingest::knowledge::{self, Files, Knowledge};
use crate::store::{self, ConnectionOptions, Store};
use crate::telemetry;

/// Stack Atlas: who builds what with what, how do we know, and which skills does that take.
///
/// Without a command it serves the API.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API (what happens without a command, too)
    Serve(Box<Config>),
    /// Create the database's tables, or bring them up to date
    Migrate(DatabaseArgs),
    /// Fill the database with the curated facts; facts that are there already stay as they are
    Load(LoadArgs),
    /// Check the curated facts and show what there is, or what contradicts them
    Check(CheckArgs),
    /// Add the facts of public data sets, each with its source
    Import(Box<import::ImportArgs>),
    /// Show names in data sets that nobody could make out
    Review(import::ReviewArgs),
    /// Print the GraphQL schema
    Schema,
}

#[derive(Args, Debug)]
struct DatabaseArgs {
    /// Database: a path or sqlite:PATH, or `postgres://USER:PASSWORD@HOST/NAME`
    #[arg(
        long,
        env = "STACK_ATLAS_DATABASE_URL",
        default_value = Config::DATABASE_URL,
        hide_env_values = true,
        value_name = "URL"
    )]
    database_url: DatabaseUrl,
}

#[derive(Args, Debug)]
struct KnowledgeArgs {
    /// Folder of curated facts, in place of the embedded ones
    #[arg(long, env = "STACK_ATLAS_KNOWLEDGE", value_name = "FOLDER")]
    knowledge: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct CheckArgs {
    #[command(flatten)]
    knowledge: KnowledgeArgs,
    /// Data sets to compare with: a folder of them or of their archives, a .tar.gz, or a file.
    /// Contradictions that differences.yaml does not explain make the command fail
    #[arg(long, value_name = "PATH")]
    against: Option<PathBuf>,
    /// Show so many facts, drawn at random, with their evidence, to read them again
    #[arg(long, value_name = "COUNT", conflicts_with = "against")]
    sample: Option<usize>,
    /// Which facts are drawn: the same number draws the same
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sample")]
    seed: u64,
}

#[derive(Args, Debug)]
struct LoadArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

/// Why a command failed: one sentence for a person.
#[derive(Debug)]
struct Failure(String);

impl<E: Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command; says why on standard error if it fails.
pub async fn main(cli: Cli) -> ExitCode {
    let result = match cli.command {
        None => serve(&cli.config).await,
        Some(Command::Serve(config)) => serve(&config).await,
        Some(Command::Migrate(args)) => migrate(&args).await,
        Some(Command::Load(args)) => load(&args).await,
        Some(Command::Check(args)) => check(&args),
        Some(Command::Import(args)) => import::run(&args).await,
        Some(Command::Review(args)) => import::review(&args).await,
        Some(Command::Schema) => say(&graphql::sdl()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            // Nothing is left to be done if standard error is closed.
            let _ = writeln!(io::stderr(), "stack-atlas: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: &Config) -> Result<(), Failure> {
    telemetry::init(&config.log, config.log_format)?;
    let options = config
        .api()
        .map_err(|error| format!("the trusted documents cannot be used: {error}"))?;
    let listener = TcpListener::bind(config.address()).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error}; choose another --port or --host",
            config.address()
        )
    })?;
    prepare(config).await?;
    let store = Store::open(&ConnectionOptions {
        url: config.database_url.reveal().to_owned(),
        connections: config.connections(),
        // The request gives up first, and says so; its statements follow.
        statement_timeout: Some(config.timeout() + Duration::from_millis(500)),
        create: false,
    })
    .await?
    .keeping(config.kept_rows);
    // Listened for before anybody knows that we are here.
    let shutdown = tokio::spawn(http::shutdown_signal());
    greet(config, &listener, &store).await?;
    let api = Api::new(store, options)?;
    let router = http::router(api, &config.http());
    let shutdown = async {
        // A task that fails ends the service, too.
        let _ = shutdown.await;
    };
    http::serve(listener, router, shutdown).await?;
    Ok(())
}

/// Brings the database to where serving can begin.
async fn prepare(config: &Config) -> Result<(), Failure> {
    let db = writer(&config.database_url, config.prepare != Prepare::Nothing).await?;
    match config.prepare {
        Prepare::Nothing => {
            if store::pending_steps(&db).await? > 0 {
                return Err("the database is not up to date: run `stack-atlas migrate`".into());
            }
        }
        Prepare::Tables => {
            store::migrate(&db).await?;
        }
        Prepare::Everything => {
            let files = knowledge_files(config.knowledge.as_deref());
            store::migrate(&db).await?;
            // Reading and checking takes longer than finding that nothing has changed.
            if !knowledge::is_loaded(&db, &files.digest()).await? {
                let knowledge = Knowledge::parse(&files, now().date_naive())?;
                let report = knowledge::load(&db, &knowledge, now()).await?;
                for kept in &report.kept {
                    tracing::warn!("kept as somebody else has changed it: {kept}");
                }
            }
        }
    }
    db.close().await?;
    Ok(())
}

/// Says where the API is and what is in the database, and nothing else.
async fn greet(config: &Config, listener: &TcpListener, store: &Store) -> Result<(), Failure> {
    const KINDS: [(&str, &str); 5] = [
        ("technology", "technologies"),
        ("company", "companies"),
        ("product", "products"),
        ("usage", "usages"),
        ("source", "sources"),
    ];
    let sizes = store.sizes(&KINDS.map(|(table, _)| table)).await?;
    let counts = sizes
        .iter()
        .zip(KINDS)
        .map(|(size, (_, name))| format!("{size} {name}"));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let address = listener.local_addr()?;
    say(&format!(
        "Stack Atlas is at http://{address}/ and its API at http://{address}/graphql\n\
         {} holds {counts}\n",
        config.database_url
    ))
}

async fn migrate(args: &DatabaseArgs) -> Result<(), Failure> {
    let db = writer(&args.database_url, true).await?;
    let steps = store::migrate(&db).await?;
    say(&match steps {
        0 => format!("{} is up to date\n", args.database_url),
        1 => format!("{} is up to date after 1 step\n", args.database_url),
        _ => format!("{} is up to date after {steps} steps\n", args.database_url),
    })
}

async fn load(args: &LoadArgs) -> Result<(), Failure> {
    let knowledge = read_knowledge(args.knowledge.knowledge.as_deref())?;
    let db = writer(&args.database.database_url, true).await?;
    store::migrate(&db).await?;
    let report = knowledge::load(&db, &knowledge, now()).await?;
    say(&report.to_string())
}

fn check(args: &CheckArgs) -> Result<(), Failure> {
    let knowledge = read_knowledge(args.knowledge.knowledge.as_deref())?;
    if let Some(count) = args.sample {
        return say(&knowledge.sample(count, args.seed).join("\n"));
    }
    let Some(place) = &args.against else {
        return say(&knowledge.summary().to_string());
    };
    let review = knowledge.against(place)?;
    say(&review.to_string())?;
    if review.is_clean() {
        return Ok(());
    }
    Err("the knowledge and the data sets differ: mend it, or explain it in differences.yaml".into())
}

fn knowledge_files(folder: Option<&Path>) -> Files {
    folder.map_or_else(Files::embedded, Files::read)
}

fn read_knowledge(folder: Option<&Path>) -> Result<Knowledge, Failure> {
    Ok(Knowledge::parse(
        &knowledge_files(folder),
        now().date_naive(),
    )?)
}

/// One connection for maintenance, which may take as long as it needs.
async fn writer(url: &DatabaseUrl, create: bool) -> Result<DatabaseConnection, Failure> {
    let options = ConnectionOptions {
        url: url.reveal().to_owned(),
        connections: 1,
        statement_timeout: None,
        create,
    };
    Ok(store::connect(&options).await?)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one clock: everything else is told the time"
)]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
