//! Technologies: languages, frameworks and tools share this table and one space of slugs.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::enums::TechnologyKind;

/// A technology of any kind; what only its kind has is in `language`, `framework` or `tool`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "technology",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among technologies.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// `name` folded for comparing and sorting.
    pub name_key: String,
    /// What it is, in a few sentences; null if nobody has written it.
    pub description: Option<String>,
    /// Which of the three kinds it is.
    pub kind: TechnologyKind,
    /// One sentence that says what it is.
    pub summary: Option<String>,
    /// URL of its home page.
    pub website: Option<String>,
    /// URL of its source code.
    pub repository: Option<String>,
    /// Year in which the public first saw it.
    pub first_appeared: Option<i32>,
    /// Whether somebody still works on it.
    pub is_maintained: Option<bool>,
    /// SPDX expression of its licence.
    pub licence: Option<String>,
    /// The company that looks after it.
    pub steward_id: Option<i64>,
    /// How many usages name it; kept with each write.
    pub adopter_count: i64,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The company that looks after it.
    #[sea_orm(belongs_to, from = "steward_id", to = "id")]
    pub steward: BelongsTo<Option<super::company::Entity>>,
    /// What only languages have.
    #[sea_orm(has_one)]
    pub language: HasOne<super::language::Entity>,
    /// What only frameworks have.
    #[sea_orm(has_one)]
    pub framework: HasOne<super::framework::Entity>,
    /// What only tools have.
    #[sea_orm(has_one)]
    pub tool: HasOne<super::tool::Entity>,
    /// Languages that it is for, if it is a framework.
    #[sea_orm(
        self_ref,
        via = "framework_language",
        from = "Framework",
        to = "Language"
    )]
    pub languages: HasMany<Entity>,
    /// Frameworks for it, if it is a language.
    #[sea_orm(self_ref, via = "framework_language", reverse)]
    pub frameworks: HasMany<Entity>,
    /// The categories it is in.
    #[sea_orm(has_many, via = "technology_category")]
    pub categories: HasMany<super::category::Entity>,
    /// Relations that start here.
    #[sea_orm(has_many, relation_enum = "RelationsFrom", via_rel = "From")]
    pub relations_from: HasMany<super::technology_relation::Entity>,
    /// Relations that end here.
    #[sea_orm(has_many, relation_enum = "RelationsTo", via_rel = "To")]
    pub relations_to: HasMany<super::technology_relation::Entity>,
    /// Its release cycles.
    #[sea_orm(has_many)]
    pub releases: HasMany<super::release::Entity>,
    /// Who uses it.
    #[sea_orm(has_many)]
    pub usages: HasMany<super::usage::Entity>,
    /// Skill areas that it matters for.
    #[sea_orm(has_many)]
    pub skill_areas: HasMany<super::skill_area_technology::Entity>,
    /// Roles that work with it.
    #[sea_orm(has_many)]
    pub roles: HasMany<super::role_technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
