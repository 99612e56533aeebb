//! Evidence: where facts were read.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::EvidenceGrade;

/// Where one usage, release, relation or salary was read; exactly one of the four is named.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "evidence",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The usage that it is for.
    pub usage_id: Option<i64>,
    /// The release that it is for.
    pub release_id: Option<i64>,
    /// The relation between technologies that it is for.
    pub relation_id: Option<i64>,
    /// The salary that it is for.
    pub salary_id: Option<i64>,
    /// The source that says so.
    pub source_id: i64,
    /// Page that says so.
    pub url: Option<String>,
    /// Place inside the source, such as a path and a line.
    pub locator: Option<String>,
    /// Day on which it was read.
    pub retrieved_on: Option<Date>,
    /// How good it is.
    pub grade: EvidenceGrade,
    /// What else is to be said about it.
    pub note: Option<String>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The usage that it is for.
    #[sea_orm(belongs_to, from = "usage_id", to = "id")]
    pub usage: BelongsTo<Option<super::usage::Entity>>,
    /// The release that it is for.
    #[sea_orm(belongs_to, from = "release_id", to = "id")]
    pub release: BelongsTo<Option<super::release::Entity>>,
    /// The relation that it is for.
    #[sea_orm(belongs_to, from = "relation_id", to = "id")]
    pub relation: BelongsTo<Option<super::technology_relation::Entity>>,
    /// The salary that it is for.
    #[sea_orm(belongs_to, from = "salary_id", to = "id")]
    pub salary: BelongsTo<Option<super::salary::Entity>>,
    /// The source that says so.
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
