//! What records refer to exists, and no fact is stated twice.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use entity::enums::RelationKind;

use super::book::{Book, Record};
use super::format::{Evidence, Experience, Nature, Role, SkillArea, Technology};
use super::mistake::{Sink, did_you_mean};
use super::namespace::Namespaces;

pub(super) fn check(book: &Book, known: &Namespaces<'_>, sink: &mut Sink) {
    for record in &book.categories.records {
        known
            .categories
            .expect_all(&record.value.parents, record, "parents", sink);
    }
    for record in &book.technologies.records {
        technology(record, known, sink);
    }
    for record in &book.products.records {
        known
            .companies
            .expect_some(record.value.maker.as_ref(), record, "maker", sink);
    }
    for record in &book.experiences.records {
        experience(record, known, sink);
    }
    for record in &book.skill_areas.records {
        skill_area(record, known, sink);
    }
    for record in &book.roles.records {
        role(record, known, sink);
    }
    differences(book, known, sink);
    usages(book, known, sink);
    relations(book, known, sink);
    releases(book, known, sink);
}

/// Each difference is from a data set that there is, and stated once.
fn differences(book: &Book, known: &Namespaces<'_>, sink: &mut Sink) {
    let mut seen = HashSet::new();
    for record in &book.differences.records {
        let difference = &record.value;
        let set = &*difference.data_set;
        if !super::against::sets().contains(&set) {
            let hint = did_you_mean(set, super::against::sets());
            let sets = super::against::sets().join(", ");
            record.note(
                sink,
                "data_set",
                format!("`{set}` is not one of {sets}{hint}"),
            );
        }
        let technology = &difference.technology;
        known
            .technologies
            .expect(technology, record, "technology", sink);
        if !seen.insert((set, technology, &difference.field, &difference.theirs)) {
            record.note(sink, "", "this difference is explained already");
        }
    }
}

fn technology(record: &Record<Technology>, known: &Namespaces<'_>, sink: &mut Sink) {
    let fields = &record.value.fields;
    known
        .companies
        .expect_some(fields.steward.as_ref(), record, "steward", sink);
    known
        .categories
        .expect_all(&fields.categories, record, "categories", sink);
    match &record.value.nature {
        Nature::Language(_) => {}
        Nature::Framework(own) => {
            if own.languages.is_empty() {
                record.note(sink, "languages", "a framework has at least one");
            }
            known
                .languages
                .expect_all(&own.languages, record, "languages", sink);
        }
        Nature::Tool(_) => {
            if fields.categories.is_empty() {
                record.note(sink, "categories", "a tool has at least one");
            }
        }
    }
}

fn experience(record: &Record<Experience>, known: &Namespaces<'_>, sink: &mut Sink) {
    let articles = &record.value.articles;
    for (at, article) in articles.iter().enumerate() {
        let path = |field| format!("articles[{at}].{field}");
        let (company, source) = (article.company.as_ref(), article.source.as_ref());
        known
            .companies
            .expect_some(company, record, &path("company"), sink);
        known
            .sources
            .expect_some(source, record, &path("source"), sink);
    }
    let urls = articles.iter().map(|article| &article.url).enumerate();
    repeated(urls, record, |at| format!("articles[{at}].url"), sink);
}

fn skill_area(record: &Record<SkillArea>, known: &Namespaces<'_>, sink: &mut Sink) {
    let area = &record.value;
    known
        .skill_areas
        .expect_some(area.parent.as_ref(), record, "parent", sink);
    let technologies = area.technologies.iter().enumerate();
    let technologies =
        technologies.map(|(at, item)| (&item.technology, format!("technologies[{at}].technology")));
    known.technologies.expect_each(technologies, record, sink);
    let experiences = area.experiences.iter().enumerate();
    let experiences =
        experiences.map(|(at, item)| (&item.experience, format!("experiences[{at}].experience")));
    known.experiences.expect_each(experiences, record, sink);
}

fn role(record: &Record<Role>, known: &Namespaces<'_>, sink: &mut Sink) {
    let role = &record.value;
    let areas = role.skill_areas.iter().enumerate();
    let areas = areas.map(|(at, item)| (&item.area, format!("skill_areas[{at}].area")));
    known.skill_areas.expect_each(areas, record, sink);
    let technologies = role.technologies.iter().enumerate();
    let technologies =
        technologies.map(|(at, item)| (&item.technology, format!("technologies[{at}].technology")));
    known.technologies.expect_each(technologies, record, sink);
    let related = role.related.iter().enumerate();
    let related = related.map(|(at, item)| (&item.role, format!("related[{at}].role")));
    known.roles.expect_each(related, record, sink);
    for (at, item) in role.related.iter().enumerate() {
        if item.role == role.slug {
            record.note(sink, &format!("related[{at}].role"), "is the role itself");
        }
    }
    for (at, salary) in role.salaries.iter().enumerate() {
        let path = format!("salaries[{at}].");
        evidence(&salary.evidence, &path, record, known, sink);
    }
    let keys = role.salaries.iter().map(|salary| {
        let year = salary.year.map(|year| year.0);
        (&salary.currency, salary.period, &salary.area, year)
    });
    repeated(
        keys.enumerate(),
        record,
        |at| format!("salaries[{at}]"),
        sink,
    );
}

fn usages(book: &Book, known: &Namespaces<'_>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for record in &book.usages.records {
        let usage = &record.value;
        known
            .companies
            .expect_some(usage.company.as_ref(), record, "company", sink);
        known
            .products
            .expect_some(usage.product.as_ref(), record, "product", sink);
        known.technologies.expect(&usage.uses, record, "uses", sink);
        evidence(&usage.evidence, "", record, known, sink);
        if usage.company.is_some() == usage.product.is_some() {
            record.note(sink, "", "give either a company or a product");
        }
        let key = (&usage.company, &usage.product, &usage.uses);
        if let Some(line) = seen.insert(key, record.line("")) {
            record.note(
                sink,
                "uses",
                format!("the usage is already stated in line {line}"),
            );
        }
    }
}

fn relations(book: &Book, known: &Namespaces<'_>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for record in &book.relations.records {
        let relation = &record.value;
        known
            .technologies
            .expect(&relation.from, record, "from", sink);
        known.technologies.expect(&relation.to, record, "to", sink);
        evidence(&relation.evidence, "", record, known, sink);
        if relation.from == relation.to {
            record.note(sink, "to", "is the technology itself");
        }
        let mut ends = [&relation.from, &relation.to];
        if relation.kind == RelationKind::AlternativeTo {
            // Holds both ways, and is stated once.
            ends.sort();
        }
        if let Some(line) = seen.insert((ends, relation.kind), record.line("")) {
            record.note(
                sink,
                "to",
                format!("the relation is already stated in line {line}"),
            );
        }
    }
}

fn releases(book: &Book, known: &Namespaces<'_>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for record in &book.releases.records {
        let releases = &record.value;
        known
            .technologies
            .expect(&releases.technology, record, "technology", sink);
        evidence(&releases.evidence, "", record, known, sink);
        let labels = releases.cycles.iter().map(|cycle| &cycle.label).enumerate();
        repeated(labels, record, |at| format!("cycles[{at}].label"), sink);
        if let Some(line) = seen.insert(&releases.technology, record.line("")) {
            let message = format!("its cycles are already stated in line {line}");
            record.note(sink, "technology", message);
        }
    }
}

/// Evidence at `path`, which is empty or ends in a dot.
fn evidence<T>(
    list: &[Evidence],
    path: &str,
    record: &Record<T>,
    known: &Namespaces<'_>,
    sink: &mut Sink,
) {
    if list.is_empty() {
        record.note(sink, &format!("{path}evidence"), "at least one is needed");
    }
    for (at, item) in list.iter().enumerate() {
        let path = format!("{path}evidence[{at}]");
        known
            .sources
            .expect(&item.source, record, &format!("{path}.source"), sink);
        if item.url.is_none() && item.locator.is_none() {
            record.note(sink, &path, "give a url or a locator");
        }
    }
    let keys = list
        .iter()
        .map(|item| (&item.source, &item.url, &item.locator));
    repeated(
        keys.enumerate(),
        record,
        |at| format!("{path}evidence[{at}]"),
        sink,
    );
}

/// Notes each item that repeats one before it.
fn repeated<K: Eq + Hash, T>(
    items: impl Iterator<Item = (usize, K)>,
    record: &Record<T>,
    path: impl Fn(usize) -> String,
    sink: &mut Sink,
) {
    let mut seen = HashMap::new();
    for (at, key) in items {
        let path = path(at);
        if let Some(line) = seen.insert(key, record.line(&path)) {
            record.note(sink, &path, format!("repeats line {line}"));
        }
    }
}
