//! Which fields a document selects on which types.

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

/// Calls `visit` with the type and the name of each selected field.
///
/// Each selection is looked at once, wherever it is spread. `returns` says what type a field of a
/// type has.
pub(super) fn each_field<'a>(
    document: &'a ExecutableDocument,
    returns: impl Fn(&str, &str) -> Option<&'a str>,
    visit: impl FnMut(&'a str, &'a str),
) {
    let mut walk = Walk { returns, visit };
    for (_, operation) in document.operations.iter() {
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        walk.selections(root, &operation.node.selection_set.node);
    }
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        walk.selections(on, &fragment.node.selection_set.node);
    }
}

struct Walk<R, V> {
    returns: R,
    visit: V,
}

impl<'a, R, V> Walk<R, V>
where
    R: Fn(&str, &str) -> Option<&'a str>,
    V: FnMut(&'a str, &'a str),
{
    fn selections(&mut self, on: &'a str, selections: &'a SelectionSet) {
        for selection in &selections.items {
            match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    (self.visit)(on, name);
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
}
