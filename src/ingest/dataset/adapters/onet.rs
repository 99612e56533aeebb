//! O*NET: the text edition of the database of occupations of the U.S. Department of Labor.

use std::collections::BTreeMap;

use entity::enums::Importance;

use super::{claim, problem};
use crate::ingest::dataset::claim::{Mention, Role, RoleTechnology, Says};
use crate::ingest::dataset::markup::text;
use crate::ingest::dataset::{About, Adapter, File, Sink, product};

/// Occupations in computing; the others are left out.
const COMPUTING: &str = "15-12";
const CODE: &str = "O*NET-SOC Code";

/// The files that are read, by their columns.
const FILES: [(&str, Columns); 4] = [
    (
        "occupation data.txt",
        Columns {
            told: "Title",
            more: Some("Description"),
            keep: keep_role,
        },
    ),
    (
        "alternate titles.txt",
        Columns {
            told: "Alternate Title",
            more: None,
            keep: keep_title,
        },
    ),
    (
        "task statements.txt",
        Columns {
            told: "Task",
            more: None,
            keep: keep_task,
        },
    ),
    (
        "technology skills.txt",
        Columns {
            told: "Example",
            more: Some("In Demand"),
            keep: keep_technology,
        },
    ),
];

/// Roles by O*NET.
#[derive(Clone, Copy, Debug)]
pub struct Onet;

impl Adapter for Onet {
    fn name(&self) -> &'static str {
        "onet"
    }

    fn about(&self) -> About {
        About {
            reads: "O*NET in its text edition: the occupations in computing (15-12) with other titles, tasks and the \
                    technologies that they work with.",
            from: "www.onetcenter.org/database.html (db_*_text.zip)",
            licence: "CC-BY-4.0",
            attribution: "O*NET Database by the U.S. Department of Labor, Employment and Training Administration \
                          (USDOL/ETA), used under the CC BY 4.0 license",
        }
    }

    fn reads(&self, path: &str) -> bool {
        columns(path).is_some()
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let Some(columns) = columns(file.path) else {
            return;
        };
        let text = text(file.bytes);
        let mut lines = text.lines().zip(1..);
        let head: Vec<&str> = lines
            .next()
            .map_or(Vec::new(), |(head, _)| head.split('\t').collect());
        let find = |name: &str| head.iter().position(|other| other.trim() == name);
        let (Some(code), Some(told)) = (find(CODE), find(columns.told)) else {
            let what = format!(
                "is not this file of O*NET: its first line lacks `{CODE}` or `{}`",
                columns.told
            );
            return problem(sink, file.path, 1, what);
        };
        let more = columns.more.and_then(find);
        let mut book = Book::default();
        for (line, number) in lines.filter(|(line, _)| line.contains(COMPUTING)) {
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            let field = |at: usize| fields.get(at).copied().unwrap_or_default();
            if !field(code).starts_with(COMPUTING) {
                continue;
            }
            if field(told).is_empty() {
                problem(
                    sink,
                    file.path,
                    number,
                    format!("has no `{}`", columns.told),
                );
                continue;
            }
            let row = Row {
                line: number,
                code: field(code),
                told: field(told),
                more: more.map_or("", field),
            };
            (columns.keep)(&mut book, &row);
        }
        book.hand_over(file.path, sink);
    }
}

/// What is read of a file.
struct Columns {
    told: &'static str,
    more: Option<&'static str>,
    keep: fn(&mut Book, &Row<'_>),
}

/// What a line says of a role.
struct Row<'a> {
    line: usize,
    code: &'a str,
    told: &'a str,
    more: &'a str,
}

/// What a file says: of each role, with the first line, in one claim.
#[derive(Default)]
struct Book {
    roles: BTreeMap<String, (usize, Role)>,
    technologies: Vec<(usize, RoleTechnology)>,
}

impl Book {
    fn role(&mut self, row: &Row<'_>) -> &mut Role {
        let role = || {
            (
                row.line,
                Role {
                    mention: role(row.code),
                    ..Role::default()
                },
            )
        };
        &mut self.roles.entry(row.code.to_owned()).or_insert_with(role).1
    }

    fn hand_over(self, path: &str, sink: &mut dyn Sink) {
        for (line, role) in self.roles.into_values() {
            claim(sink, path, line, Says::Role(role));
        }
        for (line, technology) in self.technologies {
            claim(sink, path, line, Says::RoleTechnology(technology));
        }
    }
}

fn keep_role(book: &mut Book, row: &Row<'_>) {
    let role = book.role(row);
    row.told.clone_into(&mut role.mention.name);
    role.summary = Some(row.more.to_owned()).filter(|text| !text.is_empty());
}

fn keep_title(book: &mut Book, row: &Row<'_>) {
    book.role(row).aliases.push(row.told.to_owned());
}

fn keep_task(book: &mut Book, row: &Row<'_>) {
    book.role(row).tasks.push(row.told.to_owned());
}

fn keep_technology(book: &mut Book, row: &Row<'_>) {
    let technology = Mention {
        also: product::other_names(row.told),
        ..Mention::named(row.told)
    };
    // In demand: employers ask for it often. All others are examples of what helps.
    let importance = if row.more == "Y" {
        Importance::Essential
    } else {
        Importance::Optional
    };
    let claim = RoleTechnology {
        role: role(row.code),
        technology,
        importance,
    };
    book.technologies.push((row.line, claim));
}

/// A role by its code alone.
fn role(code: &str) -> Mention {
    Mention {
        ids: vec![("onet".to_owned(), code.to_owned())],
        ..Mention::default()
    }
}

fn columns(path: &str) -> Option<&'static Columns> {
    let name = path.rsplit('/').next()?.to_lowercase();
    FILES
        .iter()
        .find(|(file, _)| *file == name)
        .map(|(_, columns)| columns)
}
