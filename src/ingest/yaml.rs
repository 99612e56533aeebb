//! YAML as a tree that knows its lines.

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Spanned, budget, options};

/// A value and the line on which it begins, from 1.
#[derive(Clone, Debug)]
pub(in crate::ingest) struct Node {
    pub line: usize,
    pub value: Value,
}

/// What YAML can hold here.
#[derive(Clone, Debug)]
pub(in crate::ingest) enum Value {
    Nothing,
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Record(Vec<Entry>),
}

/// A field of a record as it is written.
#[derive(Clone, Debug)]
pub(in crate::ingest) struct Entry {
    pub key: String,
    pub line: usize,
    pub value: Node,
}

impl Node {
    /// Reads one YAML document. On failure says in which line, and why.
    ///
    /// References (`&x`, `*x`) are refused: a few hundred bytes of them can stand for gigabytes.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let options = options! {
            budget: budget! {
                max_aliases: 0,
                max_anchors: 0,
                max_documents: 1,
                max_depth: 16,
                max_nodes: 2_000_000,
                max_events: 5_000_000,
            },
            duplicate_keys: DuplicateKeyPolicy::PassThrough,
            strict_booleans: true,
            leading_zero_numbers_as_strings: true,
            underscored_numbers_as_strings: true,
            with_snippet: false,
        };
        serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let line = error.location().map_or(0, |location| line(location.line()));
            (line, error.without_snippet().to_string())
        })
    }

    /// The same with `U+FFFD` for each NUL, which `"\0"` stands for and PostgreSQL does not keep.
    #[must_use]
    pub fn without_nul(mut self) -> Self {
        self.replace_nul();
        self
    }

    fn replace_nul(&mut self) {
        let replace = |text: &mut String| {
            if text.contains('\0') {
                *text = text.replace('\0', "\u{fffd}");
            }
        };
        match &mut self.value {
            Value::Text(text) => replace(text),
            Value::List(items) => items.iter_mut().for_each(Self::replace_nul),
            Value::Record(entries) => {
                for entry in entries {
                    replace(&mut entry.key);
                    entry.value.replace_nul();
                }
            }
            _ => {}
        }
    }

    /// The line of the field at `path`, such as `evidence[0].url`, or of what is nearest to it.
    pub fn line_of(&self, path: &str) -> usize {
        let mut line = self.line;
        let mut node = self;
        for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
            let next = match &node.value {
                Value::Record(entries) => entries
                    .iter()
                    .find(|entry| entry.key == step)
                    .map(|entry| (entry.line, &entry.value)),
                Value::List(items) => step
                    .parse()
                    .ok()
                    .and_then(|position: usize| items.get(position))
                    .map(|item| (item.line, item)),
                _ => None,
            };
            match next {
                Some(found) => (line, node) = found,
                None => break,
            }
        }
        line
    }

    /// The text of the field `key`, if this is a record that has it.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(|node| match &node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// What the field `key` holds, if this is a record that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.entries().iter().find(|entry| entry.key == key);
        entry.map(|entry| &entry.value)
    }

    /// The fields, if this is a record.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Record(entries) => entries,
            _ => &[],
        }
    }

    /// The items, if this is a list.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text that this is, unless it is blank.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }
}

fn line(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self {
            line: line(spanned.referenced.line()),
            value: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        // What does not fit is too large for every field.
        Ok(Value::Whole(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            entries.push(Entry {
                line: line(key.referenced.line()),
                key: key.value,
                value: map.next_value()?,
            });
        }
        Ok(Value::Record(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_line() {
        let tree = Node::parse(
            "# head\n- slug: a\n  list:\n    - {x: 1}\n    - x: 2\n      y: [1,\n        2]\n",
        )
        .expect("valid");
        let Value::List(records) = &tree.value else {
            panic!("a list")
        };
        let record = &records[0];
        assert_eq!(record.line_of("slug"), 2);
        assert_eq!(record.line_of("list"), 3);
        assert_eq!(record.line_of("list[0].x"), 4);
        assert_eq!(record.line_of("list[1].y"), 6);
        assert_eq!(record.line_of("list[1].y[1]"), 7);
        assert_eq!(record.line_of("list[1].z"), 5, "the nearest");
        assert_eq!(record.text("slug"), Some("a"));
    }

    #[test]
    fn bombs_are_refused() {
        let bomb = "- &a [x, x, x, x, x, x]\n- &b [*a, *a, *a, *a, *a, *a]\n- [*b, *b, *b, *b]\n";
        assert!(Node::parse(bomb).is_err());
        let deep = format!("{}x{}", "[".repeat(100), "]".repeat(100));
        assert!(Node::parse(&deep).is_err());
        assert!(Node::parse("a: 1\n---\nb: 2\n").is_err());
    }

    #[test]
    fn a_syntax_error_names_its_line() {
        let (line, message) = Node::parse("- a: 1\n- b: [1, 2\n- c: 3\n").expect_err("open list");
        assert!(line >= 2, "{line}: {message}");
    }
}
