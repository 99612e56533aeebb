//! Fragments in an order in which each comes after those that it spreads.

use std::collections::HashMap;

use async_graphql::{
    Positioned,
    parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};

use super::Refusal;

/// A fragment definition and how many selections of the document spread it.
#[derive(Clone, Copy)]
pub(super) struct Fragment<'a> {
    pub name: &'a str,
    pub definition: &'a FragmentDefinition,
    pub is_spread: bool,
}

/// All fragments of a document, each after those that it spreads, so that a pass over them finds
/// every spread answered. Linear in the document, and without recursion over spreads.
///
/// # Errors
/// [`Refusal::FragmentCycle`].
pub(super) fn bottom_up(document: &ExecutableDocument) -> Result<Vec<Fragment<'_>>, Refusal> {
    let mut spread_in_operations = Vec::new();
    for (_, operation) in document.operations.iter() {
        collect_spreads(
            &operation.node.selection_set.node,
            &mut spread_in_operations,
        );
    }
    let mut graph = Graph::new(document);
    for name in spread_in_operations {
        graph.mark_spread(name);
    }
    graph.sort()
}

/// A fragment on its way into the order.
struct Vertex<'a> {
    fragment: Fragment<'a>,
    spreads: Vec<&'a str>,
    state: State,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unseen,
    Open,
    Done,
}

struct Graph<'a> {
    vertices: Vec<Vertex<'a>>,
    index: HashMap<&'a str, usize>,
}

impl<'a> Graph<'a> {
    fn new(document: &'a ExecutableDocument) -> Self {
        let mut definitions: Vec<_> = document.fragments.iter().collect();
        // The library keeps fragments in a map of random order; refusals shall not be random.
        definitions.sort_unstable_by_key(|(_, definition)| definition.pos);
        let vertices: Vec<_> = definitions
            .into_iter()
            .map(|(name, definition)| vertex(name, definition))
            .collect();
        let names = vertices
            .iter()
            .enumerate()
            .map(|(at, vertex)| (vertex.fragment.name, at));
        let index = names.collect();
        let mut graph = Self { vertices, index };
        for at in 0..graph.vertices.len() {
            for spread in 0..graph.vertices[at].spreads.len() {
                graph.mark_spread(graph.vertices[at].spreads[spread]);
            }
        }
        graph
    }

    fn mark_spread(&mut self, name: &str) {
        if let Some(&at) = self.index.get(name) {
            self.vertices[at].fragment.is_spread = true;
        }
    }

    fn sort(mut self) -> Result<Vec<Fragment<'a>>, Refusal> {
        let mut sorted = Vec::with_capacity(self.vertices.len());
        for start in 0..self.vertices.len() {
            if self.vertices[start].state == State::Unseen {
                self.sort_from(start, &mut sorted)?;
            }
        }
        Ok(sorted)
    }

    /// Depth-first search with its own stack: each entry is a vertex and its next spread.
    fn sort_from(&mut self, start: usize, sorted: &mut Vec<Fragment<'a>>) -> Result<(), Refusal> {
        let mut stack = vec![(start, 0)];
        self.vertices[start].state = State::Open;
        while let Some((at, next)) = stack.last_mut() {
            let Some(name) = self.vertices[*at].spreads.get(*next) else {
                self.vertices[*at].state = State::Done;
                sorted.push(self.vertices[*at].fragment);
                stack.pop();
                continue;
            };
            *next += 1;
            let Some(&spread) = self.index.get(name) else {
                continue;
            };
            match self.vertices[spread].state {
                State::Open => {
                    return Err(Refusal::FragmentCycle {
                        name: (*name).to_owned(),
                    });
                }
                State::Done => {}
                State::Unseen => {
                    self.vertices[spread].state = State::Open;
                    stack.push((spread, 0));
                }
            }
        }
        Ok(())
    }
}

fn vertex<'a>(name: &'a str, definition: &'a Positioned<FragmentDefinition>) -> Vertex<'a> {
    let definition = &definition.node;
    let mut spreads = Vec::new();
    collect_spreads(&definition.selection_set.node, &mut spreads);
    let fragment = Fragment {
        name,
        definition,
        is_spread: false,
    };
    Vertex {
        fragment,
        spreads,
        state: State::Unseen,
    }
}

/// Recursion ends at the parser's own limit of 64 selection sets in one definition.
fn collect_spreads<'a>(set: &'a SelectionSet, spreads: &mut Vec<&'a str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => collect_spreads(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => {
                collect_spreads(&inline.node.selection_set.node, spreads);
            }
            Selection::FragmentSpread(spread) => spreads.push(&spread.node.fragment_name.node),
        }
    }
}
