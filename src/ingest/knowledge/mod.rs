//! The curated knowledge: YAML files, inside the program or in a folder.
//!
//! [`Files`] are read, checked as a whole into [`Knowledge`], and brought into the database by
//! [`load`]. The format is explained in `knowledge/README.md`.

pub mod against;
mod book;
mod check;
mod decode;
mod facts;
mod format;
mod links;
mod load;
mod mistake;
mod names;
mod namespace;
mod read;
mod references;
mod rows;
mod sample;
mod steps;
mod summary;
mod trees;
mod values;

use std::path::Path;

use chrono::NaiveDate;

use book::Book;

pub(super) use load::DIGEST;
pub use load::{ACTOR, LoadError, Report, is_loaded, load};
pub use mistake::{Mistake, Mistakes};
pub use read::Files;
pub use summary::{Line, Summary};

/// Knowledge without mistakes.
#[derive(Clone, Debug)]
pub struct Knowledge {
    book: Book,
    digest: String,
}

impl Knowledge {
    /// The knowledge that is part of the program, as of the day `today`.
    ///
    /// # Errors
    /// When it has mistakes; a test sees to it that it has none.
    pub fn embedded(today: NaiveDate) -> Result<Self, Mistakes> {
        Self::parse(&Files::embedded(), today)
    }

    /// The knowledge in a folder, as of the day `today`.
    ///
    /// # Errors
    /// When the folder cannot be read, or with every mistake that is in it.
    pub fn read(folder: &Path, today: NaiveDate) -> Result<Self, Mistakes> {
        Self::parse(&Files::read(folder), today)
    }

    /// The knowledge in these files, as of the day `today`: facts from after it are mistakes.
    ///
    /// # Errors
    /// With every mistake that is in them.
    pub fn parse(files: &Files, today: NaiveDate) -> Result<Self, Mistakes> {
        let mut sink = files.sink();
        let book = Book::read(files, &mut sink);
        check::run(&book, today, &mut sink);
        sink.unless_any(Self {
            book,
            digest: files.digest(),
        })
    }

    /// Stands for all that is in the files; equal if they are.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}
