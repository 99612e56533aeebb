//! What the program remembers about itself.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A value under a name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "setting", model_attrs(derive(Serialize, Deserialize)))]
pub struct Model {
    /// The name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The value.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
