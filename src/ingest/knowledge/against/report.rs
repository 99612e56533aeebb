//! What was found, with what explains it.

use std::collections::BTreeMap;
use std::fmt;

use super::super::book::Book;
use super::{Comparison, Contradiction};
use crate::ingest::dataset::Problem;

/// What the data sets say that contradicts the knowledge.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// One for each data set that was there.
    pub sections: Vec<Section>,
    /// Explanations of what no data set says, each with its place.
    pub stale: Vec<String>,
}

/// What one data set says.
#[derive(Clone, Debug)]
pub struct Section {
    /// The data set.
    pub set: &'static str,
    /// How many of its files were read.
    pub files: usize,
    /// How many things it says.
    pub claims: usize,
    /// How many of our technologies it knows.
    pub met: usize,
    /// What nobody has explained.
    pub unexplained: Vec<Contradiction>,
    /// Why we say something else, and how many contradictions that explains.
    pub explained: BTreeMap<String, usize>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The positions of the explanations that were needed.
    used: Vec<usize>,
}

impl Review {
    /// Whether nothing is left to be mended or explained.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let is_clean =
            |section: &Section| section.unexplained.is_empty() && section.problems.is_empty();
        let is_compared = !self.sections.is_empty();
        is_compared && self.stale.is_empty() && self.sections.iter().all(is_clean)
    }
}

/// Sorts what was found into explained and not explained.
pub(super) fn section(comparison: Comparison<'_>, book: &Book) -> Section {
    let mut section = Section {
        set: comparison.set,
        files: comparison.files,
        claims: comparison.claims,
        met: comparison.met.len(),
        unexplained: Vec::new(),
        explained: BTreeMap::new(),
        problems: comparison.problems,
        used: Vec::new(),
    };
    for contradiction in comparison.found {
        let mut differences = book.differences.values().enumerate();
        let explanation = differences.find(|(_, difference)| {
            difference.data_set == section.set
                && difference.technology == contradiction.technology
                && difference.field == contradiction.field
                && difference.theirs == contradiction.theirs
        });
        match explanation {
            Some((position, difference)) => {
                *section.explained.entry(difference.why.clone()).or_default() += 1;
                section.used.push(position);
            }
            None => section.unexplained.push(contradiction),
        }
    }
    section
}

/// Explanations that no data set needs, though it was there.
pub(super) fn stale(book: &Book, sections: &mut [Section]) -> Vec<String> {
    let mut stale = Vec::new();
    for (position, record) in book.differences.records.iter().enumerate() {
        let difference = &record.value;
        let section = sections
            .iter()
            .find(|section| section.set == difference.data_set);
        if section.is_some_and(|section| !section.used.contains(&position)) {
            stale.push(format!(
                "{}: {}: {}: {} does not say `{}`; take the explanation out",
                record.place(""),
                difference.technology,
                difference.field,
                difference.data_set,
                difference.theirs,
            ));
        }
    }
    stale
}

impl fmt::Display for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for section in &self.sections {
            section.fmt(f)?;
        }
        if self.sections.is_empty() {
            writeln!(
                f,
                "no data set is there that the knowledge could be compared with"
            )?;
        }
        for stale in &self.stale {
            writeln!(f, "stale: {stale}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {} files, {} statements, {} technologies of ours; {} contradictions explained, {} not",
            self.set,
            self.files,
            self.claims,
            self.met,
            self.explained.values().sum::<usize>(),
            self.unexplained.len()
        )?;
        let mut groups: BTreeMap<&str, Vec<&Contradiction>> = BTreeMap::new();
        for contradiction in &self.unexplained {
            groups
                .entry(group(&contradiction.field))
                .or_default()
                .push(contradiction);
        }
        for (field, contradictions) in groups {
            writeln!(f, "  {field} ({})", contradictions.len())?;
            for Contradiction {
                technology,
                field,
                ours,
                theirs,
                here,
                there,
            } in contradictions
            {
                writeln!(
                    f,
                    "    {technology}: {field}: we say `{ours}` ({here}), they say `{theirs}` ({there})"
                )?;
            }
        }
        for (why, count) in &self.explained {
            writeln!(f, "  {count} explained: {why}")?;
        }
        for problem in &self.problems {
            writeln!(f, "  {problem}")?;
        }
        Ok(())
    }
}

/// The kind of a field: `cycles[3.10].eol` is `eol`, `extensions[.tea]` is `extensions`.
fn group(field: &str) -> &str {
    let (list, within) = field.split_once('[').unwrap_or((field, ""));
    within.rsplit_once("].").map_or(list, |(_, field)| field)
}
