//! What rows are called in other systems.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::EntityKind;

/// The id of a row in another system; unique by kind, scheme and value.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "external_id",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which kind of row it names.
    #[sea_orm(unique_key = "kind_scheme_value")]
    pub entity_kind: EntityKind,
    /// The row that it names.
    pub entity_id: i64,
    /// The other system: `wikidata`, `purl`, `github`, `endoflife`, `linguist`, `onet` …
    #[sea_orm(unique_key = "kind_scheme_value")]
    pub scheme: String,
    /// The id in that system.
    #[sea_orm(unique_key = "kind_scheme_value")]
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
