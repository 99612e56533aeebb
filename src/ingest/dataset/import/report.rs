//! What an import did.

use std::collections::BTreeMap;

use entity::enums::EntityKind;
use sea_orm::ActiveEnum as _;
use serde::Serialize;

use super::draft::Tally;
use super::set::DataSet;
use crate::ingest::dataset::claim::Says;
use crate::ingest::dataset::{Claim, Problem};

/// Problems that are told in full; all are counted.
const MOST_PROBLEMS: usize = 100;

/// What became of all data sets.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Whether nothing was written because nothing was to be.
    pub rehearsal: bool,
    /// Of each data set, in the order in which they were read.
    pub sets: Vec<SetReport>,
}

impl Report {
    /// How many data sets were not imported because something went wrong.
    #[must_use]
    pub fn failed(&self) -> usize {
        let failed = self.sets.iter();
        failed.filter(|set| set.error.is_some()).count()
    }
}

/// What became of a data set.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SetReport {
    /// The adapter.
    pub adapter: &'static str,
    /// The slug of its source.
    pub source: String,
    /// What a person calls it.
    pub title: String,
    /// Its licence.
    pub licence: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Files that were read.
    pub files: usize,
    /// What it says, by kind.
    pub claims: BTreeMap<&'static str, usize>,
    /// How the names in it were made out.
    pub names: Tally,
    /// Rows that were made and changed, by kind.
    pub changes: BTreeMap<String, Changes>,
    /// Usages that have ended, because it no longer tells of them.
    pub ended: usize,
    /// Facts of others that it contradicts: it is kept as competing evidence.
    pub contradictions: usize,
    /// Names that wait for somebody to look at them.
    pub queued_names: usize,
    /// Whether the same was imported before, so that nothing had to be looked at.
    pub unchanged: bool,
    /// Whether anything was written.
    pub changed: bool,
    /// Seconds that it took.
    pub seconds: f64,
    /// How many places of it could not be read.
    pub problem_count: usize,
    /// The first of them.
    pub problems: Vec<String>,
    /// Why it was left out, on purpose.
    pub skipped: Option<String>,
    /// Why it was not imported; nothing of it was written.
    pub error: Option<String>,
}

/// Rows that were made and changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Made.
    pub created: usize,
    /// Changed.
    pub updated: usize,
}

impl SetReport {
    pub(super) fn of(set: &DataSet) -> Self {
        Self {
            adapter: set.adapter.name(),
            source: set.slug(),
            title: set.title().to_owned(),
            licence: set.licence(),
            version: set.origin.version.clone(),
            ..Self::default()
        }
    }

    pub(super) fn count(&mut self, claims: &[Claim]) {
        for claim in claims {
            *self.claims.entry(name(&claim.says)).or_default() += 1;
        }
    }

    pub(super) fn take_problems(&mut self, problems: &[Problem]) {
        self.problem_count += problems.len();
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems
            .extend(problems.iter().take(room).map(ToString::to_string));
    }

    pub(super) fn take_tallies(&mut self, tallies: &[(EntityKind, crate::store::sync::Tally)]) {
        for (kind, tally) in tallies {
            if tally.created + tally.updated > 0 {
                let changes = Changes {
                    created: tally.created,
                    updated: tally.updated,
                };
                self.changes.insert(kind.to_value().to_lowercase(), changes);
            }
        }
    }

    /// Rows that were made, and rows that were changed.
    #[must_use]
    pub fn totals(&self) -> (usize, usize) {
        let changes = self.changes.values();
        changes.fold((0, 0), |(created, updated), changes| {
            (created + changes.created, updated + changes.updated)
        })
    }
}

fn name(says: &Says) -> &'static str {
    match says {
        Says::Technology(_) => "technologies",
        Says::Company(_) => "companies",
        Says::Usage(_) => "usages",
        Says::Release(_) => "releases",
        Says::Relation(_) => "relations",
        Says::Role(_) => "roles",
        Says::Salary(_) => "salaries",
        Says::RoleTechnology(_) => "technologies of roles",
        Says::SkillArea(_) => "areas of skill",
        Says::Article(_) => "articles",
    }
}
