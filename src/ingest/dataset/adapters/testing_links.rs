//! How companies test: articles by topic, one JSON file.

use serde::Deserialize;

use super::{address, claim, is_name, problem, utf8, without_nul};
use crate::ingest::dataset::claim::{Article, Company, Mention, Says, SkillArea};
use crate::ingest::dataset::{About, Adapter, File, Sink};

/// What all of it is about.
const ROOT: &str = "Software testing";

/// Topics that were given by a machine for a part of a word: "blog" is not logging.
const FALSE: [&str; 1] = ["logging"];

/// Topics that are technologies.
const TECHNOLOGIES: [&str; 16] = [
    "android",
    "appium",
    "cloudflare",
    "cypress",
    "detox",
    "docker",
    "graphql",
    "ios",
    "jenkins",
    "jest",
    "kubernetes",
    "playwright",
    "pytest",
    "rest",
    "selenium",
    "testng",
];

/// Topics whose letters are not those of their words.
const SPELT: [(&str, &str); 12] = [
    ("ab-testing", "A/B testing"),
    ("ai", "AI"),
    ("api", "API"),
    ("api-testing", "API testing"),
    ("bdd", "BDD"),
    ("ci-cd", "CI/CD"),
    ("devops", "DevOps"),
    ("e2e-testing", "E2E testing"),
    ("sre", "SRE"),
    ("tdd", "TDD"),
    ("ui-testing", "UI testing"),
    ("shift-left", "Shift-left testing"),
];

/// Articles on testing.
#[derive(Clone, Copy, Debug)]
pub struct TestingLinks;

impl Adapter for TestingLinks {
    fn name(&self) -> &'static str {
        "testing-links"
    }

    fn about(&self) -> About {
        About {
            reads: "The database of how companies test: companies with links, each with topics.",
            from: "github.com/abhivaikar/howtheytest (public/database.json)",
            licence: "CC0-1.0",
            attribution: "The contributors of howtheytest",
        }
    }

    fn reads(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        path.rsplit('/').next() == Some("database.json") && path.contains("howtheytest")
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let Some(text) = utf8(file, sink) else { return };
        let book: Book = match serde_json::from_str(&without_nul(text)) {
            Ok(book) => book,
            Err(error) => return problem(sink, file.path, error.line(), error.to_string()),
        };
        let places = Places::of(file);
        let mut topics: Vec<&str> = Vec::new();
        for company in &book.companies {
            read_company(&places, company, sink);
            topics.extend(company.resources.iter().flat_map(areas));
        }
        topics.sort_unstable();
        topics.dedup();
        for topic in topics {
            let within = vec![ROOT.to_owned()];
            let area = SkillArea {
                mention: Mention::named(spell(topic)),
                within,
                ..SkillArea::default()
            };
            claim(sink, file.path, 0, Says::SkillArea(area));
        }
    }
}

#[derive(Deserialize)]
struct Book {
    companies: Vec<Tester>,
}

#[derive(Deserialize)]
struct Tester {
    name: String,
    industry: Option<String>,
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    title: String,
    url: String,
    #[serde(default)]
    topics: Vec<String>,
}

/// Finds the line of an address: JSON is read as a whole and forgets it.
struct Places<'a> {
    path: &'a str,
    lines: std::collections::HashMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    fn of(file: &File<'a>) -> Self {
        let text = std::str::from_utf8(file.bytes).unwrap_or_default();
        let lines = text.lines().zip(1..).filter_map(|(line, number)| {
            let value = line.trim().strip_prefix("\"url\": \"")?;
            Some((value.trim_end_matches(',').trim_end_matches('"'), number))
        });
        Self {
            path: file.path,
            lines: lines.collect(),
        }
    }

    fn line(&self, url: &str) -> usize {
        self.lines.get(url).copied().unwrap_or_default()
    }
}

fn read_company(places: &Places<'_>, tester: &Tester, sink: &mut dyn Sink) {
    if !is_name(&tester.name) {
        let what = "a company has no `name`, or a very long one";
        return problem(sink, places.path, 0, what);
    }
    let mention = Mention::named(tester.name.trim());
    let first = tester
        .resources
        .first()
        .map_or(0, |resource| places.line(&resource.url));
    let company = Company {
        mention: mention.clone(),
        industry: tester
            .industry
            .as_deref()
            .filter(|name| is_spelt(name))
            .map(spell),
        ..Company::default()
    };
    claim(sink, places.path, first, Says::Company(company));
    for resource in &tester.resources {
        let line = places.line(&resource.url);
        if address(&resource.url).is_none() {
            problem(
                sink,
                places.path,
                line,
                format!("{:?} has no address of the web", resource.title),
            );
            continue;
        }
        if resource.title.trim().is_empty() {
            problem(sink, places.path, line, "a resource has no `title`");
            continue;
        }
        let mut topics: Vec<Option<&str>> = areas(resource).map(Some).collect();
        if topics.is_empty() {
            topics.push(None);
        }
        for topic in topics {
            claim(
                sink,
                places.path,
                line,
                Says::Article(article(resource, topic, &mention)),
            );
        }
    }
}

fn article(resource: &Resource, topic: Option<&str>, company: &Mention) -> Article {
    let topic = topic.map(spell);
    let tools = resource
        .topics
        .iter()
        .filter(|topic| TECHNOLOGIES.contains(&topic.as_str()));
    Article {
        experience: topic.clone().unwrap_or_else(|| ROOT.to_owned()),
        within: std::iter::once(ROOT.to_owned()).chain(topic).collect(),
        title: resource.title.trim().to_owned(),
        url: resource.url.clone(),
        company: Some(company.clone()),
        technologies: tools.map(Mention::named).collect(),
    }
}

/// The topics that are areas of skill.
fn areas(resource: &Resource) -> impl Iterator<Item = &str> {
    let topics = resource.topics.iter().map(String::as_str);
    topics
        .filter(|topic| is_spelt(topic) && !FALSE.contains(topic) && !TECHNOLOGIES.contains(topic))
}

/// A name of which something is left when it is spelt: `-` is none.
fn is_spelt(name: &str) -> bool {
    is_name(name) && name.contains(char::is_alphanumeric)
}

/// `flaky-tests` as it is said: `Flaky tests`.
fn spell(topic: &str) -> String {
    if let Some((_, name)) = SPELT.iter().find(|(short, _)| *short == topic) {
        return (*name).to_owned();
    }
    let words = topic.replace('-', " ");
    let mut letters = words.trim().chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
