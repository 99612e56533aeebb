//! Which roles need which skill areas.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::Importance;

/// One role needs one skill area.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "role_skill_area",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: i64,
    /// The skill area.
    #[sea_orm(primary_key, auto_increment = false)]
    pub skill_area_id: i64,
    /// How much the role needs it.
    pub importance: Importance,
    /// Its share in the role, from 0 to 1.
    pub weight: f64,
    /// Why it is needed.
    pub reason: Option<String>,
    /// The role.
    #[sea_orm(belongs_to, from = "role_id", to = "id")]
    pub role: BelongsTo<super::role::Entity>,
    /// The skill area.
    #[sea_orm(belongs_to, from = "skill_area_id", to = "id")]
    pub skill_area: BelongsTo<super::skill_area::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
