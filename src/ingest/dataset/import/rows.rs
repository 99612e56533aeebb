//! From a draft to rows of entities, once everything that they refer to has a number.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{EntityKind, TechnologyKind};
use entity::string_list::StringList;
use entity::{
    category, company, evidence, experience, framework, language, release, review_item, role,
    salary, skill_area, technology, technology_relation, tool, usage,
};

use super::super::resolve::Ref;
use super::draft::{Adopter, Draft, EvidenceDraft, framework_kind, language_of};
use crate::ingest::evidence::Fact;
use crate::store::text::fold_name;

/// The numbers of what was new.
#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<(EntityKind, usize), i64>);

impl Numbers {
    pub fn set(&mut self, kind: EntityKind, of: Ref, id: i64) {
        if let Ref::New(place) = of {
            self.0.insert((kind, place), id);
        }
    }

    pub fn of(&self, kind: EntityKind, of: Ref) -> Option<i64> {
        match of {
            Ref::Row(id) => Some(id),
            Ref::New(place) => self.0.get(&(kind, place)).copied(),
        }
    }
}

/// Makes rows.
pub(super) struct Rows<'r> {
    pub draft: &'r Draft,
    pub numbers: &'r Numbers,
    pub now: DateTime<Utc>,
    /// The data set.
    pub source: i64,
    /// The day of its snapshot.
    pub day: Option<NaiveDate>,
}

/// Fills in what all rows with a slug begin and end with.
macro_rules! named {
    ($self:ident, $thing:ident, $module:ident { $($field:ident: $value:expr,)* }) => {
        Some($module::Model {
            id: 0,
            slug: $thing.slug.clone(),
            name: $thing.name.clone(),
            name_key: fold_name(&$thing.name),
            description: None,
            $($field: $value,)*
            created_at: $self.now,
            updated_at: $self.now,
            revision: 1,
        })
    };
}

impl Rows<'_> {
    fn technology(&self, of: Ref) -> Option<i64> {
        self.numbers.of(EntityKind::Technology, of)
    }

    pub fn categories(&self) -> Vec<Option<category::Model>> {
        let things = self.draft.categories.values();
        things
            .map(|thing| named!(self, thing, category {}))
            .collect()
    }

    pub fn companies(&self) -> Vec<Option<company::Model>> {
        let rows = self.draft.companies.values().map(|thing| {
            let says = &thing.says;
            named!(
                self,
                thing,
                company {
                    summary: says.summary.clone(),
                    website: says.mention.website.clone(),
                    country: says.country.clone(),
                    industry: says.industry.clone(),
                    founded: says.founded,
                    technology_count: 0,
                }
            )
        });
        rows.collect()
    }

    pub fn technologies(&self) -> Vec<Option<technology::Model>> {
        let rows = self.draft.technologies.values().map(|thing| {
            let says = &thing.says;
            named!(
                self,
                thing,
                technology {
                    kind: says.kind,
                    summary: says.summary.clone(),
                    website: says.mention.website.clone(),
                    repository: says.repository.clone(),
                    first_appeared: says.first_appeared,
                    is_maintained: says.is_maintained,
                    licence: says.licence.clone(),
                    steward_id: None,
                    adopter_count: 0,
                }
            )
        });
        rows.collect()
    }

    /// What only one kind of technology has.
    pub fn languages(&self) -> Vec<language::Model> {
        let rows = self.of_kind(TechnologyKind::Language).map(|(id, says)| {
            let (language_kind, typing) = language_of(says);
            language::Model {
                technology_id: id,
                language_kind,
                typing,
                file_extensions: StringList(says.file_extensions.clone()),
            }
        });
        rows.collect()
    }

    pub fn frameworks(&self) -> Vec<framework::Model> {
        let rows = self
            .of_kind(TechnologyKind::Framework)
            .map(|(id, says)| framework::Model {
                technology_id: id,
                framework_kind: framework_kind(says),
            });
        rows.collect()
    }

    pub fn tools(&self) -> Vec<tool::Model> {
        let rows = self
            .of_kind(TechnologyKind::Tool)
            .map(|(id, _)| tool::Model {
                technology_id: id,
                delivery: None,
            });
        rows.collect()
    }

    fn of_kind(
        &self,
        kind: TechnologyKind,
    ) -> impl Iterator<Item = (i64, &super::super::claim::Technology)> {
        let things = self.draft.technologies.iter();
        things
            .filter(move |(_, thing)| thing.says.kind == kind)
            .filter_map(|(of, thing)| Some((self.technology(*of)?, &thing.says)))
    }

    pub fn experiences(&self) -> Vec<Option<experience::Model>> {
        let things = self.draft.experiences.values();
        things
            .map(|thing| named!(self, thing, experience {}))
            .collect()
    }

    /// Without their parents, which may have no numbers yet.
    pub fn skill_areas(&self) -> Vec<Option<skill_area::Model>> {
        let rows = self.draft.skill_areas.values().map(|thing| {
            let row = named!(
                self,
                thing,
                skill_area {
                    parent_id: None,
                    hiring_advice: None,
                }
            );
            row.map(|row| skill_area::Model {
                description: thing.says.summary.clone(),
                ..row
            })
        });
        rows.collect()
    }

    pub fn roles(&self) -> Vec<Option<role::Model>> {
        let rows = self.draft.roles.values().map(|thing| {
            named!(
                self,
                thing,
                role {
                    summary: thing.says.summary.clone(),
                    tasks: StringList(thing.says.tasks.clone()),
                }
            )
        });
        rows.collect()
    }

    pub fn releases(&self) -> Vec<Option<release::Model>> {
        let releases = self.draft.releases.iter();
        let rows = releases.map(|((of, _), (row, _))| {
            Some(release::Model {
                technology_id: self.technology(*of)?,
                ..row.clone()
            })
        });
        rows.collect()
    }

    pub fn relations(&self) -> Vec<Option<technology_relation::Model>> {
        let relations = self.draft.relations.iter();
        let rows = relations.map(|((from, to, _), (kind, _))| {
            Some(technology_relation::Model {
                id: 0,
                from_id: self.technology(*from)?,
                to_id: self.technology(*to)?,
                kind: *kind,
                note: None,
                created_at: self.now,
                updated_at: self.now,
                revision: 1,
            })
        });
        rows.collect()
    }

    pub fn usages(&self) -> Vec<Option<usage::Model>> {
        let usages = self.draft.usages.iter();
        let rows = usages.map(|((adopter, technology), says)| {
            let (company_id, product_id) = match adopter {
                Adopter::Company(of) => (Some(self.numbers.of(EntityKind::Company, *of)?), None),
                Adopter::Product(of) => (None, Some(self.numbers.of(EntityKind::Product, *of)?)),
            };
            Some(usage::Model {
                id: 0,
                company_id,
                product_id,
                technology_id: self.technology(*technology)?,
                status: says.status,
                since: says.since,
                until: says.until,
                scope: says.scope.clone(),
                confidence: says.confidence,
                note: None,
                created_at: self.now,
                updated_at: self.now,
                revision: 1,
            })
        });
        rows.collect()
    }

    pub fn salaries(&self) -> Vec<Option<salary::Model>> {
        let rows = self.draft.salaries.iter().map(|(role, row, _)| {
            Some(salary::Model {
                role_id: self.numbers.of(EntityKind::Role, *role)?,
                ..row.clone()
            })
        });
        rows.collect()
    }

    pub fn evidence(
        &self,
        fact: Fact,
        says: &EvidenceDraft,
        remark: Option<String>,
    ) -> evidence::Model {
        let notes = [says.note.clone(), remark].into_iter().flatten();
        let note = notes.collect::<Vec<_>>().join("; ");
        evidence::Model {
            url: says.url.clone(),
            locator: Some(says.locator.clone()),
            retrieved_on: self.day,
            note: Some(note).filter(|note| !note.is_empty()),
            ..fact.evidence(self.source, says.grade, self.now)
        }
    }

    /// What somebody should look at.
    pub fn review_items(&self) -> Vec<review_item::Model> {
        let items = self.draft.queue.iter();
        let rows = items.map(|((kind, key), item)| review_item::Model {
            id: 0,
            source_id: self.source,
            entity_kind: kind.entity(),
            key: key.clone(),
            name: item.name.clone(),
            reason: item.reason,
            mention_count: item.count,
            locator: Some(item.locator.clone()),
            candidates: StringList(item.candidates.clone()),
            created_at: self.now,
            updated_at: self.now,
            revision: 1,
        });
        rows.collect()
    }
}
