//! Roles: jobs, and what they need.

use super::alias::Alias;
use super::external_id::ExternalId;
use super::salary::{Salary, SalaryFilter};
use super::skill_area::{SkillArea, SkillAreaFilter};
use super::technology::{Technology, TechnologyFilter};
use crate::graphql::enums::Importance;
use crate::graphql::filter::{EnumFilter, FloatFilter, NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// A job: what is done in it, and what it needs.
    pub Role(role) as "role" {
        fields {
            /// Its short name in URLs, unique among roles.
            slug: &str,
            /// Its name.
            name: &str,
            /// One sentence that says what it is; null if nobody has written one.
            summary: Option<&str>,
            /// A few sentences about it; null if nobody has written them.
            description: Option<&str>,
            /// What is done in it, a sentence each.
            tasks: &[String],
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        lists {
            /// The skill areas that it needs, each with weight and reason.
            skill_areas: RoleSkillArea = relations::role::SKILL_AREAS,
            /// The technologies that it works with.
            technologies: RoleTechnology = relations::role::TECHNOLOGIES,
            /// The roles that it works or overlaps with.
            related: RoleRelation = relations::role::RELATED,
            /// What it earns, by place and year.
            salaries: Salary = relations::role::SALARIES,
            /// Other names that it is known by.
            aliases: Alias = relations::role::ALIASES,
            /// What it is called in other systems.
            external_ids: ExternalId = relations::role::EXTERNAL_IDS,
        }
    }
}

listed!(Role: RoleFilter, RoleOrderField);

object! {
    /// That a role needs a skill area.
    pub RoleSkillArea(role_skill_area) {
        fields {
            /// How much it needs it.
            importance: Importance,
            /// How much of the role it makes up, from 0 to 1.
            weight: f64,
            /// Why; null if nobody has written it.
            reason: Option<&str>,
        }
        one {
            /// The role.
            role: Role = role_id,
            /// The skill area.
            skill_area: SkillArea = skill_area_id,
        }
    }
}

listed!(RoleSkillArea: RequirementFilter, RequirementOrderField);

object! {
    /// That a role works with a technology.
    pub RoleTechnology(role_technology) {
        fields {
            /// How much it needs it.
            importance: Importance,
            /// Why; null if nobody has written it.
            reason: Option<&str>,
        }
        one {
            /// The role.
            role: Role = role_id,
            /// The technology.
            technology: Technology = technology_id,
        }
    }
}

listed!(RoleTechnology: RoleTechnologyFilter, RoleTechnologyOrderField);

object! {
    /// That a role works or overlaps with another.
    pub RoleRelation(role_relation) {
        fields {
            /// How they relate; null if nobody has written it.
            note: Option<&str>,
        }
        one {
            /// The role.
            role: Role = role_id,
            /// The other role.
            related: Role = related_id,
        }
    }
}

listed!(RoleRelation: RoleRelationFilter, RoleRelationOrderField);

filter! {
    /// Which roles to keep: everything that is given must hold.
    pub RoleFilter {
        id "role";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
        }
        many {
            /// The skill areas that it needs.
            skill_areas: RequirementFilter = relations::role::SKILL_AREAS,
            /// The technologies that it works with.
            technologies: RoleTechnologyFilter = relations::role::TECHNOLOGIES,
            /// What it earns.
            salaries: SalaryFilter = relations::role::SALARIES,
        }
    }
}

filter! {
    /// Which skill areas of a role, or roles of a skill area, to keep.
    pub RequirementFilter {
        columns {
            /// How much the role needs it.
            importance: EnumFilter<Importance>,
            /// How much of the role it makes up, from 0 to 1.
            weight: FloatFilter,
        }
        one {
            /// The role.
            role: RoleFilter = relations::role_skill_area::ROLE,
            /// The skill area.
            skill_area: SkillAreaFilter = relations::role_skill_area::SKILL_AREA,
        }
    }
}

filter! {
    /// Which technologies of a role, or roles of a technology, to keep.
    pub RoleTechnologyFilter {
        columns {
            /// How much the role needs it.
            importance: EnumFilter<Importance>,
        }
        one {
            /// The role.
            role: RoleFilter = relations::role_technology::ROLE,
            /// The technology.
            technology: TechnologyFilter = relations::role_technology::TECHNOLOGY,
        }
    }
}

filter! {
    /// Which related roles to keep.
    pub RoleRelationFilter {
        one {
            /// The other role.
            related: RoleFilter = relations::role_relation::RELATED,
        }
    }
}

order! {
    /// What roles can be ordered by.
    pub RoleOrderField for role {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
    }
}

order! {
    /// What the skill areas of a role can be ordered by.
    pub RequirementOrderField for role_skill_area {
        /// How much of the role it makes up.
        Weight = weight,
        /// The name of the skill area.
        SkillAreaName = skill_area_id -> skill_area.name_key,
        /// The name of the role.
        RoleName = role_id -> role.name_key,
    }
}

order! {
    /// What the technologies of a role can be ordered by.
    pub RoleTechnologyOrderField for role_technology {
        /// The name of the technology.
        TechnologyName = technology_id -> technology.name_key,
        /// The name of the role.
        RoleName = role_id -> role.name_key,
    }
}

order! {
    /// What related roles can be ordered by.
    pub RoleRelationOrderField for role_relation {
        /// The name of the other role.
        RelatedName = related_id -> role.name_key,
    }
}

roots! {
    pub RoleQuery for Role {
        keyed by EntityKey {
            /// The role that the key names; null if there is none.
            one role;
            /// The roles that the keys name, in their order, null where there is none.
            many roles_by_keys;
        }
        /// All roles.
        all roles ordered by role.name_key;
    }
}
