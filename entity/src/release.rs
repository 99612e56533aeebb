//! Release cycles of technologies.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A release cycle, such as "3.10"; its label is unique in its technology.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "release",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The technology that is released.
    #[sea_orm(unique_key = "technology_label")]
    pub technology_id: i64,
    /// Name of the cycle: a string, not a number.
    #[sea_orm(unique_key = "technology_label")]
    pub label: String,
    /// Day of the first release.
    pub released_on: Option<Date>,
    /// Last day on which it gets new features or fixes.
    pub active_support_until: Option<Date>,
    /// Last day on which it gets security fixes.
    pub security_support_until: Option<Date>,
    /// Day from which nobody looks after it.
    pub end_of_life_on: Option<Date>,
    /// Whether its life is known to be over, where no day is known.
    pub is_end_of_life: Option<bool>,
    /// Latest patch of the cycle.
    pub latest_version: Option<String>,
    /// Day of the latest patch.
    pub latest_released_on: Option<Date>,
    /// Whether it has long-term support.
    pub is_lts: bool,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The technology that is released.
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
    /// Where it was read.
    #[sea_orm(has_many)]
    pub evidence: HasMany<super::evidence::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
