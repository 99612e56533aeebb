//! The load bench: how fast the service answers its main shapes of requests, on generated
//! databases, and beside it the same answers by hand-written SQL. See `benches/README.md`.

#![expect(
    clippy::pedantic,
    reason = "a bench counts in floats and is read by few"
)]

mod check;
mod client;
mod data;
mod database;
mod floor;
mod measure;
mod options;
mod other;
mod postgres;
mod process;
mod queries;
mod random;
mod report;
mod rows;
mod run;
mod shapes;
mod sqlite;
mod ways;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use tokio::runtime::Builder;

use crate::options::Options;

/// The service's allocator, so that the floor has the same.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Error>;

fn main() -> ExitCode {
    let options = Options::parse();
    let done = if let (Some(path), Some(port)) = (options.floor.clone(), options.port) {
        on(Builder::new_multi_thread(), floor::serve(path, port))
    } else if options.bench {
        // One thread asks: the others belong to what is measured.
        on(Builder::new_current_thread(), run::all(&options))
    } else {
        note("The load bench runs under `cargo bench` only.");
        Ok(())
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn on(mut runtime: Builder, work: impl Future<Output = Result<()>>) -> Result<()> {
    runtime.enable_all().build()?.block_on(work)
}

/// What is going on, for whoever waits.
fn note(text: &str) {
    // If nobody reads it, nothing is lost.
    let _ = writeln!(std::io::stderr(), "{text}");
}
