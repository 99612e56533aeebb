//! Memoised measures against plain expansion.

use std::fmt::Write as _;

use async_graphql::parser::{
    parse_query,
    types::{ExecutableDocument, Selection, SelectionSet},
};
use proptest::prelude::*;

use super::{Measures, measure, query, unlimited};

fn measured(text: &str) -> Measures {
    measure(&parse_query(text).expect(text), &unlimited()).expect("nothing is limited")
}

#[test]
fn measures_of_a_small_document() {
    let measures = measured(
        "query A($x: Int @d) @d { a: me { ...F } ... @d { b { c(x: [$x, 1]) } } }
         query B { me }
         fragment F on T @d { one: b ...G ...G }
         fragment G on T { c @d { d: e } }",
    );
    let expected = Measures {
        operations: 2,
        fragments: 2,
        variables: 1,
        depth: 3,
        levels: 5,
        // me, F, b, twice (G, c, e), the inline fragment, b, c; and me.
        selections: 13,
        aliases: 4,
        directives: 6,
        root_fields: 2,
        // The sets of G and c 1 each, F 3, me 3, A 2, inline 1, b 1 * (1 + 3), B 1; 1 use.
        comparisons: 17,
        steps: 11,
    };
    assert_eq!(measures, expected);
}

#[test]
fn unused_fragments_are_measured() {
    let measures = measured("{a} fragment F on T { b ...G } fragment G on T { c { d: e } }");
    assert_eq!(
        (measures.selections, measures.aliases, measures.depth),
        (5, 1, 2)
    );
}

#[test]
fn cycles_are_refused() {
    for text in [
        "{...A} fragment A on T {...A}",
        "{a} fragment A on T {b{...B}} fragment B on T {...{...A}}",
        "{...A} fragment A on T {...B} fragment B on T {...C} fragment C on T {...B}",
    ] {
        query(text).refused("FRAGMENT_CYCLE");
    }
}

#[test]
fn a_bomb_of_any_size_saturates() {
    let mut text = "{...F0}".to_owned();
    for at in 0..99 {
        let next = format!("...F{}", at + 1);
        write!(text, "fragment F{at} on T{{{}}}", next.repeat(8)).expect("a string takes text");
    }
    text += "fragment F99 on T{x:b}";
    let measures = measured(&text);
    assert_eq!(
        (measures.selections, measures.aliases),
        (usize::MAX, usize::MAX)
    );
    assert_eq!(measures.steps, 1 + 99 * 8 + 1);
    query(text).refused("TOO_MANY_LEVELS");
}

/// Selection sets of fragments, each of which spreads later ones only.
fn fragments(count: usize, width: usize) -> impl Strategy<Value = String> {
    let set = prop::collection::vec((0_usize..7, 1_usize..20), 1..width);
    prop::collection::vec(set, 1..count).prop_map(|sets| {
        let mut text = "{...F0}".to_owned();
        for (at, set) in sets.iter().enumerate() {
            write!(text, "fragment F{at} on T{{").expect("a string takes text");
            for (kind, step) in set {
                text += &selection(*kind, (at + step).min(sets.len()));
            }
            text += "}";
        }
        write!(text, "fragment F{} on T{{b}}", sets.len()).expect("a string takes text");
        text
    })
}

fn selection(kind: usize, spread: usize) -> String {
    match kind {
        0 => "b ".to_owned(),
        1 => "x:b @d ".to_owned(),
        2 => format!("n{{b ...F{spread}}}"),
        3 => format!("...{{...F{spread} b}}"),
        _ => format!("...F{spread} "),
    }
}

proptest! {
    #[test]
    fn measures_equal_plain_expansion(text in fragments(7, 4)) {
        let document = parse_query(&text).expect("it is well-formed");
        let measures = measure(&document, &unlimited()).expect("nothing is limited");
        let mut plain = Measures::default();
        for (_, operation) in document.operations.iter() {
            expand(&document, &operation.node.selection_set.node, 1, 1, &mut plain);
        }
        for fragment in unused(&document) {
            expand(&document, fragment, 1, 1, &mut plain);
        }
        prop_assert_eq!(measures.selections, plain.selections);
        prop_assert_eq!(measures.aliases, plain.aliases);
        prop_assert_eq!(measures.depth, plain.depth);
        prop_assert_eq!(measures.levels, plain.levels);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    /// Work grows with what is written, not with what it stands for.
    #[test]
    fn each_written_selection_is_visited_once(text in fragments(100, 30)) {
        prop_assume!(text.len() <= 16 * 1024);
        let document = parse_query(&text).expect("it is well-formed");
        let measures = measure(&document, &unlimited()).expect("nothing is limited");
        let operations = document.operations.iter().map(|(_, one)| &one.node.selection_set.node);
        let fragments = document.fragments.values().map(|one| &one.node.selection_set.node);
        let written: usize = operations.chain(fragments).map(count).sum();
        prop_assert_eq!(measures.steps, written);
    }
}

fn expand(
    document: &ExecutableDocument,
    set: &SelectionSet,
    depth: usize,
    levels: usize,
    plain: &mut Measures,
) {
    plain.levels = plain.levels.max(levels);
    for selection in &set.items {
        plain.selections += 1;
        match &selection.node {
            Selection::Field(field) => {
                plain.depth = plain.depth.max(depth);
                plain.aliases += usize::from(field.node.alias.is_some());
                let below = &field.node.selection_set.node;
                if !below.items.is_empty() {
                    expand(document, below, depth + 1, levels + 1, plain);
                }
            }
            Selection::InlineFragment(inline) => {
                let below = &inline.node.selection_set.node;
                expand(document, below, depth, levels + 1, plain);
            }
            Selection::FragmentSpread(spread) => {
                let fragment = &document.fragments[&spread.node.fragment_name.node];
                let below = &fragment.node.selection_set.node;
                expand(document, below, depth, levels + 1, plain);
            }
        }
    }
}

/// Fragments that nothing spreads, found in the text.
fn unused(document: &ExecutableDocument) -> Vec<&SelectionSet> {
    let mut spreads = Vec::new();
    for (_, operation) in document.operations.iter() {
        names(&operation.node.selection_set.node, &mut spreads);
    }
    for fragment in document.fragments.values() {
        names(&fragment.node.selection_set.node, &mut spreads);
    }
    let unused = document
        .fragments
        .iter()
        .filter(|(name, _)| !spreads.contains(&name.to_string()));
    unused
        .map(|(_, fragment)| &fragment.node.selection_set.node)
        .collect()
}

fn names(set: &SelectionSet, spreads: &mut Vec<String>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => names(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => names(&inline.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => {
                spreads.push(spread.node.fragment_name.node.to_string());
            }
        }
    }
}

fn count(set: &SelectionSet) -> usize {
    let each = set.items.iter().map(|selection| match &selection.node {
        Selection::Field(field) => 1 + count(&field.node.selection_set.node),
        Selection::InlineFragment(inline) => 1 + count(&inline.node.selection_set.node),
        Selection::FragmentSpread(_) => 1,
    });
    each.sum()
}
