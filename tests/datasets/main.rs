//! What adapters find in data sets: in small files of our own, and in the published ones.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod adopters;
mod feed;
mod hostile;
mod profiles;
mod roles;
mod shapes;
mod skills;
mod snapshots;
mod startups;
mod support;
