//! Front matter: the YAML between `---` at the head of a Markdown file.

use super::tree;
use crate::ingest::yaml::Node;

/// A Markdown file in its two parts.
#[derive(Debug)]
pub(in crate::ingest::dataset) struct Page<'a> {
    /// The fields of its head.
    pub head: Node,
    /// What follows.
    pub body: &'a str,
    /// The line on which the body begins.
    pub body_line: usize,
}

/// Splits a Markdown file. `None` if it has no front matter; else the page, or the line and what is
/// wrong with it.
pub(in crate::ingest::dataset) fn split(text: &str) -> Option<Result<Page<'_>, (usize, String)>> {
    let rest = text.strip_prefix("---")?;
    let rest = rest
        .trim_start_matches([' ', '\t', '\r'])
        .strip_prefix('\n')?;
    let mut at = 0;
    for (line, part) in (2..).zip(rest.split_inclusive('\n')) {
        if part.trim_end() == "---" {
            let (head, body) = (&rest[..at], &rest[at + part.len()..]);
            return Some(read(head).map(|head| Page {
                head,
                body,
                body_line: line + 1,
            }));
        }
        at += part.len();
    }
    let what = "the front matter that begins here has no `---` at its end".to_owned();
    Some(Err((1, what)))
}

/// Lines of the head are counted from the first of the file.
fn read(head: &str) -> Result<Node, (usize, String)> {
    // The `---` before it is a line too.
    tree(&format!("\n{head}"))
}
