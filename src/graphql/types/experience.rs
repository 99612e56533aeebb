//! Kinds of work experience.

use super::alias::Alias;
use super::article::{Article, ArticleFilter};
use super::skill_area::{ExperienceRelevanceFilter, SkillAreaExperience};
use crate::graphql::filter::{NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// A kind of work experience that shows competence in skill areas.
    pub Experience(experience) as "experience" {
        fields {
            /// Its short name in URLs, unique among experiences.
            slug: &str,
            /// Its name.
            name: &str,
            /// What it is; null if nobody has written it.
            description: Option<&str>,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        lists {
            /// The skill areas in which it matters, each with the reason.
            skill_areas: SkillAreaExperience = relations::experience::SKILL_AREAS,
            /// Articles that show it at work.
            articles: Article = relations::experience::ARTICLES,
            /// Other names that it is known by.
            aliases: Alias = relations::experience::ALIASES,
        }
    }
}

listed!(Experience: ExperienceFilter, ExperienceOrderField);

filter! {
    /// Which experiences to keep: everything that is given must hold.
    pub ExperienceFilter {
        id "experience";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
        }
        many {
            /// The skill areas in which it matters.
            skill_areas: ExperienceRelevanceFilter = relations::experience::SKILL_AREAS,
            /// Articles that show it at work.
            articles: ArticleFilter = relations::experience::ARTICLES,
        }
    }
}

order! {
    /// What experiences can be ordered by.
    pub ExperienceOrderField for experience {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
    }
}

roots! {
    pub ExperienceQuery for Experience {
        keyed by EntityKey {
            /// The experience that the key names; null if there is none.
            one experience;
            /// The experiences that the keys name, in their order, null where there is none.
            many experiences_by_keys;
        }
        /// All kinds of work experience.
        all experiences ordered by experience.name_key;
    }
}
