//! Articles about work experiences.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// An article about one kind of experience, often at a company.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "article",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The experience that it is about.
    pub experience_id: i64,
    /// The company that it is about.
    pub company_id: Option<i64>,
    /// Its title.
    pub title: String,
    /// Where it is found.
    pub url: String,
    /// The source that it comes from.
    pub source_id: Option<i64>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The experience that it is about.
    #[sea_orm(belongs_to, from = "experience_id", to = "id")]
    pub experience: BelongsTo<super::experience::Entity>,
    /// The company that it is about.
    #[sea_orm(belongs_to, from = "company_id", to = "id")]
    pub company: BelongsTo<Option<super::company::Entity>>,
    /// The source that it comes from.
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<Option<super::source::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
