//! Skill areas: a tree of areas of competence.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// An area of competence.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "skill_area",
    model_attrs(derive(Default, Serialize, Deserialize), serde(default))
)]
pub struct Model {
    /// Number of the row, never shown outside.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Short name in URLs: `[a-z0-9-]`, unique among skill areas.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// `name` folded for comparing and sorting.
    pub name_key: String,
    /// What it is, in a few sentences; null if nobody has written it.
    pub description: Option<String>,
    /// The wider area that it is a part of.
    pub parent_id: Option<i64>,
    /// What to look for when hiring.
    pub hiring_advice: Option<String>,
    /// When the row was first written (UTC).
    pub created_at: DateTimeUtc,
    /// When the row last changed (UTC).
    pub updated_at: DateTimeUtc,
    /// How often the row has changed, counting from 1.
    pub revision: i64,
    /// The wider area.
    #[sea_orm(
        self_ref,
        relation_enum = "Parent",
        relation_reverse = "Children",
        from = "parent_id",
        to = "id"
    )]
    pub parent: BelongsTo<Option<Entity>>,
    /// The areas inside it.
    #[sea_orm(self_ref, relation_enum = "Children", relation_reverse = "Parent")]
    pub children: HasMany<Entity>,
    /// Technologies that matter for it.
    #[sea_orm(has_many)]
    pub technologies: HasMany<super::skill_area_technology::Entity>,
    /// Experiences that matter for it.
    #[sea_orm(has_many)]
    pub experiences: HasMany<super::skill_area_experience::Entity>,
    /// Roles that need it.
    #[sea_orm(has_many)]
    pub roles: HasMany<super::role_skill_area::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
