//! The doors between the rooms: which part of the program may know which.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// A folder, and what its files must not name.
const CLOSED_DOORS: [(&str, &[&str]); 8] = [
    (
        "entity/src",
        &[
            "async_graphql",
            "axum",
            "migration::",
            "sea_orm_migration",
            "stack_atlas",
        ],
    ),
    (
        "migration/src",
        &["async_graphql", "axum", "entity::", "stack_atlas"],
    ),
    (
        "src/store",
        &[
            "async_graphql",
            "axum",
            "crate::graphql",
            "crate::http",
            "crate::ingest",
        ],
    ),
    (
        "src/graphql",
        &[
            "axum",
            "crate::http",
            "crate::ingest",
            "crate::cli",
            "crate::config",
        ],
    ),
    (
        "src/ingest",
        &[
            "async_graphql",
            "axum",
            "crate::graphql",
            "crate::http",
            "println!",
        ],
    ),
    (
        "src/http",
        &[
            "sea_orm",
            "entity::",
            "crate::store",
            "crate::ingest",
            "crate::cli",
        ],
    ),
    (
        "src/graphql/types",
        &[
            "sea_orm::Statement",
            "query_one",
            "query_all",
            ".all(",
            ".one(",
            "execute(",
        ],
    ),
    ("src", &["data_unchecked", "EntityLoader", "#[allow("]),
];

/// The one file that may look into the request's data.
const CONTEXT: &str = "src/graphql/context.rs";

#[test]
fn nobody_goes_through_a_closed_door() {
    let mut seen = 0;
    let mut broken = Vec::new();
    for (folder, forbidden) in CLOSED_DOORS {
        for file in rust_files(&root().join(folder)) {
            seen += 1;
            let name = file.strip_prefix(root()).unwrap().display().to_string();
            let text = fs::read_to_string(&file).unwrap();
            for word in forbidden.iter().filter(|_| name != CONTEXT) {
                for (line, text) in code(&text).filter(|(_, text)| text.contains(word)) {
                    broken.push(format!("{name}:{line} names {word}: {}", text.trim()));
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} files were looked at");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_are_short_enough_to_be_read() {
    let long: Vec<String> = rust_files(&root().join("src"))
        .into_iter()
        .chain(rust_files(&root().join("entity/src")))
        .chain(rust_files(&root().join("migration/src")))
        .filter_map(|file| {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            (lines > 500).then(|| format!("{}: {lines} lines", file.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Lines with their numbers, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
