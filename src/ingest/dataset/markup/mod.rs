//! Reading the Markdown that people write lists in.
//!
//! Not a renderer: it finds names, links, list items and tables. Every search looks ahead a bounded
//! way only, so that the time is linear in the text whatever is in it.

pub(super) mod blocks;
pub(super) mod front;
pub(super) mod inline;

use crate::ingest::yaml::Node;

/// The text of a file; what is not UTF-8 or no character becomes `U+FFFD`, a byte order mark goes.
pub(super) fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{feff}')
        .unwrap_or(&text)
        .replace('\0', "\u{fffd}")
}

/// A document of YAML, without characters that are none. On failure the line, and why.
pub(super) fn tree(text: &str) -> Result<Node, (usize, String)> {
    Node::parse(text).map(Node::without_nul)
}

/// Cuts a text after at most so many characters, at a word where there is one.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let cut = cut.rfind(' ').map_or(cut, |space| &cut[..space]);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
}
