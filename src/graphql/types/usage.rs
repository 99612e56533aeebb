//! Usages: who uses what, how sure that is, and how we know.

use async_graphql::Context;

use super::company::{Company, CompanyFilter};
use super::evidence::{Evidence, EvidenceFilter};
use super::product::{Product, ProductFilter};
use super::technology::{Technology, TechnologyFilter};
use crate::graphql::ahead::Way;
use crate::graphql::context::ContextExt as _;
use crate::graphql::enums::UsageStatus;
use crate::graphql::error::Field;
use crate::graphql::filter::{DateFilter, EnumFilter, FloatFilter, TextFilter, TimeFilter};
use crate::graphql::interface::interface;
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::{Date, DateTime};
use crate::store::relations;

interface! {
    /// That which uses technologies: a company or a product.
    pub enum Adopter [
        "id", "slug", "name", "summary", "description", "website", "technologyCount", "usages",
        "aliases", "externalIds", "createdAt", "updatedAt", "revision",
    ] implements "Node" { Company, Product }
}

object! {
    /// That a company or product uses a technology. Every usage has at least one evidence.
    pub Usage(usage) as "usage" {
        fields {
            /// Whether it goes on.
            status: UsageStatus,
            /// Since when; a bare year is written as its first day. Null if not known.
            since: Option<Date>,
            /// Until when; null if it goes on or the end is not known.
            until: Option<Date>,
            /// What it is used for, in a few words; null if not known.
            scope: Option<&str>,
            /// How sure it is, from 0 to 1.
            confidence: f64,
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
            /// What is used.
            technology: Technology = technology_id,
            /// The company that uses it; null if a product does.
            company: Company = company_id,
            /// The product that uses it; null if a company does.
            product: Product = product_id,
        }
        lists {
            /// How we know.
            evidence: Evidence = relations::usage::EVIDENCE,
        }
        methods {
            /// Who uses it.
            async fn adopter(&self, ctx: &Context<'_>) -> Field<Adopter> {
                if let Some(company) = self.0.company_id {
                    let company = ctx.load::<Company>(company).await?;
                    return Some(company.map(Adopter::Company));
                }
                let product = ctx.load_optional::<Product>(self.0.product_id).await?;
                Some(product.map(Adopter::Product))
            }
        }
        ways {
            adopter: Way::to_either::<Company, Product>(|usage| {
                let company = usage.0.company_id.map(|company| (company, 0));
                company.or(usage.0.product_id.map(|product| (product, 1)))
            }),
        }
    }
}

listed!(Usage: UsageFilter, UsageOrderField);

filter! {
    /// Which usages to keep: everything that is given must hold.
    pub UsageFilter {
        id "usage";
        columns {
            /// Whether it goes on.
            status: EnumFilter<UsageStatus>,
            /// Since when.
            since: DateFilter,
            /// Until when.
            until: DateFilter,
            /// What it is used for.
            scope: TextFilter,
            /// How sure it is, from 0 to 1.
            confidence: FloatFilter,
            /// When its entry last changed.
            updated_at: TimeFilter,
        }
        one {
            /// What is used.
            technology: TechnologyFilter = relations::usage::TECHNOLOGY,
            /// The company that uses it; keeps no usage by a product.
            company: CompanyFilter = relations::usage::COMPANY,
            /// The product that uses it; keeps no usage by a company.
            product: ProductFilter = relations::usage::PRODUCT,
        }
        many {
            /// How we know.
            evidence: EvidenceFilter = relations::usage::EVIDENCE,
        }
    }
}

order! {
    /// What usages can be ordered by.
    pub UsageOrderField for usage {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// How sure it is.
        Confidence = confidence,
        /// Since when.
        Since = since,
        /// The name of what is used.
        TechnologyName = technology_id -> technology.name_key,
        /// How many companies and products use what is used.
        TechnologyAdopterCount = technology_id -> technology.adopter_count,
        /// The name of the company; usages by products come last.
        CompanyName = company_id -> company.name_key,
        /// When its entry last changed.
        UpdatedAt = updated_at,
    }
}

roots! {
    pub UsageQuery for Usage {
        keyed by IdKey {
            /// The usage that the key names; null if there is none.
            one usage;
            /// The usages that the keys name, in their order, null where there is none.
            many usages_by_keys;
        }
        /// All usages.
        all usages;
    }
}
