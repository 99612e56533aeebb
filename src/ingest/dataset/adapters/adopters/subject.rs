//! What a list is a list of adopters of.

use super::words;
use crate::ingest::dataset::claim::Mention;
use crate::ingest::dataset::markup::blocks::{Block, Kind};

/// Said where it cannot be found out.
pub(super) const UNKNOWN: &str = "does not say what the listed use; a heading such as \
    `Who uses X?` or a folder named like the project would";

/// Folders that say nothing of what is in them.
const GENERIC: [&str; 24] = [
    "",
    ".",
    ".github",
    "adopters",
    "community",
    "company-usage",
    "content",
    "data",
    "datasets",
    "doc",
    "docs",
    "ecosystem",
    "en",
    "files",
    "main",
    "master",
    "pages",
    "public",
    "site",
    "src",
    "static",
    "users",
    "web",
    "website",
];

/// What is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    name: String,
    folder: Option<String>,
}

impl Subject {
    /// By its headings, else by its folder, else by what is said first.
    pub fn of(path: &str, blocks: &[Block]) -> Option<Self> {
        let headings = blocks.iter().filter_map(|block| match &block.kind {
            Kind::Heading { text, .. } => words::subject(text),
            _ => None,
        });
        let folder = folder(path);
        let headings: Vec<String> = headings.collect();
        let like_folder = headings.iter().find(|name| {
            folder
                .as_deref()
                .is_some_and(|folder| key(folder) == key(name))
        });
        let name = like_folder.or_else(|| headings.first()).cloned();
        let told = || {
            blocks.iter().find_map(|block| match &block.kind {
                Kind::Paragraph(text) => words::subject(text.split(". ").next()?),
                _ => None,
            })
        };
        Self::new(name, folder).or_else(|| Self::new(told(), None))
    }

    /// By its name, else by its folder.
    pub fn new(name: Option<String>, folder: Option<String>) -> Option<Self> {
        let name = name.or_else(|| folder.clone())?;
        let folder = folder.filter(|folder| key(folder) != key(&name));
        Some(Self { name, folder })
    }

    pub fn mention(&self) -> Mention {
        Mention {
            also: self.folder.iter().cloned().collect(),
            ..Mention::named(&self.name)
        }
    }
}

/// The nearest folder that says something.
pub(super) fn folder(path: &str) -> Option<String> {
    let folders = path.rsplit('/').skip(1);
    let mut folders = folders.map(without_version).filter(|folder| {
        !GENERIC.contains(&folder.to_lowercase().as_str())
            && folder.chars().any(char::is_alphabetic)
    });
    let folder = folders.next()?;
    let of_companies = folder
        .strip_suffix("-companies")
        .or_else(|| folder.strip_suffix("-users"));
    Some(of_companies.unwrap_or(folder).to_owned())
}

/// `argo-cd-main` and `argo-cd-37ee009…`, as archives name their folder, without what follows.
fn without_version(folder: &str) -> &str {
    let Some((name, version)) = folder.rsplit_once('-') else {
        return folder;
    };
    let is_hash = version.len() >= 7 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash || matches!(version, "main" | "master") {
        name
    } else {
        folder
    }
}

fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
