//! Evidence: how we know.

use super::relation::Relation;
use super::release::Release;
use super::salary::Salary;
use super::source::{Source, SourceFilter};
use super::usage::{Usage, UsageFilter};
use crate::graphql::enums::EvidenceGrade;
use crate::graphql::filter::{DateFilter, EnumFilter, TextFilter};
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::{Date, DateTime};
use crate::store::relations;

object! {
    /// Where a fact was read, and how far that can be trusted. It bears out exactly one usage,
    /// release, relation or salary.
    pub Evidence(evidence) as "evidence" {
        fields {
            /// Where it can be read; null if the locator says it.
            url: Option<&str>,
            /// Where it stands inside the source, such as a path and line; null if the URL says it.
            locator: Option<&str>,
            /// The day on which it was read; null if not known.
            retrieved_on: Option<Date>,
            /// How good it is.
            grade: EvidenceGrade,
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
            /// The data set, article or site in which it was read.
            source: Source = source_id,
            /// The usage that it bears out; null if it bears out something else.
            usage: Usage = usage_id,
            /// The release cycle that it bears out; null if it bears out something else.
            release: Release = release_id,
            /// The relation that it bears out; null if it bears out something else.
            relation: Relation = relation_id,
            /// The salary that it bears out; null if it bears out something else.
            salary: Salary = salary_id,
        }
    }
}

listed!(Evidence: EvidenceFilter, EvidenceOrderField);

filter! {
    /// Which evidence to keep: everything that is given must hold.
    pub EvidenceFilter {
        id "evidence";
        columns {
            /// How good it is.
            grade: EnumFilter<EvidenceGrade>,
            /// Where it can be read.
            url: TextFilter,
            /// Where it stands inside the source.
            locator: TextFilter,
            /// The day on which it was read.
            retrieved_on: DateFilter,
        }
        one {
            /// In which it was read.
            source: SourceFilter = relations::evidence::SOURCE,
            /// The usage that it bears out.
            usage: UsageFilter = relations::evidence::USAGE,
        }
    }
}

order! {
    /// What evidence can be ordered by.
    pub EvidenceOrderField for evidence {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The day on which it was read.
        RetrievedOn = retrieved_on,
        /// The name of its source.
        SourceName = source_id -> source.name_key,
    }
}

roots! {
    pub EvidenceQuery for Evidence {
        keyed by IdKey {
            /// The evidence that the key names; null if there is none.
            one evidence;
            /// The evidence that the keys name, in their order, null where there is none.
            many evidence_by_keys;
        }
        /// All evidence.
        all all_evidence;
    }
}
