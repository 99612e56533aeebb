//! Typed relations between technologies.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::RelationKind;

/// One technology relates to another; unique by both ends and kind.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "technology_relation",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The technology that the relation starts from.
    #[sea_orm(unique_key = "edge")]
    pub from_id: i64,
    /// The technology that it leads to.
    #[sea_orm(unique_key = "edge")]
    pub to_id: i64,
    /// How the first relates to the second.
    #[sea_orm(unique_key = "edge")]
    pub kind: RelationKind,
    /// What else is to be said about it.
    pub note: Option<String>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// Where the relation starts.
    #[sea_orm(belongs_to, relation_enum = "From", from = "from_id", to = "id")]
    pub from: BelongsTo<super::technology::Entity>,
    /// Where it leads.
    #[sea_orm(belongs_to, relation_enum = "To", from = "to_id", to = "id")]
    pub to: BelongsTo<super::technology::Entity>,
    /// Where it was read.
    #[sea_orm(has_many)]
    pub evidence: HasMany<super::evidence::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
