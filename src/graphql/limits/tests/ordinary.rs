//! What real clients send passes with the default limits, and runs.

use std::fmt::Write as _;

use serde_json::json;

use super::{Query, on_worker_stack, query, sample};

/// Runs a query that passed on the stack of a worker.
fn runs(query: Query) {
    query.passes();
    on_worker_stack(move || {
        let request = async_graphql::Request::new(query.text)
            .variables(async_graphql::Variables::from_json(query.variables));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let response = runtime.block_on(sample::schema().execute(request));
        assert!(response.errors.is_empty(), "{:?}", response.errors);
    });
}

#[test]
fn graphiql_introspection() {
    let introspection = query(include_str!("../introspection.graphql"));
    let (measures, cost) = introspection.passes();
    assert_eq!((measures.depth, cost.total), (15, 0));
    runs(introspection);
}

/// A page made of thirty components, each with a fragment of its own that spreads its children.
#[test]
fn relay_page_of_thirty_fragments() {
    let mut text = "query PageQuery($count: Int = 10, $isAdmin: Boolean!) {
        technologies(first: $count) {
          edges { cursor node { __typename id ...Item0_technology @include(if: $isAdmin) } }
          pageInfo { hasNextPage endCursor }
        }
        node: technology(slug: \"rust\") { __typename id ...Item0_technology ...Item10_technology }
      }"
    .to_owned();
    for at in 0..30 {
        let children = match at {
            29 => String::new(),
            _ => format!("...Item{}_technology", at + 1),
        };
        write!(
            text,
            "fragment Item{at}_technology on Technology {{
               __typename id name title{at}: summary(length: {at})
               steward {{ __typename id name }}
               {children}
             }}"
        )
        .expect("a string takes text");
    }
    runs(query(text).variables(json!({"isAdmin": true, "count": 5})));
}

#[test]
fn three_levels_of_connections_with_company() {
    let text = "{ technologies(first: 20) { nodes { id name
        frameworks(first: 5) { totalCount nodes { id name
          usages(first: 5) { nodes { id company { id name } } } } } } } }";
    assert_eq!(query(text).passes().1.total, 1 + 20 * (2 + 5 * (2 + 5 * 2)));
    runs(query(text));
}

#[test]
fn gateway_asks_for_a_thousand_entities() {
    let text = "query Gateway__1($representations: [_Any!]!) {
        _entities(representations: $representations) { ...on Technology { id name } } }";
    let representation = json!({"__typename": "Technology", "id": "VGVjaG5vbG9neTox"});
    runs(query(text).variables(json!({ "representations": vec![representation.clone(); 1_000] })));
    let more = json!({ "representations": vec![representation; 1_001] });
    query(text).variables(more).refused("LIST_TOO_LONG");
}

#[test]
fn explorer_tab_with_many_operations() {
    let operation = |at| {
        format!(
            "# {at}\nquery Tab{at}($first: Int = 5) {{
               technologies(first: $first, filter: {{and: [{{nameIn: [\"[\"]}}]}}) {{
                 nodes {{ id name usages(first: 3) {{ nodes {{ id }} }} }} }} }}\n"
        )
    };
    let text: String = (0..20).map(operation).collect();
    query(text).operation("Tab7").passes();
}

#[test]
fn document_of_50_kilobytes_pretty_printed() {
    let field = "            steward { id name }\n";
    let text = format!(
        "{{ technology(slug: \"rust\") {{\n{}}} }}",
        field.repeat(660)
    );
    let text = format!("{text}{}", " ".repeat(50_000 - text.len()));
    runs(query(text));
}
