//! Salaries of roles.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::SalaryPeriod;

/// What a role earns; amounts in whole units of the currency, for one period.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "salary",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The role that earns it.
    pub role_id: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The time that it is paid for.
    pub period: SalaryPeriod,
    /// Whether it is before tax; null if not known.
    pub is_gross: Option<bool>,
    /// Lower end of the range.
    pub low: Option<i64>,
    /// Middle of the range.
    pub median: Option<i64>,
    /// Upper end of the range.
    pub high: Option<i64>,
    /// Where it is paid.
    pub area: Option<String>,
    /// Year that it was paid in.
    pub year: Option<i32>,
    /// What else is to be said about it.
    pub note: Option<String>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The role that earns it.
    #[sea_orm(belongs_to, from = "role_id", to = "id")]
    pub role: BelongsTo<super::role::Entity>,
    /// Where it was read.
    #[sea_orm(has_many)]
    pub evidence: HasMany<super::evidence::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
