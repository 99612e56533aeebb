//! The types of the schema, a file each.

pub mod alias;
pub mod article;
pub mod category;
pub mod company;
pub mod evidence;
pub mod experience;
pub mod external_id;
pub mod node;
pub mod product;
pub mod relation;
pub mod release;
pub mod review_item;
pub mod role;
pub mod salary;
pub mod skill_area;
pub mod source;
pub mod stack;
pub mod technology;
pub mod usage;

use super::caching::Freshness;

/// What the service knows of a type besides its definition.
pub(super) struct Known {
    pub name: &'static str,
    /// The tables whose columns its fields show.
    pub tables: &'static [&'static str],
    /// How long what its fields show may be used without asking again.
    pub freshness: Freshness,
}

/// Facts grow by the day; who has just corrected one wants to see it.
const FACTS: Freshness = Freshness::Seconds(60);

/// What facts are told in changes with editions.
const VOCABULARY: Freshness = Freshness::Seconds(600);

/// Every object type with rows of its own, and the interfaces.
pub(super) const TYPES: &[Known] = &[
    row("Technology", &["technology"], FACTS),
    row("Language", &["technology", "language"], FACTS),
    row("Framework", &["technology", "framework"], FACTS),
    row("Tool", &["technology", "tool"], FACTS),
    row("Category", &["category"], VOCABULARY),
    row("Relation", &["technology_relation"], FACTS),
    row("Release", &["release"], FACTS),
    row("Adopter", &["company", "product"], FACTS),
    row("Company", &["company"], FACTS),
    row("Product", &["product"], FACTS),
    row("Usage", &["usage"], FACTS),
    row("Evidence", &["evidence"], FACTS),
    row("Source", &["source"], VOCABULARY),
    row("SkillArea", &["skill_area"], VOCABULARY),
    row(
        "SkillAreaTechnology",
        &["skill_area_technology"],
        VOCABULARY,
    ),
    row(
        "SkillAreaExperience",
        &["skill_area_experience"],
        VOCABULARY,
    ),
    row("Experience", &["experience"], VOCABULARY),
    row("Article", &["article"], VOCABULARY),
    row("Role", &["role"], VOCABULARY),
    row("RoleSkillArea", &["role_skill_area"], VOCABULARY),
    row("RoleTechnology", &["role_technology"], VOCABULARY),
    row("RoleRelation", &["role_relation"], VOCABULARY),
    row("Salary", &["salary"], VOCABULARY),
    row("Alias", &["alias"], FACTS),
    row("ExternalId", &["external_id"], FACTS),
    row("ReviewItem", &["review_item"], FACTS),
    row("Node", &[], FACTS),
    row("StackShelf", &[], FACTS),
];

const fn row(name: &'static str, tables: &'static [&'static str], freshness: Freshness) -> Known {
    Known {
        name,
        tables,
        freshness,
    }
}
