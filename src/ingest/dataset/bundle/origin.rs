//! Where a data set comes from, as a `SOURCE.md` beside it says.
//!
//! It is a list of `- key: value` lines: `repository`, `commit` (a commit or version, and a
//! date), `licence`, `note`. A folder of several data sets has a table in place of it, with the
//! columns `folder`, `repository`, `file` and `snapshot`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::File;

const FILE: &str = "SOURCE.md";

/// What is known of the origin of the files in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The repository, as `owner/name`.
    pub repository: Option<String>,
    /// The commit or version of the snapshot.
    pub version: Option<String>,
    /// The day of the snapshot.
    pub date: Option<NaiveDate>,
    /// Its licence, if it says.
    pub licence: Option<String>,
}

/// Origins by folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(BTreeMap<String, Origin>);

/// Whether a file of this path tells of origins.
pub(super) fn tells(path: &str) -> bool {
    path.rsplit('/').next() == Some(FILE)
}

impl Origins {
    /// The folder that says where the file comes from, and what it says: the innermost one.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<(&str, &Origin)> {
        let mut folder = path;
        loop {
            folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            if let Some((name, origin)) = self.0.get_key_value(folder) {
                return Some((name, origin));
            }
            if folder.is_empty() {
                return None;
            }
        }
    }

    /// Takes in a file that tells of origins.
    pub(super) fn read(&mut self, file: &File<'_>) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = String::from_utf8_lossy(file.bytes);
        let mut whole = Origin::default();
        for line in text.lines().map(str::trim) {
            if let Some(row) = line.strip_prefix('|') {
                self.row(folder, row);
            } else if let Some(item) = line.strip_prefix("- ") {
                item_of(&mut whole, item);
            }
        }
        self.0.insert(folder.to_owned(), whole);
    }

    /// A row of the table of several data sets.
    fn row(&mut self, folder: &str, row: &str) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [name, repository, _, snapshot, ..] = cells[..] else {
            return;
        };
        if name == "folder" || name.starts_with('-') || name.is_empty() || name.contains("..") {
            return;
        }
        let (version, date) = snapshot_of(snapshot);
        let below = if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        };
        let origin = Origin {
            repository: Some(repository.to_owned()),
            version,
            date,
            licence: None,
        };
        self.0.insert(below, origin);
    }
}

/// Takes in one `key: value`.
fn item_of(origin: &mut Origin, item: &str) {
    let Some((key, value)) = item.split_once(':') else {
        return;
    };
    let (key, value) = (key.trim().to_lowercase(), value.trim());
    if value.is_empty() {
        return;
    }
    if key.starts_with("repository") {
        origin.repository = Some(value.to_owned());
    } else if key.starts_with("commit") || key.starts_with("version") {
        (origin.version, origin.date) = snapshot_of(value);
    } else if key.starts_with("licen") {
        // What is in brackets or after a semicolon is a remark.
        let end = value.find(['(', ';']).unwrap_or(value.len());
        origin.licence = Some(value[..end].trim().to_owned());
    }
}

/// A version and a day: `57d92fb 2026-03-23`.
fn snapshot_of(text: &str) -> (Option<String>, Option<NaiveDate>) {
    let words = || text.split_whitespace();
    let date = words().find_map(|word| word.parse::<NaiveDate>().ok());
    let version = words().find(|word| word.parse::<NaiveDate>().is_err());
    (version.map(str::to_owned), date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Origins {
        let mut origins = Origins::default();
        let bytes = text.as_bytes();
        origins.read(&File { path, bytes });
        origins
    }

    #[test]
    fn a_list_tells_of_its_folder() {
        let text = "# Source\n- repository: a/b\n- commit / date of the snapshot: 12ab 2026-03-23\n\
                    - licence: MIT (LICENSE here)\n- note: \n";
        let origins = read("set/SOURCE.md", text);
        let expected = Origin {
            repository: Some("a/b".to_owned()),
            version: Some("12ab".to_owned()),
            date: NaiveDate::from_ymd_opt(2026, 3, 23),
            licence: Some("MIT".to_owned()),
        };
        assert_eq!(origins.of("set/deep/file.yml"), Some(("set", &expected)));
        assert_eq!(origins.of("other/file.yml"), None);
        assert_eq!(origins.of("file.yml"), None);
    }

    #[test]
    fn a_table_tells_of_folders_in_it() {
        let text = "| folder | repository | file | snapshot |\n|---|---|---|---|\n\
                    | envoy | envoyproxy/envoy | USERS.md | ff01 2026-01-02 |\n| ../x | a/b | c | d |\n";
        let origins = read("SOURCE.md", text);
        let (folder, origin) = origins.of("envoy/USERS.md").expect("it has a row");
        assert_eq!(folder, "envoy");
        assert_eq!(origin.repository.as_deref(), Some("envoyproxy/envoy"));
        assert_eq!(origin.version.as_deref(), Some("ff01"));
        assert_eq!(origins.of("else/USERS.md"), Some(("", &Origin::default())));
        assert_eq!(origins.0.len(), 2);
    }
}
