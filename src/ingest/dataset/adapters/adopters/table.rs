//! Tables.

use super::entry::Entry;
use super::words::{self, Column};
use crate::ingest::dataset::country;
use crate::ingest::dataset::markup::blocks::{Block, Kind};
use crate::ingest::dataset::markup::inline::{Piece, is_address, links, pieces, plain};

/// The adopters in the tables of a section.
pub(super) fn entries(section: &[Block]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut columns = Vec::new();
    for (at, block) in section.iter().enumerate() {
        match &block.kind {
            Kind::Head(head) => columns = columns_of(head, &section[at + 1..]),
            Kind::Row(row) => entries.extend(entry(block.line, &columns, row)),
            _ => {}
        }
    }
    entries
}

/// What the columns of a table hold: one names the adopters.
fn columns_of(head: &[String], below: &[Block]) -> Vec<Column> {
    let mut columns: Vec<Column> = head
        .iter()
        .map(|head| words::column(&plain(head)))
        .collect();
    let rows: Vec<&Vec<String>> = below
        .iter()
        .map_while(|block| match &block.kind {
            Kind::Row(row) => Some(row),
            _ => None,
        })
        .collect();
    let is_filled = |column: usize| {
        let filled = rows
            .iter()
            .filter(|row| row.get(column).is_some_and(|cell| is_name_cell(cell)));
        2 * filled.count() >= rows.len()
    };
    let of = |kind: Column| {
        let mut found = (0..columns.len()).filter(|at| columns[*at] == kind && is_filled(*at));
        found.next()
    };
    // Where no head says so: images of logos, then the first column that is filled with names.
    let adopter = of(Column::Adopter)
        .or_else(|| of(Column::Logo))
        .or_else(|| of(Column::Other));
    for (at, column) in columns.iter_mut().enumerate() {
        if Some(at) == adopter {
            *column = Column::Adopter;
        } else if *column == Column::Adopter {
            *column = Column::Other;
        }
    }
    columns
}

fn is_name_cell(cell: &str) -> bool {
    words::is_name(&name(cell))
}

fn entry(line: usize, columns: &[Column], row: &[String]) -> Option<Entry> {
    let mut entry = Entry {
        line,
        ..Entry::default()
    };
    for (column, cell) in columns.iter().zip(row) {
        fill(&mut entry, *column, cell);
    }
    words::is_name(&entry.name).then_some(entry)
}

fn fill(entry: &mut Entry, column: Column, cell: &str) {
    let text = || Some(plain(cell)).filter(|text| !text.is_empty() && !is_address(text));
    match column {
        Column::Adopter => {
            entry.name = name(cell);
            let mut links = links(cell).into_iter().map(|(_, url)| url);
            entry.website = links.next().or(entry.website.take());
            entry.pages.extend(links);
        }
        Column::Website if entry.website.is_none() => entry.website = address(cell),
        Column::Evidence => {
            let pages = links(cell)
                .into_iter()
                .filter(|(label, _)| !words::is_personal(label));
            entry.pages.extend(pages.map(|(_, url)| url));
            // `Success story` may be told in the cell.
            if entry.scope.is_none() && text().is_some_and(|text| text.split(' ').count() > 4) {
                entry.scope = text();
            }
        }
        Column::Scope if entry.scope.is_none() => {
            entry.scope = text();
            let links = links(cell).into_iter();
            let better = links.filter(|(label, _)| words::promises_evidence(label));
            entry.pages.extend(better.map(|(_, url)| url));
        }
        Column::Status => entry.status = text(),
        Column::Since => entry.since = text(),
        Column::Industry => entry.industry = text(),
        Column::Place => entry.country = text().and_then(|place| country::within(&place)),
        _ => {}
    }
}

/// The address of a cell: of its link, or as it stands there.
fn address(cell: &str) -> Option<String> {
    let link = links(cell).into_iter().next().map(|(_, url)| url);
    link.or_else(|| Some(plain(cell)).filter(|text| text.contains('.') && !text.contains(' ')))
}

/// What a cell calls somebody.
pub(super) fn name(cell: &str) -> String {
    let first = pieces(cell).into_iter().find_map(|piece| match piece {
        Piece::Link { label, .. } if !label.is_empty() => Some(plain(label)),
        _ => None,
    });
    let name = first
        .filter(|name| words::is_name(name))
        .unwrap_or_else(|| plain(cell));
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | ':'));
    let without_logo = ["logo", "Logo", "LOGO"]
        .iter()
        .find_map(|logo| name.strip_suffix(logo));
    without_logo.unwrap_or(name).trim().to_owned()
}
