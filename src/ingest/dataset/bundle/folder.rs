//! Folders, walked in the order of their paths.

use std::fs;
use std::path::Path;

use super::{BundleError, Limits, Show, show_file};

/// Folders in folders.
const DEPTH: usize = 32;

/// Shows the wanted files of a folder. Links and hidden files are not looked at.
pub(super) fn walk<E: From<BundleError>>(
    root: &Path,
    limits: &Limits,
    wanted: &mut dyn FnMut(&str) -> bool,
    show: &mut Show<'_, E>,
) -> Result<(), E> {
    let mut paths = Vec::new();
    list(root, "", 0, limits, &mut paths)?;
    let mut total = 0;
    for path in paths.iter().filter(|path| wanted(path)) {
        total += show_file(&root.join(path), path, limits, show)?;
        if total > limits.total {
            let limit = format!("its files may have {} bytes together", limits.total);
            return Err(BundleError::too_large(root.display().to_string(), limit).into());
        }
    }
    Ok(())
}

/// Adds the paths of the files below a folder.
fn list(
    root: &Path,
    below: &str,
    depth: usize,
    limits: &Limits,
    paths: &mut Vec<String>,
) -> Result<(), BundleError> {
    let folder = root.join(below);
    let io = |error| BundleError::io(folder.display().to_string(), error);
    let too_large = |limit: String| BundleError::too_large(root.display().to_string(), limit);
    if depth > DEPTH {
        return Err(too_large(format!("folders may be {DEPTH} deep")));
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(&folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        // A name that is no text is none that any data set has.
        if let Ok(name) = entry.file_name().into_string()
            && !name.starts_with('.')
        {
            entries.push((name, entry.file_type().map_err(io)?));
        }
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, kind) in entries {
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if path.len() > limits.path {
            return Err(too_large(format!("a path may have {} bytes", limits.path)));
        }
        if kind.is_dir() {
            list(root, &path, depth + 1, limits, paths)?;
        } else if kind.is_file() {
            paths.push(path);
        }
        if paths.len() > limits.entries {
            return Err(too_large(format!("it may have {} files", limits.entries)));
        }
    }
    Ok(())
}
