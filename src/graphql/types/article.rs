//! Articles that show an experience at work.

use super::company::{Company, CompanyFilter};
use super::experience::{Experience, ExperienceFilter};
use super::source::Source;
use crate::graphql::filter::TextFilter;
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// An article, talk or post that shows a work experience, often at a company.
    pub Article(article) as "article" {
        fields {
            /// What it is called, in our words.
            title: &str,
            /// Where it can be read.
            url: &str,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// What it shows.
            experience: Experience = experience_id,
            /// The company that it is about; null if it is about none in particular.
            company: Company = company_id,
            /// The list in which it was found; null if not known.
            source: Source = source_id,
        }
    }
}

listed!(Article: ArticleFilter, ArticleOrderField);

filter! {
    /// Which articles to keep: everything that is given must hold.
    pub ArticleFilter {
        id "article";
        columns {
            /// What it is called.
            title: TextFilter,
            /// Where it can be read.
            url: TextFilter,
        }
        one {
            /// What it shows.
            experience: ExperienceFilter = relations::article::EXPERIENCE,
            /// The company that it is about.
            company: CompanyFilter = relations::article::COMPANY,
        }
    }
}

order! {
    /// What articles can be ordered by.
    pub ArticleOrderField for article {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The name of the company that it is about.
        CompanyName = company_id -> company.name_key,
    }
}

roots! {
    pub ArticleQuery for Article {
        keyed by IdKey {
            /// The article that the key names; null if there is none.
            one article;
            /// The articles that the keys name, in their order, null where there is none.
            many articles_by_keys;
        }
        /// All articles.
        all articles;
    }
}
