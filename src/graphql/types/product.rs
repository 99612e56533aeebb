//! Products: software and services that are themselves built with technologies.

use super::alias::Alias;
use super::company::{Company, CompanyFilter};
use super::external_id::ExternalId;
use super::usage::{Usage, UsageFilter};
use crate::graphql::filter::{IntFilter, NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// A piece of software or a service that is itself built with technologies.
    pub Product(product) as "product" {
        fields {
            /// Its short name in URLs, unique among products.
            slug: &str,
            /// Its name.
            name: &str,
            /// One sentence that says what it is; null if nobody has written one.
            summary: Option<&str>,
            /// A few sentences about it; null if nobody has written them.
            description: Option<&str>,
            /// Its home page; null if not known.
            website: Option<&str>,
            /// Where its source code is; null if it is closed or not known.
            repository: Option<&str>,
            /// The year in which it was first released; null if not known.
            first_released: Option<i32>,
            /// How many technologies it is known to use or to have used.
            technology_count: i64,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// Who makes it; null if there is none or it is not known.
            maker: Company = maker_id,
        }
        lists {
            /// The technologies that it is built with, each with evidence.
            usages: Usage = relations::product::USAGES,
            /// Other names that it is known by.
            aliases: Alias = relations::product::ALIASES,
            /// What it is called in other systems.
            external_ids: ExternalId = relations::product::EXTERNAL_IDS,
        }
    }
}

listed!(Product: ProductFilter, ProductOrderField);

filter! {
    /// Which products to keep: everything that is given must hold.
    pub ProductFilter {
        id "product";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
            /// The year in which it was first released.
            first_released: IntFilter,
            /// How many technologies it uses or has used.
            technology_count: IntFilter,
        }
        one {
            /// Who makes it.
            maker: CompanyFilter = relations::product::MAKER,
        }
        many {
            /// The technologies that it is built with.
            usages: UsageFilter = relations::product::USAGES,
        }
    }
}

order! {
    /// What products can be ordered by.
    pub ProductOrderField for product {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
        /// How many technologies it uses or has used.
        TechnologyCount = technology_count,
        /// The year in which it was first released.
        FirstReleased = first_released,
        /// The name of its maker.
        MakerName = maker_id -> company.name_key,
        /// When its entry last changed.
        UpdatedAt = updated_at,
    }
}

roots! {
    pub ProductQuery for Product {
        keyed by EntityKey {
            /// The product that the key names; null if there is none.
            one product;
            /// The products that the keys name, in their order, null where there is none.
            many products_by_keys;
        }
        /// All products.
        all products ordered by product.name_key;
    }
}
