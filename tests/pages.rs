//! The page engine against a reference in plain Rust, on both databases.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::pedantic,
    clippy::excessive_precision,
    clippy::only_used_in_recursion,
    reason = "tables of cases and a reference that mirrors the engine are long"
)]

#[path = "pages/batching.rs"]
mod batching;
#[path = "pages/cursors.rs"]
mod cursors;
#[path = "pages/database.rs"]
mod database;
#[path = "pages/filtering.rs"]
mod filtering;
#[path = "pages/keys.rs"]
mod keys;
#[path = "pages/lists.rs"]
mod lists;
#[path = "pages/paging.rs"]
mod paging;
#[path = "pages/plans.rs"]
mod plans;
#[path = "pages/reference.rs"]
mod reference;
#[path = "pages/world.rs"]
mod world;
