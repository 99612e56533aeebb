//! Which columns a document can show: no others are read.

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

use super::types::TABLES;
use crate::store::Projection;

/// Finds the fields that are selected on each type, and from them the columns of each table.
///
/// Each selection is looked at once, wherever it is spread. `returns` says what type a field of a
/// type has.
pub(super) fn projection<'a>(
    document: &'a ExecutableDocument,
    query: &'a str,
    returns: impl Fn(&str, &str) -> Option<&'a str>,
) -> Projection {
    let mut walk = Walk {
        returns,
        projection: Projection::new(),
    };
    for (_, operation) in document.operations.iter() {
        walk.selections(query, &operation.node.selection_set.node);
    }
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        walk.selections(on, &fragment.node.selection_set.node);
    }
    walk.projection
}

struct Walk<F> {
    returns: F,
    projection: Projection,
}

impl<'a, F: Fn(&str, &str) -> Option<&'a str>> Walk<F> {
    fn selections(&mut self, on: &str, selections: &'a SelectionSet) {
        for selection in &selections.items {
            match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    self.note(on, name);
                    if let Some(returned) = (self.returns)(on, name) {
                        self.selections(returned, &field.node.selection_set.node);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.selections(on, &fragment.node.selection_set.node);
                }
                // Its definition is looked at by itself.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn note(&mut self, on: &str, field: &str) {
        let tables = TABLES.iter().find(|(name, _)| *name == on);
        for table in tables.map_or(&[][..], |(_, tables)| tables) {
            self.projection
                .entry(table)
                .or_default()
                .insert(snake_case(field));
        }
    }
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
