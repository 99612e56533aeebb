//! Archives, read from front to back without unpacking them to disk.
//!
//! Long names come in entries of their own. They are read here, within limits, because the
//! library would read them whole, however long they are.

use std::cell::Cell;
use std::fs;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType, PaxExtensions};

use super::{BundleError, Limits, Show, checked, too_large_a_file};

/// Bytes of an entry that holds nothing but a long name.
const NAMES: u64 = 64 << 10;

/// Says that a limit was passed, through a reader that knows only its own errors.
const BOMB: &str = "it unpacks to more than is allowed";

/// Shows the wanted files of an archive.
pub(super) fn walk<E: From<BundleError>>(
    path: &Path,
    name: &str,
    limits: &Limits,
    wanted: &mut dyn FnMut(&str) -> bool,
    show: &mut Show<'_, E>,
) -> Result<(), E> {
    let broken = |error: io::Error| explain(name, &error);
    let file = fs::File::open(path).map_err(|error| BundleError::io(name, error))?;
    let packed = Cell::new(0);
    let packed_bytes = Counted {
        inner: file,
        count: &packed,
    };
    let unpacked = Bounded {
        inner: MultiGzDecoder::new(BufReader::new(packed_bytes)),
        count: 0,
        packed: &packed,
        limits,
    };
    let mut archive = Archive::new(unpacked);
    let mut long_name = None;
    let entries = archive.entries().map_err(broken)?.raw(true);
    for (count, entry) in entries.enumerate() {
        let mut entry = entry.map_err(broken)?;
        if count >= limits.entries {
            let limit = format!("it may have {} entries", limits.entries);
            return Err(BundleError::too_large(name, limit).into());
        }
        match entry.header().entry_type() {
            EntryType::GNULongName => {
                let bytes = names(&mut entry).map_err(broken)?;
                let end = bytes.iter().position(|byte| *byte == 0);
                long_name = Some(bytes[..end.unwrap_or(bytes.len())].to_vec());
            }
            EntryType::XHeader => {
                let bytes = names(&mut entry).map_err(broken)?;
                long_name = pax_path(&bytes).or(long_name);
            }
            EntryType::Regular | EntryType::Continuous => {
                let bytes = long_name
                    .take()
                    .unwrap_or_else(|| entry.path_bytes().into_owned());
                let path = relative(&bytes, name, limits)?;
                if !path.is_empty() && !is_hidden(&path) && wanted(&path) {
                    show_entry(&mut entry, &path, name, limits, show)?;
                }
            }
            // Folders need no mention; links and devices are never followed.
            kind => {
                if kind == EntryType::Directory || kind.is_symlink() || kind.is_hard_link() {
                    long_name = None;
                }
            }
        }
    }
    Ok(())
}

/// Reads an entry within its limit, and shows it.
fn show_entry<E: From<BundleError>>(
    entry: &mut tar::Entry<'_, impl Read>,
    path: &str,
    name: &str,
    limits: &Limits,
    show: &mut Show<'_, E>,
) -> Result<(), E> {
    let broken = |error: io::Error| explain(name, &error);
    let size = entry.header().size().map_err(broken)?;
    if size > limits.file {
        return show(Err(too_large_a_file(path, limits)));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(broken)?;
    if (bytes.len() as u64) < size {
        return Err(BundleError::Truncated(name.to_owned()).into());
    }
    show(checked(path, &bytes, limits))
}

/// The bytes of an entry that holds names.
fn names(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(NAMES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > NAMES {
        return Err(io::Error::other("a path is too long"));
    }
    Ok(bytes)
}

fn pax_path(bytes: &[u8]) -> Option<Vec<u8>> {
    let records = PaxExtensions::new(bytes).flatten();
    let path = records
        .filter(|record| record.key_bytes() == b"path")
        .last();
    path.map(|record| record.value_bytes().to_vec())
}

/// The path of an entry with `/` and without `.`, if it stays inside.
fn relative(bytes: &[u8], name: &str, limits: &Limits) -> Result<String, BundleError> {
    let path = String::from_utf8_lossy(bytes);
    if path.len() > limits.path {
        let limit = format!("a path may have {} bytes", limits.path);
        return Err(BundleError::too_large(name, limit));
    }
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    let escapes = path.starts_with('/')
        || is_drive
        || path.contains(['\\', '\0'])
        || path.split('/').any(|part| part == "..");
    if escapes {
        return Err(BundleError::Path {
            what: name.to_owned(),
            path: path.escape_debug().to_string(),
        });
    }
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
    Ok(parts.collect::<Vec<_>>().join("/"))
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn explain(name: &str, error: &io::Error) -> BundleError {
    if error.to_string() == BOMB {
        return BundleError::too_large(name, BOMB);
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => BundleError::Truncated(name.to_owned()),
        _ => BundleError::Damaged {
            what: name.to_owned(),
            error: error.to_string(),
        },
    }
}

/// Counts what is read of the packed bytes.
struct Counted<'a> {
    inner: fs::File,
    count: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Ends with an error where more is unpacked than the limits allow.
struct Bounded<'a, R> {
    inner: R,
    count: u64,
    packed: &'a Cell<u64>,
    limits: &'a Limits,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        let fair = self.packed.get().saturating_mul(self.limits.ratio);
        let is_bomb = self.count > self.limits.unpacked_free && self.count > fair;
        if is_bomb || self.count > self.limits.total {
            return Err(io::Error::other(BOMB));
        }
        Ok(read)
    }
}
