//! Relations between technologies.

use super::evidence::{Evidence, EvidenceFilter};
use super::technology::{Technology, TechnologyFilter};
use crate::graphql::enums::RelationKind;
use crate::graphql::filter::EnumFilter;
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// How one technology relates to another. Read it as a sentence: `from` `kind` `to`.
    pub Relation(technology_relation) as "relation" {
        fields {
            /// How the first relates to the second.
            kind: RelationKind,
            /// What else should be known about it; null if nothing.
            note: Option<&str>,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// The first technology.
            from: Technology = from_id,
            /// The second technology.
            to: Technology = to_id,
        }
        lists {
            /// How we know.
            evidence: Evidence = relations::technology_relation::EVIDENCE,
        }
    }
}

listed!(Relation: RelationFilter, RelationOrderField);

filter! {
    /// Which relations to keep: everything that is given must hold.
    pub RelationFilter {
        id "relation";
        columns {
            /// How the first relates to the second.
            kind: EnumFilter<RelationKind>,
        }
        one {
            /// The first technology.
            from: TechnologyFilter = relations::technology_relation::FROM,
            /// The second technology.
            to: TechnologyFilter = relations::technology_relation::TO,
        }
        many {
            /// How we know.
            evidence: EvidenceFilter = relations::technology_relation::EVIDENCE,
        }
    }
}

order! {
    /// What relations can be ordered by.
    pub RelationOrderField for technology_relation {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The name of the first technology.
        FromName = from_id -> technology.name_key,
        /// The name of the second technology.
        ToName = to_id -> technology.name_key,
    }
}

roots! {
    pub RelationQuery for Relation {
        keyed by IdKey {
            /// The relation that the key names; null if there is none.
            one relation;
            /// The relations that the keys name, in their order, null where there is none.
            many relations_by_keys;
        }
        /// All relations between technologies.
        all relations;
    }
}
