//! Names in data sets that nobody could make out.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::{EntityKind, ReviewReason};
use crate::string_list::StringList;

/// A name that a data set uses and that leads to no row, or to several; unique by source, kind
/// and key. It goes away with the next import of the data set that resolves it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "review_item",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The data set.
    #[sea_orm(unique_key = "source_kind_key")]
    pub source_id: i64,
    /// What the name stands for.
    #[sea_orm(unique_key = "source_kind_key")]
    pub entity_kind: EntityKind,
    /// The name, folded for comparing.
    #[sea_orm(unique_key = "source_kind_key")]
    pub key: String,
    /// The name as the data set writes it first.
    pub name: String,
    /// Why it leads nowhere.
    pub reason: ReviewReason,
    /// How often the data set uses it.
    pub mention_count: i64,
    /// Where it uses it first, as a path and a line.
    pub locator: Option<String>,
    /// Slugs of rows that may be meant, the likeliest first.
    #[sea_orm(column_type = "JsonBinary")]
    pub candidates: StringList,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The data set.
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
