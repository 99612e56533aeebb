//! Answers to requests that must not be done twice.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The answer to a request that carried an idempotency key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "idempotency",
    model_attrs(derive(Serialize, Deserialize))
)]
pub struct Model {
    /// The key that the client gave.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Who asked.
    pub actor: String,
    /// Hash of the request, to tell another one with the same key.
    pub request_hash: String,
    /// What was answered.
    #[sea_orm(column_type = "JsonBinary")]
    pub response: Json,
    /// When it was answered (UTC).
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
