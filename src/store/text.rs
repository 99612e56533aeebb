//! Text: folded for comparing, alike on every database, because no database does it; and days.

use chrono::{Datelike as _, NaiveDate};
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
    // Days are all over the answers, and the general way writes them letter by letter.
    let (year, month, date) = (day.year(), day.month(), day.day());
    if !(0..=9999).contains(&year) {
        return day.to_string();
    }
    let digit = |number: u32, unit: u32| char::from_digit(number / unit % 10, 10);
    let year = year.unsigned_abs();
    let letters = [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        Some('-'),
        digit(month, 10),
        digit(month, 1),
        Some('-'),
        digit(date, 10),
        digit(date, 1),
    ];
    let mut text = String::with_capacity(letters.len());
    text.extend(letters.into_iter().flatten());
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
    fn days_are_written_as_the_calendar_does() {
        for (year, month, date) in [
            (0, 1, 1),
            (7, 2, 28),
            (999, 12, 31),
            (2024, 2, 29),
            (9999, 10, 9),
        ] {
            let day = NaiveDate::from_ymd_opt(year, month, date).expect("a day");
            assert_eq!(iso_day(day), day.to_string());
        }
        assert_eq!(iso_day(NaiveDate::MIN), NaiveDate::MIN.to_string());
        assert_eq!(iso_day(NaiveDate::MAX), NaiveDate::MAX.to_string());
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
