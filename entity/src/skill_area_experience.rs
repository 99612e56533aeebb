//! Which experiences matter for which skill areas.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One experience matters for one skill area.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "skill_area_experience",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// The skill area.
    #[sea_orm(primary_key, auto_increment = false)]
    pub skill_area_id: i64,
    /// The experience.
    #[sea_orm(primary_key, auto_increment = false)]
    pub experience_id: i64,
    /// Why it matters.
    pub reason: Option<String>,
    /// Place in the list, from 0.
    pub position: i32,
    /// The skill area.
    #[sea_orm(belongs_to, from = "skill_area_id", to = "id")]
    pub skill_area: BelongsTo<super::skill_area::Entity>,
    /// The experience.
    #[sea_orm(belongs_to, from = "experience_id", to = "id")]
    pub experience: BelongsTo<super::experience::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
