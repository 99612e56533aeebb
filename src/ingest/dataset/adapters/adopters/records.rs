//! Lists in YAML.

use super::entry::{self, Entry};
use super::subject::{self, Subject};
use super::{Sink, problem, words};
use crate::ingest::dataset::country;
use crate::ingest::dataset::markup::inline::{is_address, plain};
use crate::ingest::dataset::markup::tree;
use crate::ingest::yaml::{Node, Value};

const NAMES: [&str; 7] = [
    "name",
    "company",
    "organization",
    "organisation",
    "adopter",
    "title",
    "user",
];
const WEBSITES: [&str; 6] = ["url", "website", "homepage", "homepage_url", "link", "site"];
const PAGES: [&str; 14] = [
    "reference",
    "references",
    "stories",
    "story",
    "case_study",
    "casestudy",
    "caseStudy",
    "blog",
    "article",
    "source",
    "sources",
    "evidence",
    "links",
    "video",
];
const SCOPES: [&str; 8] = [
    "description",
    "use_case",
    "usecase",
    "usage",
    "use",
    "components",
    "details",
    "summary",
];
/// Lists of bare names are adopters only below one of these.
const LISTS: [&str; 5] = ["adopters", "users", "companies", "organizations", "members"];

/// Reads a file.
pub(super) fn read(path: &str, text: &str, sink: &mut dyn Sink) {
    let tree = match tree(text) {
        Ok(tree) => tree,
        Err((line, what)) => return problem(sink, path, line, what),
    };
    let mut found = Found::default();
    found.walk(&tree, "");
    let Some(subject) = Subject::new(found.project, subject::folder(path)) else {
        return problem(sink, path, 1, subject::UNKNOWN);
    };
    entry::hand_over(path, &subject, found.entries, sink);
}

#[derive(Default)]
struct Found {
    project: Option<String>,
    entries: Vec<Entry>,
}

impl Found {
    /// Looks for lists of adopters, however deep; the depth of the tree is bounded.
    fn walk(&mut self, node: &Node, key: &str) {
        match &node.value {
            Value::List(items) => {
                for item in items {
                    match entry(item, key) {
                        Some(entry) => self.entries.push(entry),
                        None => self.walk(item, key),
                    }
                }
            }
            Value::Record(entries) => {
                let project = node.get("project").and_then(Node::as_text);
                self.project = self.project.take().or(project.map(str::to_owned));
                for entry in entries {
                    self.walk(&entry.value, &entry.key);
                }
            }
            _ => {}
        }
    }
}

fn entry(item: &Node, key: &str) -> Option<Entry> {
    if let Some(name) = item.as_text() {
        let is_listed = LISTS.contains(&key.to_lowercase().as_str()) && words::is_name(name);
        return is_listed.then(|| Entry {
            line: item.line,
            name: name.to_owned(),
            ..Entry::default()
        });
    }
    let name = plain(first(item, &NAMES)?);
    // A group of adopters has a name too.
    let below = item
        .entries()
        .iter()
        .filter(|entry| !PAGES.contains(&entry.key.as_str()));
    let is_group = { below }.any(|entry| {
        entry
            .value
            .items()
            .iter()
            .any(|item| first(item, &NAMES).is_some())
    });
    if is_group || !words::is_name(&name) {
        return None;
    }
    let pages = PAGES
        .iter()
        .filter_map(|key| item.get(key))
        .flat_map(addresses);
    Some(Entry {
        line: item.line,
        name,
        website: first(item, &WEBSITES).map(str::to_owned),
        pages: pages.collect(),
        scope: SCOPES
            .iter()
            .filter_map(|key| item.get(key))
            .find_map(words_of),
        status: item
            .get("status")
            .and_then(Node::as_text)
            .map(str::to_owned),
        since: item.get("since").and_then(words_of),
        industry: item
            .get("industry")
            .and_then(Node::as_text)
            .map(str::to_owned),
        country: item
            .get("country")
            .and_then(Node::as_text)
            .and_then(country::within),
    })
}

fn first<'a>(item: &'a Node, keys: &[&str]) -> Option<&'a str> {
    keys.iter()
        .find_map(|key| item.get(key).and_then(Node::as_text))
}

/// Addresses in a value: a text, a list of them, or of records with one.
fn addresses(node: &Node) -> Vec<String> {
    let own = node
        .as_text()
        .filter(|text| is_address(text))
        .map(str::to_owned);
    let below = node
        .items()
        .iter()
        .chain(node.entries().iter().map(|entry| &entry.value));
    own.into_iter().chain(below.flat_map(addresses)).collect()
}

/// A text, a whole number, or a list of texts.
fn words_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Whole(number) => Some(number.to_string()),
        Value::List(items) => {
            let items: Vec<&str> = items.iter().filter_map(Node::as_text).collect();
            Some(items.join(", ")).filter(|text| !text.is_empty())
        }
        _ => node.as_text().map(plain),
    }
}
