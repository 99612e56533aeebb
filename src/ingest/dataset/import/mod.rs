//! Importing data sets: read by an adapter, resolved, and written, each all or nothing.
//!
//! `docs/import.md` has the rules. Each data set is an actor of its own ([`crate::store::sync`])
//! and a source of its own: it keeps its own rows in step, and adds names, ids and evidence to
//! those of others, which it never changes.

mod aliases;
mod claims;
mod draft;
mod facts;
mod licence;
mod links;
mod report;
mod rows;
mod set;
mod shelves;
mod write;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::source;
use sea_orm::DatabaseConnection;
use sha2::{Digest as _, Sha256};

use super::bundle::BundleError;
use super::resolve::Index;
use super::{Claim, File, Place, Problem, Sink};
use crate::ingest::knowledge;
use crate::store::StoreError;
use crate::store::sync::{Finish, IMPORT, Sync as Transaction};

use claims::Taker;
use draft::Draft;
use write::Writer;

pub use aliases::Aliases;
pub use draft::{Outcome, Tally};
pub use licence::Licences;
pub use report::{Changes, Report, SetReport};
pub use set::{DataSet, Plan};

/// Why a data set was not imported; nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The database failed.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// Somebody else has a source of this name.
    #[error("there is a source `{0}` that is not of this import")]
    SourceTaken(String),
    /// A newer one was imported before.
    #[error(
        "is of {given}, and one of {known} was imported before: an older one would take it back"
    )]
    Older {
        /// Its day.
        given: NaiveDate,
        /// The day of the one before.
        known: NaiveDate,
    },
    /// Too much is gone for it to be right.
    #[error(
        "{vanished} of {count} usages are gone: is it a part of the data set only? \
         `--allow-shrinking` ends them"
    )]
    Shrunk {
        /// How many usages it told of.
        count: usize,
        /// How many of them it does not tell of.
        vanished: usize,
    },
    /// Places of it cannot be read, and that was not to be passed over.
    #[error("places that cannot be read: {0}; the first is {1}")]
    Problems(usize, Problem),
}

/// How to import.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub struct Options {
    /// Data sets under other licences are left out.
    pub licences: Licences,
    /// Names that the user teaches.
    pub aliases: Aliases,
    /// Whether any share of the usages may vanish at once.
    pub allow_shrinking: bool,
    /// Whether to look again at what was imported before, with the same names taught and the same
    /// curated facts: what others have brought meanwhile may lead names elsewhere.
    pub again: bool,
    /// Whether all is taken back in the end.
    pub rehearse: bool,
    /// Whether a place that cannot be read, or a data set that fails, ends everything.
    pub stop_on_error: bool,
}

/// Is told how far an import has come.
pub trait Progress {
    /// A data set of so many files is begun.
    fn begin(&mut self, title: &str, files: usize);
    /// Another file was read.
    fn file(&mut self);
    /// All files were read, and so many things are written now.
    fn write(&mut self, claims: usize);
    /// The data set is done.
    fn end(&mut self, report: &SetReport);
}

/// Tells the time: seconds since some moment.
pub type Clock<'c> = dyn Fn() -> f64 + Sync + 'c;

/// Imports data sets, one after the other; each is written as a whole or not at all.
pub async fn import(
    db: &DatabaseConnection,
    plan: &Plan,
    options: &Options,
    now: DateTime<Utc>,
    clock: &Clock<'_>,
    progress: &mut (dyn Progress + Send),
) -> Report {
    let mut report = Report {
        rehearsal: options.rehearse,
        ..Report::default()
    };
    for set in &plan.sets {
        let mut of_set = SetReport::of(set);
        if !options.licences.allow(of_set.licence.as_deref()) {
            let licence = of_set.licence.as_deref().unwrap_or("of an unknown licence");
            of_set.skipped = Some(format!("is {licence}, which is not among those allowed"));
            progress.end(&of_set);
            report.sets.push(of_set);
            continue;
        }
        let began = clock();
        let importer = Importer {
            db,
            plan,
            set,
            options,
            now,
        };
        if let Err(error) = importer.run(&mut of_set, progress).await {
            of_set.error = Some(error.to_string());
        }
        of_set.seconds = clock() - began;
        progress.end(&of_set);
        let is_over = options.stop_on_error && of_set.error.is_some();
        report.sets.push(of_set);
        if is_over {
            break;
        }
    }
    report
}

/// Imports one data set.
struct Importer<'i> {
    db: &'i DatabaseConnection,
    plan: &'i Plan,
    set: &'i DataSet,
    options: &'i Options,
    now: DateTime<Utc>,
}

impl Importer<'_> {
    async fn run(
        &self,
        report: &mut SetReport,
        progress: &mut (dyn Progress + Send),
    ) -> Result<(), ImportError> {
        progress.begin(self.set.title(), self.set.paths.len());
        let gathered = self.gather(progress)?;
        report.files = gathered.files;
        report.count(&gathered.claims);
        report.take_problems(&gathered.problems);
        if let (true, Some(first)) = (self.options.stop_on_error, gathered.problems.first()) {
            return Err(ImportError::Problems(
                gathered.problems.len(),
                first.clone(),
            ));
        }
        progress.write(gathered.claims.len());
        self.write(gathered, report).await
    }

    /// Reads all files.
    fn gather(&self, progress: &mut (dyn Progress + Send)) -> Result<Gathered, ImportError> {
        let mut gathered = Gathered::default();
        let wanted: BTreeSet<&str> = self.set.paths.iter().map(String::as_str).collect();
        let bundle = &self.plan.bundles[self.set.bundle];
        bundle.walk::<BundleError>(&mut |path| wanted.contains(path), &mut |file| {
            gathered.files += 1;
            progress.file();
            match file {
                Ok(file) => gathered.read(self.set, &file),
                // A file that is too large, or a page for people, is a problem of its own.
                Err(error) => gathered.problem(self.problem(&error)),
            }
            Ok(())
        })?;
        Ok(gathered)
    }

    fn problem(&self, error: &BundleError) -> Problem {
        let path = self.set.title().to_owned();
        let place = Place {
            path,
            ..Place::default()
        };
        let what = error.to_string();
        Problem { place, what }
    }

    async fn write(&self, gathered: Gathered, report: &mut SetReport) -> Result<(), ImportError> {
        let actor = format!("{IMPORT}{}", self.set.slug());
        let mut sync = Transaction::begin(self.db, actor.as_str(), self.now).await?;
        let is_same_snapshot = self.is_same_snapshot(&sync).await?;
        let digest = self.digest(&sync, &gathered).await?;
        let digest_key = format!("{actor}.digest");
        if !self.options.again && sync.setting(&digest_key).await?.as_ref() == Some(&digest) {
            report.unchanged = true;
            return Ok(());
        }
        let mut draft = Draft::new(Index::read(&sync).await?, sync.made());
        draft.teach(&self.options.aliases);
        let unread = gathered.unread;
        let mut taker = Taker {
            draft: &mut draft,
            permalink: &|place| self.set.permalink(place),
            now: self.now,
        };
        taker.take(gathered.claims);
        report.names = draft.tally;
        report.queued_names = draft.queue.len();
        let mut writer = Writer {
            sync: &mut sync,
            draft: &draft,
            set: self.set,
            now: self.now,
            numbers: rows::Numbers::default(),
            source: 0,
            is_same_snapshot,
            contradictions: 0,
            ended: 0,
        };
        writer.write(&unread, self.options.allow_shrinking).await?;
        report.contradictions = writer.contradictions;
        report.ended = writer.ended;
        let finish = if self.options.rehearse {
            Finish::Rehearse
        } else {
            Finish::Commit
        };
        let outcome = sync.finish(&[(&digest_key, &digest)], finish).await?;
        report.take_tallies(&outcome.tallies);
        report.changed = outcome.is_changed;
        Ok(())
    }

    /// Stands for the files, for how they are read, and for the names that were given to things.
    async fn digest(&self, sync: &Transaction, gathered: &Gathered) -> Result<String, ImportError> {
        let knowledge = sync.setting(knowledge::DIGEST).await?;
        let mut hash = gathered.hash.clone();
        hash.update(env!("CARGO_PKG_VERSION"));
        hash.update(format!("{:?}{:?}", self.options.aliases, knowledge));
        Ok(format!("{:x}", hash.finalize()))
    }

    /// Whether this very version was imported before; an older one is refused.
    async fn is_same_snapshot(&self, sync: &Transaction) -> Result<bool, ImportError> {
        let slug = self.set.slug();
        let sources = sync.rows::<source::Entity>().await?;
        let known = sources.into_iter().find(|source| source.slug == slug);
        let Some(known) = known else { return Ok(false) };
        match (self.set.origin.date, known.snapshot_on) {
            (Some(given), Some(known)) if given < known => {
                return Err(ImportError::Older { given, known });
            }
            _ => {}
        }
        Ok(known.version.is_some() && known.version == self.set.origin.version)
    }
}

/// What was found in the files of a data set.
#[derive(Default)]
struct Gathered {
    files: usize,
    claims: Vec<Claim>,
    problems: Vec<Problem>,
    /// Files of which nothing could be read.
    unread: Vec<String>,
    /// Of their paths and bytes.
    hash: Sha256,
}

impl Gathered {
    fn read(&mut self, set: &DataSet, file: &File<'_>) {
        for part in [file.path.as_bytes(), file.bytes] {
            self.hash.update(part.len().to_le_bytes());
            self.hash.update(part);
        }
        let (claims, problems) = (self.claims.len(), self.problems.len());
        set.adapter.read(file, self);
        if self.claims.len() == claims && self.problems.len() > problems {
            self.unread.push(file.path.to_owned());
        }
    }
}

impl Sink for Gathered {
    fn claim(&mut self, claim: Claim) {
        self.claims.push(claim);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}
