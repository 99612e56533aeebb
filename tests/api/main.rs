//! The API as its users see it: over HTTP, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::format_collect,
    reason = "brevity counts for more than speed in a test"
)]
#![expect(clippy::too_many_lines, reason = "tables of cases are long")]

mod ahead;
mod caching;
mod clients;
mod columns;
mod documents;
mod errors;
mod examples;
mod execution;
mod federation;
mod founding;
mod guide;
mod hostile;
mod http;
mod kept;
mod lookups;
mod pages;
mod people;
mod questions;
mod relay;
mod review;
mod schema;
mod statements;
mod support;
mod variables;
