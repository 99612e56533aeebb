//! Landscapes of the Linux Foundation: `landscape.yml`, one tree of categories and items.

use entity::enums::{EvidenceGrade, TechnologyKind, UsageStatus};

use super::{
    address, claim, file_name, folded, github, is_name, line_of_text, problem, summary, yaml,
};
use crate::ingest::dataset::claim::{Company, Mention, Says, Technology, Usage};
use crate::ingest::dataset::{About, Adapter, File, Sink};
use crate::ingest::yaml::{Node, Value};

/// Words of a category whose items are organisations.
const ORGANISATIONS: [&str; 7] = [
    "adopter",
    "end user",
    "member",
    "partner",
    "provider",
    "service provider",
    "supporter",
];

/// What landscapes write behind the names of organisations.
const SUFFIXES: [&str; 9] = [
    "adopter",
    "contributor",
    "end user",
    "kcntp",
    "kcsp",
    "ktp",
    "member",
    "partner",
    "supporter",
];

/// Reads a landscape.
#[derive(Clone, Copy, Debug)]
pub struct Landscape;

/// The category and subcategory that an item stands in.
struct Shelf<'a> {
    category: &'a str,
    subcategory: &'a str,
}

impl Adapter for Landscape {
    fn name(&self) -> &'static str {
        "landscape"
    }

    fn about(&self) -> About {
        About {
            reads: "technologies, members and adopters of a Linux Foundation landscape \
                    (landscape.yml)",
            from: "https://github.com/cncf/landscape/blob/master/landscape.yml, and the \
                   repositories of the other landscapes",
            licence: "Apache-2.0",
            attribution: "Landscapes of the Linux Foundation, © their authors",
        }
    }

    fn reads(&self, path: &str) -> bool {
        matches!(file_name(path), "landscape.yml" | "landscape.yaml")
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let Some(root) = yaml(file, sink) else { return };
        let Some(Value::List(categories)) = root.get("landscape").map(|node| &node.value) else {
            problem(sink, file.path, root.line, "has no list `landscape`");
            return;
        };
        for category in categories {
            for subcategory in list(category, "subcategories") {
                let stand = Shelf {
                    category: category.text("name").unwrap_or_default(),
                    subcategory: subcategory.text("name").unwrap_or_default(),
                };
                for item in list(subcategory, "items") {
                    stand.read(item, file.path, sink);
                }
            }
        }
    }
}

/// A list may be left out, or be there without anything in it.
fn list<'a>(record: &'a Node, key: &str) -> &'a [Node] {
    record.get(key).map_or(&[], Node::items)
}

impl Shelf<'_> {
    fn read(&self, item: &Node, path: &str, sink: &mut dyn Sink) {
        let line = item.line_of("name");
        let Some(name) = line_of_text(item, "name").filter(|name| is_name(name)) else {
            problem(
                sink,
                path,
                line,
                "an item has no `name`, or a very long one",
            );
            return;
        };
        if !self.holds_organisations() {
            let technology = Box::new(self.technology(&name, item));
            return claim(sink, path, line, Says::Technology(technology));
        }
        let company = company(&name, item);
        let adopter = company.mention.clone();
        claim(sink, path, line, Says::Company(company));
        if let Some(technology) = self.adopted() {
            claim(sink, path, line, Says::Usage(usage(adopter, technology)));
        }
    }

    fn holds_organisations(&self) -> bool {
        let words = format!("{} {}", self.category, self.subcategory).to_lowercase();
        ORGANISATIONS.iter().any(|word| words.contains(word))
    }

    /// What the items of `GraphQL Adopter` have adopted.
    fn adopted(&self) -> Option<&str> {
        let (technology, last) = self.category.trim().rsplit_once(' ')?;
        let technology = technology.trim();
        let is_adopters = matches!(&*last.to_lowercase(), "adopter" | "adopters");
        (is_adopters && !technology.is_empty()).then_some(technology)
    }

    fn technology(&self, name: &str, item: &Node) -> Technology {
        let mut mention = Mention::named(name);
        mention.website = item.text("homepage_url").and_then(address);
        let repository = item.text("repo_url").and_then(address);
        if let Some(path) = repository.as_deref().and_then(github)
            && is_own(&path, name, item)
        {
            mention.ids.push(("github".into(), path));
        }
        let is_substantial = mention.website.is_some() || repository.is_some();
        let mut technology = Technology::new(mention, TechnologyKind::Tool);
        technology.repository = repository;
        technology.summary = line_of_text(item, "description").map(|text| summary(&text));
        technology.categories = self.categories(item);
        technology.is_maintained = match item.text("project") {
            Some("archived") => Some(false),
            Some("graduated" | "incubating" | "sandbox") => Some(true),
            _ => None,
        };
        technology.is_substantial = is_substantial;
        technology
    }

    fn categories(&self, item: &Node) -> Vec<Vec<String>> {
        let own = vec![self.category.to_owned(), self.subcategory.to_owned()];
        let others = list(item, "second_path").iter().filter_map(Node::as_text);
        let others = others.map(|path| path.split(" / ").map(|step| step.trim().to_owned()));
        let paths = std::iter::once(own).chain(others.map(Iterator::collect));
        paths
            .filter(|path: &Vec<String>| path.iter().all(|step| is_name(step)))
            .collect()
    }
}

/// Whether a repository is that of the item alone: those that several share are named by one.
fn is_own(path: &str, name: &str, item: &Node) -> bool {
    let is_shared = item
        .get("allow_duplicate_repo")
        .is_some_and(|shared| matches!(shared.value, Value::Bool(true)));
    let name = folded(name);
    !is_shared || path.split('/').any(|step| folded(step) == name)
}

fn company(name: &str, item: &Node) -> Company {
    let mut mention = Mention::named(without_suffix(name));
    mention.website = item.text("homepage_url").and_then(address);
    let crunchbase = item.text("crunchbase").and_then(|address| {
        let (_, slug) = address
            .trim_end_matches('/')
            .rsplit_once("/organization/")?;
        Some(slug.trim().to_owned()).filter(|slug| !slug.is_empty())
    });
    mention
        .ids
        .extend(crunchbase.map(|slug| ("crunchbase".into(), slug)));
    Company {
        mention,
        summary: line_of_text(item, "description").map(|text| summary(&text)),
        ..Company::default()
    }
}

/// `Airbnb (adopter)` is Airbnb.
fn without_suffix(name: &str) -> &str {
    let parts = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('));
    match parts {
        Some((before, suffix))
            if !before.trim().is_empty() && SUFFIXES.contains(&&*suffix.trim().to_lowercase()) =>
        {
            before.trim()
        }
        _ => name,
    }
}

fn usage(adopter: Mention, technology: &str) -> Usage {
    Usage {
        adopter,
        technology: Mention::named(technology),
        status: UsageStatus::Current,
        since: None,
        until: None,
        scope: None,
        grade: EvidenceGrade::Listed,
        pages: Vec::new(),
        is_from_prose: false,
        is_second_hand: false,
    }
}
