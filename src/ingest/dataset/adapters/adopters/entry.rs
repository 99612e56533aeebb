//! What an entry of a list says.

use std::collections::HashSet;

use entity::enums::{EvidenceGrade, UsageStatus};

use super::subject::Subject;
use super::{Sink, words};
use crate::ingest::dataset::adapters::{address, claim, problem};
use crate::ingest::dataset::claim::{Company, Says, Usage};
use crate::ingest::dataset::markup::shorten;
use crate::ingest::dataset::web;

/// Characters that a scope may have.
const LONGEST_SCOPE: usize = 200;
/// Pages of an entry that are taken.
const MOST_PAGES: usize = 20;

/// One adopter of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub line: usize,
    pub name: String,
    pub website: Option<String>,
    /// Addresses that tell more.
    pub pages: Vec<String>,
    pub scope: Option<String>,
    /// What is said of how far they are.
    pub status: Option<String>,
    pub since: Option<String>,
    pub industry: Option<String>,
    pub country: Option<&'static str>,
}

/// Hands over what entries say; each adopter once.
pub(super) fn hand_over(path: &str, subject: &Subject, entries: Vec<Entry>, sink: &mut dyn Sink) {
    let mut seen = HashSet::new();
    for entry in entries {
        if let Some(word) = words::advertising(&entry.name, entry.website.as_deref()) {
            let name = &entry.name;
            let what = format!("left out as advertising: {name:?} ({word:?})");
            problem(sink, path, entry.line, what);
        } else if seen.insert((entry.name.to_lowercase(), entry.website.clone())) {
            hand_over_one(path, subject, entry, sink);
        }
    }
}

fn hand_over_one(path: &str, subject: &Subject, entry: Entry, sink: &mut dyn Sink) {
    let line = entry.line;
    let adopter = web::company(&entry.name, entry.website.as_deref());
    let pages = pages(entry.website.as_deref(), entry.pages);
    if entry.industry.is_some() || entry.country.is_some() {
        let company = Company {
            mention: adopter.clone(),
            country: entry.country.map(str::to_owned),
            industry: entry.industry,
            ..Company::default()
        };
        claim(sink, path, line, Says::Company(company));
    }
    let usage = Usage {
        adopter,
        technology: subject.mention(),
        status: entry
            .status
            .as_deref()
            .map_or(UsageStatus::Current, words::status),
        since: entry.since.as_deref().and_then(words::since),
        until: None,
        scope: entry
            .scope
            .map(|scope| shorten(&scope, LONGEST_SCOPE))
            .filter(|scope| !scope.is_empty()),
        grade: EvidenceGrade::Listed,
        pages,
        is_from_prose: false,
        is_second_hand: false,
    };
    claim(sink, path, line, Says::Usage(usage));
}

/// The addresses that tell more than the adopter's home, each once, with their grade.
fn pages(home: Option<&str>, found: Vec<String>) -> Vec<(String, EvidenceGrade)> {
    let own = home
        .and_then(web::host)
        .filter(|host| !web::is_shared(host));
    let mut pages: Vec<(String, EvidenceGrade)> = Vec::new();
    for page in found
        .into_iter()
        .filter(|page| address(page).is_some())
        .take(MOST_PAGES)
    {
        let is_home = home.is_some_and(|home| same_page(home, &page));
        if !is_home && !pages.iter().any(|(other, _)| *other == page) {
            let grade = grade(own.as_deref(), &page);
            pages.push((page, grade));
        }
    }
    pages
}

/// What is on the adopter's own site, or in its source code, is its own word.
fn grade(own: Option<&str>, page: &str) -> EvidenceGrade {
    let Some(host) = web::host(page) else {
        return EvidenceGrade::Article;
    };
    if host == "github.com" || own.is_some_and(|own| web::belong_together(own, &host)) {
        EvidenceGrade::Official
    } else {
        EvidenceGrade::Article
    }
}

fn same_page(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
