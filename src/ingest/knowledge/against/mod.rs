//! The knowledge beside public data sets: what they say that contradicts it.
//!
//! Both sides are sometimes right. Why we differ stands in `differences.yaml`; what does not stand
//! there is to be mended, on our side or in that file.

mod index;
mod landscape;
mod languages;
mod releases;
mod report;
#[cfg(test)]
mod tests;
mod web;

use std::collections::BTreeSet;
use std::path::Path;

use super::Knowledge;
use super::book::Record;
use super::format::Technology;
use crate::ingest::dataset::adapters::endoflife::EndOfLife;
use crate::ingest::dataset::adapters::frameworks::Frameworks;
use crate::ingest::dataset::adapters::landscape::Landscape;
use crate::ingest::dataset::adapters::linguist::Linguist;
use crate::ingest::dataset::bundle::{Bundle, BundleError, Limits};
use crate::ingest::dataset::claim::{Says, Technology as Theirs};
use crate::ingest::dataset::{Adapter, Claim, Place, Problem, Sink};

use index::Index;

pub use report::{Review, Section};

/// The data sets that the knowledge is compared with, in the order of the report.
const SETS: [&dyn Adapter; 4] = [&Linguist, &EndOfLife, &Landscape, &Frameworks];

/// The names of the data sets, as `differences.yaml` writes them.
pub(super) fn sets() -> [&'static str; 4] {
    SETS.map(Adapter::name)
}

/// We say this, they say that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contradiction {
    /// The slug of the technology.
    pub technology: String,
    /// The field, such as `kind` or `cycles[3.10].eol`.
    pub field: String,
    /// What we say.
    pub ours: String,
    /// What they say.
    pub theirs: String,
    /// The file and line where we say it.
    pub here: String,
    /// Where they say it.
    pub there: Place,
}

/// What is being compared with one data set.
struct Comparison<'a> {
    set: &'static str,
    index: &'a Index<'a>,
    files: usize,
    claims: usize,
    /// The technologies of ours that the data set knows, too.
    met: BTreeSet<&'a str>,
    found: BTreeSet<Contradiction>,
    problems: Vec<Problem>,
    releases: releases::Seen<'a>,
}

impl Knowledge {
    /// Compares with the data sets in `place`: a folder of them, or of their archives, or one.
    ///
    /// # Errors
    /// When nothing can be read there.
    pub fn against(&self, place: &Path) -> Result<Review, BundleError> {
        let bundles = bundles(place)?;
        let index = Index::of(&self.book);
        let mut review = Review::default();
        for adapter in SETS {
            let mut comparison = Comparison::new(adapter.name(), &index);
            for bundle in &bundles {
                comparison.read(adapter, bundle)?;
            }
            if comparison.files > 0 {
                review.sections.push(comparison.end(&self.book));
            }
        }
        review.stale = report::stale(&self.book, &mut review.sections);
        Ok(review)
    }
}

/// What lies there; the archives in a folder are opened as well.
fn bundles(place: &Path) -> Result<Vec<Bundle>, BundleError> {
    let mut bundles = vec![Bundle::open(place, Limits::default())?];
    let (paths, _) = bundles[0].look()?;
    let archives = paths.iter().filter(|path| path.ends_with(".tar.gz"));
    for archive in archives.filter(|_| place.is_dir()) {
        bundles.push(Bundle::open(&place.join(archive), Limits::default())?);
    }
    Ok(bundles)
}

impl<'a> Comparison<'a> {
    fn new(set: &'static str, index: &'a Index<'a>) -> Self {
        Self {
            set,
            index,
            files: 0,
            claims: 0,
            met: BTreeSet::new(),
            found: BTreeSet::new(),
            problems: Vec::new(),
            releases: releases::Seen::default(),
        }
    }

    fn read(&mut self, adapter: &dyn Adapter, bundle: &Bundle) -> Result<(), BundleError> {
        bundle.walk::<BundleError>(&mut |path| adapter.reads(path), &mut |file| {
            self.files += 1;
            adapter.read(&file?, self);
            Ok(())
        })
    }

    /// What has to wait for the last file.
    fn end(mut self, book: &'a super::Book) -> Section {
        match self.set {
            "linguist" => self.unknown_ids("linguist"),
            "endoflife" => {
                self.unknown_ids("endoflife");
                releases::end(&mut self, book);
            }
            _ => {}
        }
        report::section(self, book)
    }

    /// Ids of ours that the data set does not have.
    fn unknown_ids(&mut self, scheme: &str) {
        for record in self.index.technologies() {
            let slug = &*record.value.fields.slug;
            if let Some(id) = index::id(record, scheme)
                && !self.met.contains(slug)
            {
                let field = format!("ids.{scheme}");
                let place = Place {
                    path: self.set.to_owned(),
                    ..Place::default()
                };
                self.contradict(record, &field, id, "nothing has this id", &place);
            }
        }
    }

    fn contradict(
        &mut self,
        record: &Record<Technology>,
        field: &str,
        ours: impl Into<String>,
        theirs: impl Into<String>,
        there: &Place,
    ) {
        self.found.insert(Contradiction {
            technology: record.value.fields.slug.clone(),
            field: field.to_owned(),
            ours: ours.into(),
            theirs: theirs.into(),
            here: record.place(field),
            there: there.clone(),
        });
    }

    fn technology(&mut self, theirs: &Theirs, place: &Place) {
        match self.set {
            "linguist" => languages::compare(self, theirs, place),
            "endoflife" => releases::meet(self, theirs, place),
            "landscape" => landscape::compare(self, theirs, place),
            _ => web::compare(self, theirs, place),
        }
    }
}

impl Sink for Comparison<'_> {
    fn claim(&mut self, claim: Claim) {
        self.claims += 1;
        match claim.says {
            Says::Technology(theirs) => self.technology(&theirs, &claim.place),
            Says::Release(theirs) => releases::compare(self, &theirs, &claim.place),
            _ => {}
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}
