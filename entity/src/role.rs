//! Roles: jobs that people have.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::string_list::StringList;

/// A job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "role",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among roles.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// `name` folded for comparing and sorting.
    pub name_key: String,
    /// What it is, in a few sentences; null if nobody has written it.
    pub description: Option<String>,
    /// One sentence that says what it is.
    pub summary: Option<String>,
    /// What one does in it, one task each.
    #[sea_orm(column_type = "JsonBinary")]
    pub tasks: StringList,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// Skill areas that it needs.
    #[sea_orm(has_many)]
    pub skill_areas: HasMany<super::role_skill_area::Entity>,
    /// Technologies that it works with.
    #[sea_orm(has_many)]
    pub technologies: HasMany<super::role_technology::Entity>,
    /// Roles that are related to it.
    #[sea_orm(has_many, relation_enum = "Related", via_rel = "Role")]
    pub related: HasMany<super::role_relation::Entity>,
    /// Roles that it is related to.
    #[sea_orm(has_many, relation_enum = "RelatedFrom", via_rel = "Related")]
    pub related_from: HasMany<super::role_relation::Entity>,
    /// What it earns.
    #[sea_orm(has_many)]
    pub salaries: HasMany<super::salary::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
