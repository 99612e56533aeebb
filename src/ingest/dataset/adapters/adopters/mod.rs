//! Lists of adopters as projects keep them: `ADOPTERS.md`, `USERS.md`, `adopters.yaml` and the like.
//!
//! No two are alike, so this goes by rules about words and shapes, never by the name of a project:
//!
//! - **What is used** is told by the record's `project:`, else by a heading (`Who uses X?`,
//!   `X adopters`, `companies that use X`), else by the folder.
//! - **Where**: list items, tables and lists of records. Sections that instruct, explain or list
//!   people are left out; so is what stands in comments and fences.
//! - **Who** in a table: the column whose head says so (`Organization`, `Name`, …), else the first
//!   that is filled in every row. In an item: its first link, what is set in bold, or what stands
//!   before a dash, a colon, a bracket or a verb. An image is called by its alternative text.
//! - **Better evidence** than the entry: links in columns for sources, below the item, or labelled
//!   as such (`[1]`, `blog`, `case study`). What is on the adopter's own site is its own word.
//! - **Not taken**: mail addresses, handles, columns of contacts. **Left out and reported**:
//!   advertising.

mod entry;
mod items;
mod records;
mod subject;
mod table;
mod words;

use super::super::markup::blocks::{Block, Kind, blocks};
use super::super::markup::text;
use super::super::{About, Adapter, File, Sink};
use super::{ends_with_any, problem, stem};
use subject::Subject;

/// Lists of adopters in Markdown and YAML.
#[derive(Clone, Copy, Debug)]
pub struct Adopters;

impl Adapter for Adopters {
    fn name(&self) -> &'static str {
        "adopters"
    }

    fn about(&self) -> About {
        About {
            reads: "Lists of who uses a project, kept by the project: Markdown lists and tables, or \
                    YAML (`ADOPTERS.md`, `USERS.md`, `adopters.yaml`, `*-companies/README.md`).",
            from: "The repository of the project",
            licence: "that of the project, often Apache-2.0",
            attribution: "The contributors of the project",
        }
    }

    fn reads(&self, path: &str) -> bool {
        let stem = stem(path);
        let mut folders = path.rsplit('/').skip(1).map(str::to_lowercase);
        let parent = folders.next().unwrap_or_default();
        if !ends_with_any(path, &[".md", ".markdown", ".yml", ".yaml"])
            || words::is_about_files(&stem)
        {
            return false;
        }
        let is_list = words::is_list_name(&stem);
        let is_in_list = parent == "adopters" || folders.any(|folder| folder == "adopters");
        let is_readme =
            stem == "readme" && (parent.contains("companies") || parent.contains("-users"));
        is_list || is_readme || (is_in_list && stem != "readme")
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let text = text(file.bytes);
        if ends_with_any(file.path, &[".yml", ".yaml"]) {
            return records::read(file.path, &text, sink);
        }
        let blocks = blocks(&text);
        let Some(subject) = Subject::of(file.path, &blocks) else {
            return problem(sink, file.path, 1, subject::UNKNOWN);
        };
        let mut entries = Vec::new();
        for section in sections(&blocks) {
            entries.extend(table::entries(section));
            entries.extend(items::entries(section));
        }
        entries.sort_by_key(|entry| entry.line);
        entry::hand_over(file.path, &subject, entries, sink);
    }
}

/// The parts of a file that list adopters, each without its heading.
fn sections(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    let mut hidden_below = None;
    blocks
        .chunk_by(|_, next| !matches!(next.kind, Kind::Heading { .. }))
        .filter_map(move |section| {
            let [
                Block {
                    kind: Kind::Heading { level, text },
                    ..
                },
                rest @ ..,
            ] = section
            else {
                return Some(section);
            };
            if hidden_below.is_some_and(|hidden| *level > hidden) {
                return None;
            }
            hidden_below = words::is_hidden_section(text).then_some(*level);
            hidden_below.is_none().then_some(rest)
        })
}
