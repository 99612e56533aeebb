//! Which columns a document can show: no others are read.

use async_graphql::parser::types::ExecutableDocument;

use super::fields::each_field;
use super::types::TYPES;
use crate::store::Projection;

/// Finds the fields that are selected on each type, and from them the columns of each table.
/// `returns` says what type a field of a type has.
pub(super) fn projection<'a>(
    document: &'a ExecutableDocument,
    returns: impl Fn(&str, &str) -> Option<&'a str>,
) -> Projection {
    let mut projection = Projection::default();
    each_field(document, returns, |on, field| {
        let known = TYPES.iter().find(|known| known.name == on);
        for table in known.map_or(&[][..], |known| known.tables) {
            projection
                .entry(table)
                .or_default()
                .insert(snake_case(field));
        }
    });
    projection
}

fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
