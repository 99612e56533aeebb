//! Which roles are related.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One role is related to another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "role_relation",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: i64,
    /// The related role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub related_id: i64,
    /// How they are related.
    pub note: Option<String>,
    /// The role.
    #[sea_orm(belongs_to, relation_enum = "Role", from = "role_id", to = "id")]
    pub role: BelongsTo<super::role::Entity>,
    /// The related role.
    #[sea_orm(belongs_to, relation_enum = "Related", from = "related_id", to = "id")]
    pub related: BelongsTo<super::role::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
