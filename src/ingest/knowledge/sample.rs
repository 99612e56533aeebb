//! Facts drawn at random, for reading them again.

use std::fmt::Write as _;

use sea_orm::ActiveEnum as _;
use sha2::{Digest as _, Sha256};

use super::Knowledge;
use super::book::Book;
use super::format::Evidence;

impl Knowledge {
    /// `count` facts with their places and their evidence. The same seed draws the same facts, as
    /// long as they are there; no fact is more likely than another.
    #[must_use]
    pub fn sample(&self, count: usize, seed: u64) -> Vec<String> {
        let mut facts: Vec<_> = facts(&self.book)
            .map(|(fact, place, evidence)| {
                let lot: [u8; 32] = Sha256::digest(format!("{seed} {fact}")).into();
                (lot, fact, place, evidence)
            })
            .collect();
        facts.sort_by_key(|(lot, ..)| *lot);
        let drawn = facts.into_iter().take(count);
        drawn
            .map(|(_, fact, place, evidence)| tell(&fact, &place, evidence))
            .collect()
    }
}

type Fact<'a> = (String, String, &'a [Evidence]);

/// Every fact that has evidence, in words.
fn facts(book: &Book) -> impl Iterator<Item = Fact<'_>> {
    let usages = book.usages.records.iter().map(|record| {
        let usage = &record.value;
        let adopter = usage.company.as_ref().or(usage.product.as_ref());
        let adopter = adopter.map_or("?", String::as_str);
        let mut fact = format!("{adopter} uses {}", usage.uses);
        if let Some(status) = usage.status {
            let _ = write!(fact, ", {}", status.to_value().to_lowercase());
        }
        if let Some(since) = usage.since {
            let _ = write!(fact, ", since {}", since.first);
        }
        if let Some(until) = usage.until {
            let _ = write!(fact, ", until {}", until.last);
        }
        if let Some(scope) = &usage.scope {
            let _ = write!(fact, ", for {scope}");
        }
        (fact, record.place(""), &*usage.evidence)
    });
    let relations = book.relations.records.iter().map(|record| {
        let relation = &record.value;
        let kind = relation.kind.to_value().to_lowercase();
        let fact = format!("{} {kind} {}", relation.from, relation.to);
        (fact, record.place(""), &*relation.evidence)
    });
    let salaries = book.roles.records.iter().flat_map(|record| {
        record.value.salaries.iter().map(|salary| {
            let figures = [salary.low, salary.median, salary.high];
            let figures = figures.map(|figure| figure.map_or("?".into(), |it| it.to_string()));
            let (slug, currency) = (&record.value.slug, &salary.currency);
            let area = salary.area.as_deref().unwrap_or("?");
            let fact = format!("{slug} earns {currency} {}, {area}", figures.join(" / "));
            (fact, record.place("salaries"), &*salary.evidence)
        })
    });
    usages.chain(relations).chain(salaries).chain(cycles(book))
}

fn cycles(book: &Book) -> impl Iterator<Item = Fact<'_>> {
    book.releases.records.iter().flat_map(|record| {
        let releases = &record.value;
        releases.cycles.iter().enumerate().map(|(at, cycle)| {
            let day = cycle.released.map_or("?".into(), |on| on.to_string());
            let fact = format!(
                "{} {} was released on {day}",
                releases.technology, cycle.label
            );
            (
                fact,
                record.place(&format!("cycles[{at}]")),
                &*releases.evidence,
            )
        })
    })
}

fn tell(fact: &str, place: &str, evidence: &[Evidence]) -> String {
    let mut text = format!("{fact} ({place})\n");
    for item in evidence {
        let grade = item.grade.to_value().to_lowercase();
        let _ = write!(text, "    {grade}: {}", item.source);
        for more in [&item.url, &item.locator, &item.note].into_iter().flatten() {
            let _ = write!(text, ", {more}");
        }
        text.push('\n');
    }
    text
}
