//! The database's schema, one file per step, the same on both databases.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::{MigrationTrait, async_trait};

mod m20261123_000001_create_sources;
mod m20261123_000002_create_adopters;
mod m20261123_000003_create_technologies;
mod m20261123_000004_create_categories;
mod m20261123_000005_create_skills;
mod m20261123_000006_create_roles;
mod m20261123_000007_create_usages;
mod m20261123_000008_create_names;
mod m20261123_000009_create_operations;
mod m20261126_000010_create_review;
mod table;

/// Brings a database to this version of the schema, or takes it back.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_sources::Migration),
            Box::new(m20261123_000002_create_adopters::Migration),
            Box::new(m20261123_000003_create_technologies::Migration),
            Box::new(m20261123_000004_create_categories::Migration),
            Box::new(m20261123_000005_create_skills::Migration),
            Box::new(m20261123_000006_create_roles::Migration),
            Box::new(m20261123_000007_create_usages::Migration),
            Box::new(m20261123_000008_create_names::Migration),
            Box::new(m20261123_000009_create_operations::Migration),
            Box::new(m20261126_000010_create_review::Migration),
        ]
    }
}
