//! The kinds of rows that have a change log, and what identifies each.

use entity::enums::EntityKind;
use entity::{
    category, company, experience, product, release, role, salary, skill_area, source, technology,
    technology_relation, usage,
};
use sea_orm::{ActiveEnum as _, ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Names;

/// An entity whose rows can be kept in step.
pub trait Tracked:
    EntityTrait<
        Model: Serialize + DeserializeOwned + IntoActiveModel<Self::ActiveModel>,
        ActiveModel: ActiveModelTrait<Entity = Self> + Send,
    >
{
    /// Under which its changes are logged.
    const KIND: EntityKind;
    /// The columns that tell its rows apart for good.
    const KEY: &'static [Self::Column];
    /// Columns of the key, at least one of which is set: rows are looked for by these.
    const SCOPE: &'static [Self::Column];
    /// Columns that refer to its rows, save those that only say whose part a row is.
    const REFERENCES: &'static [Reference];

    /// A column that refers to rows of this kind; see [`super::Sync::refer`].
    const OWN_KIND: Option<Self::Column> = None;

    /// The number of a row.
    fn id(row: &Self::Model) -> i64;

    /// The slug of a row, if it has one.
    fn slug(row: &Self::Model) -> Option<&str>;

    /// What a person calls the row.
    fn label(row: &Self::Model, names: &Names) -> String;
}

/// A column that refers to rows of an entity.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The table that has it.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The column that says which row of the same entity it is that refers, if one does.
    pub from: Option<&'static str>,
}

/// A reference from another entity.
const fn by(table: &'static str, column: &'static str) -> Reference {
    let from = None;
    Reference {
        table,
        column,
        from,
    }
}

/// A reference among rows of one entity.
const fn among(table: &'static str, column: &'static str, from: &'static str) -> Reference {
    let from = Some(from);
    Reference {
        table,
        column,
        from,
    }
}

/// The name of a kind in a sentence.
#[must_use]
pub fn noun(kind: EntityKind) -> String {
    kind.to_value().to_lowercase().replace('_', " ")
}

macro_rules! tracked {
    ($($entity:ident: $kind:ident, by $key:tt in $scope:tt, $slug:expr, $label:expr,
        referred to by $references:expr $(, of its own kind by $own:ident)?;)+) => {$(
        impl Tracked for $entity::Entity {
            const KIND: EntityKind = EntityKind::$kind;
            const KEY: &'static [$entity::Column] = tracked!(@columns $entity $key);
            const SCOPE: &'static [$entity::Column] = tracked!(@columns $entity $scope);
            const REFERENCES: &'static [Reference] = &$references;
            $(const OWN_KIND: Option<$entity::Column> = Some($entity::Column::$own);)?

            fn id(row: &$entity::Model) -> i64 {
                row.id
            }

            fn slug(row: &$entity::Model) -> Option<&str> {
                let slug: fn(&$entity::Model) -> Option<&str> = $slug;
                slug(row)
            }

            fn label(row: &$entity::Model, names: &Names) -> String {
                let label: fn(&$entity::Model, &Names) -> String = $label;
                label(row, names)
            }
        }
    )+};
    (@columns $entity:ident [$($column:ident),+]) => { &[$($entity::Column::$column),+] };
}

macro_rules! tracked_by_slug {
    ($($entity:ident: $kind:ident,
        referred to by $references:expr $(, of its own kind by $own:ident)?;)+) => {
        tracked! {$(
            $entity: $kind, by [Slug] in [Slug],
                |row| Some(&row.slug),
                |row, _| format!("{} `{}`", noun(EntityKind::$kind), row.slug),
                referred to by $references $(, of its own kind by $own)?;
        )+}
    };
}

tracked_by_slug! {
    source: Source, referred to by [by("evidence", "source_id"), by("article", "source_id")];
    category: Category, referred to by [
        among("category_parent", "parent_id", "child_id"),
        by("technology_category", "category_id"),
    ];
    company: Company, referred to by [
        by("usage", "company_id"),
        by("product", "maker_id"),
        by("technology", "steward_id"),
        by("article", "company_id"),
    ];
    technology: Technology, referred to by [
        by("usage", "technology_id"),
        by("release", "technology_id"),
        by("technology_relation", "from_id"),
        by("technology_relation", "to_id"),
        among("framework_language", "language_id", "framework_id"),
        by("skill_area_technology", "technology_id"),
        by("role_technology", "technology_id"),
    ];
    product: Product, referred to by [by("usage", "product_id")];
    experience: Experience, referred to by [by("skill_area_experience", "experience_id")];
    skill_area: SkillArea, referred to by [
        among("skill_area", "parent_id", "id"),
        by("role_skill_area", "skill_area_id"),
    ], of its own kind by ParentId;
    role: Role, referred to by [among("role_relation", "related_id", "role_id"), by("salary", "role_id")];
}

tracked! {
    release: Release, by [TechnologyId, Label] in [TechnologyId],
        |_| None,
        |row, names| {
            let technology = names.of(EntityKind::Technology, row.technology_id);
            format!("release `{}` of `{technology}`", row.label)
        },
        referred to by [];
    technology_relation: Relation, by [FromId, ToId, Kind] in [FromId],
        |_| None,
        |row, names| {
            let from = names.of(EntityKind::Technology, row.from_id);
            let to = names.of(EntityKind::Technology, row.to_id);
            format!("relation `{from}` {} `{to}`", row.kind.to_value().to_lowercase())
        },
        referred to by [];
    usage: Usage, by [CompanyId, ProductId, TechnologyId] in [CompanyId, ProductId],
        |_| None,
        |row, names| {
            let adopter = match (row.company_id, row.product_id) {
                (Some(id), _) => names.of(EntityKind::Company, id),
                (None, id) => names.of(EntityKind::Product, id.unwrap_or_default()),
            };
            let technology = names.of(EntityKind::Technology, row.technology_id);
            format!("usage of `{technology}` by `{adopter}`")
        },
        referred to by [];
    salary: Salary, by [RoleId, Currency, Period, Area, Year] in [RoleId],
        |_| None,
        |row, names| {
            let role = names.of(EntityKind::Role, row.role_id);
            let area = row.area.as_deref().unwrap_or("anywhere");
            format!("salary of `{role}` in {} ({area})", row.currency)
        },
        referred to by [];
}
