//! How long an answer may be used without asking again, and by whom.

use async_graphql::parser::types::ExecutableDocument;

use super::fields::each_field;
use super::types::TYPES;

/// How long what is shown stays good enough. In the order of strictness: the least of all that an
/// answer shows is that of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Freshness {
    /// It depends on who asks: nobody else may ever see it.
    Private,
    /// For so many seconds; 0 means that it may be kept, and must be asked about each time.
    Seconds(u32),
}

/// Names the state of the data, the program, and what was asked: an answer under the same tag is
/// the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag(pub u64);

/// Types that only hold others together: what they hold counts.
const FRAMES: [&str; 2] = ["Query", "PageInfo"];

/// The freshness of all answers to a document, whatever its variables are. A type that nobody has
/// said anything about makes it 0, as does a document without any.
pub(super) fn freshness<'a>(
    document: &'a ExecutableDocument,
    returns: impl Fn(&str, &str) -> Option<&'a str>,
) -> Freshness {
    let mut least: Option<Freshness> = None;
    each_field(document, returns, |on, field| {
        if let Some(found) = of_field(on, field) {
            least = Some(least.map_or(found, |least| least.min(found)));
        }
    });
    least.unwrap_or(Freshness::Seconds(0))
}

fn of_field(on: &str, field: &str) -> Option<Freshness> {
    if field == "__typename" {
        return None;
    }
    if on == "Mutation" {
        return Some(Freshness::Private);
    }
    if let Some(known) = TYPES.iter().find(|known| known.name == on) {
        return Some(known.freshness);
    }
    (!is_frame(on)).then_some(Freshness::Seconds(0))
}

fn is_frame(on: &str) -> bool {
    FRAMES.contains(&on) || on.ends_with("Connection") || on.ends_with("Edge")
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::graphql::limits::CostModel;
    use crate::graphql::schema::{schema, sdl};

    fn of(query: &str) -> Freshness {
        let costs = CostModel::from_sdl(&sdl(&schema())).expect("the schema");
        let document = parse_query(query).expect("a document");
        freshness(&document, |on, field| costs.returned_type(on, field))
    }

    #[test]
    fn the_least_of_all_that_is_shown_counts() {
        for (query, seconds) in [
            (
                "{ categories { nodes { name } pageInfo { endCursor } } }",
                600,
            ),
            (
                "{ categories { edges { cursor node { slug } } totalCount } }",
                600,
            ),
            ("{ technology(by: {slug: \"go\"}) { name } }", 60),
            ("{ node(id: \"a\") { id ... on Category { name } } }", 60),
            (
                "{ categories { nodes { ...c } } } fragment c on Category { parents { nodes { name } } }",
                600,
            ),
            (
                "{ categories { nodes { technologies { nodes { ...t } } } } } fragment t on Technology { name }",
                60,
            ),
            (
                "{ a: categories { nodes { name } } b: companies { nodes { ... { name } } } }",
                60,
            ),
            // Nothing of which anybody has said how long it stays.
            ("{ __typename }", 0),
            ("{ __schema { types { name } } }", 0),
            ("{ technologies { totalCount } }", 0),
            (
                "{ categories { nodes { name } } __type(name: \"Category\") { name } }",
                0,
            ),
        ] {
            assert_eq!(of(query), Freshness::Seconds(seconds), "{query}");
        }
        assert_eq!(of("mutation { anything }"), Freshness::Private);
        assert!(Freshness::Private < Freshness::Seconds(0));
    }

    #[test]
    fn every_type_says_how_long_it_stays_fresh() {
        use async_graphql::parser::parse_schema;
        use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

        let document = parse_schema(sdl(&schema())).expect("the schema");
        for definition in &document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = definition.node.name.node.as_str();
            let shown = matches!(
                definition.node.kind,
                TypeKind::Object(_) | TypeKind::Interface(_)
            );
            let known = TYPES.iter().any(|known| known.name == name);
            let said = known || is_frame(name) || name.starts_with('_');
            assert!(!shown || said, "{name} needs a row in TYPES");
        }
    }
}
