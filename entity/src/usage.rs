//! Usages: which company or product uses which technology.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::UsageStatus;

/// An adopter, either a company or a product, uses a technology; at most one row for each pair.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "usage",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The company that uses it; null if a product does.
    pub company_id: Option<i64>,
    /// The product that uses it; null if a company does.
    pub product_id: Option<i64>,
    /// The technology that is used.
    pub technology_id: i64,
    /// Whether the usage goes on.
    pub status: UsageStatus,
    /// Day from which it is known to be used.
    pub since: Option<Date>,
    /// Day until which it was used.
    pub until: Option<Date>,
    /// What it is used for, in a few words.
    pub scope: Option<String>,
    /// How sure the fact is, from 0 to 1.
    pub confidence: f64,
    /// What else is to be said about it.
    pub note: Option<String>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The company that uses it.
    #[sea_orm(belongs_to, from = "company_id", to = "id")]
    pub company: BelongsTo<Option<super::company::Entity>>,
    /// The product that uses it.
    #[sea_orm(belongs_to, from = "product_id", to = "id")]
    pub product: BelongsTo<Option<super::product::Entity>>,
    /// The technology that is used.
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
    /// Where it was read.
    #[sea_orm(has_many)]
    pub evidence: HasMany<super::evidence::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
