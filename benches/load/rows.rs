//! The facts as rows of the tables.

use std::borrow::Cow;

use crate::data::{COMPANIES, Data, Kind, TECHNOLOGIES};
use crate::random::Random;

/// A value of a row.
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    /// Text, a day, a time or JSON.
    Text(Cow<'static, str>),
}

pub type Row = Vec<Cell>;

/// A table with its rows, which are made while they are read.
pub struct Table<'a> {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub rows: Box<dyn Iterator<Item = Row> + 'a>,
}

const NOW: &str = "2026-01-01T00:00:00+00:00";
const SOURCES: u32 = 50;
const SKILL_AREAS: u32 = 20;

/// Every table that is filled, parents before children.
pub fn tables(data: &Data) -> Vec<Table<'_>> {
    vec![
        table(
            "source",
            &NAMED,
            (1..=SOURCES).map(|id| named("Source", id)),
        ),
        table(
            "company",
            &COMPANY,
            (1..=COMPANIES).map(|id| company(data, id)),
        ),
        table(
            "technology",
            &TECHNOLOGY,
            (1..=TECHNOLOGIES).map(|id| technology(data, id)),
        ),
        table("language", &LANGUAGE, of_kind(Kind::Language).map(language)),
        table(
            "framework",
            &FRAMEWORK,
            of_kind(Kind::Framework).map(framework),
        ),
        table("tool", &TOOL, of_kind(Kind::Tool).map(tool)),
        table(
            "framework_language",
            &FRAMEWORK_LANGUAGE,
            framework_languages(data),
        ),
        table(
            "skill_area",
            &NAMED,
            (1..=SKILL_AREAS).map(|id| named("Skill area", id)),
        ),
        table(
            "skill_area_technology",
            &RELEVANCE,
            (1..=TECHNOLOGIES).flat_map(relevances),
        ),
        table("usage", &USAGE, numbered(data).map(usage)),
        table(
            "evidence",
            &EVIDENCE,
            numbered(data).filter(has_evidence).map(evidence),
        ),
    ]
}

fn table<'a>(
    name: &'static str,
    columns: &'static [&'static str],
    rows: impl Iterator<Item = Row> + 'a,
) -> Table<'a> {
    let rows = Box::new(rows);
    Table {
        name,
        columns,
        rows,
    }
}

fn of_kind(kind: Kind) -> impl Iterator<Item = u32> {
    (1..=TECHNOLOGIES).filter(move |&id| Kind::of(id) == kind)
}

/// The slug of the thing with this number.
pub fn slug(kind: &str, id: u32) -> String {
    format!("{}-{id:05}", kind.to_lowercase().replace(' ', "-"))
}

/// The slug of a technology.
pub fn technology_slug(id: u32) -> String {
    slug(Kind::of(id).name(), id)
}

const NAMED: [&str; 6] = ["id", "slug", "name", "name_key", "created_at", "updated_at"];

fn named(kind: &str, id: u32) -> Row {
    let name = format!("{kind} {id:05}");
    let key = name.to_lowercase();
    vec![
        number(id),
        text(slug(kind, id)),
        text(name),
        text(key),
        text(NOW),
        text(NOW),
    ]
}

const COMPANY: [&str; 11] = [
    "id",
    "slug",
    "name",
    "name_key",
    "created_at",
    "updated_at",
    "summary",
    "website",
    "country",
    "founded",
    "technology_count",
];

fn company(data: &Data, id: u32) -> Row {
    let mut random = Random::new(id.into());
    let mut row = named("Company", id);
    row.push(text(
        "A company that makes and sells things that people need",
    ));
    row.push(text(format!("https://company-{id:05}.example")));
    row.push(text(
        random.one_of(&["DE", "FR", "GB", "IN", "JP", "NL", "SE", "US"]),
    ));
    row.push(number(1950 + random.below(75)));
    row.push(counter(&data.technologies, id));
    row
}

const TECHNOLOGY: [&str; 12] = [
    "id",
    "slug",
    "name",
    "name_key",
    "created_at",
    "updated_at",
    "kind",
    "description",
    "website",
    "first_appeared",
    "licence",
    "adopter_count",
];

fn technology(data: &Data, id: u32) -> Row {
    let mut random = Random::new(u64::from(id) << 20);
    let kind = Kind::of(id).name();
    let mut row = named(kind, id);
    row.push(text(kind.to_uppercase()));
    row.push(text(
        "Something that software is built with; a few sentences say what it is good for.",
    ));
    row.push(text(format!("https://technology-{id:05}.example")));
    row.push(number(1970 + random.below(55)));
    row.push(text(random.one_of(&[
        "Apache-2.0",
        "BSD-3-Clause",
        "GPL-3.0-only",
        "MIT",
    ])));
    row.push(counter(&data.adopters, id));
    row
}

const LANGUAGE: [&str; 4] = [
    "technology_id",
    "language_kind",
    "typing",
    "file_extensions",
];

fn language(id: u32) -> Row {
    let typing = Random::new(id.into()).one_of(&["STATIC", "DYNAMIC", "GRADUAL"]);
    vec![
        number(id),
        text("PROGRAMMING"),
        text(typing),
        text(format!("[\".l{id}\"]")),
    ]
}

const FRAMEWORK: [&str; 2] = ["technology_id", "framework_kind"];

fn framework(id: u32) -> Row {
    let kind = Random::new(id.into()).one_of(&["FRAMEWORK", "RUNTIME", "LIBRARY"]);
    vec![number(id), text(kind)]
}

const TOOL: [&str; 2] = ["technology_id", "delivery"];

fn tool(id: u32) -> Row {
    let delivery = Random::new(id.into()).one_of(&["SELF_HOSTED", "MANAGED", "EITHER"]);
    vec![number(id), text(delivery)]
}

const FRAMEWORK_LANGUAGE: [&str; 2] = ["framework_id", "language_id"];

fn framework_languages(data: &Data) -> impl Iterator<Item = Row> {
    (0..)
        .zip(&data.frameworks)
        .flat_map(|(language, frameworks)| {
            frameworks
                .iter()
                .map(move |&framework| vec![number(framework), number(language)])
        })
}

const RELEVANCE: [&str; 4] = ["skill_area_id", "technology_id", "reason", "position"];

/// Up to three skill areas that a technology matters in.
fn relevances(technology: u32) -> impl Iterator<Item = Row> {
    let mut random = Random::new(u64::from(technology) << 10);
    let first = random.below(SKILL_AREAS);
    let areas = (0..random.below(4)).map(|step| (first + step * 3) % SKILL_AREAS + 1);
    let mut areas: Vec<u32> = areas.collect();
    areas.sort_unstable();
    areas.into_iter().map(move |area| {
        vec![
            number(area),
            number(technology),
            text("It is often asked for"),
            number(technology),
        ]
    })
}

/// A usage: its id, its company and its technology.
type Usage = (u32, (u32, u32));

fn numbered(data: &Data) -> impl Iterator<Item = Usage> {
    (1..).zip(data.usages.iter().copied())
}

const USAGE: [&str; 9] = [
    "id",
    "company_id",
    "technology_id",
    "status",
    "since",
    "scope",
    "confidence",
    "created_at",
    "updated_at",
];

fn usage((id, (company, technology)): Usage) -> Row {
    let mut random = Random::new(u64::from(id) << 8);
    let status = random.one_of(&["CURRENT", "CURRENT", "CURRENT", "PAST", "UNKNOWN"]);
    let since = match random.below(3) {
        0 => Cell::Null,
        _ => text(format!("{}-01-01", 1995 + random.below(30))),
    };
    let scope = match random.below(2) {
        0 => Cell::Null,
        _ => text(random.one_of(&["backend", "frontend", "search", "analytics", "mobile"])),
    };
    let confidence = Cell::Real(f64::from(random.below(101)) / 100.0);
    vec![
        number(id),
        number(company),
        number(technology),
        text(status),
        since,
        scope,
        confidence,
        text(NOW),
        text(NOW),
    ]
}

const EVIDENCE: [&str; 8] = [
    "id",
    "usage_id",
    "source_id",
    "url",
    "retrieved_on",
    "grade",
    "created_at",
    "updated_at",
];

/// Every fourth usage has evidence: enough to show the relation.
fn has_evidence(&(id, _): &Usage) -> bool {
    id % 4 == 0
}

fn evidence((usage, _): Usage) -> Row {
    let mut random = Random::new(usage.into());
    vec![
        number(usage),
        number(usage),
        number(1 + random.below(SOURCES)),
        text(format!("https://source.example/{usage}")),
        text("2026-01-01"),
        text(random.one_of(&["SELF_DECLARED", "LISTED", "ARTICLE", "OFFICIAL"])),
        text(NOW),
        text(NOW),
    ]
}

fn number(value: u32) -> Cell {
    Cell::Integer(value.into())
}

fn text(value: impl Into<Cow<'static, str>>) -> Cell {
    Cell::Text(value.into())
}

fn counter(counts: &[u32], id: u32) -> Cell {
    let count = usize::try_from(id).ok().and_then(|id| counts.get(id));
    number(count.copied().unwrap_or_default())
}
