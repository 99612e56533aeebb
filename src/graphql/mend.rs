//! What the library gets wrong about documents, put right before it sees them.

use async_graphql::Positioned;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, InlineFragment, Selection, SelectionSet,
};

/// Rewrites the document so that the library treats `__typename` like any field, which it does
/// not: it neither sees variables in the field's directives nor checks them.
///
/// # Errors
/// When `__typename` has arguments, which the library would ignore.
pub(super) fn mend(document: &mut ExecutableDocument) -> Result<(), String> {
    match &mut document.operations {
        DocumentOperations::Single(operation) => {
            selections(&mut operation.node.selection_set.node)?;
        }
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                selections(&mut operation.node.selection_set.node)?;
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        selections(&mut fragment.node.selection_set.node)?;
    }
    Ok(())
}

fn selections(set: &mut SelectionSet) -> Result<(), String> {
    for selection in &mut set.items {
        let position = selection.pos;
        match &mut selection.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {
                if let Some((argument, _)) = field.node.arguments.first() {
                    return Err(format!(
                        "`__typename` takes no argument `{}`.",
                        argument.node
                    ));
                }
                if !field.node.directives.is_empty() {
                    selection.node = in_fragment(field);
                }
            }
            Selection::Field(field) => selections(&mut field.node.selection_set.node)?,
            Selection::InlineFragment(fragment) => {
                selections(&mut fragment.node.selection_set.node)?;
            }
            Selection::FragmentSpread(_) => {}
        }
        selection.pos = position;
    }
    Ok(())
}

/// `__typename @d` means the same as `... @d { __typename }`.
fn in_fragment(field: &Positioned<Field>) -> Selection {
    let mut bare = field.clone();
    let directives = std::mem::take(&mut bare.node.directives);
    let items = vec![Positioned::new(Selection::Field(bare), field.pos)];
    let fragment = InlineFragment {
        type_condition: None,
        directives,
        selection_set: Positioned::new(SelectionSet { items }, field.pos),
    };
    Selection::InlineFragment(Positioned::new(fragment, field.pos))
}
