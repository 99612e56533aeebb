//! The change log.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::{ChangeOperation, EntityKind};

/// One change of one row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change", model_attrs(derive(Serialize, Deserialize)))]
pub struct Model {
    /// The sequence number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When it happened (UTC).
    pub at: DateTimeUtc,
    /// Who did it.
    pub actor: String,
    /// Which kind of row was changed.
    pub entity_kind: EntityKind,
    /// The row that was changed.
    pub entity_id: i64,
    /// What was done.
    pub operation: ChangeOperation,
    /// The row before; null if it was created.
    #[sea_orm(column_type = "JsonBinary")]
    pub before: Option<Json>,
    /// The row after; null if it was deleted.
    #[sea_orm(column_type = "JsonBinary")]
    pub after: Option<Json>,
    /// Why it was done.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
