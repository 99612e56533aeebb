//! How much the knowledge holds, and how complete it is.

use std::collections::HashSet;
use std::fmt;

use super::Knowledge;
use super::book::Book;
use super::format::{Aliases, Nature, Technology};
use super::names::Named;
use super::rows;

/// What a record may have, in the order of the table's columns.
const MEASURES: [&str; 9] = [
    "summary",
    "description",
    "website",
    "repository",
    "year",
    "licence",
    "ids",
    "aliases",
    "evidence",
];

/// Counts and completeness by kind; prints as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// One line for each kind.
    pub lines: Vec<Line>,
}

/// What is known of the records of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What they are called.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// How many of them have what: measure and count, without what they cannot have.
    pub having: Vec<(&'static str, usize)>,
}

/// A measure and who meets it.
type Measure<'a, T> = (&'static str, &'a dyn Fn(&T) -> bool);

impl Line {
    fn of<'a, T: 'a>(
        kind: &'static str,
        records: impl Iterator<Item = &'a T>,
        measures: &[Measure<'_, T>],
    ) -> Self {
        let records: Vec<&T> = records.collect();
        let having = measures.iter().map(|(measure, has)| {
            (
                *measure,
                records.iter().filter(|record| has(record)).count(),
            )
        });
        Self {
            kind,
            count: records.len(),
            having: having.collect(),
        }
    }
}

impl Knowledge {
    /// How much there is, and how complete it is.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let book = &self.book;
        let mut lines = vec![
            technologies(book, "languages", |nature| {
                matches!(nature, Nature::Language(_))
            }),
            technologies(book, "frameworks", |nature| {
                matches!(nature, Nature::Framework(_))
            }),
            technologies(book, "tools", |nature| matches!(nature, Nature::Tool(_))),
        ];
        lines.extend(adopters(book));
        lines.extend(skills(book));
        lines.extend(facts(book));
        lines.extend(taxonomy(book));
        Summary { lines }
    }
}

/// The slugs of a kind that have aliases.
fn aliased<'a>(book: &'a Book, kind: &str) -> HashSet<&'a str> {
    let targets = book.aliases.values().flat_map(Aliases::targets);
    targets
        .filter(|(name, _)| *name == kind)
        .map(|(_, slug)| slug.as_str())
        .collect()
}

fn has_ids<T: Named>(record: &T) -> bool {
    record.ids().is_some_and(|ids| !ids.0.is_empty())
}

fn technologies(book: &Book, kind: &'static str, is_of_kind: fn(&Nature) -> bool) -> Line {
    let aliased = aliased(book, "technology");
    let records = book
        .technologies
        .values()
        .filter(|record| is_of_kind(&record.nature));
    Line::of(
        kind,
        records,
        &[
            ("summary", &|record: &Technology| {
                record.fields.summary.is_some()
            }),
            ("description", &|record| record.fields.description.is_some()),
            ("website", &|record| record.fields.website.is_some()),
            ("repository", &|record| record.fields.repository.is_some()),
            ("year", &|record| record.fields.first_appeared.is_some()),
            ("licence", &|record| record.fields.licence.is_some()),
            ("ids", &|record| has_ids(record)),
            ("aliases", &|record| aliased.contains(record.slug())),
        ],
    )
}

fn adopters(book: &Book) -> [Line; 2] {
    let companies = aliased(book, "company");
    let products = aliased(book, "product");
    [
        Line::of(
            "companies",
            book.companies.values(),
            &[
                ("summary", &|record| record.summary.is_some()),
                ("description", &|record| record.description.is_some()),
                ("website", &|record| record.website.is_some()),
                ("year", &|record| record.founded.is_some()),
                ("ids", &|record| has_ids(record)),
                ("aliases", &|record| companies.contains(record.slug())),
            ],
        ),
        Line::of(
            "products",
            book.products.values(),
            &[
                ("summary", &|record| record.summary.is_some()),
                ("description", &|record| record.description.is_some()),
                ("website", &|record| record.website.is_some()),
                ("repository", &|record| record.repository.is_some()),
                ("year", &|record| record.first_released.is_some()),
                ("ids", &|record| has_ids(record)),
                ("aliases", &|record| products.contains(record.slug())),
            ],
        ),
    ]
}

fn skills(book: &Book) -> [Line; 3] {
    let roles = aliased(book, "role");
    [
        Line::of(
            "skill areas",
            book.skill_areas.values(),
            &[("description", &|record| record.description.is_some())],
        ),
        Line::of(
            "experiences",
            book.experiences.values(),
            &[
                ("description", &|record| record.description.is_some()),
                ("evidence", &|record| !record.articles.is_empty()),
            ],
        ),
        Line::of(
            "roles",
            book.roles.values(),
            &[
                ("summary", &|record| record.summary.is_some()),
                ("description", &|record| record.description.is_some()),
                ("ids", &|record| has_ids(record)),
                ("aliases", &|record| roles.contains(record.slug())),
            ],
        ),
    ]
}

/// All of these have evidence, or they would not be here; it is counted nevertheless.
fn facts(book: &Book) -> [Line; 4] {
    let releases: Vec<_> = rows::cycles(book).map(|(record, _)| record).collect();
    let salaries: Vec<_> = rows::salaries(book).map(|(_, salary)| salary).collect();
    [
        Line::of(
            "usages",
            book.usages.values(),
            &[
                ("year", &|record| record.since.is_some()),
                ("evidence", &|record| !record.evidence.is_empty()),
            ],
        ),
        Line::of(
            "relations",
            book.relations.values(),
            &[("evidence", &|record| !record.evidence.is_empty())],
        ),
        Line::of(
            "releases",
            releases.into_iter(),
            &[("evidence", &|record| !record.evidence.is_empty())],
        ),
        Line::of(
            "salaries",
            salaries.into_iter(),
            &[
                ("year", &|record| record.year.is_some()),
                ("evidence", &|record| !record.evidence.is_empty()),
            ],
        ),
    ]
}

fn taxonomy(book: &Book) -> [Line; 2] {
    [
        Line::of(
            "categories",
            book.categories.values(),
            &[("description", &|record| record.description.is_some())],
        ),
        Line::of(
            "sources",
            book.sources.values(),
            &[
                ("description", &|record| record.description.is_some()),
                ("website", &|record| record.url.is_some()),
                ("licence", &|record| record.licence.is_some()),
            ],
        ),
    ]
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<12} {:>6}", "kind", "count")?;
        for measure in MEASURES {
            write!(f, " {measure:>11}")?;
        }
        for Line {
            kind,
            count,
            having,
        } in &self.lines
        {
            write!(f, "\n{kind:<12} {count:>6}")?;
            for measure in MEASURES {
                let have = having.iter().find(|(name, _)| *name == measure);
                let share = match have {
                    Some((_, have)) if *count > 0 => format!("{} %", 100 * have / count),
                    _ => "-".to_owned(),
                };
                write!(f, " {share:>11}")?;
            }
        }
        writeln!(f)
    }
}
