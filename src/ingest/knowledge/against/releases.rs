//! Release cycles beside those of endoflife.date.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::super::book::{Book, Record};
use super::super::format::{Cycle, Releases};
use super::super::values::EndOfLife;
use super::{Comparison, Contradiction, index};
use crate::ingest::dataset::Place;
use crate::ingest::dataset::claim::{Release, Technology as Theirs};

/// The cycles of theirs that were seen, by the technology of ours and their label.
pub(super) type Seen<'a> = HashMap<&'a str, BTreeMap<String, (Release, Place)>>;

/// Notes that a product is one of ours, and compares its repository.
pub(super) fn meet(comparison: &mut Comparison<'_>, theirs: &Theirs, place: &Place) {
    let Some(record) = comparison.index.by_id(&theirs.mention, "endoflife") else {
        return;
    };
    comparison.met.insert(&record.value.fields.slug);
    let ids = theirs.mention.ids.iter();
    let repositories = ids.filter(|(scheme, _)| scheme == "github");
    let repositories: Vec<&str> = repositories.map(|(_, value)| &**value).collect();
    if let Some(ours) = index::id(record, "github")
        && let Some(first) = repositories.first()
        && !repositories
            .iter()
            .any(|theirs| theirs.eq_ignore_ascii_case(ours))
    {
        comparison.contradict(record, "ids.github", ours, *first, place);
    }
}

pub(super) fn compare(comparison: &mut Comparison<'_>, theirs: &Release, place: &Place) {
    if let Some(record) = comparison.index.by_id(&theirs.technology, "endoflife") {
        let cycles = comparison
            .releases
            .entry(&record.value.fields.slug)
            .or_default();
        cycles.insert(theirs.label.clone(), (theirs.clone(), place.clone()));
    }
}

/// Compares all cycles of ours with what was seen.
pub(super) fn end(comparison: &mut Comparison<'_>, book: &Book) {
    for record in &book.releases.records {
        let Some(seen) = comparison.releases.remove(&*record.value.technology) else {
            continue;
        };
        for (at, cycle) in record.value.cycles.iter().enumerate() {
            if let Some((theirs, place)) = seen.get(&cycle.label) {
                one(comparison, record, at, cycle, theirs, place);
                continue;
            }
            let place = seen.values().next().map(|(_, place)| place.clone());
            let said = (cycle.label.clone(), "no such cycle".to_owned());
            note(comparison, record, at, "", said, &place.unwrap_or_default());
        }
        newer(comparison, record, &seen);
    }
}

/// Cycles of theirs that began after all of ours.
fn newer(
    comparison: &mut Comparison<'_>,
    record: &Record<Releases>,
    seen: &BTreeMap<String, (Release, Place)>,
) {
    let cycles = &record.value.cycles;
    let ours = cycles.iter().filter_map(|cycle| cycle.released).max();
    for (label, (theirs, place)) in seen {
        let is_known = cycles.iter().any(|cycle| cycle.label == *label);
        if !is_known && ours.is_some() && theirs.released_on > ours {
            comparison.found.insert(Contradiction {
                technology: record.value.technology.clone(),
                field: "cycles".to_owned(),
                ours: "nothing".to_owned(),
                theirs: label.clone(),
                here: record.place("cycles"),
                there: place.clone(),
            });
        }
    }
}

fn one(
    comparison: &mut Comparison<'_>,
    record: &Record<Releases>,
    at: usize,
    ours: &Cycle,
    theirs: &Release,
    place: &Place,
) {
    let end = match ours.eol {
        None => NOTHING.to_owned(),
        Some(EndOfLife::On(day)) => day.to_string(),
        Some(EndOfLife::Known(has_come)) => yes(has_come),
    };
    let their_end = theirs
        .is_end_of_life
        .map_or_else(|| day(theirs.end_of_life_on), yes);
    let label = |label: &Option<String>| label.clone().unwrap_or_else(|| NOTHING.to_owned());
    let fields = [
        ("released", day(ours.released), day(theirs.released_on)),
        (
            "active_until",
            day(ours.active_until),
            day(theirs.active_support_until),
        ),
        (
            "security_until",
            day(ours.security_until),
            day(theirs.security_support_until),
        ),
        ("eol", end, their_end),
        ("latest", label(&ours.latest), label(&theirs.latest_version)),
        (
            "latest_released",
            day(ours.latest_released),
            day(theirs.latest_released_on),
        ),
        ("lts", yes(ours.lts == Some(true)), yes(theirs.is_lts)),
    ];
    for (field, ours, theirs) in fields {
        if ours != theirs {
            note(comparison, record, at, field, (ours, theirs), place);
        }
    }
}

const NOTHING: &str = "nothing";

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| NOTHING.to_owned(), |day| day.to_string())
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

fn note(
    comparison: &mut Comparison<'_>,
    record: &Record<Releases>,
    at: usize,
    field: &str,
    (ours, theirs): (String, String),
    there: &Place,
) {
    let label = &record.value.cycles[at].label;
    let separator = if field.is_empty() { "" } else { "." };
    comparison.found.insert(Contradiction {
        technology: record.value.technology.clone(),
        field: format!("cycles[{label}]{separator}{field}"),
        ours,
        theirs,
        here: record.place(&format!("cycles[{at}]{separator}{field}")),
        there: there.clone(),
    });
}
