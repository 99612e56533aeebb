//! What stands inside a line: text, links, images, HTML.

use std::borrow::Cow;
use std::collections::HashMap;

/// Bytes that are looked at for the end of a label or a tag.
const LONGEST_LABEL: usize = 500;
/// Bytes that are looked at for the end of an address.
const LONGEST_URL: usize = 2_000;
/// How many times longer a text becomes when its references are resolved.
const LONGER: usize = 4;
/// How deep labels stand in labels: an image in a link.
const DEEPEST: usize = 2;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest::dataset) enum Piece<'a> {
    /// Text as it is written.
    Text(&'a str),
    /// `[label](url)`, `<a href="url">label</a>`, `<url>` or a bare address, whose label is empty.
    Link { label: &'a str, url: &'a str },
    /// `![alt](url)` or `<img alt="alt">`.
    Image { alt: &'a str },
    /// `<br>`
    Break,
}

/// Takes a line apart.
pub(in crate::ingest::dataset) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < line.len() {
        let rest = &line[at..];
        let found = match rest.as_bytes()[0] {
            b'!' if rest.starts_with("![") => image(rest),
            b'[' => link(rest),
            b'<' => tag(rest),
            b'h' => bare(line, at),
            b'\\' => Some((None, 1)),
            _ => None,
        };
        let Some((piece, length)) = found else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        push_text(&mut pieces, &line[start..at]);
        pieces.extend(piece);
        at += length;
        start = at;
        // What is escaped is text, whatever it is.
        if rest.starts_with('\\') {
            at += line[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    push_text(&mut pieces, &line[start..]);
    pieces
}

type Found<'a> = Option<(Option<Piece<'a>>, usize)>;

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// The start of a text that is looked at.
fn window(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Where the bracket closes with which the text begins.
fn closing(text: &str, open: u8, close: u8, most: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in window(text, most).bytes().enumerate() {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == open {
            depth += 1;
        } else if byte == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The address of `(url "title")`, and the length of all of it.
fn target(text: &str) -> Option<(&str, usize)> {
    if !text.starts_with('(') {
        return None;
    }
    let end = closing(text, b'(', b')', LONGEST_URL)?;
    let inside = text[1..end].trim();
    let url = match inside.strip_prefix('<') {
        Some(rest) => rest.split('>').next().unwrap_or(rest),
        None => inside.split_whitespace().next().unwrap_or(""),
    };
    Some((url, end + 1))
}

fn link(text: &str) -> Found<'_> {
    let end = closing(text, b'[', b']', LONGEST_LABEL)?;
    let (url, length) = target(&text[end + 1..])?;
    let label = &text[1..end];
    Some((Some(Piece::Link { label, url }), end + 1 + length))
}

fn image(text: &str) -> Found<'_> {
    let end = 1 + closing(&text[1..], b'[', b']', LONGEST_LABEL)?;
    let (_, length) = target(&text[end + 1..])?;
    let alt = &text[2..end];
    Some((Some(Piece::Image { alt }), end + 1 + length))
}

/// An HTML tag, a comment or `<url>`.
fn tag(text: &str) -> Found<'_> {
    if text.starts_with("<!--") {
        let end = window(text, LONGEST_LABEL).find("-->")?;
        return Some((None, end + 3));
    }
    let end = window(text, LONGEST_LABEL).find('>')?;
    let inside = &text[1..end];
    if is_address(inside) {
        let piece = Piece::Link {
            label: "",
            url: inside,
        };
        return Some((Some(piece), end + 1));
    }
    let name = inside.trim_start_matches('/');
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let word = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
    let piece = match word.unwrap_or("").to_ascii_lowercase().as_str() {
        "br" | "p" | "li" | "div" => Some(Piece::Break),
        "img" => attribute(inside, "alt").map(|alt| Piece::Image { alt }),
        "a" if !inside.starts_with('/') => return Some(anchor(text, inside, end + 1)),
        _ => None,
    };
    Some((piece, end + 1))
}

/// `<a href="url">label</a>`
fn anchor<'a>(text: &'a str, inside: &'a str, length: usize) -> (Option<Piece<'a>>, usize) {
    let rest = window(&text[length..], LONGEST_LABEL);
    let end = rest.find("</a>").or_else(|| rest.find("</A>"));
    match (attribute(inside, "href"), end) {
        (Some(url), Some(end)) => {
            let label = &rest[..end];
            (Some(Piece::Link { label, url }), length + end + 4)
        }
        _ => (None, length),
    }
}

/// The value of an attribute in quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let at = from + tag[from..].find(name)?;
        let after = tag[at + name.len()..].trim_start();
        let is_whole = tag[..at].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        if let (true, Some(value)) = (is_whole, after.strip_prefix('=')) {
            let value = value.trim_start();
            let quote = value
                .chars()
                .next()
                .filter(|quote| matches!(quote, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
        from = at + name.len();
    }
}

/// An address that stands in the text as it is.
fn bare(line: &str, at: usize) -> Found<'_> {
    let rest = &line[at..];
    let follows_word = line[..at].ends_with(|c: char| c.is_alphanumeric());
    if follows_word || !is_address(rest) {
        return None;
    }
    let stop = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | ')' | ']' | '`');
    let rest = window(rest, LONGEST_URL);
    let url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']);
    Some((Some(Piece::Link { label: "", url }), url.len()))
}

/// Whether this is, or begins with, an address of the web.
pub(in crate::ingest::dataset) fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric()))
}

/// What a reader sees of a line: labels, the text that stands for images, no marks.
pub(in crate::ingest::dataset) fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    push_plain(&mut text, line, 0);
    let text = entities(&text).replace(['*', '`'], "");
    let words = text.split_whitespace().map(strip_underscores);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn push_plain(text: &mut String, line: &str, depth: usize) {
    for piece in pieces(line) {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Link { label, .. } | Piece::Image { alt: label } if depth < DEEPEST => {
                push_plain(text, label, depth + 1);
            }
            Piece::Link { label, .. } | Piece::Image { alt: label } => text.push_str(label),
            Piece::Break => text.push(' '),
        }
    }
}

/// `_emphasis_` without its marks; the `_` inside a name stays.
fn strip_underscores(word: &str) -> &str {
    word.trim_matches('_')
}

/// The entities that occur in lists, and what they stand for.
const NAMED: [(&str, &str); 8] = [
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&ndash;", "–"),
    ("&amp;", "&"),
];

/// A text with its entities replaced.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for (entity, stands_for) in NAMED {
        text = text.replace(entity, stands_for);
    }
    text
}

/// A text in which `[label][id]` is `[label](url)`, by the lines `[id]: url` of the text. It becomes
/// [`LONGER`] times as long at most: an address of a megabyte could be named a million times.
pub(in crate::ingest::dataset) fn resolve_references(text: &str) -> Cow<'_, str> {
    let definitions = text.lines().filter_map(|line| {
        let (id, url) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
        let url = url.trim().split(' ').next().filter(|url| is_address(url))?;
        Some((id.to_lowercase(), url))
    });
    let definitions: HashMap<String, &str> = definitions.collect();
    if definitions.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("][");
    let mut resolved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = window(part, LONGEST_LABEL).split_once(']');
        let url = reference.and_then(|(id, _)| definitions.get(&id.to_lowercase()));
        if let (Some((id, _)), Some(url)) = (reference, url)
            && resolved.len() + url.len() <= LONGER * text.len()
        {
            resolved += &["](", url, ")", &part[id.len() + 1..]].concat();
        } else {
            resolved += "][";
            resolved += part;
        }
    }
    Cow::Owned(resolved)
}

/// The links of a line in order, with their labels as a reader sees them.
pub(in crate::ingest::dataset) fn links(line: &str) -> Vec<(String, String)> {
    let links = pieces(line).into_iter().filter_map(|piece| match piece {
        Piece::Link { label, url } => Some((plain(label), url.trim().to_owned())),
        _ => None,
    });
    links.collect()
}
