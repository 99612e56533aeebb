//! The API as its users see it: over HTTP, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod errors;
mod execution;
mod founding;
mod hostile;
mod http;
mod lookups;
mod pages;
mod questions;
mod schema;
mod statements;
mod support;
