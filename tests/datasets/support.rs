//! Reads a text with an adapter and tells in lines what it found.

use std::fmt::Write as _;

use stack_atlas::ingest::dataset::claim::{Claim, Company, Says, Usage};
use stack_atlas::ingest::dataset::{Adapter, File, Problem, Sink};

#[derive(Default)]
pub struct Found {
    pub claims: Vec<Claim>,
    pub problems: Vec<Problem>,
}

impl Sink for Found {
    fn claim(&mut self, claim: Claim) {
        self.claims.push(claim);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Found {
    pub fn usages(&self) -> impl Iterator<Item = &Usage> {
        self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Usage(usage) => Some(usage),
            _ => None,
        })
    }

    pub fn companies(&self) -> impl Iterator<Item = &Company> {
        self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Company(company) => Some(company),
            _ => None,
        })
    }

    /// `line adopter <website or id> uses technology; STATUS; since; scope; grade page …`
    pub fn lines(&self) -> Vec<String> {
        let lines = self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Usage(usage) => Some((claim.place.line.unwrap_or(0), usage)),
            _ => None,
        });
        lines
            .map(|(line, usage)| format!("{line} {}", told(usage)))
            .collect()
    }

    /// The names of the adopters.
    pub fn adopters(&self) -> Vec<&str> {
        self.usages()
            .map(|usage| usage.adopter.name.as_str())
            .collect()
    }

    pub fn problems(&self) -> Vec<String> {
        self.problems.iter().map(ToString::to_string).collect()
    }
}

fn told(usage: &Usage) -> String {
    let adopter = &usage.adopter;
    let mut told = adopter.name.clone();
    for (scheme, id) in &adopter.ids {
        write!(told, " <{scheme}:{id}>").unwrap();
    }
    if let Some(website) = &adopter.website {
        write!(told, " <{website}>").unwrap();
    }
    write!(told, " uses {}", usage.technology.name).unwrap();
    if usage.status != entity::enums::UsageStatus::Current {
        write!(told, "; {:?}", usage.status).unwrap();
    }
    if let Some(since) = usage.since {
        write!(told, "; since {since}").unwrap();
    }
    if let Some(scope) = &usage.scope {
        write!(told, "; {scope}").unwrap();
    }
    for (page, grade) in &usage.pages {
        write!(told, "; {grade:?} {page}").unwrap();
    }
    told
}

pub fn read(adapter: &dyn Adapter, path: &str, text: &str) -> Found {
    read_bytes(adapter, path, text.as_bytes())
}

pub fn read_bytes(adapter: &dyn Adapter, path: &str, bytes: &[u8]) -> Found {
    assert!(
        adapter.reads(path),
        "{} does not read {path}",
        adapter.name()
    );
    let mut found = Found::default();
    adapter.read(&File { path, bytes }, &mut found);
    found
}
