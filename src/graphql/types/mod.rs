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
pub mod role;
pub mod salary;
pub mod skill_area;
pub mod source;
pub mod stack;
pub mod technology;
pub mod usage;

/// The tables whose columns the fields of a type show.
pub(super) const TABLES: &[(&str, &[&str])] = &[
    ("Technology", &["technology"]),
    ("Language", &["technology", "language"]),
    ("Framework", &["technology", "framework"]),
    ("Tool", &["technology", "tool"]),
    ("Category", &["category"]),
    ("Relation", &["technology_relation"]),
    ("Release", &["release"]),
    ("Adopter", &["company", "product"]),
    ("Company", &["company"]),
    ("Product", &["product"]),
    ("Usage", &["usage"]),
    ("Evidence", &["evidence"]),
    ("Source", &["source"]),
    ("SkillArea", &["skill_area"]),
    ("SkillAreaTechnology", &["skill_area_technology"]),
    ("SkillAreaExperience", &["skill_area_experience"]),
    ("Experience", &["experience"]),
    ("Article", &["article"]),
    ("Role", &["role"]),
    ("RoleSkillArea", &["role_skill_area"]),
    ("RoleTechnology", &["role_technology"]),
    ("RoleRelation", &["role_relation"]),
    ("Salary", &["salary"]),
    ("Alias", &["alias"]),
    ("ExternalId", &["external_id"]),
];
