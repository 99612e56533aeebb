//! Aliases: other names that lead to a row.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::EntityKind;

/// Another name of a row; unique by kind and key. Former slugs stay here.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "alias",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which kind of row it leads to.
    #[sea_orm(unique_key = "kind_key")]
    pub entity_kind: EntityKind,
    /// The name, folded for comparing.
    #[sea_orm(unique_key = "kind_key")]
    pub key: String,
    /// The name as it was written.
    pub text: String,
    /// The row that it leads to.
    pub entity_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
