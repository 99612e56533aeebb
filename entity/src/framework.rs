//! What only frameworks have.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::FrameworkKind;

/// The part of a technology that only frameworks have.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "framework",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// The technology; one row each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub technology_id: i64,
    /// How code relates to it.
    pub framework_kind: FrameworkKind,
    /// The technology itself.
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
