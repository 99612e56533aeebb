//! One adapter for each format.

pub mod adopters;
pub mod endoflife;
pub mod frameworks;
pub mod landscape;
pub mod linguist;
pub mod oews;
pub mod onet;
pub mod profiles;
pub mod qualities;
pub mod registry;
pub mod skill_links;
pub mod startups;
pub mod testing_links;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::{Claim, File, Place, Problem, Sink, claim::Says};
use crate::ingest::dataset::markup::tree;
use crate::ingest::yaml::{Node, Value};

/// Bytes that a name may have: it is repeated wherever something is said of what it names.
const LONGEST_NAME: usize = 200;

/// Characters that a summary may have.
const LONGEST_SUMMARY: usize = 300;

/// Hands over what a line of a file says.
fn claim(sink: &mut dyn Sink, path: &str, line: usize, says: Says) {
    sink.claim(Claim {
        place: place(path, line),
        says,
    });
}

/// Hands over that a line of a file cannot be read.
fn problem(sink: &mut dyn Sink, path: &str, line: usize, what: impl Into<String>) {
    sink.problem(Problem {
        place: place(path, line),
        what: what.into(),
    });
}

fn place(path: &str, line: usize) -> Place {
    Place {
        path: path.to_owned(),
        line: Some(line).filter(|line| *line > 0),
        record: None,
    }
}

/// The text of a file without its byte order mark; a problem if it is not UTF-8.
fn utf8<'a>(file: &File<'a>, sink: &mut dyn Sink) -> Option<&'a str> {
    match std::str::from_utf8(file.bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let valid = &file.bytes[..error.valid_up_to()];
            let line = valid.split(|byte| *byte == b'\n').count();
            problem(sink, file.path, line, "is not UTF-8 here");
            None
        }
    }
}

/// JSON without the character NUL, which PostgreSQL does not keep. It can only be written so.
fn without_nul(json: &str) -> Cow<'_, str> {
    if json.contains(r"\u0000") {
        Cow::Owned(json.replace(r"\u0000", r"\ufffd"))
    } else {
        Cow::Borrowed(json)
    }
}

/// Whether a text can be a name.
fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= LONGEST_NAME
}

/// A file of YAML, or of the JSON that is YAML, too; a problem if it is neither.
fn yaml(file: &File<'_>, sink: &mut dyn Sink) -> Option<Node> {
    let text = utf8(file, sink)?;
    match tree(text) {
        Ok(node) => Some(node),
        Err((line, what)) => {
            problem(sink, file.path, line, format!("is not YAML: {what}"));
            None
        }
    }
}

/// A text on one line, without what surrounds it; `None` if nothing is left.
fn line_of_text(node: &Node, key: &str) -> Option<String> {
    let words = node.text(key)?.split_whitespace().collect::<Vec<_>>();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

/// A text or number as it may stand for a label.
fn label(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Whole(number) => Some(number.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A summary of bounded length, cut at a word.
fn summary(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_SUMMARY) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let cut = cut.rfind(' ').map_or(cut, |space| &cut[..space]);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// An address, if it is one of the web.
fn address(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    is_web.then(|| text.to_owned())
}

/// `owner/name` of a repository on GitHub, from its address.
fn github(address: &str) -> Option<String> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    repository(rest.strip_prefix("github.com/")?)
}

/// `owner/name`, from a path that begins with them.
fn repository(path: &str) -> Option<String> {
    let mut steps = path.split(['/', '?', '#']);
    let owner = steps.next()?.trim();
    let name = steps.next()?.trim();
    let name = name.strip_suffix(".git").unwrap_or(name);
    let is_name = |text: &str| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !text.is_empty() && text.len() <= 100 && text.chars().all(is_allowed)
    };
    (is_name(owner) && is_name(name)).then(|| format!("{owner}/{name}"))
}

/// Letters and digits in small letters, for comparing names.
fn folded(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What follows the last dot of a file's name.
fn ending(path: &str) -> &str {
    let parts = file_name(path).rsplit_once('.');
    parts.map_or("", |(_, ending)| ending)
}

/// The last step of a path, without its ending, in small letters.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_lowercase()
}

/// Whether a path ends with one of these, whatever the case.
fn ends_with_any(path: &str, endings: &[&str]) -> bool {
    let path = path.to_lowercase();
    endings.iter().any(|ending| path.ends_with(ending))
}
