//! Keys to the API.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::string_list::StringList;

/// A key to the API, of which only the hash is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key", model_attrs(derive(Serialize, Deserialize)))]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// Hash of the key.
    #[sea_orm(unique)]
    pub key_hash: String,
    /// What it allows.
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: StringList,
    /// When it was made (UTC).
    pub created_at: DateTimeUtc,
    /// When it ends (UTC); null if never.
    pub expires_at: Option<DateTimeUtc>,
    /// When it was taken back (UTC); null if it was not.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was last used (UTC); null if never.
    pub last_used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
