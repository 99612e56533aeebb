//! Categories of frameworks and tools.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A category: a node of the taxonomy, which may have several parents.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "category",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among categories.
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
    /// The categories below it.
    #[sea_orm(self_ref, via = "category_parent", from = "Parent", to = "Child")]
    pub children: HasMany<Entity>,
    /// The categories above it.
    #[sea_orm(self_ref, via = "category_parent", reverse)]
    pub parents: HasMany<Entity>,
    /// The technologies in it.
    #[sea_orm(has_many, via = "technology_category")]
    pub technologies: HasMany<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
