//! Skill areas, and what matters in them.

use super::alias::Alias;
use super::experience::Experience;
use super::external_id::ExternalId;
use super::role::{RequirementFilter, RoleSkillArea};
use super::technology::{Technology, TechnologyFilter};
use crate::graphql::filter::{NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// An area of competence. Areas form a tree.
    pub SkillArea(skill_area) as "skill-area" {
        fields {
            /// Its short name in URLs, unique among skill areas.
            slug: &str,
            /// Its name.
            name: &str,
            /// What the competence is; null if nobody has written it.
            description: Option<&str>,
            /// What to look for when hiring; null if nobody has written it.
            hiring_advice: Option<&str>,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// The wider area that it belongs to; null at the top of the tree.
            parent: SkillArea = parent_id,
        }
        lists {
            /// The narrower areas that belong to it.
            children: SkillArea = relations::skill_area::CHILDREN,
            /// The technologies that matter in it, each with the reason.
            technologies: SkillAreaTechnology = relations::skill_area::TECHNOLOGIES,
            /// The work experiences that matter in it, each with the reason.
            experiences: SkillAreaExperience = relations::skill_area::EXPERIENCES,
            /// The roles that need it.
            roles: RoleSkillArea = relations::skill_area::ROLES,
            /// Other names that it is known by.
            aliases: Alias = relations::skill_area::ALIASES,
            /// What it is called in other systems.
            external_ids: ExternalId = relations::skill_area::EXTERNAL_IDS,
        }
    }
}

listed!(SkillArea: SkillAreaFilter, SkillAreaOrderField);

object! {
    /// That a technology matters in a skill area.
    pub SkillAreaTechnology(skill_area_technology) {
        fields {
            /// Why it matters there; null if nobody has written it.
            reason: Option<&str>,
            /// Its place in the area, counting from 0; the most telling come first.
            position: i32,
        }
        one {
            /// The skill area.
            skill_area: SkillArea = skill_area_id,
            /// The technology.
            technology: Technology = technology_id,
        }
    }
}

listed!(SkillAreaTechnology: RelevanceFilter, RelevanceOrderField);

object! {
    /// That a work experience matters in a skill area.
    pub SkillAreaExperience(skill_area_experience) {
        fields {
            /// Why it matters there; null if nobody has written it.
            reason: Option<&str>,
            /// Its place in the area, counting from 0; the most telling come first.
            position: i32,
        }
        one {
            /// The skill area.
            skill_area: SkillArea = skill_area_id,
            /// The work experience.
            experience: Experience = experience_id,
        }
    }
}

listed!(SkillAreaExperience: ExperienceRelevanceFilter, ExperienceRelevanceOrderField);

filter! {
    /// Which skill areas to keep: everything that is given must hold.
    pub SkillAreaFilter {
        id "skill-area";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
        }
        one {
            /// The wider area that it belongs to.
            parent: SkillAreaFilter = relations::skill_area::PARENT,
        }
        many {
            /// The narrower areas that belong to it.
            children: SkillAreaFilter = relations::skill_area::CHILDREN,
            /// The technologies that matter in it.
            technologies: RelevanceFilter = relations::skill_area::TECHNOLOGIES,
            /// The work experiences that matter in it.
            experiences: ExperienceRelevanceFilter = relations::skill_area::EXPERIENCES,
            /// The roles that need it.
            roles: RequirementFilter = relations::skill_area::ROLES,
        }
    }
}

filter! {
    /// Which technologies of a skill area, or skill areas of a technology, to keep.
    pub RelevanceFilter {
        one {
            /// The skill area.
            skill_area: SkillAreaFilter = relations::skill_area_technology::SKILL_AREA,
            /// The technology.
            technology: TechnologyFilter = relations::skill_area_technology::TECHNOLOGY,
        }
    }
}

filter! {
    /// Which experiences of a skill area, or skill areas of an experience, to keep.
    pub ExperienceRelevanceFilter {
        one {
            /// The skill area.
            skill_area: SkillAreaFilter = relations::skill_area_experience::SKILL_AREA,
            /// The work experience.
            experience: super::experience::ExperienceFilter = relations::skill_area_experience::EXPERIENCE,
        }
    }
}

order! {
    /// What skill areas can be ordered by.
    pub SkillAreaOrderField for skill_area {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
        /// The name of the wider area.
        ParentName = parent_id -> skill_area.name_key,
    }
}

order! {
    /// What the technologies of a skill area can be ordered by.
    pub RelevanceOrderField for skill_area_technology {
        /// The place in the area.
        Position = position,
        /// The name of the technology.
        TechnologyName = technology_id -> technology.name_key,
        /// The name of the skill area.
        SkillAreaName = skill_area_id -> skill_area.name_key,
    }
}

order! {
    /// What the experiences of a skill area can be ordered by.
    pub ExperienceRelevanceOrderField for skill_area_experience {
        /// The place in the area.
        Position = position,
        /// The name of the experience.
        ExperienceName = experience_id -> experience.name_key,
        /// The name of the skill area.
        SkillAreaName = skill_area_id -> skill_area.name_key,
    }
}

roots! {
    pub SkillAreaQuery for SkillArea {
        keyed by EntityKey {
            /// The skill area that the key names; null if there is none.
            one skill_area;
            /// The skill areas that the keys name, in their order, null where there is none.
            many skill_areas_by_keys;
        }
        /// All skill areas.
        all skill_areas ordered by skill_area.name_key;
    }
}
