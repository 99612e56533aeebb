//! Bringing facts into the store: the knowledge that comes with the program, and data sets.
//!
//! Knows the store and the entities. What is read is checked as a whole before the first write;
//! each load is one transaction. Nothing here prints: mistakes and reports are values with a
//! `Display`, and long work tells its progress to whoever asked for it.

pub mod dataset;
mod evidence;
pub mod knowledge;
mod yaml;
