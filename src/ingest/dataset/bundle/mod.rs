//! What a user points at: a file, a folder, an archive or an address, as a stream of files.
//!
//! All of it is hostile. Nothing is unpacked to disk, links are never followed, and [`Limits`]
//! bound what is held in memory and how much there may be of it.

mod archive;
mod fetch;
mod folder;
mod origin;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::File;

pub use fetch::fetch;
pub use origin::{Origin, Origins};

/// How much there may be of everything.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file.
    pub file: u64,
    /// Bytes of all files together, and of an archive when it is unpacked.
    pub total: u64,
    /// How many times larger an archive may become when it is unpacked, once that is more than
    /// [`Limits::unpacked_free`].
    pub ratio: u64,
    /// Bytes that any archive may hold, however small it is.
    pub unpacked_free: u64,
    /// Files, folders and whatever else is in it.
    pub entries: usize,
    /// Bytes of a path.
    pub path: usize,
    /// Bytes of a download.
    pub download: u64,
    /// Seconds that a download may take.
    pub download_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            total: 1 << 30,
            ratio: 200,
            unpacked_free: 16 << 20,
            entries: 200_000,
            path: 512,
            download: 256 << 20,
            download_seconds: 300,
        }
    }
}

/// Why a bundle cannot be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It is not there, or may not be read.
    #[error("{what} cannot be read: {error}")]
    Io {
        /// What was to be read.
        what: String,
        /// What the system says.
        error: io::Error,
    },
    /// It ends too early.
    #[error("{0} is cut off: get it once more")]
    Truncated(String),
    /// It is an archive that makes no sense.
    #[error("{what} is not a .tar.gz archive, or is damaged: {error}")]
    Damaged {
        /// The archive.
        what: String,
        /// What is wrong with it.
        error: String,
    },
    /// It leads out of itself.
    #[error("{what} holds the path `{path}`, which leads elsewhere: nothing of it is read")]
    Path {
        /// The archive.
        what: String,
        /// The path.
        path: String,
    },
    /// There is too much of something.
    #[error("{what} is too large: {limit}")]
    TooLarge {
        /// The file or archive.
        what: String,
        /// The limit that it passes.
        limit: String,
    },
    /// It is a page for people.
    #[error("{0} is an HTML page, not a data set: give the address or path of the file itself")]
    Html(String),
    /// It is not fetched.
    #[error("{address} is not fetched: {reason}")]
    Fetch {
        /// The address.
        address: String,
        /// Why not.
        reason: String,
    },
}

impl BundleError {
    fn io(what: impl Into<String>, error: io::Error) -> Self {
        let what = what.into();
        Self::Io { what, error }
    }

    fn too_large(what: impl Into<String>, limit: impl Into<String>) -> Self {
        let (what, limit) = (what.into(), limit.into());
        Self::TooLarge { what, limit }
    }
}

/// Is shown the files of a bundle, or why one of them cannot be read.
pub type Show<'s, E> = dyn FnMut(Result<File<'_>, BundleError>) -> Result<(), E> + 's;

/// A data set as it was given.
#[derive(Debug)]
pub struct Bundle {
    name: String,
    place: Place,
    limits: Limits,
    /// A download, which goes away with the bundle.
    _download: Option<NamedTempFile>,
}

/// Where its bytes are.
#[derive(Debug)]
enum Place {
    File { path: PathBuf, name: String },
    Folder(PathBuf),
    Archive(PathBuf),
}

impl Bundle {
    /// Opens a file, a folder, or a `.tar.gz`, which is told by its name or its first bytes.
    ///
    /// # Errors
    /// When there is nothing, or something else.
    pub fn open(path: &Path, limits: Limits) -> Result<Self, BundleError> {
        let name = path.display().to_string();
        let metadata = fs::metadata(path).map_err(|error| BundleError::io(&name, error))?;
        let place = if metadata.is_dir() {
            Place::Folder(path.to_owned())
        } else if metadata.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            file_or_archive(path, name.into_owned())?
        } else {
            let error = io::Error::other("it is neither a file nor a folder");
            return Err(BundleError::io(name, error));
        };
        Ok(Self {
            name,
            place,
            limits,
            _download: None,
        })
    }

    /// What was downloaded from an address.
    fn downloaded(
        address: &str,
        name: String,
        file: NamedTempFile,
        limits: Limits,
    ) -> Result<Self, BundleError> {
        let place = file_or_archive(file.path(), name)?;
        let bundle = Self {
            name: address.to_owned(),
            place,
            limits,
            _download: Some(file),
        };
        Ok(bundle)
    }

    /// The path or address that was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Shows every file whose path is wanted: those of a folder by path, those of an archive as
    /// they stand in it. Files that are too large for their limit, or HTML pages, are shown as
    /// errors of their own; everything else that is wrong ends the walk.
    ///
    /// # Errors
    /// When the bundle cannot be read to its end, or `show` returns an error.
    pub fn walk<E: From<BundleError>>(
        &self,
        wanted: &mut dyn FnMut(&str) -> bool,
        show: &mut Show<'_, E>,
    ) -> Result<(), E> {
        match &self.place {
            Place::File { path, name } => {
                if wanted(name) {
                    show_file(path, name, &self.limits, show)?;
                }
                Ok(())
            }
            Place::Folder(root) => folder::walk(root, &self.limits, wanted, show),
            Place::Archive(path) => archive::walk(path, &self.name, &self.limits, wanted, show),
        }
    }

    /// Every path, in the order of [`Bundle::walk`], and what the folders say of their origin.
    ///
    /// # Errors
    /// When the bundle cannot be read to its end.
    pub fn look(&self) -> Result<(Vec<String>, Origins), BundleError> {
        let mut paths = Vec::new();
        let mut origins = Origins::default();
        self.walk::<BundleError>(
            &mut |path| {
                paths.push(path.to_owned());
                origin::tells(path)
            },
            &mut |file| {
                // A page of that name tells nothing, which is no mistake.
                if let Ok(file) = file {
                    origins.read(&file);
                }
                Ok(())
            },
        )?;
        Ok((paths, origins))
    }
}

/// Tells an archive by its first bytes.
fn file_or_archive(path: &Path, name: String) -> Result<Place, BundleError> {
    let mut magic = [0; 2];
    let file = fs::File::open(path);
    let read = file.and_then(|mut file| file.read(&mut magic));
    let read = read.map_err(|error| BundleError::io(&name, error))?;
    let path = path.to_owned();
    // What is called an archive and is none is damaged, not a file that nobody knows.
    let end = Path::new(&name).extension().unwrap_or_default();
    let is_called = end.eq_ignore_ascii_case("gz") || end.eq_ignore_ascii_case("tgz");
    Ok(if is_called || magic[..read] == [0x1f, 0x8b] {
        Place::Archive(path)
    } else {
        Place::File { path, name }
    })
}

/// Reads a file of the disk, and shows it.
fn show_file<E: From<BundleError>>(
    path: &Path,
    name: &str,
    limits: &Limits,
    show: &mut Show<'_, E>,
) -> Result<u64, E> {
    let io = |error| BundleError::io(name, error);
    let file = fs::File::open(path).map_err(io)?;
    if file.metadata().map_err(io)?.len() > limits.file {
        show(Err(too_large_a_file(name, limits)))?;
        return Ok(0);
    }
    let mut bytes = Vec::new();
    let read = file.take(limits.file + 1).read_to_end(&mut bytes);
    read.map_err(io)?;
    show(checked(name, &bytes, limits))?;
    Ok(bytes.len() as u64)
}

fn too_large_a_file(name: &str, limits: &Limits) -> BundleError {
    let limit = format!("a file may have {} bytes", limits.file);
    BundleError::too_large(name, limit)
}

/// The file, unless it is too large or a page for people.
fn checked<'a>(path: &'a str, bytes: &'a [u8], limits: &Limits) -> Result<File<'a>, BundleError> {
    if bytes.len() as u64 > limits.file {
        return Err(too_large_a_file(path, limits));
    }
    if is_html(bytes) {
        return Err(BundleError::Html(path.to_owned()));
    }
    Ok(File { path, bytes })
}

/// Whether this begins as HTML pages do.
fn is_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let begins = |word: &[u8]| {
        let head = start.get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    begins(b"<!doctype html") || begins(b"<html")
}
