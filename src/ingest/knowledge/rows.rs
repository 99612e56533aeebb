//! From records to rows of entities. A row whose references lead nowhere cannot be: `None`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{EntityKind, UsageStatus};
use entity::string_list::StringList;
use entity::{
    category, company, experience, product, release, role, salary, skill_area, source, technology,
    technology_relation, usage,
};

use super::book::Book;
use super::format::{self, Cycle, Evidence, Salary, Usage};
use super::values::{EndOfLife, Year};
use crate::store::text::fold_name;

/// The ids of rows by kind and slug.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<EntityKind, HashMap<String, i64>>);

impl Ids {
    pub fn insert(&mut self, kind: EntityKind, slug: &str, id: i64) {
        self.0.entry(kind).or_default().insert(slug.to_owned(), id);
    }

    pub fn get(&self, kind: EntityKind, slug: &str) -> Option<i64> {
        self.0.get(&kind)?.get(slug).copied()
    }

    pub fn get_some(&self, kind: EntityKind, slug: Option<&String>) -> Option<i64> {
        self.get(kind, slug?)
    }
}

/// Makes rows of the records of a book.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub book: &'a Book,
    pub ids: &'a Ids,
    pub now: DateTime<Utc>,
}

/// Fills in what all rows with a slug begin and end with.
macro_rules! named {
    ($self:ident, $record:expr, $module:ident { $($field:ident: $value:expr,)* }) => {
        $module::Model {
            id: 0,
            slug: $record.slug.clone(),
            name: $record.name.clone(),
            name_key: fold_name(&$record.name),
            description: $record.description.clone(),
            $($field: $value,)*
            created_at: $self.now,
            updated_at: $self.now,
            revision: 1,
        }
    };
}

fn year(year: Option<Year>) -> Option<i32> {
    year.map(|Year(year)| year)
}

impl Rows<'_> {
    pub fn sources(&self) -> Vec<Option<source::Model>> {
        let rows = self.book.sources.values().map(|record| {
            Some(named!(
                self,
                record,
                source {
                    url: record.url.clone(),
                    publisher: record.publisher.clone(),
                    licence: record.licence.clone(),
                    attribution: record.attribution.clone(),
                    version: record.version.clone(),
                    snapshot_on: record.date,
                }
            ))
        });
        rows.collect()
    }

    pub fn categories(&self) -> Vec<Option<category::Model>> {
        let records = self.book.categories.values();
        records
            .map(|record| Some(named!(self, record, category {})))
            .collect()
    }

    pub fn companies(&self) -> Vec<Option<company::Model>> {
        let rows = self.book.companies.values().map(|record| {
            Some(named!(
                self,
                record,
                company {
                    summary: record.summary.clone(),
                    website: record.website.clone(),
                    country: record.country.clone(),
                    industry: record.industry.clone(),
                    founded: year(record.founded),
                    technology_count: 0,
                }
            ))
        });
        rows.collect()
    }

    pub fn technologies(&self) -> Vec<Option<technology::Model>> {
        let rows = self.book.technologies.values().map(|record| {
            let fields = &record.fields;
            Some(named!(
                self,
                fields,
                technology {
                    kind: record.kind(),
                    summary: fields.summary.clone(),
                    website: fields.website.clone(),
                    repository: fields.repository.clone(),
                    first_appeared: year(fields.first_appeared),
                    is_maintained: fields.maintained,
                    licence: fields.licence.clone(),
                    steward_id: self
                        .ids
                        .get_some(EntityKind::Company, fields.steward.as_ref()),
                    adopter_count: 0,
                }
            ))
        });
        rows.collect()
    }

    pub fn products(&self) -> Vec<Option<product::Model>> {
        let rows = self.book.products.values().map(|record| {
            Some(named!(
                self,
                record,
                product {
                    summary: record.summary.clone(),
                    maker_id: self
                        .ids
                        .get_some(EntityKind::Company, record.maker.as_ref()),
                    website: record.website.clone(),
                    repository: record.repository.clone(),
                    first_released: year(record.first_released),
                    technology_count: 0,
                }
            ))
        });
        rows.collect()
    }

    pub fn experiences(&self) -> Vec<Option<experience::Model>> {
        let records = self.book.experiences.values();
        records
            .map(|record| Some(named!(self, record, experience {})))
            .collect()
    }

    /// Without their parents, which may have no ids yet.
    pub fn skill_areas(&self) -> Vec<Option<skill_area::Model>> {
        let rows = self.book.skill_areas.values().map(|record| {
            Some(named!(
                self,
                record,
                skill_area {
                    parent_id: None,
                    hiring_advice: record.hiring.clone(),
                }
            ))
        });
        rows.collect()
    }

    pub fn roles(&self) -> Vec<Option<role::Model>> {
        let rows = self.book.roles.values().map(|record| {
            Some(named!(
                self,
                record,
                role {
                    summary: record.summary.clone(),
                    tasks: StringList(record.tasks.clone()),
                }
            ))
        });
        rows.collect()
    }

    pub fn usages(&self) -> Vec<Option<usage::Model>> {
        self.book
            .usages
            .values()
            .map(|record| self.usage(record))
            .collect()
    }

    fn usage(&self, record: &Usage) -> Option<usage::Model> {
        let company_id = self
            .ids
            .get_some(EntityKind::Company, record.company.as_ref());
        let product_id = self
            .ids
            .get_some(EntityKind::Product, record.product.as_ref());
        company_id.or(product_id)?;
        let best = record
            .evidence
            .iter()
            .map(Evidence::confidence)
            .fold(0.0, f64::max);
        Some(usage::Model {
            id: 0,
            company_id,
            product_id,
            technology_id: self.ids.get(EntityKind::Technology, &record.uses)?,
            status: record.status.unwrap_or(UsageStatus::Current),
            since: record.since.map(|since| since.first),
            until: record.until.map(|until| until.last),
            scope: record.scope.clone(),
            confidence: record.confidence.unwrap_or(best),
            note: record.note.clone(),
            created_at: self.now,
            updated_at: self.now,
            revision: 1,
        })
    }

    pub fn relations(&self) -> Vec<Option<technology_relation::Model>> {
        let rows = self.book.relations.values().map(|record| {
            Some(technology_relation::Model {
                id: 0,
                from_id: self.ids.get(EntityKind::Technology, &record.from)?,
                to_id: self.ids.get(EntityKind::Technology, &record.to)?,
                kind: record.kind,
                note: record.note.clone(),
                created_at: self.now,
                updated_at: self.now,
                revision: 1,
            })
        });
        rows.collect()
    }

    pub fn releases(&self) -> Vec<Option<release::Model>> {
        let cycles = cycles(self.book);
        cycles
            .map(|(record, cycle)| self.release(&record.technology, cycle))
            .collect()
    }

    fn release(&self, technology: &str, cycle: &Cycle) -> Option<release::Model> {
        let (end_of_life_on, is_end_of_life) = match cycle.eol {
            Some(EndOfLife::On(day)) => (Some(day), None),
            Some(EndOfLife::Known(is_over)) => (None, Some(is_over)),
            None => (None, None),
        };
        Some(release::Model {
            id: 0,
            technology_id: self.ids.get(EntityKind::Technology, technology)?,
            label: cycle.label.clone(),
            released_on: cycle.released,
            active_support_until: cycle.active_until,
            security_support_until: cycle.security_until,
            end_of_life_on,
            is_end_of_life,
            latest_version: cycle.latest.clone(),
            latest_released_on: cycle.latest_released,
            is_lts: cycle.lts.unwrap_or(false),
            created_at: self.now,
            updated_at: self.now,
            revision: 1,
        })
    }

    pub fn salaries(&self) -> Vec<Option<salary::Model>> {
        let salaries = salaries(self.book);
        salaries
            .map(|(record, salary)| self.salary(&record.slug, salary))
            .collect()
    }

    fn salary(&self, role: &str, record: &Salary) -> Option<salary::Model> {
        Some(salary::Model {
            id: 0,
            role_id: self.ids.get(EntityKind::Role, role)?,
            currency: record.currency.clone(),
            period: record.period,
            is_gross: record.gross,
            low: record.low,
            median: record.median,
            high: record.high,
            area: record.area.clone(),
            year: year(record.year),
            note: record.note.clone(),
            created_at: self.now,
            updated_at: self.now,
            revision: 1,
        })
    }
}

/// The release cycles, in the order of their rows.
pub(super) fn cycles(book: &Book) -> impl Iterator<Item = (&format::Releases, &Cycle)> {
    let records = book.releases.values();
    records.flat_map(|record| record.cycles.iter().map(move |cycle| (record, cycle)))
}

/// The salaries, in the order of their rows.
pub(super) fn salaries(book: &Book) -> impl Iterator<Item = (&format::Role, &Salary)> {
    let records = book.roles.values();
    records.flat_map(|record| record.salaries.iter().map(move |salary| (record, salary)))
}
