//! What can be set, by option or by environment.

use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use clap::builder::{RangedU64ValueParser, TypedValueParser as _};

use crate::graphql::limits::{COST, Limits};
use crate::graphql::{Admission, ApiOptions, DocumentOptions, Trusted, TrustedError};
use crate::http::{HttpOptions, Origins};
use crate::telemetry::LogFormat;

/// Connections to PostgreSQL, if not said otherwise; more do not make two cores faster.
const MOST_CONNECTIONS: u32 = 10;

/// Connections to SQLite on a machine of few cores: while some wait for the disk, others work.
const FEWEST_CONNECTIONS: u32 = 4;

/// Every knob of the service. An option on the command line outweighs the environment.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct Config {
    /// Address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for every network
    #[arg(long, env = "STACK_ATLAS_HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// Port to listen on; 0 takes a free one
    #[arg(long, env = "STACK_ATLAS_PORT", default_value_t = 8000)]
    pub port: u16,

    /// Database: a path or `sqlite:PATH` for a file, which is made if it is missing, or
    /// `postgres://USER:PASSWORD@HOST/NAME`
    #[arg(
        long,
        env = "STACK_ATLAS_DATABASE_URL",
        default_value = Self::DATABASE_URL,
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database_url: DatabaseUrl,

    /// Connections to the database at most; if not given, 10 to PostgreSQL, and to SQLite one for each
    /// core, but no fewer than 4 and no more than 10
    #[arg(
        long,
        env = "STACK_ATLAS_DATABASE_CONNECTIONS",
        value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=1000)
    )]
    pub database_connections: Option<u32>,

    /// Rows that are kept in memory for the requests that follow, as long as the data stay the same; 0 keeps
    /// none. A thousand take some half a megabyte
    #[arg(
        long,
        env = "STACK_ATLAS_KEPT_ROWS",
        default_value_t = 20_000,
        value_name = "COUNT",
        value_parser = clap::value_parser!(u64).range(..=100_000_000)
    )]
    pub kept_rows: u64,

    /// What to do to the database before serving
    #[arg(
        long,
        env = "STACK_ATLAS_PREPARE",
        default_value = "everything",
        value_name = "WHAT"
    )]
    pub prepare: Prepare,

    /// Folder of curated facts to fill the database with, in place of the embedded ones
    #[arg(long, env = "STACK_ATLAS_KNOWLEDGE", value_name = "FOLDER")]
    pub knowledge: Option<PathBuf>,

    /// Other sites whose pages may use the API: origins such as `https://app.example` with commas
    /// between, or `*` for every page, which then may send no credentials; empty for none
    #[arg(
        long,
        env = "STACK_ATLAS_CORS_ORIGINS",
        default_value = "",
        value_name = "ORIGINS"
    )]
    pub cors_origins: Origins,

    /// Seconds that a GraphQL request may run
    #[arg(
        long,
        env = "STACK_ATLAS_REQUEST_TIMEOUT",
        default_value_t = 10,
        value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(1..=3600)
    )]
    pub request_timeout: u64,

    /// Bytes of a request's body at most
    #[arg(
        long,
        env = "STACK_ATLAS_BODY_LIMIT",
        default_value_t = HttpOptions::default().body_bytes,
        value_name = "BYTES",
        value_parser = size(1024..=1 << 30)
    )]
    pub body_limit: usize,

    /// GraphQL requests in one batch at most; 0 refuses batches
    #[arg(
        long,
        env = "STACK_ATLAS_BATCH_LIMIT",
        default_value_t = HttpOptions::default().batch,
        value_name = "COUNT",
        value_parser = size(0..=1000)
    )]
    pub batch_limit: usize,

    /// GraphQL requests that run at once; more are turned away with 503
    #[arg(
        long,
        env = "STACK_ATLAS_IN_FLIGHT_LIMIT",
        default_value_t = HttpOptions::default().in_flight,
        value_name = "COUNT",
        value_parser = size(1..=1_000_000)
    )]
    pub in_flight_limit: usize,

    /// Objects that the answer to one GraphQL request may hold, as estimated from its page sizes
    #[arg(
        long,
        env = "STACK_ATLAS_COST_LIMIT",
        default_value_t = COST,
        value_name = "OBJECTS",
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    pub cost_limit: u64,

    /// Whether clients may ask for the schema, by introspection, `_service` or `/schema.graphql`
    #[arg(
        long,
        env = "STACK_ATLAS_INTROSPECTION",
        default_value = "on",
        value_name = "WHETHER"
    )]
    pub introspection: Introspection,

    /// Documents that are trusted: a folder of .graphql files, or a manifest (JSON: texts by id,
    /// or Apollo's); clients may then send `documentId` in place of the text
    #[arg(
        long,
        env = "STACK_ATLAS_TRUSTED_DOCUMENTS",
        value_name = "FILE|FOLDER"
    )]
    pub trusted_documents: Option<PathBuf>,

    /// Which GraphQL documents to run
    #[arg(
        long,
        env = "STACK_ATLAS_DOCUMENTS",
        default_value = "any",
        value_name = "WHICH"
    )]
    pub documents: Accepted,

    /// Documents to remember for clients that send their hash the next time (automatic persisted
    /// queries); 0 remembers none
    #[arg(
        long,
        env = "STACK_ATLAS_REMEMBERED_DOCUMENTS",
        default_value_t = DocumentOptions::default().remembered,
        value_name = "COUNT",
        value_parser = size(0..=1_000_000)
    )]
    pub remembered_documents: usize,

    /// Bytes that the remembered documents may have together
    #[arg(
        long,
        env = "STACK_ATLAS_REMEMBERED_BYTES",
        default_value_t = DocumentOptions::default().remembered_bytes,
        value_name = "BYTES",
        value_parser = size(1024..=1 << 30)
    )]
    pub remembered_bytes: usize,

    /// What to log: error, warn, info, debug or trace, or a filter such as
    /// `info,stack_atlas::http=debug`
    #[arg(
        long,
        env = "STACK_ATLAS_LOG",
        default_value = "warn",
        value_name = "FILTER"
    )]
    pub log: String,

    /// How to log
    #[arg(
        long,
        env = "STACK_ATLAS_LOG_FORMAT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub log_format: LogFormat,
}

/// A whole number within bounds.
fn size(
    range: std::ops::RangeInclusive<u64>,
) -> impl clap::builder::TypedValueParser<Value = usize> {
    RangedU64ValueParser::<u64>::new()
        .range(range)
        .try_map(usize::try_from)
}

/// What is done to the database before serving begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Prepare {
    /// Create or update the tables and fill them with the curated facts
    Everything,
    /// Create or update the tables
    Tables,
    /// Nothing: refuse to serve a database that is not up to date
    Nothing,
}

/// Whether clients may ask for the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Introspection {
    /// Everybody may
    On,
    /// Nobody may; a gateway gets it from a file, which `stack-atlas schema` writes
    Off,
}

/// Which documents are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Accepted {
    /// All that keep the limits
    Any,
    /// All, but those that are not trusted are logged
    Warn,
    /// Only trusted ones
    Only,
}

impl From<Accepted> for Admission {
    fn from(accepted: Accepted) -> Self {
        match accepted {
            Accepted::Any => Self::Any,
            Accepted::Warn => Self::Warn,
            Accepted::Only => Self::Only,
        }
    }
}

impl Config {
    /// How many connections the database may have. Each of SQLite has a thread and a cache of its own.
    #[must_use]
    pub fn connections(&self) -> u32 {
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
        self.database_connections.unwrap_or_else(|| {
            if self.database_url.is_postgres() {
                return MOST_CONNECTIONS;
            }
            let cores = u32::try_from(cores()).unwrap_or(MOST_CONNECTIONS);
            cores.clamp(FEWEST_CONNECTIONS, MOST_CONNECTIONS)
        })
    }

    /// The database if none is named: a file in the working directory.
    pub const DATABASE_URL: &str = "sqlite:./stack-atlas.db";

    /// Where to listen.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }

    /// How long a GraphQL request may run.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout)
    }

    /// The part that the API wants to know.
    ///
    /// # Errors
    /// When the trusted documents cannot be used.
    pub fn api(&self) -> Result<ApiOptions, TrustedError> {
        let trusted = self.trusted_documents.as_deref().map(Trusted::read);
        let documents = DocumentOptions {
            admission: self.documents.into(),
            trusted: Arc::new(trusted.transpose()?.unwrap_or_default()),
            remembered: self.remembered_documents,
            remembered_bytes: self.remembered_bytes,
        };
        let introspections = match self.introspection {
            Introspection::On => Limits::default().introspections,
            Introspection::Off => 0,
        };
        Ok(ApiOptions {
            limits: Limits {
                cost: self.cost_limit,
                introspections,
                ..Limits::default()
            },
            documents,
            timeout: self.timeout(),
        })
    }

    /// The part that the HTTP layer wants to know.
    #[must_use]
    pub fn http(&self) -> HttpOptions {
        HttpOptions {
            body_bytes: self.body_limit,
            batch: self.batch_limit,
            in_flight: self.in_flight_limit,
            cors: self.cors_origins.clone(),
            ..HttpOptions::default()
        }
    }
}

/// A database URL, which may hold a password and is therefore never shown whole.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole URL: for connecting, not for showing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it leads to a server, not to a file.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres:") || self.0.starts_with("postgresql:")
    }
}

impl FromStr for DatabaseUrl {
    type Err = Infallible;

    /// Takes any text. What is wrong with it is said when connecting, without its password;
    /// complaints about an option would repeat it.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for DatabaseUrl {
    /// The URL without user, password and parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |text: &str| text.split('?').next().unwrap_or_default().to_owned();
        match (self.0.split_once("://"), self.0.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, rest))) => write!(f, "{scheme}://…@{}", place(rest)),
            _ => f.write_str(&place(&self.0)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        config: Config,
    }

    fn parse(arguments: &[&str]) -> Result<Config, clap::Error> {
        let arguments = ["stack-atlas"].iter().chain(arguments);
        Program::try_parse_from(arguments).map(|program| program.config)
    }

    #[test]
    fn connections_suit_the_database() {
        for (arguments, least, most) in [
            (&["--database-url", "postgres://host/db"][..], 10, 10),
            (&["--database-url", "postgresql://host/db"], 10, 10),
            (&[], 4, 10),
            (&["--database-connections", "3"], 3, 3),
        ] {
            let connections = parse(arguments).expect("good").connections();
            assert!(
                (least..=most).contains(&connections),
                "{arguments:?}: {connections}"
            );
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://me:secret@host/db", "postgres://…@host/db"),
            ("postgres://me:sec?ret@host/db?a=b", "postgres://…@host/db"),
            ("postgres://me:sec@ret@host/db", "postgres://…@host/db"),
            (
                "postgres://host/db?user=me&password=secret",
                "postgres://host/db",
            ),
            ("sqlite:./a@b.db", "sqlite:./a@b.db"),
        ] {
            let config = parse(&["--database-url", url]).expect("any text is taken");
            assert_eq!(config.database_url.reveal(), url);
            assert_eq!(config.database_url.to_string(), shown);
            assert!(!format!("{config:?}").contains("secret"), "{url}");
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        for arguments in [
            ["--request-timeout", "0"],
            ["--body-limit", "1023"],
            ["--batch-limit", "1001"],
            ["--database-connections", "0"],
            ["--cors-origins", "example.org"],
            ["--log-format", "xml"],
        ] {
            assert!(parse(&arguments).is_err(), "{arguments:?}");
        }
        assert!(parse(&["--batch-limit", "0", "--body-limit", "1024"]).is_ok());
    }

    #[test]
    fn the_http_layer_gets_what_is_set() {
        let config = parse(&["--batch-limit", "3", "--cors-origins", "*"]).expect("good");
        let http = config.http();
        assert_eq!((http.batch, http.cors), (3, Origins::Any));
    }
}
