//! A list of strings in one column.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Strings in the order they were given, stored as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct StringList(pub Vec<String>);
