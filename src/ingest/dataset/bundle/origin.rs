//! Where a data set comes from, as a `SOURCE.md` beside it says.
//!
//! It is a list of `- key: value` lines: `repository`, `commit` (a commit or version, and a
//! date), `licence`, `how a user gets it` (which names paths in the repository), `note`. A folder
//! of several data sets has a table in place of it, with the columns `folder`, `repository`, `file`
//! and `snapshot`. A licence that is not named is told by the text in `LICENSE`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::File;

const FILE: &str = "SOURCE.md";

/// Phrases of licences, and their SPDX ids.
const LICENCES: [(&str, &str); 6] = [
    ("apache license version 2.0", "Apache-2.0"),
    ("attribution-sharealike 4.0 international", "CC-BY-SA-4.0"),
    ("attribution 4.0 international", "CC-BY-4.0"),
    ("cc0 1.0 universal", "CC0-1.0"),
    ("permission is hereby granted, free of charge", "MIT"),
    ("permission to use, copy, modify, and/or distribute", "ISC"),
];

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
    /// Where in the repository its files are: paths, among other words.
    pub files: Option<String>,
}

/// Origins by folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    said: BTreeMap<String, Origin>,
    licences: BTreeMap<String, &'static str>,
}

/// Whether a file of this path tells of origins.
pub(super) fn tells(path: &str) -> bool {
    let name = path.rsplit('/').next();
    name == Some(FILE) || name.is_some_and(is_licence)
}

fn is_licence(name: &str) -> bool {
    name.starts_with("LICENSE") || name.starts_with("LICENCE")
}

impl Origins {
    /// The folder that says where the file comes from, and what it says: the innermost one.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<(&str, &Origin)> {
        above(path).find_map(|folder| {
            let (name, origin) = self.said.get_key_value(folder)?;
            Some((name.as_str(), origin))
        })
    }

    /// The licence whose text lies beside the file, or above it.
    #[must_use]
    pub fn licence(&self, path: &str) -> Option<&'static str> {
        above(path).find_map(|folder| self.licences.get(folder).copied())
    }

    /// Takes in a file that tells of origins.
    pub(super) fn read(&mut self, file: &File<'_>) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = String::from_utf8_lossy(file.bytes);
        if file.path.rsplit('/').next().is_some_and(is_licence) {
            let words = text.split_whitespace().take(200).collect::<Vec<_>>();
            let text = words
                .join(" ")
                .to_lowercase()
                .replace("license, version", "license version");
            let known = LICENCES.iter().find(|(phrase, _)| text.contains(phrase));
            if let Some((_, licence)) = known {
                self.licences.insert(folder.to_owned(), licence);
            }
            return;
        }
        let mut whole = Origin::default();
        for line in text.lines().map(str::trim) {
            if let Some(row) = line.strip_prefix('|') {
                self.row(folder, row);
            } else if let Some(item) = line.strip_prefix("- ") {
                item_of(&mut whole, item);
            }
        }
        self.said.insert(folder.to_owned(), whole);
    }

    /// A row of the table of several data sets.
    fn row(&mut self, folder: &str, row: &str) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [name, repository, file, snapshot, ..] = cells[..] else {
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
            files: Some(file.to_owned()),
        };
        self.said.insert(below, origin);
    }
}

/// The folders that a file is in, from the innermost to the root.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let up = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).len();
    let mut rest = Some(path);
    std::iter::from_fn(move || {
        let folder = &rest?[..up(rest?)];
        rest = Some(folder).filter(|folder| !folder.is_empty());
        Some(folder)
    })
}

impl Origin {
    /// The path in the repository of a file, whose path is told from the folder of the data set.
    #[must_use]
    pub fn path_in_repository(&self, path: &str) -> String {
        let told = self.files.as_deref().unwrap_or_default();
        let told = told
            .split_whitespace()
            .map(|word| word.trim_end_matches([',', ')']));
        let (name, depth) = (last(path), path.matches('/').count());
        let known = told.filter(|word| is_like(last(word), name)).map(|word| {
            let folder = word.strip_suffix(last(word)).unwrap_or_default();
            if folder.contains('*') || word.matches('/').count() == depth {
                path.to_owned()
            } else {
                format!("{folder}{name}")
            }
        });
        let mut known = known;
        known.next().unwrap_or_else(|| path.to_owned())
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a name is, or ends like, what is told: `*.md`.
fn is_like(told: &str, name: &str) -> bool {
    told == name
        || told
            .strip_prefix('*')
            .is_some_and(|ending| ending.starts_with('.') && name.ends_with(ending))
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
    } else if key.starts_with("how a user gets it") {
        origin.files = Some(value.to_owned());
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
            files: None,
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
        assert_eq!(origins.said.len(), 2);
    }

    #[test]
    fn the_text_of_a_licence_names_it() {
        let apache = "                Apache License\n          Version 2.0, January 2004\n";
        let mut origins = read("a/LICENSE", apache);
        assert_eq!(origins.licence("a/b/c.md"), Some("Apache-2.0"));
        assert_eq!(origins.licence("c.md"), None);
        let bytes = b"All rights reserved";
        origins.read(&File {
            path: "LICENSE.txt",
            bytes,
        });
        assert_eq!(origins.licence("c.md"), None);
    }

    #[test]
    fn paths_in_the_repository_are_told_by_names() {
        for (told, path, expected) in [
            (
                "raw file lib/linguist/languages.yml in the repo",
                "languages.yml",
                "lib/linguist/languages.yml",
            ),
            (
                "src/companies/*.md in the repo",
                "companies/acme.md",
                "src/companies/acme.md",
            ),
            (
                "frameworks/*/*/benchmark_config.json",
                "frameworks/Go/gin/benchmark_config.json",
                "frameworks/Go/gin/benchmark_config.json",
            ),
            (
                "LANG/FRAMEWORK/config.yaml in the repo",
                "go/gin/config.yaml",
                "go/gin/config.yaml",
            ),
            ("ADOPTERS.md", "ADOPTERS.md", "ADOPTERS.md"),
            (
                "_qualities/** in the repo",
                "_qualities/safe.md",
                "_qualities/safe.md",
            ),
        ] {
            let files = Some(told.to_owned());
            let origin = Origin {
                files,
                ..Origin::default()
            };
            assert_eq!(origin.path_in_repository(path), expected, "{told}");
        }
    }
}
