//! A small knowledge base that has one of everything, and what to do with it.

use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use stack_atlas::ingest::knowledge::{Files, Knowledge, Mistakes};

/// The day on which all tests take place.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

/// Noon of that day.
pub fn noon() -> DateTime<Utc> {
    TODAY.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

const TEXTS: [(&str, &str); 14] = [
    (
        "sources.yaml",
        "- {slug: survey, name: Survey, url: https://survey.example.org, licence: MIT, date: 2026-01-31}\n",
    ),
    (
        "categories.yaml",
        "- {slug: data, name: Data}\n\
         - {slug: cache, name: Cache, parents: [data]}\n",
    ),
    (
        "languages.yaml",
        "- {slug: javascript, name: JavaScript, kind: programming, typing: dynamic, extensions: [.js]}\n\
         - {slug: sql, name: SQL, kind: query}\n",
    ),
    (
        "frameworks.yaml",
        "- slug: nodejs\n  \
           name: Node.js\n  \
           summary: Runs JavaScript on servers.\n  \
           kind: runtime\n  \
           languages: [javascript]\n  \
           ids: {github: nodejs/node, linguist: 7}\n",
    ),
    (
        "tools.yaml",
        "- {slug: redis, name: Redis, steward: acme, categories: [cache], delivery: either}\n\
         - {slug: memcached, name: Memcached, categories: [cache]}\n",
    ),
    (
        "companies.yaml",
        "- {slug: acme, name: Acme, country: DE, founded: 1999, ids: {wikidata: Q1}}\n\
         - {slug: globex, name: Globex}\n",
    ),
    ("products.yaml", "- {slug: shop, name: Shop, maker: acme}\n"),
    (
        "usages.yaml",
        "- company: acme\n  \
           uses: redis\n  \
           since: 2020-03\n  \
           evidence:\n    \
             - {source: survey, url: https://survey.example.org/acme, grade: listed}\n    \
             - {source: survey, locator: page 7, grade: article}\n\
         - company: globex\n  \
           uses: nodejs\n  \
           evidence: [{source: survey, locator: page 8, grade: listed}]\n\
         - product: shop\n  \
           uses: redis\n  \
           confidence: 0.5\n  \
           evidence: [{source: survey, locator: page 9, grade: listed}]\n",
    ),
    (
        "relations.yaml",
        "- from: memcached\n  \
           kind: alternative_to\n  \
           to: redis\n  \
           evidence: [{source: survey, locator: page 1, grade: article}]\n",
    ),
    (
        "releases.yaml",
        "- technology: nodejs\n  \
           evidence: [{source: survey, locator: page 2, grade: listed}]\n  \
           cycles:\n    \
             - {label: \"22\", released: 2024-04-24, eol: 2027-04-30, lts: true}\n    \
             - {label: \"4\", released: 2015-09-08, eol: true}\n",
    ),
    (
        "experiences.yaml",
        "- slug: caching\n  \
           name: Caching\n  \
           articles: [{title: Caches at Acme, company: acme, url: https://acme.example.org/caches, source: survey}]\n",
    ),
    (
        "skill-areas.yaml",
        "- slug: cache-design\n  \
           name: Cache design\n  \
           parent: performance\n  \
           technologies: [{technology: redis, why: It is fast.}, {technology: memcached}]\n  \
           experiences: [{experience: caching}]\n\
         - {slug: performance, name: Performance}\n",
    ),
    (
        "roles.yaml",
        "- slug: backend-developer\n  \
           name: Backend developer\n  \
           tasks: [Builds what runs on the server.]\n  \
           skill_areas: [{area: performance, importance: essential, weight: 0.8}]\n  \
           technologies: [{technology: nodejs, importance: optional}]\n  \
           related: [{role: platform-engineer}]\n  \
           salaries:\n    \
             - {currency: EUR, period: year, low: 49000, high: 69000, area: Germany, year: 2024,\n       \
                evidence: [{source: survey, locator: page 3, grade: article}]}\n\
         - {slug: platform-engineer, name: Platform engineer, related: [{role: backend-developer}]}\n",
    ),
    (
        "aliases.yaml",
        "- {technology: nodejs, names: [Node]}\n- {role: backend-developer, names: [Backend engineer]}\n",
    ),
];

/// The small knowledge base, to be changed.
#[derive(Clone)]
pub struct World(Vec<(&'static str, String)>);

impl World {
    pub fn new() -> Self {
        Self(TEXTS.map(|(name, text)| (name, text.to_owned())).to_vec())
    }

    /// Replaces a piece of a file that is there once.
    pub fn with(mut self, file: &str, old: &str, new: &str) -> Self {
        let (_, text) = self.0.iter_mut().find(|(name, _)| *name == file).unwrap();
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {file}");
        *text = text.replace(old, new);
        self
    }

    /// Adds to the end of a file.
    pub fn and(mut self, file: &str, more: &str) -> Self {
        let (_, text) = self.0.iter_mut().find(|(name, _)| *name == file).unwrap();
        text.push_str(more);
        self
    }

    /// Removes the record that begins with `start`, up to the next record.
    pub fn without(mut self, file: &str, start: &str) -> Self {
        let (_, text) = self.0.iter_mut().find(|(name, _)| *name == file).unwrap();
        let from = text.find(start).unwrap();
        let to = text[from + 1..]
            .find("\n- ")
            .map_or(text.len(), |next| from + next + 2);
        text.replace_range(from..to, "");
        self
    }

    pub fn parse(&self) -> Result<Knowledge, Mistakes> {
        let texts: Vec<(&str, &str)> = self
            .0
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        Knowledge::parse(&Files::from_texts(&texts), TODAY)
    }

    /// Writes the files into a folder.
    pub fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        for (name, text) in &self.0 {
            fs::write(folder.join(name), text).unwrap();
        }
    }

    pub fn knowledge(&self) -> Knowledge {
        self.parse().unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }
}
