//! Every relation that lists and filters can follow, by the type they start from.

#![expect(
    missing_docs,
    reason = "relations are named after the fields that follow them"
)]

use super::relation::Relation;

/// From a technology of any kind.
pub mod technology {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "TECHNOLOGY");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "TECHNOLOGY");
    pub static LANGUAGE: Relation = Relation::children("language", "technology_id");
    pub static FRAMEWORK: Relation = Relation::children("framework", "technology_id");
    pub static TOOL: Relation = Relation::children("tool", "technology_id");
    pub static STEWARD: Relation = Relation::belongs_to("company", "steward_id");
    pub static CATEGORIES: Relation = Relation::through(
        "category",
        "technology_category",
        "technology_id",
        "category_id",
    );
    pub static USAGES: Relation = Relation::children("usage", "technology_id");
    pub static RELEASES: Relation = Relation::children("release", "technology_id");
    pub static RELATIONS: Relation = Relation::either("technology_relation", "from_id", "to_id");
    pub static SKILL_AREAS: Relation = Relation::children("skill_area_technology", "technology_id");
    pub static ROLES: Relation = Relation::children("role_technology", "technology_id");
    /// Frameworks written in or for a language.
    pub static FRAMEWORKS: Relation = Relation::through(
        "technology",
        "framework_language",
        "language_id",
        "framework_id",
    );
    /// Languages that a framework is written in or for.
    pub static LANGUAGES: Relation = Relation::through(
        "technology",
        "framework_language",
        "framework_id",
        "language_id",
    );
}

pub mod category {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "CATEGORY");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "CATEGORY");
    pub static TECHNOLOGIES: Relation = Relation::through(
        "technology",
        "technology_category",
        "category_id",
        "technology_id",
    );
    pub static PARENTS: Relation =
        Relation::through("category", "category_parent", "child_id", "parent_id");
    pub static CHILDREN: Relation =
        Relation::through("category", "category_parent", "parent_id", "child_id");
}

pub mod company {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "COMPANY");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "COMPANY");
    pub static USAGES: Relation = Relation::children("usage", "company_id");
    /// Of one shelf: the parent is a company and a category.
    pub static SHELF: Relation = Relation::shelf();
    pub static PRODUCTS: Relation = Relation::children("product", "maker_id");
    pub static STEWARDSHIPS: Relation = Relation::children("technology", "steward_id");
    pub static ARTICLES: Relation = Relation::children("article", "company_id");
}

pub mod product {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "PRODUCT");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "PRODUCT");
    pub static USAGES: Relation = Relation::children("usage", "product_id");
    pub static MAKER: Relation = Relation::belongs_to("company", "maker_id");
}

pub mod usage {
    use super::Relation;

    pub static TECHNOLOGY: Relation = Relation::belongs_to("technology", "technology_id");
    pub static COMPANY: Relation = Relation::belongs_to("company", "company_id");
    pub static PRODUCT: Relation = Relation::belongs_to("product", "product_id");
    pub static EVIDENCE: Relation = Relation::children("evidence", "usage_id");
}

/// From a relation between two technologies.
pub mod technology_relation {
    use super::Relation;

    pub static FROM: Relation = Relation::belongs_to("technology", "from_id");
    pub static TO: Relation = Relation::belongs_to("technology", "to_id");
    pub static EVIDENCE: Relation = Relation::children("evidence", "relation_id");
}

pub mod release {
    use super::Relation;

    pub static TECHNOLOGY: Relation = Relation::belongs_to("technology", "technology_id");
    pub static EVIDENCE: Relation = Relation::children("evidence", "release_id");
}

pub mod source {
    use super::Relation;

    pub static EVIDENCE: Relation = Relation::children("evidence", "source_id");
    pub static ARTICLES: Relation = Relation::children("article", "source_id");
    pub static REVIEW_ITEMS: Relation = Relation::children("review_item", "source_id");
}

pub mod review_item {
    use super::Relation;

    pub static SOURCE: Relation = Relation::belongs_to("source", "source_id");
}

pub mod evidence {
    use super::Relation;

    pub static SOURCE: Relation = Relation::belongs_to("source", "source_id");
    pub static USAGE: Relation = Relation::belongs_to("usage", "usage_id");
}

pub mod skill_area {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "SKILL_AREA");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "SKILL_AREA");
    pub static PARENT: Relation = Relation::belongs_to("skill_area", "parent_id");
    pub static CHILDREN: Relation = Relation::children("skill_area", "parent_id");
    pub static TECHNOLOGIES: Relation =
        Relation::children("skill_area_technology", "skill_area_id");
    pub static EXPERIENCES: Relation = Relation::children("skill_area_experience", "skill_area_id");
    pub static ROLES: Relation = Relation::children("role_skill_area", "skill_area_id");
}

/// From the relevance of a technology to a skill area.
pub mod skill_area_technology {
    use super::Relation;

    pub static SKILL_AREA: Relation = Relation::belongs_to("skill_area", "skill_area_id");
    pub static TECHNOLOGY: Relation = Relation::belongs_to("technology", "technology_id");
}

/// From the relevance of an experience to a skill area.
pub mod skill_area_experience {
    use super::Relation;

    pub static SKILL_AREA: Relation = Relation::belongs_to("skill_area", "skill_area_id");
    pub static EXPERIENCE: Relation = Relation::belongs_to("experience", "experience_id");
}

pub mod experience {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "EXPERIENCE");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "EXPERIENCE");
    pub static SKILL_AREAS: Relation = Relation::children("skill_area_experience", "experience_id");
    pub static ARTICLES: Relation = Relation::children("article", "experience_id");
}

pub mod article {
    use super::Relation;

    pub static COMPANY: Relation = Relation::belongs_to("company", "company_id");
    pub static EXPERIENCE: Relation = Relation::belongs_to("experience", "experience_id");
}

pub mod role {
    use super::Relation;

    pub static ALIASES: Relation = Relation::filed("alias", "ROLE");
    pub static EXTERNAL_IDS: Relation = Relation::filed("external_id", "ROLE");
    pub static SKILL_AREAS: Relation = Relation::children("role_skill_area", "role_id");
    pub static TECHNOLOGIES: Relation = Relation::children("role_technology", "role_id");
    pub static RELATED: Relation = Relation::children("role_relation", "role_id");
    pub static SALARIES: Relation = Relation::children("salary", "role_id");
}

/// From a skill area's place in a role.
pub mod role_skill_area {
    use super::Relation;

    pub static ROLE: Relation = Relation::belongs_to("role", "role_id");
    pub static SKILL_AREA: Relation = Relation::belongs_to("skill_area", "skill_area_id");
}

/// From a technology's place in a role.
pub mod role_technology {
    use super::Relation;

    pub static ROLE: Relation = Relation::belongs_to("role", "role_id");
    pub static TECHNOLOGY: Relation = Relation::belongs_to("technology", "technology_id");
}

/// From a role's relation to another role.
pub mod role_relation {
    use super::Relation;

    pub static RELATED: Relation = Relation::belongs_to("role", "related_id");
}

pub mod salary {
    use super::Relation;

    pub static ROLE: Relation = Relation::belongs_to("role", "role_id");
    pub static EVIDENCE: Relation = Relation::children("evidence", "salary_id");
}
