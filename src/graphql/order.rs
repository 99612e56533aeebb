//! Ordering: what every list's `orderBy` is made of.

use async_graphql::{Context, Enum, InputObject, InputType, ServerResult};

use crate::store::SortKey;

/// Which end of the order comes first. Missing values come last in both.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderDirection {
    /// Smallest, earliest or alphabetically first value first.
    #[default]
    Asc,
    /// Largest, latest or alphabetically last value first.
    Desc,
}

/// The fields that a type's lists can be ordered by.
pub trait OrderInput: InputType + Copy {
    /// The sort key of this field.
    fn sort_key(self) -> Option<SortKey>;

    /// Reads the argument `orderBy` of a list.
    fn argument(ctx: &Context<'_>) -> ServerResult<Option<Vec<OrderTerm<Self>>>>
    where
        Self: Sized;
}

/// One criterion of an order; the next one decides between equals.
#[derive(InputObject, Clone, Copy)]
#[graphql(
    concrete(
        name = "TechnologyOrder",
        params(super::types::technology::TechnologyOrderField)
    ),
    concrete(
        name = "CategoryOrder",
        params(super::types::category::CategoryOrderField)
    ),
    concrete(
        name = "RelationOrder",
        params(super::types::relation::RelationOrderField)
    ),
    concrete(
        name = "ReleaseOrder",
        params(super::types::release::ReleaseOrderField)
    ),
    concrete(
        name = "CompanyOrder",
        params(super::types::company::CompanyOrderField)
    ),
    concrete(
        name = "ProductOrder",
        params(super::types::product::ProductOrderField)
    ),
    concrete(name = "UsageOrder", params(super::types::usage::UsageOrderField)),
    concrete(
        name = "EvidenceOrder",
        params(super::types::evidence::EvidenceOrderField)
    ),
    concrete(name = "SourceOrder", params(super::types::source::SourceOrderField)),
    concrete(
        name = "SkillAreaOrder",
        params(super::types::skill_area::SkillAreaOrderField)
    ),
    concrete(
        name = "RelevanceOrder",
        params(super::types::skill_area::RelevanceOrderField)
    ),
    concrete(
        name = "ExperienceOrder",
        params(super::types::experience::ExperienceOrderField)
    ),
    concrete(
        name = "ArticleOrder",
        params(super::types::article::ArticleOrderField)
    ),
    concrete(name = "RoleOrder", params(super::types::role::RoleOrderField)),
    concrete(
        name = "RequirementOrder",
        params(super::types::role::RequirementOrderField)
    ),
    concrete(name = "SalaryOrder", params(super::types::salary::SalaryOrderField)),
    concrete(
        name = "ExperienceRelevanceOrder",
        params(super::types::skill_area::ExperienceRelevanceOrderField)
    ),
    concrete(
        name = "RoleTechnologyOrder",
        params(super::types::role::RoleTechnologyOrderField)
    ),
    concrete(
        name = "RoleRelationOrder",
        params(super::types::role::RoleRelationOrderField)
    ),
    concrete(
        name = "ExternalIdOrder",
        params(super::types::external_id::ExternalIdOrderField)
    ),
    concrete(name = "AliasOrder", params(super::types::alias::AliasOrderField)),
    concrete(
        name = "ReviewItemOrder",
        params(super::types::review_item::ReviewItemOrderField)
    )
)]
pub struct OrderTerm<O: InputType> {
    /// What to order by.
    pub field: O,
    /// Which end comes first.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl<O: OrderInput> OrderTerm<O> {
    pub(super) fn sort_key(&self) -> Option<SortKey> {
        let key = self.field.sort_key()?;
        Some(key.descending(self.direction == OrderDirection::Desc))
    }
}
