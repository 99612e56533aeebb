//! Public data sets, read in the formats in which they are published.
//!
//! An [`Adapter`] reads files and says what is in them as [`Claim`]s, in the data set's own words.
//! What the names in them mean is decided in [`resolve`], and what becomes of a claim in [`import`].

pub mod adapters;
pub mod bundle;
pub mod claim;
mod country;
pub mod import;
mod markup;
mod product;
mod prose;
pub mod resolve;
mod titles;
mod web;

use std::fmt;

pub use claim::Claim;

/// One format of one family of data sets.
pub trait Adapter: Sync {
    /// What it is called on the command line: lower case, `[a-z0-9-]`.
    fn name(&self) -> &'static str;

    /// What a user has to know of it.
    fn about(&self) -> About;

    /// Whether this path, relative to the root of what was given, is a file that it reads.
    fn reads(&self, path: &str) -> bool;

    /// Reads one file. What cannot be read is a problem of its own place; the rest goes on.
    fn read(&self, file: &File<'_>, sink: &mut dyn Sink);
}

/// What a user has to know of an adapter.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// What it reads, in one sentence.
    pub reads: &'static str,
    /// Where the user gets it.
    pub from: &'static str,
    /// The licence under which it is published, as an SPDX expression where there is one.
    pub licence: &'static str,
    /// The line of attribution that the licence asks for.
    pub attribution: &'static str,
}

/// A file of a data set.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its path, relative to the root of what was given, with `/`.
    pub path: &'a str,
    /// What is in it; nobody has looked at it yet.
    pub bytes: &'a [u8],
}

/// Takes what an adapter finds, in the order of the files.
pub trait Sink {
    /// The data set says this.
    fn claim(&mut self, claim: Claim);

    /// This could not be read.
    fn problem(&mut self, problem: Problem);
}

/// Something that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// Where in a data set something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The path of the file.
    pub path: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What the record is called, where that finds it better than a line.
    pub record: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        self.record
            .as_ref()
            .map_or(Ok(()), |record| write!(f, " ({record})"))
    }
}
