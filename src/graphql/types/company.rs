//! Companies.

use async_graphql::Context;

use super::alias::Alias;
use super::article::{Article, ArticleFilter};
use super::external_id::ExternalId;
use super::product::{Product, ProductFilter};
use super::stack::{self, StackShelf};
use super::technology::{Technology, TechnologyFilter};
use super::usage::{Usage, UsageFilter};
use crate::graphql::error::Field;
use crate::graphql::filter::{IntFilter, NameFilter, TextFilter};
use crate::graphql::lookup::EntityKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// An organisation that uses, makes or looks after technologies.
    pub Company(company) as "company" {
        fields {
            /// Its short name in URLs, unique among companies.
            slug: &str,
            /// Its name.
            name: &str,
            /// One sentence that says what it does; null if nobody has written one.
            summary: Option<&str>,
            /// A few sentences about it; null if nobody has written them.
            description: Option<&str>,
            /// Its home page; null if not known.
            website: Option<&str>,
            /// Where its head office is, as ISO 3166-1 alpha-2 (`US`); null if not known.
            country: Option<&str>,
            /// What it does business in, in a word or two; null if not known.
            industry: Option<&str>,
            /// The year in which it was founded; null if not known.
            founded: Option<i32>,
            /// How many technologies it is known to use or to have used.
            technology_count: i64,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        lists {
            /// The technologies that it uses, each with evidence.
            usages: Usage = relations::company::USAGES,
            /// The products that it makes.
            products: Product = relations::company::PRODUCTS,
            /// The technologies that it looks after.
            stewardships: Technology = relations::company::STEWARDSHIPS,
            /// Articles about how it works.
            articles: Article = relations::company::ARTICLES,
            /// Other names that it is known by.
            aliases: Alias = relations::company::ALIASES,
            /// What it is called in other systems.
            external_ids: ExternalId = relations::company::EXTERNAL_IDS,
        }
        methods {
            /// What it uses, by category. A technology on several shelves shows on each of them; the
            /// shelf without category holds those that are on none, languages for the most part.
            async fn stack(&self, ctx: &Context<'_>) -> Field<Vec<StackShelf>> {
                stack::of_company(ctx, self.0.id).await
            }
        }
    }
}

listed!(Company: CompanyFilter, CompanyOrderField);

filter! {
    /// Which companies to keep: everything that is given must hold.
    pub CompanyFilter {
        id "company";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
            /// Where its head office is, as ISO 3166-1 alpha-2 (`US`).
            country: TextFilter,
            /// What it does business in.
            industry: TextFilter,
            /// The year in which it was founded.
            founded: IntFilter,
            /// How many technologies it uses or has used.
            technology_count: IntFilter,
        }
        many {
            /// The technologies that it uses.
            usages: UsageFilter = relations::company::USAGES,
            /// The products that it makes.
            products: ProductFilter = relations::company::PRODUCTS,
            /// The technologies that it looks after.
            stewardships: TechnologyFilter = relations::company::STEWARDSHIPS,
            /// Articles about how it works.
            articles: ArticleFilter = relations::company::ARTICLES,
        }
    }
}

order! {
    /// What companies can be ordered by.
    pub CompanyOrderField for company {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
        /// How many technologies it uses or has used.
        TechnologyCount = technology_count,
        /// The year in which it was founded.
        Founded = founded,
        /// Where its head office is.
        Country = country,
        /// When its entry last changed.
        UpdatedAt = updated_at,
    }
}

roots! {
    pub CompanyQuery for Company {
        keyed by EntityKey {
            /// The company that the key names; null if there is none.
            one company;
            /// The companies that the keys name, in their order, null where there is none.
            many companies_by_keys;
        }
        /// All companies.
        all companies ordered by company.name_key;
    }
}
