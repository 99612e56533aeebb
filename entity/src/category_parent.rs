//! The edges of the taxonomy.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One category stands below another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "category_parent",
    model_attrs(derive(Serialize, Deserialize))
)]
pub struct Model {
    /// The category above.
    #[sea_orm(primary_key, auto_increment = false)]
    pub parent_id: i64,
    /// The category below.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: i64,
    /// The category above.
    #[sea_orm(belongs_to, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<super::category::Entity>,
    /// The category below.
    #[sea_orm(belongs_to, relation_enum = "Child", from = "child_id", to = "id")]
    pub child: BelongsTo<super::category::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
