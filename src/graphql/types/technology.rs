//! Technologies: languages, frameworks and tools.

use std::sync::Arc;

use async_graphql::Context;
use sea_orm::ActiveEnum as _;

use super::alias::Alias;
use super::category::{Category, CategoryFilter};
use super::company::{Company, CompanyFilter};
use super::external_id::ExternalId;
use super::relation::{Relation, RelationFilter};
use super::release::{Release, ReleaseFilter};
use super::role::{RoleTechnology, RoleTechnologyFilter};
use super::skill_area::{RelevanceFilter, SkillAreaTechnology};
use super::usage::{Usage, UsageFilter};
use crate::graphql::ahead::Way;
use crate::graphql::context::ContextExt as _;
use crate::graphql::enums::{FrameworkKind, LanguageKind, TechnologyKind, ToolDelivery, Typing};
use crate::graphql::error::{Error, Field};
use crate::graphql::filter::{BooleanFilter, EnumFilter, IntFilter, NameFilter, TextFilter};
use crate::graphql::interface::interface;
use crate::graphql::leaf::Leaf as _;
use crate::graphql::lookup::{Identified, TechnologyKey};
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::object::Show;
use crate::graphql::relay::Entity;
use crate::graphql::scalars::DateTime;
use crate::store::{Filter, Lookup, Test, relations};

/// The way to a column of the row that holds what only one kind of technology has.
macro_rules! detail {
    ($table:ident.$column:ident: $type:ty) => {
        Way::to_column::<entity::$table::Entity>(
            |technology| Some((technology.0.id, 0)),
            |step| {
                step.column::<entity::$table::Entity>(|details| {
                    Show::<$type>::show(&details.$column).leaf()
                })
            },
        )
    };
}

/// A kind of technology: what all kinds have in common, and then its own.
macro_rules! technology {
    (
        $(#[$doc:meta])*
        pub $name:ident is $kind:ident {
            lists { $($own_lists:tt)* }
            methods { $($own:tt)* }
            ways { $($own_ways:tt)* }
        }
    ) => {
        object! {
            $(#[$doc])*
            pub $name(technology) as "technology" when kind is entity::enums::TechnologyKind::$kind {
                fields {
                    /// Its short name in URLs: lower case, `a-z0-9-`, unique among all technologies.
                    slug: &str,
                    /// Its name as its makers write it.
                    name: &str,
                    /// What kind of technology it is.
                    kind: TechnologyKind,
                    /// One sentence that says what it is; null if nobody has written one.
                    summary: Option<&str>,
                    /// A few sentences about it; null if nobody has written them.
                    description: Option<&str>,
                    /// Its home page; null if it has none or it is not known.
                    website: Option<&str>,
                    /// Where its source code is; null if it is closed or not known.
                    repository: Option<&str>,
                    /// The year in which the public first saw it; null if not known.
                    first_appeared: Option<i32>,
                    /// Whether somebody still works on it; null if not known.
                    is_maintained: Option<bool>,
                    /// Its licence as an SPDX expression; null if not known.
                    licence: Option<&str>,
                    /// How many companies and products are known to use it, or to have used it.
                    adopter_count: i64,
                    /// When it entered the knowledge base (UTC).
                    created_at: DateTime,
                    /// When its entry last changed (UTC).
                    updated_at: DateTime,
                    /// How often its entry has changed, counting from 1.
                    revision: i64,
                }
                one {
                    /// The organisation that looks after it; null if there is none or it is not known.
                    steward: Company = steward_id,
                }
                lists {
                    /// The shelves it stands on.
                    categories: Category = relations::technology::CATEGORIES,
                    /// Who uses it, each with evidence.
                    usages: Usage = relations::technology::USAGES,
                    /// Its release cycles.
                    releases: Release = relations::technology::RELEASES,
                    /// How it relates to other technologies, in both directions.
                    relations: Relation = relations::technology::RELATIONS,
                    /// The skill areas in which it matters, each with the reason.
                    skill_areas: SkillAreaTechnology = relations::technology::SKILL_AREAS,
                    /// The roles that work with it.
                    roles: RoleTechnology = relations::technology::ROLES,
                    /// Other names that it is known by.
                    aliases: Alias = relations::technology::ALIASES,
                    /// What it is called in other systems.
                    external_ids: ExternalId = relations::technology::EXTERNAL_IDS,
                    $($own_lists)*
                }
                methods { $($own)* }
                ways { $($own_ways)* }
            }
        }

        listed!($name: TechnologyFilter, TechnologyOrderField,
            only Filter::Column("kind", Test::Eq(entity::enums::TechnologyKind::$kind.to_value().into())));
    };
}

technology! {
    /// A programming, markup, data or query language.
    pub Language is Language {
        lists {
            /// The frameworks, runtimes and libraries for it.
            frameworks: Framework = relations::technology::FRAMEWORKS,
        }
        methods {
            /// What it is for; null if not known.
            async fn language_kind(&self, ctx: &Context<'_>) -> Field<LanguageKind> {
                let details = details::<entity::language::Entity>(ctx, self.0.id).await?;
                Some(details.map(|language| language.language_kind.into()))
            }

            /// When it checks types; null if not known or if it has none.
            async fn typing(&self, ctx: &Context<'_>) -> Field<Typing> {
                let details = details::<entity::language::Entity>(ctx, self.0.id).await?;
                details.map(|language| language.typing.map(Into::into)).transpose()
            }

            /// The endings of its files' names, with the dot.
            async fn file_extensions(&self, ctx: &Context<'_>) -> Field<Vec<String>> {
                let details = details::<entity::language::Entity>(ctx, self.0.id).await?;
                Some(details.map(|language| language.file_extensions.0.clone()))
            }
        }
        ways {
            language_kind: detail!(language.language_kind: LanguageKind),
            typing: detail!(language.typing: Option<Typing>),
            file_extensions: detail!(language.file_extensions: &[String]),
        }
    }
}

technology! {
    /// A framework, runtime or library that code is written against.
    pub Framework is Framework {
        lists {
            /// The languages that it is for.
            languages: Language = relations::technology::LANGUAGES,
        }
        methods {
            /// How code relates to it; null if not known.
            async fn framework_kind(&self, ctx: &Context<'_>) -> Field<FrameworkKind> {
                let details = details::<entity::framework::Entity>(ctx, self.0.id).await?;
                Some(details.map(|framework| framework.framework_kind.into()))
            }
        }
        ways {
            framework_kind: detail!(framework.framework_kind: FrameworkKind),
        }
    }
}

technology! {
    /// Everything else that a stack is made of: data stores, caches, brokers, orchestrators,
    /// test tools, API styles, platforms.
    pub Tool is Tool {
        lists {}
        methods {
            /// How it is had; null if not known.
            async fn delivery(&self, ctx: &Context<'_>) -> Field<ToolDelivery> {
                let details = details::<entity::tool::Entity>(ctx, self.0.id).await?;
                details.map(|tool| tool.delivery.map(Into::into)).transpose()
            }
        }
        ways {
            delivery: detail!(tool.delivery: Option<ToolDelivery>),
        }
    }
}

/// The row that holds what only this kind of technology has.
async fn details<E: crate::store::Record>(
    ctx: &Context<'_>,
    id: i64,
) -> Option<Result<Arc<E::Model>, Error>> {
    let details = ctx.reader().load(Lookup::<E>::id(id)).await;
    details.map_err(Error::from).transpose()
}

interface! {
    /// Anything that a stack is made of. Every technology is exactly one of `Language`,
    /// `Framework` and `Tool`; they share one space of slugs.
    pub enum Technology [
        "id", "slug", "name", "kind", "summary", "description", "website", "repository",
        "firstAppeared", "isMaintained", "licence", "adopterCount", "createdAt", "updatedAt",
        "revision", "steward", "categories", "usages", "releases", "relations", "skillAreas",
        "roles", "aliases", "externalIds",
    ] implements "Node" keyed by ["id", "slug"] { Language, Framework, Tool }
}

impl Entity for Technology {
    type Record = entity::technology::Entity;

    fn wrap(model: Arc<entity::technology::Model>) -> Option<Self> {
        Some(match model.kind {
            entity::enums::TechnologyKind::Language => Self::Language(Language(model)),
            entity::enums::TechnologyKind::Framework => Self::Framework(Framework(model)),
            entity::enums::TechnologyKind::Tool => Self::Tool(Tool(model)),
        })
    }
}

impl Identified for Technology {
    const KIND: &'static str = "technology";
}

listed!(Technology: TechnologyFilter, TechnologyOrderField);

filter! {
    /// Which technologies to keep: everything that is given must hold.
    pub TechnologyFilter {
        id "technology";
        name: NameFilter;
        columns {
            /// Its slug.
            slug: TextFilter,
            /// What kind of technology it is.
            kind: EnumFilter<TechnologyKind>,
            /// The year in which the public first saw it.
            first_appeared: IntFilter,
            /// Whether somebody still works on it.
            is_maintained: BooleanFilter,
            /// Its licence as an SPDX expression.
            licence: TextFilter,
            /// How many companies and products use it or have used it.
            adopter_count: IntFilter,
        }
        one {
            /// The organisation that looks after it.
            steward: CompanyFilter = relations::technology::STEWARD,
            /// What only languages have; keeps nothing but languages.
            language: LanguageFilter = relations::technology::LANGUAGE,
            /// What only frameworks have; keeps nothing but frameworks.
            framework: FrameworkFilter = relations::technology::FRAMEWORK,
            /// What only tools have; keeps nothing but tools.
            tool: ToolFilter = relations::technology::TOOL,
        }
        many {
            /// The shelves it stands on.
            categories: CategoryFilter = relations::technology::CATEGORIES,
            /// Who uses it.
            usages: UsageFilter = relations::technology::USAGES,
            /// Its release cycles.
            releases: ReleaseFilter = relations::technology::RELEASES,
            /// How it relates to other technologies.
            relations: RelationFilter = relations::technology::RELATIONS,
            /// The skill areas in which it matters.
            skill_areas: RelevanceFilter = relations::technology::SKILL_AREAS,
            /// The roles that work with it.
            roles: RoleTechnologyFilter = relations::technology::ROLES,
            /// The frameworks for it, if it is a language.
            frameworks: TechnologyFilter = relations::technology::FRAMEWORKS,
            /// The languages that it is for, if it is a framework.
            languages: TechnologyFilter = relations::technology::LANGUAGES,
        }
    }
}

filter! {
    /// What only languages have.
    pub LanguageFilter {
        columns {
            /// What it is for.
            language_kind: EnumFilter<LanguageKind>,
            /// When it checks types.
            typing: EnumFilter<Typing>,
        }
    }
}

filter! {
    /// What only frameworks have.
    pub FrameworkFilter {
        columns {
            /// How code relates to it.
            framework_kind: EnumFilter<FrameworkKind>,
        }
    }
}

filter! {
    /// What only tools have.
    pub ToolFilter {
        columns {
            /// How it is had.
            delivery: EnumFilter<ToolDelivery>,
        }
    }
}

order! {
    /// What technologies can be ordered by.
    pub TechnologyOrderField for technology {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// Its name, in capitals or not.
        Name = name_key,
        /// How many companies and products use it or have used it.
        AdopterCount = adopter_count,
        /// The year in which the public first saw it.
        FirstAppeared = first_appeared,
        /// When its entry last changed.
        UpdatedAt = updated_at,
        /// The name of the organisation that looks after it.
        StewardName = steward_id -> company.name_key,
    }
}

roots! {
    pub TechnologyQuery for Technology {
        keyed by TechnologyKey {
            /// The technology that the key names; null if there is none.
            one technology;
            /// The technologies that the keys name, in their order, null where there is none.
            many technologies_by_keys;
        }
        /// All technologies.
        all technologies ordered by technology.name_key;
    }
}

roots! {
    pub LanguageQuery for Language {
        keyed by TechnologyKey {
            /// The language that the key names; null if there is none.
            one language;
            /// The languages that the keys name, in their order, null where there is none.
            many languages_by_keys;
        }
        /// All languages.
        all languages ordered by technology.name_key;
    }
}

roots! {
    pub FrameworkQuery for Framework {
        keyed by TechnologyKey {
            /// The framework that the key names; null if there is none.
            one framework;
            /// The frameworks that the keys name, in their order, null where there is none.
            many frameworks_by_keys;
        }
        /// All frameworks, runtimes and libraries.
        all frameworks ordered by technology.name_key;
    }
}

roots! {
    pub ToolQuery for Tool {
        keyed by TechnologyKey {
            /// The tool that the key names; null if there is none.
            one tool;
            /// The tools that the keys name, in their order, null where there is none.
            many tools_by_keys;
        }
        /// All tools.
        all tools ordered by technology.name_key;
    }
}
