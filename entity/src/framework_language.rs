//! Which frameworks are for which languages.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One framework is for one language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "framework_language",
    model_attrs(derive(Serialize, Deserialize))
)]
pub struct Model {
    /// The framework, a technology.
    #[sea_orm(primary_key, auto_increment = false)]
    pub framework_id: i64,
    /// The language, a technology.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language_id: i64,
    /// The framework.
    #[sea_orm(
        belongs_to,
        relation_enum = "Framework",
        from = "framework_id",
        to = "id"
    )]
    pub framework: BelongsTo<super::technology::Entity>,
    /// The language.
    #[sea_orm(
        belongs_to,
        relation_enum = "Language",
        from = "language_id",
        to = "id"
    )]
    pub language: BelongsTo<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
