//! What a Markdown file is made of: headings, paragraphs, list items and tables.

use super::inline::{plain, resolve_references};

/// Columns of a table that are read.
const MOST_COLUMNS: usize = 50;

/// A part of a file, and the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest::dataset) struct Block {
    pub line: usize,
    pub kind: Kind,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest::dataset) enum Kind {
    Heading {
        level: usize,
        text: String,
    },
    Paragraph(String),
    /// An item of a list, by how far it is moved to the right.
    Item {
        indent: usize,
        text: String,
    },
    /// The head of a table.
    Head(Vec<String>),
    /// A row below a head.
    Row(Vec<String>),
}

/// Takes a file apart. What stands in comments and fences is left out.
pub(in crate::ingest::dataset) fn blocks(text: &str) -> Vec<Block> {
    let text = resolve_references(text);
    let mut reader = Reader::default();
    let mut lines = text.lines().zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        let next = lines.peek().map_or("", |(next, _)| *next);
        if reader.is_hidden(line) {
            continue;
        }
        if reader.read(line, number, next) == Skip::Next {
            lines.next();
        }
    }
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The columns of the table that goes on.
    columns: Option<usize>,
    /// Whether a line of text continues the last block.
    is_open: bool,
    fence: Option<&'static str>,
    is_in_comment: bool,
}

#[derive(PartialEq, Eq)]
enum Skip {
    Nothing,
    Next,
}

impl Reader {
    fn is_hidden(&mut self, line: &str) -> bool {
        let trimmed = line.trim_start();
        if let Some(fence) = self.fence {
            if trimmed.starts_with(fence) {
                self.fence = None;
            }
            return true;
        }
        if self.is_in_comment {
            self.is_in_comment = !line.contains("-->");
            return true;
        }
        self.fence = ["```", "~~~"]
            .into_iter()
            .find(|fence| trimmed.starts_with(fence));
        self.is_in_comment = trimmed.starts_with("<!--") && !line.contains("-->");
        self.fence.is_some() || self.is_in_comment
    }

    fn read(&mut self, line: &str, number: usize, next: &str) -> Skip {
        let quoted = line.trim_start().trim_start_matches("> ");
        if quoted.trim().is_empty() || quoted.trim() == ">" {
            self.is_open = false;
            self.columns = None;
            return Skip::Nothing;
        }
        if let Some(columns) = self.columns
            && let Some(row) = row(quoted, columns)
        {
            self.push(number, Kind::Row(row));
            return Skip::Nothing;
        }
        self.columns = None;
        if quoted.contains('|') && is_delimiter(next.trim_start().trim_start_matches("> ")) {
            let mut head = cells(quoted);
            head.truncate(MOST_COLUMNS);
            self.columns = Some(head.len());
            self.push(number, Kind::Head(head));
            return Skip::Next;
        }
        self.read_text(line, quoted, number, next)
    }

    fn read_text(&mut self, line: &str, quoted: &str, number: usize, next: &str) -> Skip {
        if let Some((level, text)) = heading(quoted) {
            self.push(
                number,
                Kind::Heading {
                    level,
                    text: plain(text),
                },
            );
            return Skip::Nothing;
        }
        if let Some(text) = item(quoted) {
            let text = text.trim().to_owned();
            self.push(
                number,
                Kind::Item {
                    indent: indent(line),
                    text,
                },
            );
            self.is_open = true;
            return Skip::Nothing;
        }
        if !self.is_open
            && let Some(level) = underline(next)
        {
            self.push(
                number,
                Kind::Heading {
                    level,
                    text: plain(quoted),
                },
            );
            return Skip::Next;
        }
        let open = self.is_open.then(|| self.blocks.last_mut()).flatten();
        if let Some(Kind::Item { text, .. } | Kind::Paragraph(text)) = open.map(|b| &mut b.kind) {
            text.push(' ');
            text.push_str(quoted.trim());
        } else {
            self.push(number, Kind::Paragraph(quoted.trim().to_owned()));
            self.is_open = true;
        }
        Skip::Nothing
    }

    fn push(&mut self, line: usize, kind: Kind) {
        self.is_open = false;
        self.blocks.push(Block { line, kind });
    }
}

/// How far a line is moved to the right; a tab is four.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// `## Text`
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let text = line[level..].trim();
    // `## Text ##` may be closed; the mark of `F#` is its own.
    let closed = text.trim_end_matches('#');
    let text = if closed.ends_with(' ') {
        closed.trim()
    } else {
        text
    };
    ((1..=6).contains(&level) && !text.is_empty()).then_some((level, text))
}

/// The line under a heading.
fn underline(line: &str) -> Option<usize> {
    let line = line.trim();
    let is_all = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark);
    if is_all('=') {
        Some(1)
    } else {
        is_all('-').then_some(2)
    }
}

/// The text of `- item`, `* item`, `+ item`, `1. item` or `1) item`.
fn item(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if (1..=9).contains(&digits) {
        line[digits..].strip_prefix(['.', ')'])?
    } else {
        line.strip_prefix(['-', '*', '+', '•'])?
    };
    let text = rest.strip_prefix([' ', '\t'])?;
    let text = text.trim_start();
    let unchecked = text
        .strip_prefix("[ ] ")
        .or_else(|| text.strip_prefix("[x] "));
    Some(unchecked.unwrap_or(text)).filter(|text| !text.is_empty())
}

/// The line between the head and the rows of a table.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a line of a table; `|` in front and at the end may be left out.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if c == '|' {
                cell.pop();
            }
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells
        .into_iter()
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// A row of a table with so many columns: missing cells are empty, further ones left out.
fn row(line: &str, columns: usize) -> Option<Vec<String>> {
    if !line.contains('|') {
        return None;
    }
    let mut row = cells(line);
    row.resize(columns, String::new());
    Some(row)
}
