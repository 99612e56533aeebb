//! Sources: data sets, articles and sites that facts come from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A data set, an article or a site.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "source",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among sources.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// `name` folded for comparing and sorting.
    pub name_key: String,
    /// What it is, in a few sentences; null if nobody has written it.
    pub description: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// SPDX expression of its licence.
    pub licence: Option<String>,
    /// Line that its licence asks for.
    pub attribution: Option<String>,
    /// Version of the snapshot that was read.
    pub version: Option<String>,
    /// Day of the snapshot that was read.
    pub snapshot_on: Option<Date>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// What was read in it.
    #[sea_orm(has_many)]
    pub evidence: HasMany<super::evidence::Entity>,
    /// Articles that come from it.
    #[sea_orm(has_many)]
    pub articles: HasMany<super::article::Entity>,
    /// Names in it that nobody could make out.
    #[sea_orm(has_many)]
    pub review_items: HasMany<super::review_item::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
