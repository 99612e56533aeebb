//! What start-ups were built with, then and now: a table of values separated by semicolons.

use entity::enums::{EvidenceGrade, UsageStatus};

use super::{address, claim, ends_with_any, problem};
use crate::ingest::dataset::claim::{Company, Mention, Says, Usage};
use crate::ingest::dataset::markup::text;
use crate::ingest::dataset::{About, Adapter, File, Sink, web};

/// Characters of a record that are read.
const LONGEST_RECORD: usize = 20_000;
/// Columns of sources, and languages of a field, that are read.
const MOST_SOURCES: usize = 5;
const MOST_LANGUAGES: usize = 20;

/// Languages of start-ups at launch and now.
#[derive(Clone, Copy, Debug)]
pub struct Startups;

impl Adapter for Startups {
    fn name(&self) -> &'static str {
        "startups"
    }

    fn about(&self) -> About {
        About {
            reads: "A CSV of start-ups with the languages of their backend at launch and now, and up to five sources.",
            from: "github.com/lucianghinda/programming-languages-in-startups (startups-list.csv)",
            licence: "Apache-2.0",
            attribution: "Lucian Ghinda, programming-languages-in-startups",
        }
    }

    fn reads(&self, path: &str) -> bool {
        ends_with_any(path, &[".csv"]) && path.to_lowercase().contains("startups")
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let text = text(file.bytes);
        let mut records = text.lines().zip(1..);
        let Some(columns) = records.next().and_then(|(head, _)| Columns::of(head)) else {
            let what = "is not such a list: its first line should name `Company` and a language at launch or now";
            return problem(sink, file.path, 1, what);
        };
        for (record, line) in records.filter(|(record, _)| !record.trim().is_empty()) {
            if record.len() > LONGEST_RECORD {
                problem(
                    sink,
                    file.path,
                    line,
                    format!("is longer than {LONGEST_RECORD} bytes"),
                );
            } else {
                columns.read(file.path, line, record, sink);
            }
        }
    }
}

/// Where in a record things stand.
struct Columns {
    separator: char,
    company: usize,
    launch: Option<usize>,
    now: Option<usize>,
    founded: Option<usize>,
    sources: Vec<usize>,
}

impl Columns {
    /// By the words of the head. A word that occurs twice counts where it comes first.
    fn of(head: &str) -> Option<Self> {
        let separator = [';', '\t', ',']
            .into_iter()
            .find(|separator| head.contains(*separator))?;
        let head: Vec<String> = fields(head, separator)
            .iter()
            .map(|name| name.to_lowercase())
            .collect();
        let find = |words: &[&str]| {
            head.iter()
                .position(|name| words.iter().any(|word| name.contains(word)))
        };
        let columns = Self {
            separator,
            company: find(&["company", "startup"])?,
            launch: find(&["launch"]),
            now: find(&["now", "current"]),
            founded: find(&["founded"]),
            sources: (0..head.len())
                .filter(|at| head[*at].starts_with("source"))
                .take(MOST_SOURCES)
                .collect(),
        };
        (columns.launch.is_some() || columns.now.is_some()).then_some(columns)
    }

    fn read(&self, path: &str, line: usize, record: &str, sink: &mut dyn Sink) {
        let fields = fields(record, self.separator);
        let field = |at: Option<usize>| at.and_then(|at| fields.get(at)).map_or("", String::as_str);
        let name = field(Some(self.company));
        if name.is_empty() {
            return problem(sink, path, line, "names no company");
        }
        let adopter = Mention::named(name);
        let founded = field(self.founded)
            .parse()
            .ok()
            .filter(|year| (1800..=2100).contains(year));
        let company = Company {
            mention: adopter.clone(),
            founded,
            ..Company::default()
        };
        claim(sink, path, line, Says::Company(company));
        let sources = self
            .sources
            .iter()
            .map(|at| field(Some(*at)))
            .filter(|page| address(page).is_some());
        let pages: Vec<_> = sources
            .map(|page| (page.to_owned(), grade(name, page)))
            .collect();
        for (technology, status) in usages(field(self.launch), field(self.now)) {
            let usage = Usage {
                adopter: adopter.clone(),
                technology: Mention::named(technology),
                status,
                since: None,
                until: None,
                scope: Some("Backend".to_owned()),
                grade: EvidenceGrade::Listed,
                pages: pages.clone(),
                is_from_prose: false,
                is_second_hand: false,
            };
            claim(sink, path, line, Says::Usage(usage));
        }
    }
}

/// What is used now, and what was used at launch and no longer is.
fn usages(launch: &str, now: &str) -> Vec<(String, UsageStatus)> {
    let (launch, now) = (languages(launch), languages(now));
    let status = if now.is_empty() {
        UsageStatus::Unknown
    } else {
        UsageStatus::Past
    };
    let past: Vec<_> = launch
        .into_iter()
        .filter(|name| !now.iter().any(|other| same(name, other)))
        .collect();
    let now = now.into_iter().map(|name| (name, UsageStatus::Current));
    now.chain(past.into_iter().map(|name| (name, status)))
        .collect()
}

/// `Node` and `node.js` are one.
fn same(one: &str, other: &str) -> bool {
    let key = |name: &str| name.to_lowercase().trim_end_matches(".js").to_owned();
    key(one) == key(other)
}

/// The languages of a field: `Ruby on Rails (primarily)/ Go`, `Java, and/or Python`, `Python with Django`.
fn languages(field: &str) -> Vec<String> {
    let mut field = field.replace("(primarily)", " ");
    for word in [" with ", " and/or ", " and ", " & ", " - "] {
        field = field.replace(word, ",");
    }
    let mut languages: Vec<String> = Vec::new();
    for name in field
        .split([',', '/', '(', ')'])
        .map(without_joint)
        .filter(|name| !name.is_empty())
        .take(MOST_LANGUAGES)
    {
        if !languages.iter().any(|other| same(other, name)) {
            languages.push(name.to_owned());
        }
    }
    languages
}

fn without_joint(name: &str) -> &str {
    let name = name.trim();
    let name = name
        .strip_prefix("and/or ")
        .or_else(|| name.strip_prefix("and "))
        .unwrap_or(name)
        .trim();
    if name == "#" { "" } else { name }
}

/// The fields of a record: quotes are taken off, `#` stands for nothing.
fn fields(record: &str, separator: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for c in record.chars() {
        match (c, fields.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (c, _) if c == separator && !is_quoted => fields.push(String::new()),
            (c, Some(field)) => field.push(c),
            (_, None) => {}
        }
    }
    let trimmed = fields.into_iter().map(|field| field.trim().to_owned());
    trimmed
        .map(|field| if field == "#" { String::new() } else { field })
        .collect()
}

/// What stands on a site that is called like the company is its own word.
fn grade(company: &str, page: &str) -> EvidenceGrade {
    let key = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let company = key(company);
    let host = web::host(page)
        .filter(|host| !web::is_shared(host))
        .map(|host| key(&host));
    let is_own = company.len() >= 3 && host.is_some_and(|host| host.contains(&company));
    if is_own {
        EvidenceGrade::Official
    } else {
        EvidenceGrade::Article
    }
}
