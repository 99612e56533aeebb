//! Categories: the shelves of frameworks and tools.

use super::alias::Alias;
use super::technology::{Technology, TechnologyFilter};
use crate::graphql::filter::{NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// A shelf on which technologies of one kind stand. Categories form a tree in which a node may
    /// have several parents, but never a cycle.
    pub Category(category) as "category" {
        fields {
            /// Its short name in URLs, unique among categories.
            slug: &str,
            /// Its name.
            name: &str,
            /// What belongs here; null if nobody has written it.
            description: Option<&str>,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        lists {
            /// The wider categories that it belongs to.
            parents: Category = relations::category::PARENTS,
            /// The narrower categories that belong to it.
            children: Category = relations::category::CHILDREN,
            /// The technologies that stand on this very shelf, not on those below it.
            technologies: Technology = relations::category::TECHNOLOGIES,
            /// Other names that it is known by.
            aliases: Alias = relations::category::ALIASES,
        }
    }
}

listed!(Category: CategoryFilter, CategoryOrderField);

filter! {
    /// Which categories to keep: everything that is given must hold.
    pub CategoryFilter {
        id "category";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
        }
        many {
            /// The wider categories that it belongs to.
            parents: CategoryFilter = relations::category::PARENTS,
            /// The narrower categories that belong to it.
            children: CategoryFilter = relations::category::CHILDREN,
            /// The technologies on this very shelf.
            technologies: TechnologyFilter = relations::category::TECHNOLOGIES,
        }
    }
}

order! {
    /// What categories can be ordered by.
    pub CategoryOrderField for category {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
        /// When its entry last changed.
        UpdatedAt = updated_at,
    }
}

roots! {
    pub CategoryQuery for Category {
        keyed by EntityKey {
            /// The category that the key names; null if there is none.
            one category;
            /// The categories that the keys name, in their order, null where there is none.
            many categories_by_keys;
        }
        /// All categories.
        all categories ordered by category.name_key;
    }
}
