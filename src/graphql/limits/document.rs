//! The third gate: one pass over the parsed document.
//!
//! Each definition is measured once. A spread adds the measure of its fragment, which is known by
//! then because fragments are taken bottom-up, so that sixteen spreads on six levels cost as much
//! to measure as they are long to write. Sums saturate.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{
        Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
    },
};
use async_graphql_value::Value;

use super::{Limits, Refusal, fragments, refusal::within};

/// The size of a document. All counts are those after expanding fragments, and saturate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measures {
    /// Operation definitions.
    pub operations: usize,
    /// Fragment definitions.
    pub fragments: usize,
    /// Variable definitions of all operations.
    pub variables: usize,
    /// Fields below each other, at most.
    pub depth: usize,
    /// Selection sets below each other, at most, those of fragments included.
    pub levels: usize,
    /// Selections of all operations and of fragments that nothing spreads.
    pub selections: usize,
    /// Aliased fields, summed likewise.
    pub aliases: usize,
    /// Directives of the operation that has most.
    pub directives: usize,
    /// Fields at the root of the operation that has most.
    pub root_fields: usize,
    /// Steps of the validation rules that are not linear.
    pub comparisons: usize,
    /// Selections that this pass looked at: those that are written in the document, each once.
    pub steps: usize,
}

/// Measures all operations and fragments of a document, because the library validates all, not
/// only the one that is to run.
///
/// # Errors
/// The first limit that the document passes, or [`Refusal::FragmentCycle`].
pub fn measure(document: &ExecutableDocument, limits: &Limits) -> Result<Measures, Refusal> {
    within(
        document.operations.iter().len(),
        limits.operations,
        Refusal::TooManyOperations,
    )?;
    within(
        document.fragments.len(),
        limits.fragments,
        Refusal::TooManyFragments,
    )?;
    let mut pass = Pass {
        limits,
        fragments: HashMap::new(),
        comparisons: 0,
        steps: 0,
    };
    let mut measures = Measures {
        fragments: document.fragments.len(),
        ..Measures::default()
    };
    for fragment in fragments::bottom_up(document)? {
        let mut extent = pass.set(&fragment.definition.selection_set.node)?;
        pass.directives(&fragment.definition.directives, &mut extent)?;
        if !fragment.is_spread {
            measures.add(&extent);
        }
        pass.fragments.insert(fragment.name, extent);
    }
    for (_, operation) in document.operations.iter() {
        let extent = pass.operation(&operation.node)?;
        measures.operations += 1;
        measures.variables += operation.node.variable_definitions.len();
        measures.root_fields = measures.root_fields.max(extent.fields);
        measures.add(&extent);
    }
    measures.comparisons = pass.comparisons;
    measures.steps = pass.steps;
    check(&measures, limits)?;
    Ok(measures)
}

impl Measures {
    fn add(&mut self, extent: &Extent) {
        self.depth = self.depth.max(extent.depth);
        self.levels = self.levels.max(extent.levels);
        self.selections = self.selections.saturating_add(extent.selections);
        self.aliases = self.aliases.saturating_add(extent.aliases);
        self.directives = self.directives.max(extent.directives);
    }
}

fn check(measures: &Measures, limits: &Limits) -> Result<(), Refusal> {
    within(measures.depth, limits.depth, Refusal::TooDeep)?;
    within(measures.levels, limits.levels, Refusal::TooManyLevels)?;
    within(
        measures.selections,
        limits.selections,
        Refusal::TooManySelections,
    )?;
    within(measures.aliases, limits.aliases, Refusal::TooManyAliases)?;
    within(
        measures.directives,
        limits.directives,
        Refusal::TooManyDirectives,
    )?;
    within(
        measures.root_fields,
        limits.root_fields,
        Refusal::TooManyRootFields,
    )?;
    within(
        measures.variables,
        limits.variables,
        Refusal::TooManyVariables,
    )?;
    within(
        measures.comparisons,
        limits.comparisons,
        Refusal::TooManyComparisons,
    )
}

/// The size of one selection set with all below it.
#[derive(Clone, Copy, Default)]
struct Extent {
    depth: usize,
    levels: usize,
    selections: usize,
    aliases: usize,
    directives: usize,
    /// Uses of variables.
    uses: usize,
    /// Fields of this set itself, those of its fragments included: what merging compares.
    fields: usize,
    /// Values in the arguments of that field of this set which has most.
    values: usize,
}

impl Extent {
    /// Adds another part of the same selection set.
    fn join(&mut self, part: &Self) {
        self.add_below(part);
        self.depth = self.depth.max(part.depth);
        self.fields = self.fields.saturating_add(part.fields);
        self.values = self.values.max(part.values);
    }

    /// Adds what lies in a selection set below this one.
    fn add_below(&mut self, part: &Self) {
        self.levels = self.levels.max(part.levels);
        self.selections = self.selections.saturating_add(part.selections);
        self.aliases = self.aliases.saturating_add(part.aliases);
        self.directives = self.directives.saturating_add(part.directives);
        self.uses = self.uses.saturating_add(part.uses);
    }
}

struct Pass<'a> {
    limits: &'a Limits,
    fragments: HashMap<&'a str, Extent>,
    comparisons: usize,
    steps: usize,
}

impl<'a> Pass<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Extent, Refusal> {
        let mut extent = self.set(&operation.selection_set.node)?;
        self.directives(&operation.directives, &mut extent)?;
        for variable in &operation.variable_definitions {
            self.directives(&variable.node.directives, &mut extent)?;
        }
        // Each operation looks up each use of a variable, those in shared fragments again.
        self.comparisons = self.comparisons.saturating_add(extent.uses);
        Ok(extent)
    }

    /// Recursion ends at the parser's own limit of 64 selection sets in one definition.
    fn set(&mut self, set: &'a SelectionSet) -> Result<Extent, Refusal> {
        let mut extent = Extent {
            levels: 1,
            ..Extent::default()
        };
        if set.items.is_empty() {
            return Ok(Extent::default());
        }
        for selection in &set.items {
            self.steps += 1;
            extent.selections = extent.selections.saturating_add(1);
            self.directives(selection.node.directives(), &mut extent)?;
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, &mut extent)?,
                Selection::InlineFragment(inline) => {
                    let mut part = self.set(&inline.node.selection_set.node)?;
                    part.levels += 1;
                    extent.join(&part);
                }
                Selection::FragmentSpread(spread) => {
                    // An unknown fragment is validation's to report.
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(part) = self.fragments.get(name) {
                        extent.join(&Extent {
                            levels: part.levels.saturating_add(1),
                            ..*part
                        });
                    }
                }
            }
        }
        // The rule walks the fields of every set, its fragments included, and compares a field
        // with an earlier one of the same name argument by argument.
        let comparisons = extent.fields.saturating_mul(1 + extent.values);
        self.comparisons = self.comparisons.saturating_add(comparisons);
        Ok(extent)
    }

    fn field(&mut self, field: &'a Field, extent: &mut Extent) -> Result<(), Refusal> {
        let values = self.arguments(&field.name.node, &field.arguments, extent)?;
        let below = self.set(&field.selection_set.node)?;
        extent.add_below(&Extent {
            levels: below.levels + 1,
            ..below
        });
        extent.depth = extent.depth.max(below.depth + 1);
        extent.aliases = extent
            .aliases
            .saturating_add(usize::from(field.alias.is_some()));
        extent.fields = extent.fields.saturating_add(1);
        extent.values = extent.values.max(values);
        Ok(())
    }

    fn directives(
        &self,
        directives: &[Positioned<Directive>],
        extent: &mut Extent,
    ) -> Result<(), Refusal> {
        extent.directives = extent.directives.saturating_add(directives.len());
        for directive in directives {
            self.arguments(&directive.node.name.node, &directive.node.arguments, extent)?;
        }
        Ok(())
    }

    /// Counts the values in the arguments of the field or directive `name`, and adds the uses of
    /// variables among them to the extent.
    fn arguments(
        &self,
        name: &str,
        arguments: &[(Positioned<Name>, Positioned<Value>)],
        extent: &mut Extent,
    ) -> Result<usize, Refusal> {
        within(arguments.len(), self.limits.arguments, |excess| {
            Refusal::TooManyArguments {
                name: name.to_owned(),
                excess,
            }
        })?;
        let mut values = 0;
        for (_, value) in arguments {
            count_values(&value.node, &mut values, &mut extent.uses);
        }
        Ok(values)
    }
}

/// Recursion ends at the guard's limit of nesting.
fn count_values(value: &Value, values: &mut usize, uses: &mut usize) {
    *values += 1;
    match value {
        Value::Variable(_) => *uses = uses.saturating_add(1),
        Value::List(items) => items
            .iter()
            .for_each(|item| count_values(item, values, uses)),
        Value::Object(fields) => fields
            .values()
            .for_each(|field| count_values(field, values, uses)),
        _ => {}
    }
}
