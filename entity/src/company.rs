//! Companies and other organisations.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// An organisation: makes, uses and looks after things.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "company",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among companies.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// `name` folded for comparing and sorting.
    pub name_key: String,
    /// What it is, in a few sentences; null if nobody has written it.
    pub description: Option<String>,
    /// One sentence that says what it is.
    pub summary: Option<String>,
    /// URL of its home page.
    pub website: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country of its seat.
    pub country: Option<String>,
    /// Trade that it is in.
    pub industry: Option<String>,
    /// Year in which it was founded.
    pub founded: Option<i32>,
    /// How many usages it has; kept with each write.
    pub technology_count: i64,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// What it makes.
    #[sea_orm(has_many)]
    pub products: HasMany<super::product::Entity>,
    /// What it uses.
    #[sea_orm(has_many)]
    pub usages: HasMany<super::usage::Entity>,
    /// Technologies that it looks after.
    #[sea_orm(has_many)]
    pub stewardships: HasMany<super::technology::Entity>,
    /// Articles about work there.
    #[sea_orm(has_many)]
    pub articles: HasMany<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
