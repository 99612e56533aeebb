//! From records to rows that are parts of entities: links, evidence, articles and names.

use entity::enums::EntityKind::{
    self, Category, Company, Experience, Role, SkillArea, Source, Technology,
};
use entity::string_list::StringList;
use entity::{
    alias, article, category_parent, evidence, external_id, framework, framework_language,
    language, role_relation, role_skill_area, role_technology, skill_area_experience,
    skill_area_technology, technology_category, tool,
};

use super::book::Section;
use super::format::{Evidence, Nature};
use super::names::Named;
use super::rows::Rows;
use crate::ingest::evidence::Fact;
use crate::store::text::fold_alias;

impl Rows<'_> {
    pub fn languages(&self) -> Vec<language::Model> {
        let rows = self
            .book
            .technologies
            .values()
            .filter_map(|record| match &record.nature {
                Nature::Language(own) => Some(language::Model {
                    technology_id: self.ids.get(Technology, &record.fields.slug)?,
                    language_kind: own.kind,
                    typing: own.typing,
                    file_extensions: StringList(own.extensions.clone()),
                }),
                _ => None,
            });
        rows.collect()
    }

    pub fn frameworks(&self) -> Vec<framework::Model> {
        let rows = self
            .book
            .technologies
            .values()
            .filter_map(|record| match &record.nature {
                Nature::Framework(own) => Some(framework::Model {
                    technology_id: self.ids.get(Technology, &record.fields.slug)?,
                    framework_kind: own.kind,
                }),
                _ => None,
            });
        rows.collect()
    }

    pub fn tools(&self) -> Vec<tool::Model> {
        let rows = self
            .book
            .technologies
            .values()
            .filter_map(|record| match &record.nature {
                Nature::Tool(own) => Some(tool::Model {
                    technology_id: self.ids.get(Technology, &record.fields.slug)?,
                    delivery: own.delivery,
                }),
                _ => None,
            });
        rows.collect()
    }

    pub fn framework_languages(&self) -> Vec<framework_language::Model> {
        let mut rows = Vec::new();
        for record in self.book.technologies.values() {
            let Nature::Framework(own) = &record.nature else {
                continue;
            };
            let pairs = own.languages.iter().filter_map(|slug| {
                Some(framework_language::Model {
                    framework_id: self.ids.get(Technology, &record.fields.slug)?,
                    language_id: self.ids.get(Technology, slug)?,
                })
            });
            rows.extend(pairs);
        }
        rows
    }

    pub fn technology_categories(&self) -> Vec<technology_category::Model> {
        let records = self.book.technologies.values().map(|record| &record.fields);
        let pairs = records.flat_map(|record| {
            record.categories.iter().filter_map(|slug| {
                Some(technology_category::Model {
                    technology_id: self.ids.get(Technology, &record.slug)?,
                    category_id: self.ids.get(Category, slug)?,
                })
            })
        });
        pairs.collect()
    }

    pub fn category_parents(&self) -> Vec<category_parent::Model> {
        let pairs = self.book.categories.values().flat_map(|record| {
            record.parents.iter().filter_map(|slug| {
                Some(category_parent::Model {
                    parent_id: self.ids.get(Category, slug)?,
                    child_id: self.ids.get(Category, &record.slug)?,
                })
            })
        });
        pairs.collect()
    }

    pub fn articles(&self) -> Vec<article::Model> {
        let rows = self.book.experiences.values().flat_map(|record| {
            record.articles.iter().filter_map(|item| {
                Some(article::Model {
                    id: 0,
                    experience_id: self.ids.get(Experience, &record.slug)?,
                    company_id: self.ids.get_some(Company, item.company.as_ref()),
                    title: item.title.clone(),
                    url: item.url.clone(),
                    source_id: self.ids.get_some(Source, item.source.as_ref()),
                    created_at: self.now,
                    updated_at: self.now,
                    revision: 1,
                })
            })
        });
        rows.collect()
    }

    pub fn skill_area_technologies(&self) -> Vec<skill_area_technology::Model> {
        let rows = self.book.skill_areas.values().flat_map(|record| {
            (0..)
                .zip(&record.technologies)
                .filter_map(|(position, item)| {
                    Some(skill_area_technology::Model {
                        skill_area_id: self.ids.get(SkillArea, &record.slug)?,
                        technology_id: self.ids.get(Technology, &item.technology)?,
                        reason: item.why.clone(),
                        position,
                    })
                })
        });
        rows.collect()
    }

    pub fn skill_area_experiences(&self) -> Vec<skill_area_experience::Model> {
        let rows = self.book.skill_areas.values().flat_map(|record| {
            (0..)
                .zip(&record.experiences)
                .filter_map(|(position, item)| {
                    Some(skill_area_experience::Model {
                        skill_area_id: self.ids.get(SkillArea, &record.slug)?,
                        experience_id: self.ids.get(Experience, &item.experience)?,
                        reason: item.why.clone(),
                        position,
                    })
                })
        });
        rows.collect()
    }

    pub fn role_skill_areas(&self) -> Vec<role_skill_area::Model> {
        let rows = self.book.roles.values().flat_map(|record| {
            record.skill_areas.iter().filter_map(|item| {
                Some(role_skill_area::Model {
                    role_id: self.ids.get(Role, &record.slug)?,
                    skill_area_id: self.ids.get(SkillArea, &item.area)?,
                    importance: item.importance,
                    weight: item.weight,
                    reason: item.why.clone(),
                })
            })
        });
        rows.collect()
    }

    pub fn role_technologies(&self) -> Vec<role_technology::Model> {
        let rows = self.book.roles.values().flat_map(|record| {
            record.technologies.iter().filter_map(|item| {
                Some(role_technology::Model {
                    role_id: self.ids.get(Role, &record.slug)?,
                    technology_id: self.ids.get(Technology, &item.technology)?,
                    importance: item.importance,
                    reason: item.why.clone(),
                })
            })
        });
        rows.collect()
    }

    pub fn role_relations(&self) -> Vec<role_relation::Model> {
        let rows = self.book.roles.values().flat_map(|record| {
            record.related.iter().filter_map(|item| {
                Some(role_relation::Model {
                    role_id: self.ids.get(Role, &record.slug)?,
                    related_id: self.ids.get(Role, &item.role)?,
                    note: item.note.clone(),
                })
            })
        });
        rows.collect()
    }

    /// The evidence of facts; facts without a row have none.
    pub fn evidence<'r>(
        &self,
        lists: impl Iterator<Item = &'r Vec<Evidence>>,
        ids: &[Option<i64>],
        fact: fn(i64) -> Fact,
    ) -> Vec<evidence::Model> {
        let facts = ids.iter().zip(lists);
        let facts = facts.filter_map(|(id, list)| Some((fact((*id)?), list)));
        let rows = facts.flat_map(|(fact, list)| {
            list.iter()
                .filter_map(move |item| self.piece_of_evidence(fact, item))
        });
        rows.collect()
    }

    fn piece_of_evidence(&self, fact: Fact, item: &Evidence) -> Option<evidence::Model> {
        let source = self.ids.get(Source, &item.source)?;
        Some(evidence::Model {
            url: item.url.clone(),
            locator: item.locator.clone(),
            retrieved_on: item.retrieved,
            note: item.note.clone(),
            ..fact.evidence(source, item.grade, self.now)
        })
    }

    /// The aliases of one kind.
    pub fn aliases(&self, kind: EntityKind, field: &str) -> Vec<alias::Model> {
        let rows = self.book.aliases.values().flat_map(|record| {
            let target = record.targets().find(|(name, _)| *name == field);
            let id = target.and_then(|(_, slug)| self.ids.get(kind, slug));
            record.texts().filter_map(move |(_, name)| {
                Some(alias::Model {
                    id: 0,
                    entity_kind: kind,
                    key: fold_alias(name),
                    text: name.clone(),
                    entity_id: id?,
                })
            })
        });
        rows.collect()
    }

    /// The names in other systems of one kind.
    pub fn external_ids<T: Named>(
        &self,
        kind: EntityKind,
        section: &Section<T>,
    ) -> Vec<external_id::Model> {
        let rows = section.values().flat_map(|record| {
            let id = self.ids.get(kind, record.slug());
            let ids = record.ids().map_or(&[][..], |ids| &ids.0);
            ids.iter().filter_map(move |(scheme, value)| {
                Some(external_id::Model {
                    id: 0,
                    entity_kind: kind,
                    entity_id: id?,
                    scheme: scheme.clone(),
                    value: value.clone(),
                })
            })
        });
        rows.collect()
    }
}
