//! Whether the requests with a document can show what earlier ones have read.

use async_graphql::parser::types::ExecutableDocument;

use super::fields::each_field;

/// Whether anything is selected below that with which each request begins anew: things and lists at the root, and of
/// one thing the list that comes with it. Where nothing is, to look for it would be in vain.
pub(super) fn shares<'a>(
    document: &'a ExecutableDocument,
    returns: impl Fn(&str, &str) -> Option<&'a str> + Copy,
) -> bool {
    let is_list = |returned: &str| returned.ends_with("Connection");
    let (mut roots, mut below) = (Vec::new(), Vec::new());
    each_field(document, returns, |on, field| {
        match returns(on, field) {
            Some(returned) if on == "Query" => roots.push(is_list(returned)),
            // A page and its items belong to their list; to count it is a question of its own.
            _ if on.ends_with("Edge") => {}
            _ if is_list(on) => below.extend((field == "totalCount").then_some(false)),
            Some(returned) => below.push(is_list(returned)),
            None => {}
        }
    });
    let comes_along = roots == [false] && below == [true];
    !below.is_empty() && !comes_along
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::graphql::limits::CostModel;
    use crate::graphql::schema::{schema, sdl};

    #[test]
    fn what_stands_below_the_first_statement_is_shared() {
        let costs = CostModel::from_sdl(&sdl(&schema())).expect("the schema");
        for (query, shared) in [
            ("{ __typename }", false),
            ("{ company(by: {slug: \"a\"}) { name } }", false),
            (
                "{ companies { nodes { name } pageInfo { hasNextPage } } }",
                false,
            ),
            ("{ companies { edges { cursor node { name } } } }", false),
            ("{ companies { totalCount nodes { name } } }", true),
            (
                "{ company(by: {slug: \"a\"}) { usages { edges { node { scope } } } } }",
                false,
            ),
            (
                "{ company(by: {slug: \"a\"}) { usages { totalCount } } }",
                true,
            ),
            (
                "{ company(by: {slug: \"a\"}) { usages { nodes { technology { name } } } } }",
                true,
            ),
            (
                "{ company(by: {slug: \"a\"}) { ...c } } fragment c on Company { usages { nodes { scope } } products { nodes { name } } }",
                true,
            ),
            ("{ product(by: {slug: \"a\"}) { maker { name } } }", true),
            (
                "{ companies { nodes { usages { nodes { scope } } } } }",
                true,
            ),
            (
                "{ a: company(by: {slug: \"a\"}) { usages { nodes { scope } } } b: company(by: {slug: \"b\"}) { name } }",
                true,
            ),
        ] {
            let document = parse_query(query).expect("a document");
            let found = shares(&document, |on, field| costs.returned_type(on, field));
            assert_eq!(found, shared, "{query}");
        }
    }
}
