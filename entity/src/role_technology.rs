//! Which roles work with which technologies.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::Importance;

/// One role works with one technology.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "role_technology",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: i64,
    /// The technology.
    #[sea_orm(primary_key, auto_increment = false)]
    pub technology_id: i64,
    /// How much the role needs it.
    pub importance: Importance,
    /// Why it is needed.
    pub reason: Option<String>,
    /// The role.
    #[sea_orm(belongs_to, from = "role_id", to = "id")]
    pub role: BelongsTo<super::role::Entity>,
    /// The technology.
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
