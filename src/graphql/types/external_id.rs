//! External ids: what a thing is called in other systems.

use crate::graphql::filter::TextFilter;
use crate::graphql::macros::{filter, listed, object, order};

object! {
    /// What a thing is called in another system.
    pub ExternalId(external_id) {
        fields {
            /// The system: `wikidata`, `purl`, `github`, `endoflife`, `linguist`, `onet`.
            scheme: &str,
            /// What the thing is called there.
            value: &str,
        }
    }
}

listed!(ExternalId: ExternalIdFilter, ExternalIdOrderField);

filter! {
    /// Which external ids to keep: everything that is given must hold.
    pub ExternalIdFilter {
        columns {
            /// The system.
            scheme: TextFilter,
            /// What the thing is called there.
            value: TextFilter,
        }
    }
}

order! {
    /// What external ids can be ordered by.
    pub ExternalIdOrderField for external_id {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The system.
        Scheme = scheme,
    }
}
