//! Review items: names in data sets that somebody should look at.

use super::source::{Source, SourceFilter};
use crate::graphql::enums::{EntityKind, ReviewReason};
use crate::graphql::filter::{EnumFilter, IntFilter, TextFilter};
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// A name in a data set that leads to nothing in the knowledge base, or to several things. It
    /// goes away with the next import of the data set that can make it out.
    pub ReviewItem(review_item) as "review-item" {
        fields {
            /// What kind of thing it names.
            entity_kind: EntityKind,
            /// The name, as the data set writes it first.
            name: &str,
            /// Why it leads nowhere.
            reason: ReviewReason,
            /// How often the data set uses it.
            mention_count: i64,
            /// Where the data set uses it first, as a path and a line; null if not known.
            locator: Option<&str>,
            /// The slugs of what may be meant, the likeliest first; empty if nothing comes near.
            candidates: &[String],
            /// When it was first read (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// The data set that uses it.
            source: Source = source_id,
        }
    }
}

listed!(ReviewItem: ReviewItemFilter, ReviewItemOrderField);

filter! {
    /// Which review items to keep: everything that is given must hold.
    pub ReviewItemFilter {
        id "review-item";
        columns {
            /// What kind of thing it names.
            entity_kind: EnumFilter<EntityKind>,
            /// The name, as the data set writes it first.
            name: TextFilter,
            /// Why it leads nowhere.
            reason: EnumFilter<ReviewReason>,
            /// How often the data set uses it.
            mention_count: IntFilter,
        }
        one {
            /// The data set that uses it.
            source: SourceFilter = relations::review_item::SOURCE,
        }
    }
}

order! {
    /// What review items can be ordered by.
    pub ReviewItemOrderField for review_item {
        /// When it was first read: the order of entry.
        Added = id,
        /// How often the data set uses it.
        MentionCount = mention_count,
        /// The name, lower case, letters, digits, `+` and `#` only.
        Name = key,
    }
}

roots! {
    pub ReviewItemQuery for ReviewItem {
        keyed by IdKey {
            /// The review item that the key names; null if there is none.
            one review_item;
            /// The review items that the keys name, in their order, null where there is none.
            many review_items_by_keys;
        }
        /// All names in data sets that somebody should look at, the most used first.
        all review_items ordered by review_item.mention_count descending;
    }
}
