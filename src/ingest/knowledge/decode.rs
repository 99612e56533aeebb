//! From trees to records. Everything that is wrong is noted with its place, not only the first.

use super::mistake::{Sink, did_you_mean};
use crate::ingest::yaml::{Entry, Node, Value};

/// Characters of a text that a mistake quotes.
const LONGEST_QUOTED: usize = 60;

/// Where one file is being read.
pub(super) struct Reader<'a> {
    pub file: &'static str,
    pub sink: &'a mut Sink,
    path: String,
}

/// What can be read from YAML.
pub(super) trait Decode: Sized {
    /// Reads the value; `None` after noting why it cannot be read.
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// The value of a field that is left out; `None` if it may not be.
    fn absent() -> Option<Self> {
        None
    }
}

/// A group of fields of a record.
pub(super) trait Fields: Sized {
    /// The names of the fields.
    const NAMES: &'static [&'static str];

    /// Reads them from a record that begins in `line`; others are left to others.
    fn read(line: usize, entries: &[Entry], reader: &mut Reader<'_>) -> Option<Self>;

    /// The names of those that may not be left out.
    #[cfg(test)]
    fn required() -> Vec<&'static str>;
}

/// Declares records by their fields: how they are held and how they are read.
macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(in crate::ingest::knowledge) struct $name {
            $(pub $field: $type,)+
        }

        impl Fields for $name {
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            fn read(line: usize, entries: &[Entry], reader: &mut Reader<'_>) -> Option<Self> {
                $(let $field = reader.field::<$type>(line, entries, stringify!($field));)+
                Some(Self { $($field: $field?),+ })
            }

            #[cfg(test)]
            fn required() -> Vec<&'static str> {
                let fields = [$((stringify!($field), <$type>::absent().is_none())),+];
                let required = fields.into_iter().filter(|(_, is_required)| *is_required);
                required.map(|(name, _)| name).collect()
            }
        }

        impl Decode for $name {
            fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
                let entries = reader.record(node, Self::NAMES)?;
                Self::read(node.line, entries, reader)
            }
        }
    )+};
}
pub(super) use records;

impl<'a> Reader<'a> {
    pub fn new(file: &'static str, sink: &'a mut Sink) -> Self {
        let path = String::new();
        Self { file, sink, path }
    }

    /// Notes a mistake at the current field.
    pub fn note(&mut self, line: usize, message: impl Into<String>) {
        self.sink.note(self.file, line, &self.path, message);
    }

    /// The entries of a record that may have these fields.
    pub fn record<'n>(&mut self, node: &'n Node, names: &[&'static str]) -> Option<&'n [Entry]> {
        let Value::Record(entries) = &node.value else {
            self.expected("a record of fields", node);
            return None;
        };
        for (position, entry) in entries.iter().enumerate() {
            if !names.contains(&entry.key.as_str()) {
                let hint = did_you_mean(&entry.key, names.iter().copied());
                self.within(&entry.key, |reader| {
                    reader.note(entry.line, format!("there is no such field{hint}"));
                });
            } else if entries[..position]
                .iter()
                .any(|other| other.key == entry.key)
            {
                self.within(&entry.key, |reader| {
                    reader.note(entry.line, "is given twice");
                });
            }
        }
        Some(entries)
    }

    /// Reads one field of a record that begins in `line`.
    pub fn field<T: Decode>(&mut self, line: usize, entries: &[Entry], key: &str) -> Option<T> {
        self.within(key, |reader| {
            if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
                return T::decode(&entry.value, reader);
            }
            let value = T::absent();
            if value.is_none() {
                reader.note(line, "is missing");
            }
            value
        })
    }

    /// Reads what stands at `key`, a field or a position such as `[0]`.
    pub fn within<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        if length > 0 && !key.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(key);
        let value = read(self);
        self.path.truncate(length);
        value
    }

    /// Notes that something else was expected.
    pub fn expected(&mut self, what: &str, node: &Node) {
        let (found, hint) = match &node.value {
            Value::Nothing => ("nothing".to_owned(), ""),
            Value::Bool(value) => (format!("`{value}`"), "; put it in quotes"),
            Value::Whole(value) => (format!("the number {value}"), "; put it in quotes"),
            Value::Number(value) => (format!("the number {value}"), "; put it in quotes"),
            Value::Text(text) if text.chars().count() > LONGEST_QUOTED => {
                ("a long text".into(), "")
            }
            Value::Text(text) => (format!("`{text}`"), ""),
            Value::List(_) => ("a list".to_owned(), ""),
            Value::Record(_) => ("a record of fields".to_owned(), ""),
        };
        let hint = if what == "text" { hint } else { "" };
        self.note(node.line, format!("expected {what}, found {found}{hint}"));
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        // A field that may be absent does not cost its record when it is wrong.
        Some(match node.value {
            Value::Nothing => None,
            _ => T::decode(node, reader),
        })
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            reader.expected("a list", node);
            return None;
        };
        let read = |(position, item): (usize, &Node)| {
            reader.within(&format!("[{position}]"), |reader| T::decode(item, reader))
        };
        items
            .iter()
            .enumerate()
            .map(read)
            .collect::<Vec<_>>()
            .into_iter()
            .collect()
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

impl Decode for String {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Text(text) = &node.value else {
            reader.expected("text", node);
            return None;
        };
        let text = text.trim();
        let is_control = |character: char| character.is_control() && character != '\n';
        if text.is_empty() {
            reader.note(node.line, "is empty; leave the field out");
        } else if text.contains(is_control) {
            reader.note(node.line, "holds a control character");
        } else {
            return Some(text.to_owned());
        }
        None
    }
}

impl Decode for bool {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        reader.expected("true or false", node);
        None
    }
}

impl Decode for i64 {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if let Value::Whole(value) = node.value {
            return Some(value);
        }
        reader.expected("a whole number", node);
        None
    }
}

impl Decode for f64 {
    fn decode(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            Value::Number(value) => Some(value),
            Value::Whole(0) => Some(0.0),
            Value::Whole(1) => Some(1.0),
            _ => {
                reader.expected("a number from 0 to 1", node);
                None
            }
        }
    }
}
