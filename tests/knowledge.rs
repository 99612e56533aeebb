//! Loading the knowledge: what the validator says, and what a load does to a database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "knowledge/database.rs"]
mod database;
#[path = "knowledge/embedded.rs"]
mod embedded;
#[path = "knowledge/importing.rs"]
mod importing;
#[path = "knowledge/killing.rs"]
mod killing;
#[path = "knowledge/loading.rs"]
mod loading;
#[path = "knowledge/mistakes.rs"]
mod mistakes;
#[path = "knowledge/others.rs"]
mod others;
#[path = "knowledge/schema.rs"]
mod schema;
#[path = "knowledge/snapshots.rs"]
mod snapshots;
#[path = "knowledge/world.rs"]
mod world;
