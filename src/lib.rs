//! Stack Atlas: who builds what with what, how do we know, and which skills does that take.
//!
//! `migration | entity <- store <- graphql, ingest <- http <- main`

#![forbid(unsafe_code)]

pub mod graphql;
pub mod store;
