//! Lists, numbered or not.

use super::entry::Entry;
use super::words;
use crate::ingest::dataset::markup::blocks::{Block, Kind};
use crate::ingest::dataset::markup::inline::{Piece, is_address, links, pieces, plain};

/// What ends a name in an item without a link.
const ENDS: [&str; 12] = [
    " - ", " – ", " — ", ": ", " (", " uses ", " is ", " are ", " using ", " use ", " | ", ", ",
];
/// Words that an item without link or end may have.
const MOST_WORDS: usize = 6;

/// The adopters in the lists of a section.
pub(super) fn entries(section: &[Block]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    // How far the last adopter is moved to the right: what is moved further tells about it.
    let mut outer = None;
    let mut instructs = false;
    for block in section {
        match &block.kind {
            Kind::Item { .. } if instructs => {}
            Kind::Item { indent, text } if outer.is_some_and(|outer| *indent > outer) => {
                if let Some(entry) = entries.last_mut() {
                    entry
                        .pages
                        .extend(links(text).into_iter().map(|(_, url)| url));
                }
            }
            Kind::Item { indent, text } => match entry(block.line, text) {
                Some(entry) => {
                    outer = Some(*indent);
                    entries.push(entry);
                }
                None => outer = None,
            },
            Kind::Paragraph(text) => {
                outer = None;
                instructs = is_instruction(text);
            }
            _ => outer = None,
        }
    }
    entries
}

/// Whether what follows says what to do.
fn is_instruction(text: &str) -> bool {
    let text = text.to_lowercase();
    let asks = [
        "to add your",
        "to join",
        "to be added",
        "to be listed",
        "following options",
        "please include",
        "following information",
        "following steps",
        "add yourself",
        "in the format",
        "template",
    ];
    text.ends_with(':') && asks.iter().any(|word| text.contains(word))
}

fn entry(line: usize, text: &str) -> Option<Entry> {
    let pieces = pieces(text);
    let mut first = pieces
        .iter()
        .filter(|piece| !matches!(piece, Piece::Text(text) if is_decoration(text)));
    let entry = match first.next()? {
        Piece::Link { label, url } if !label.is_empty() => linked(line, text, label, url),
        Piece::Link { .. } | Piece::Break => return None,
        Piece::Text(_) | Piece::Image { .. } => written(line, text)?,
    };
    words::is_name(&entry.name).then_some(entry)
}

/// Marks, emoji and the like in front of a name.
fn is_decoration(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric) || text.trim().eq_ignore_ascii_case("the")
}

/// `[Name](website) and what else is said`
fn linked(line: usize, text: &str, label: &str, url: &str) -> Entry {
    let rest = text.split_once(url).map_or("", |(_, rest)| rest);
    let rest = rest.trim_start_matches(['>', ')']);
    let better = links(rest)
        .into_iter()
        .filter(|(label, _)| words::promises_evidence(label));
    Entry {
        line,
        name: super::table::name(label),
        website: Some(url.to_owned()).filter(|url| !url.is_empty()),
        pages: better.map(|(_, url)| url).collect(),
        scope: scope(rest),
        ..Entry::default()
    }
}

/// `**Name** - what is said`, `Name: [title](page)`, `Name (website)`, `Name`
fn written(line: usize, text: &str) -> Option<Entry> {
    let bold = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '*');
    let bold = bold
        .strip_prefix("**")
        .and_then(|rest| rest.split_once("**"));
    let (name, rest) = match bold {
        Some((name, rest)) => (plain(name), rest),
        None => cut(text)?,
    };
    let name = name.trim_end_matches(':').trim().to_owned();
    let mut entry = Entry {
        line,
        name,
        scope: scope(rest),
        ..Entry::default()
    };
    for (label, url) in links(rest) {
        let is_home = label.is_empty()
            || label.eq_ignore_ascii_case(&entry.name)
            || label.to_lowercase().contains("website");
        if entry.website.is_none() && is_home && path_steps(&url) <= 1 {
            entry.website = Some(url);
        } else if is_address(&url)
            && (label.is_empty() || words::promises_evidence(&label) || label.contains(' '))
        {
            entry.pages.push(url);
        }
    }
    Some(entry)
}

/// The name in front of what is said of it.
fn cut(text: &str) -> Option<(String, &str)> {
    let link = text.find('[').or_else(|| text.find("http"));
    let end = ENDS.iter().filter_map(|end| text.find(end)).min();
    let end = end
        .or_else(|| text.ends_with(':').then(|| text.len() - 1))
        .or(link);
    if let Some(end) = end {
        let (name, rest) = text.split_at(end);
        return Some((
            plain(name),
            rest.trim_start_matches([' ', '-', '–', '—', ':', '|', ',']),
        ));
    }
    let name = plain(text);
    let is_sentence = name.ends_with('.') && name.contains(' ');
    (!is_sentence && name.split(' ').count() <= MOST_WORDS).then_some((name, ""))
}

/// What is said, if it is more than a word or two.
fn scope(rest: &str) -> Option<String> {
    let text = plain(rest);
    let text = text
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"')
        .trim();
    (text.split(' ').count() > 2).then(|| text.to_owned())
}

/// How deep a page lies in its site.
fn path_steps(url: &str) -> usize {
    let path = url.split("://").nth(1).unwrap_or(url);
    path.split('/')
        .skip(1)
        .filter(|step| !step.is_empty())
        .count()
}
