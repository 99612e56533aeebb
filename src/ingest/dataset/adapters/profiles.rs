//! Profiles of companies: Markdown with the facts in front matter, one file each.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::enums::{EvidenceGrade, UsageStatus};

use super::{claim, ends_with_any, is_name, problem, stem};
use crate::ingest::dataset::claim::{Company, Mention, Says, Usage};
use crate::ingest::dataset::markup::front::{self, Page};
use crate::ingest::dataset::markup::text;
use crate::ingest::dataset::{About, Adapter, File, Sink, country, prose, web};
use crate::ingest::yaml::{Node, Value};

/// The section that tells what a company works with.
const SECTION: &str = "company technologies";

/// Tags of job boards that name a kind of work, not a technology.
const KINDS_OF_WORK: [&str; 13] = [
    "ai",
    "api",
    "cloud",
    "data",
    "devops",
    "infrastructure",
    "ml",
    "mobile",
    "nosql",
    "search",
    "security",
    "sql",
    "web",
];

/// Tags that spell a name so that it can stand in an address.
const TAGS: [(&str, &str); 5] = [
    ("dotnet", ".NET"),
    ("nodejs", "Node.js"),
    ("react-native", "React Native"),
    ("csharp", "C#"),
    ("cpp", "C++"),
];

/// Sites that collect what companies use; who quotes them does not know better.
const COLLECTORS: [&str; 5] = ["g2 stack", "g2.com", "builtwith", "stackshare", "siftery"];

/// Profiles of companies with front matter.
#[derive(Clone, Copy, Debug)]
pub struct Profiles;

impl Adapter for Profiles {
    fn name(&self) -> &'static str {
        "profiles"
    }

    fn about(&self) -> About {
        About {
            reads: "Profiles of companies, Markdown with front matter: name, website, industry, country, tags, and the \
                    section `Company technologies`. A folder called `X-companies` says that all of them use X.",
            from: "github.com/remoteintech/remote-jobs (src/companies), github.com/beam-community/elixir-companies \
                   (src/content/companies)",
            licence: "ISC (remote-jobs), MIT (elixir-companies)",
            attribution: "The contributors of remote-jobs and of elixir-companies",
        }
    }

    fn reads(&self, path: &str) -> bool {
        let folder = path.rsplit('/').nth(1).unwrap_or_default();
        let is_other = [
            "readme",
            "source",
            "license",
            "contributing",
            "index",
            "_index",
        ]
        .contains(&stem(path).as_str());
        ends_with_any(path, &[".md"]) && folder.eq_ignore_ascii_case("companies") && !is_other
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let text = text(file.bytes);
        let page = match front::split(&text) {
            Some(Ok(page)) => page,
            Some(Err((line, what))) => return problem(sink, file.path, line, what),
            None => return problem(sink, file.path, 1, "has no front matter between `---`"),
        };
        let Some(profile) = Profile::of(&page.head) else {
            return problem(sink, file.path, 1, "says neither `title` nor `name`");
        };
        claim(sink, file.path, 2, Says::Company(profile.company.clone()));
        for (line, tag) in tags(&page.head) {
            profile.uses(file.path, line, Mention::named(tag), Found::Tag, sink);
        }
        if let Some(technology) = of_folder(file.path) {
            profile.uses(file.path, 2, Mention::named(technology), Found::Tag, sink);
        }
        profile.read_section(file.path, &page, sink);
    }
}

/// How a technology is named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Tag,
    Prose,
    SecondHand,
}

/// What the head says.
struct Profile {
    company: Company,
    as_of: Option<NaiveDate>,
}

impl Profile {
    fn of(head: &Node) -> Option<Self> {
        let field = |key: &str| head.get(key).and_then(Node::as_text);
        let name =
            scalar(head.get("title").or_else(|| head.get("name"))?).filter(|name| is_name(name))?;
        let mut mention = web::company(&name, field("website").or_else(|| field("url")));
        if let Some(account) = field("github") {
            mention.ids.extend(web::company("", Some(account)).ids);
        }
        let place = head
            .get("location")
            .and_then(|place| place.get("country"))
            .or_else(|| head.get("country"));
        let industry = head.get("industry");
        let industry =
            industry.and_then(|value| value.as_text().or_else(|| value.items().first()?.as_text()));
        let company = Company {
            mention,
            country: place
                .and_then(Node::as_text)
                .and_then(country::named)
                .map(str::to_owned),
            industry: industry.map(str::to_owned),
            ..Company::default()
        };
        let mut days = ["updatedAt", "lastChangedOn", "addedAt"]
            .iter()
            .filter_map(|key| field(key));
        let as_of = days.find_map(|day| day.get(..10)?.parse().ok());
        Some(Self { company, as_of })
    }

    /// Hands over that the company uses something, as the profile said when it was last changed.
    fn uses(
        &self,
        path: &str,
        line: usize,
        technology: Mention,
        found: Found,
        sink: &mut dyn Sink,
    ) {
        let usage = Usage {
            adopter: self.company.mention.clone(),
            technology,
            status: UsageStatus::Current,
            since: self.as_of,
            until: None,
            scope: None,
            grade: EvidenceGrade::Listed,
            pages: Vec::new(),
            is_from_prose: found != Found::Tag,
            is_second_hand: found == Found::SecondHand,
        };
        claim(sink, path, line, Says::Usage(usage));
    }

    fn read_section(&self, path: &str, page: &Page<'_>, sink: &mut dyn Sink) {
        let mut is_inside = false;
        let mut seen = HashSet::new();
        for (line, number) in page.body.lines().zip(page.body_line..) {
            if let Some(heading) = line.strip_prefix("## ") {
                is_inside = heading.trim().eq_ignore_ascii_case(SECTION);
                continue;
            }
            if !is_inside {
                continue;
            }
            let lower = line.to_lowercase();
            let is_collected = COLLECTORS.iter().any(|site| lower.contains(site));
            let found = if is_collected {
                Found::SecondHand
            } else {
                Found::Prose
            };
            for name in prose::names_of_line(line) {
                let key = name.to_lowercase();
                if !COLLECTORS.contains(&key.as_str()) && seen.insert(key) {
                    self.uses(path, number, Mention::named(name), found, sink);
                }
            }
        }
    }
}

/// A text, or a number that was meant as one: a company called `22`.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Whole(number) => Some(number.to_string()),
        _ => node.as_text().map(str::to_owned),
    }
}

/// The tags that name technologies, with their lines.
fn tags(head: &Node) -> Vec<(usize, String)> {
    let items = head.get("technologies").map_or(&[][..], Node::items);
    let tags = items
        .iter()
        .filter_map(|item| Some((item.line, item.as_text()?)));
    let tags = tags.filter(|(_, tag)| !KINDS_OF_WORK.contains(&tag.to_lowercase().as_str()));
    tags.map(|(line, tag)| (line, spelt_out(tag))).collect()
}

fn spelt_out(tag: &str) -> String {
    let known = TAGS.iter().find(|(short, _)| *short == tag);
    known.map_or(tag, |(_, name)| name).to_owned()
}

/// What all companies of a folder use: `elixir` for `elixir-companies/src/content/companies/x.md`.
fn of_folder(path: &str) -> Option<String> {
    let mut folders = path.rsplit('/').skip(1);
    folders.find_map(|folder| {
        let (name, rest) = folder.split_once("-companies")?;
        (!name.is_empty() && (rest.is_empty() || rest.starts_with('-'))).then(|| name.to_owned())
    })
}
