//! Kinds of work experience.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A kind of work experience.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "experience",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among experiences.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// `name` folded for comparing and sorting.
    pub name_key: String,
    /// What it is, in a few sentences; null if nobody has written it.
    pub description: Option<String>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// Skill areas that it matters for.
    #[sea_orm(has_many)]
    pub skill_areas: HasMany<super::skill_area_experience::Entity>,
    /// Articles about it.
    #[sea_orm(has_many)]
    pub articles: HasMany<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
