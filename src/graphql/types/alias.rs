//! Aliases: other names that resolve to a thing.

use async_graphql::Context;

use super::node::{self, Node};
use crate::graphql::enums::EntityKind;
use crate::graphql::error::Field;
use crate::graphql::filter::{EnumFilter, TextFilter};
use crate::graphql::macros::{filter, listed, object, order, roots};

object! {
    /// Another name for a thing: what people write, and slugs that it had before.
    pub Alias(alias) {
        fields {
            /// The name as it is written.
            text: &str,
            /// The name as it is compared: lower case, letters, digits, `+` and `#` only.
            key: &str,
            /// What kind of thing it names.
            entity_kind: EntityKind,
        }
        methods {
            /// What it names.
            async fn entity(&self, ctx: &Context<'_>) -> Field<Node> {
                node::of_kind(ctx, &self.0.entity_kind, self.0.entity_id).await
            }
        }
    }
}

listed!(Alias: AliasFilter, AliasOrderField);

filter! {
    /// Which aliases to keep: everything that is given must hold.
    pub AliasFilter {
        columns {
            /// The name as it is written.
            text: TextFilter,
            /// The name as it is compared.
            key: TextFilter,
            /// What kind of thing it names.
            entity_kind: EnumFilter<EntityKind>,
        }
    }
}

order! {
    /// What aliases can be ordered by.
    pub AliasOrderField for alias {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The name as it is compared.
        Key = key,
    }
}

roots! {
    pub AliasQuery for Alias {
        /// All aliases.
        all aliases ordered by alias.key;
    }
}
