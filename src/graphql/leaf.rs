//! What a column shows, without a future.

use async_graphql::Value;

/// A value that a field shows.
pub trait Leaf {
    /// The value as the library has it, the same as it would make of it.
    fn leaf(self) -> Value;
}

impl Leaf for &str {
    fn leaf(self) -> Value {
        Value::String(self.to_owned())
    }
}

impl Leaf for &[String] {
    fn leaf(self) -> Value {
        Value::List(self.iter().map(|text| text.as_str().leaf()).collect())
    }
}

impl<T: Leaf> Leaf for Option<T> {
    fn leaf(self) -> Value {
        self.map_or(Value::Null, T::leaf)
    }
}

/// Whether a field is the one that shows `column`: `firstAppeared` is `first_appeared`.
pub fn shows(field: &str, column: &str) -> bool {
    let mut column = column.bytes();
    field.bytes().all(|letter| {
        if letter.is_ascii_uppercase() && column.next() != Some(b'_') {
            return false;
        }
        column.next() == Some(letter.to_ascii_lowercase())
    }) && column.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_columns_in_another_spelling() {
        assert!(shows("name", "name"));
        assert!(shows("firstAppeared", "first_appeared"));
        for (field, column) in [
            ("name", "names"),
            ("names", "name"),
            ("firstappeared", "first_appeared"),
            ("firstAppeared", "firstappeared"),
            ("firstAppeared", "first_disappeared"),
            ("", "name"),
        ] {
            assert!(!shows(field, column), "{field} {column}");
        }
    }
}
