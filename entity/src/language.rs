//! What only languages have.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::{LanguageKind, Typing};
use crate::string_list::StringList;

/// The part of a technology that only languages have.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "language",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// The technology; one row each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub technology_id: i64,
    /// What it is for.
    pub language_kind: LanguageKind,
    /// When it checks types; null if it has none or it is not known.
    pub typing: Option<Typing>,
    /// Endings of its files' names, with the dot.
    #[sea_orm(column_type = "JsonBinary")]
    pub file_extensions: StringList,
    /// The technology itself.
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
