//! Which technologies are in which categories.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One technology is in one category.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "technology_category",
    model_attrs(derive(Serialize, Deserialize))
)]
pub struct Model {
    /// The technology.
    #[sea_orm(primary_key, auto_increment = false)]
    pub technology_id: i64,
    /// The category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category_id: i64,
    /// The technology.
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
    /// The category.
    #[sea_orm(belongs_to, from = "category_id", to = "id")]
    pub category: BelongsTo<super::category::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
