//! Stack Atlas: who builds what with what, how do we know, and which skills does that take.
//!
//! `migration | entity <- store <- graphql, ingest <- http <- main`

pub mod cli;
pub mod config;
pub mod graphql;
pub mod http;
pub mod ingest;
pub mod store;
pub mod telemetry;
