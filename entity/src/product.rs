//! Products: software and services that are built with technologies.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A piece of software or a service that is itself built with technologies.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "product",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among products.
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
    /// The company that makes it.
    pub maker_id: Option<i64>,
    /// URL of its home page.
    pub website: Option<String>,
    /// URL of its source code.
    pub repository: Option<String>,
    /// Year of its first release.
    pub first_released: Option<i32>,
    /// How many usages it has; kept with each write.
    pub technology_count: i64,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The company that makes it.
    #[sea_orm(belongs_to, from = "maker_id", to = "id")]
    pub maker: BelongsTo<Option<super::company::Entity>>,
    /// What it uses.
    #[sea_orm(has_many)]
    pub usages: HasMany<super::usage::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
