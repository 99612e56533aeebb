//! Sources: the data sets, articles and sites that facts come from.

use super::article::Article;
use super::evidence::{Evidence, EvidenceFilter};
use super::review_item::ReviewItem;
use crate::graphql::filter::{DateFilter, NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::{Date, DateTime};
use crate::store::relations;

object! {
    /// A data set, article or site that facts come from.
    pub Source(source) as "source" {
        fields {
            /// Its short name in URLs, unique among sources.
            slug: &str,
            /// Its name.
            name: &str,
            /// What it is; null if nobody has written it.
            description: Option<&str>,
            /// Where it can be had; null if not known.
            url: Option<&str>,
            /// Who publishes it; null if not known.
            publisher: Option<&str>,
            /// Its licence, as SPDX where there is an identifier; null if not known.
            licence: Option<&str>,
            /// The line that its licence asks for; null if it asks for none.
            attribution: Option<&str>,
            /// The version or commit that was read; null if it has none.
            version: Option<&str>,
            /// The day of the snapshot that was read; null if not known.
            snapshot_on: Option<Date>,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        lists {
            /// The evidence that was read in it.
            evidence: Evidence = relations::source::EVIDENCE,
            /// The articles that it lists.
            articles: Article = relations::source::ARTICLES,
            /// The names in it that somebody should look at.
            review_items: ReviewItem = relations::source::REVIEW_ITEMS,
        }
    }
}

listed!(Source: SourceFilter, SourceOrderField);

filter! {
    /// Which sources to keep: everything that is given must hold.
    pub SourceFilter {
        id "source";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
            /// Its licence.
            licence: TextFilter,
            /// Who publishes it.
            publisher: TextFilter,
            /// The day of the snapshot that was read.
            snapshot_on: DateFilter,
        }
        many {
            /// The evidence that was read in it.
            evidence: EvidenceFilter = relations::source::EVIDENCE,
        }
    }
}

order! {
    /// What sources can be ordered by.
    pub SourceOrderField for source {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
        /// The day of the snapshot that was read.
        SnapshotOn = snapshot_on,
    }
}

roots! {
    pub SourceQuery for Source {
        keyed by EntityKey {
            /// The source that the key names; null if there is none.
            one source;
            /// The sources that the keys name, in their order, null where there is none.
            many sources_by_keys;
        }
        /// All sources.
        all sources ordered by source.name_key;
    }
}
