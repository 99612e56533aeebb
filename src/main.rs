//! The program; everything is in the library.

use std::process::ExitCode;

use clap::Parser as _;
use stack_atlas::cli::{self, Cli};
use tokio::runtime::Builder;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of a worker's stack. Resolving goes as deep as a query; the deepest that is admitted
/// has to fit, in a debug build too. Only what is used takes memory.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build();
    match runtime {
        // On a worker, whose stack is ours to choose, not on the main thread.
        Ok(runtime) => runtime
            .block_on(runtime.spawn(cli::main(cli)))
            .unwrap_or(ExitCode::FAILURE),
        Err(_) => ExitCode::FAILURE,
    }
}
