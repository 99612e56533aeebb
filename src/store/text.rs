//! Text, folded for comparing: alike on every database, because no database does it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;

/// A name for sorting and searching: case and width folded, white space collapsed.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name for recognising: folded, and without anything but letters, digits, `+` and `#`,
/// so that "Node.js", "node-js" and "NodeJS" are one name and "C", "C++" and "C#" are three.
#[must_use]
pub fn fold_alias(name: &str) -> String {
    let tells = |character: &char| character.is_alphanumeric() || matches!(character, '+' | '#');
    if name.is_ascii() {
        // Nothing to compose, and most slugs are like this.
        let lower = name.chars().map(|letter| letter.to_ascii_lowercase());
        return lower.filter(tells).collect();
    }
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(tells)
        .collect()
}

/// A day as ISO 8601: `2024-01-31`.
#[must_use]
pub fn iso_day(day: NaiveDate) -> String {
    // It is written letter by letter, and would be moved four times while it grows.
    let mut text = String::with_capacity("2024-01-31".len());
    // Writing to a String cannot fail.
    let _ = write!(text, "{day}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_for_sorting() {
        assert_eq!(
            fold_name("  Visual\u{a0}Studio  Code "),
            "visual studio code"
        );
        assert_eq!(fold_name("ＧＯ"), "go");
        assert_eq!(fold_name("ÉLIXIR"), "élixir");
    }

    #[test]
    fn aliases_keep_what_tells_languages_apart() {
        assert_eq!(fold_alias("Node.js"), "nodejs");
        assert_eq!(fold_alias("node-js"), "nodejs");
        assert_eq!(fold_alias("C"), "c");
        assert_eq!(fold_alias("C++"), "c++");
        assert_eq!(fold_alias("C#"), "c#");
        assert_eq!(fold_alias(".NET"), "net");
        assert_eq!(fold_alias("--"), "");
    }
}
