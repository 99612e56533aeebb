//! Release cycles of technologies.

use super::evidence::{Evidence, EvidenceFilter};
use super::technology::{Technology, TechnologyFilter};
use crate::graphql::filter::{BooleanFilter, DateFilter, TextFilter};
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::{Date, DateTime};
use crate::store::relations;

object! {
    /// A release cycle of a technology: the releases that share a label and a lifetime.
    pub Release(release) as "release" {
        fields {
            /// The cycle's label, a text and not a number: `3.10`.
            label: &str,
            /// The day of its first release; null if not known.
            released_on: Option<Date>,
            /// The last day of active support; null if not known or not distinguished.
            active_support_until: Option<Date>,
            /// The last day of security support; null if not known.
            security_support_until: Option<Date>,
            /// The day on which its life ends; null if not known.
            end_of_life_on: Option<Date>,
            /// Whether its life has ended, where that is known without a date; else null.
            is_end_of_life: Option<bool>,
            /// The latest release of this cycle; null if not known.
            latest_version: Option<&str>,
            /// The day of the latest release; null if not known.
            latest_released_on: Option<Date>,
            /// Whether it is supported for longer than others.
            is_lts: bool,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// What is released.
            technology: Technology = technology_id,
        }
        lists {
            /// How we know.
            evidence: Evidence = relations::release::EVIDENCE,
        }
    }
}

listed!(Release: ReleaseFilter, ReleaseOrderField);

filter! {
    /// Which release cycles to keep: everything that is given must hold.
    pub ReleaseFilter {
        id "release";
        columns {
            /// The cycle's label.
            label: TextFilter,
            /// The day of its first release.
            released_on: DateFilter,
            /// The last day of active support.
            active_support_until: DateFilter,
            /// The last day of security support.
            security_support_until: DateFilter,
            /// The day on which its life ends.
            end_of_life_on: DateFilter,
            /// Whether its life has ended, where that is known without a date.
            is_end_of_life: BooleanFilter,
            /// Whether it is supported for longer than others.
            is_lts: BooleanFilter,
        }
        one {
            /// What is released.
            technology: TechnologyFilter = relations::release::TECHNOLOGY,
        }
        many {
            /// How we know.
            evidence: EvidenceFilter = relations::release::EVIDENCE,
        }
    }
}

order! {
    /// What release cycles can be ordered by.
    pub ReleaseOrderField for release {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The day of its first release.
        ReleasedOn = released_on,
        /// The day on which its life ends.
        EndOfLifeOn = end_of_life_on,
        /// The name of what is released.
        TechnologyName = technology_id -> technology.name_key,
    }
}

roots! {
    pub ReleaseQuery for Release {
        keyed by IdKey {
            /// The release cycle that the key names; null if there is none.
            one release;
            /// The release cycles that the keys name, in their order, null where there is none.
            many releases_by_keys;
        }
        /// All release cycles.
        all releases;
    }
}
