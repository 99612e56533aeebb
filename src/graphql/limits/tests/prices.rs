//! What a query costs.

use async_graphql::{SDLExportOptions, Variables, parser::parse_query};
use serde_json::{Value, json};

use super::{CostModel, Limits, MODEL, Query, query, repeat, sample, unlimited};

#[track_caller]
fn costs(query: &Query, total: u64) {
    assert_eq!(
        query.clone().limits(&unlimited()).passes().1.total,
        total,
        "{}",
        query.text
    );
}

#[test]
fn objects_cost_one_and_leaves_nothing() {
    costs(&query("{__typename}"), 0);
    costs(&query("{scores(values:[1,2])}"), 0);
    costs(&query("{technology(slug:\"a\"){id name}}"), 1);
    costs(&query("{technology(slug:\"a\"){id steward{id}}}"), 2);
    costs(&query("{unknown{unknown{technologies{nodes{id}}}}}"), 0);
    costs(&query("mutation{technologies{nodes{id}}}"), 0);
}

#[test]
fn connections_multiply_items_only() {
    costs(
        &query("{technologies(first:7){totalCount pageInfo{endCursor}}}"),
        1 + 1,
    );
    costs(&query("{technologies(first:7){nodes{id}}}"), 1 + 7);
    costs(&query("{technologies(first:7){edges{cursor}}}"), 1 + 7);
    costs(
        &query("{technologies(first:7){edges{node{id}}}}"),
        1 + 7 + 7,
    );
    costs(
        &query("{technologies(first:7){edges{node{steward{id}}} nodes{id}}}"),
        1 + 7 * 3 + 7,
    );
    costs(
        &query("{technologies(first:7){nodes{usages(last:3){nodes{id}}}}}"),
        1 + 7 * (1 + 1 + 3),
    );
}

#[test]
fn page_sizes_come_from_arguments_variables_and_defaults() {
    let nodes = |arguments: &str| query(format!("{{technologies{arguments}{{nodes{{id}}}}}}"));
    for (arguments, items) in [
        ("", 20),
        ("(first:null)", 20),
        ("(first:\"x\")", 20),
        ("(first:0)", 0),
        ("(first:-5)", 0),
        ("(first:100)", 100),
        ("(first:101)", 100),
        ("(first:2147483647)", 100),
        ("(first:99999999999999999999)", 0),
        ("(first:3,last:5)", 5),
        ("(first:null,last:5)", 20),
    ] {
        costs(&nodes(arguments), 1 + items);
    }
    let variable = |definition: &str, variables: Value| {
        let text = format!("query({definition}){{technologies(first:$n){{nodes{{id}}}}}}");
        query(text).variables(variables)
    };
    costs(&variable("$n:Int", json!({"n": 4})), 1 + 4);
    costs(&variable("$n:Int=6", json!({"n": 4})), 1 + 4);
    costs(&variable("$n:Int=6", json!({})), 1 + 6);
    costs(&variable("$n:Int=6", json!({"n": null})), 1 + 20);
    costs(&variable("$n:Int", json!({})), 1 + 20);
    costs(&variable("$n:Int", json!({"n": 1_000_000})), 1 + 100);
    costs(&variable("$n:Int", json!({"n": [1, 2]})), 1 + 20);
}

#[test]
fn lists_have_the_length_of_their_keys_or_page() {
    // One object per key, and a query per literal, variable or single value.
    costs(
        &query("{nodes(ids:[\"a\",\"b\",\"c\"]){...on Technology{steward{id}}}}"),
        3 + 3,
    );
    costs(
        &query("query($a:[ID!]!){nodes(ids:$a){__typename}}").variables(json!({"a": [1, 2]})),
        2,
    );
    costs(&query("query($a:ID){nodes(ids:[$a,$a]){__typename}}"), 2);
    costs(&query("{nodes(ids:[]){...on Technology{steward{id}}}}"), 0);
    // A page, by the default of the schema or as asked.
    costs(&query("{technology(slug:\"a\"){releases{id}}}"), 1 + 3);
    costs(
        &query("{technology(slug:\"a\"){releases(first:8){id}}}"),
        1 + 8,
    );
    // Neither: ten, or as many as the longest list. A list of enum values is no list of keys.
    costs(&query("{technology(slug:\"a\"){alternatives{id}}}"), 1 + 10);
    costs(&query("{search(kinds:[\"a\"]){__typename}}"), 10);
    let kinds = "\"a\" ".repeat(12);
    costs(
        &query(format!("{{search(kinds:[{kinds}]){{__typename}}}}")),
        12,
    );
    costs(&query("{facets(by:[NAME]){id}}"), 10);
}

#[test]
fn fragments_cost_where_they_are_spread() {
    let fragments =
        "fragment C on TechnologyConnection{nodes{...T}} fragment T on Technology{steward{id}}";
    costs(
        &query(format!(
            "{{a:technologies(first:2){{...C}} b:technologies(first:5){{...C}}}} {fragments}"
        )),
        (1 + 2 + 2) + (1 + 5 + 5),
    );
    costs(
        &query(format!(
            "{{technologies(first:2){{...{{...on TechnologyConnection{{...C}}}}}}}} {fragments}"
        )),
        1 + 2 + 2,
    );
    // Members of a union add up.
    costs(
        &query(
            "{search{...on Technology{steward{id}}
              ...on Company{technologies(first:2){nodes{id}}}}}",
        ),
        10 * (1 + 1 + 1 + 2),
    );
    // A fragment on an unknown type is validation's to report.
    costs(
        &query("{search{...on Unknown{steward{id}} ...Missing}}"),
        10,
    );
}

#[test]
fn only_the_chosen_operation_is_priced() {
    let text = "query A{technology(slug:\"a\"){id}} query B{technologies(first:9){nodes{id}}}";
    costs(&query(text).operation("A"), 1);
    costs(&query(text).operation("B"), 10);
    costs(&query(text).operation("C"), 0);
    costs(&query(text), 0);
    costs(&query("query A{technology(slug:\"a\"){id}}"), 1);
}

#[test]
fn entities_cost_one_for_each_representation() {
    let text = "query($r:[_Any!]!){_entities(representations:$r){...on Technology{steward{id}}}}";
    let variables = json!({ "r": vec![json!({"__typename": "Technology", "id": "1"}); 1_000] });
    costs(&query(text).variables(variables.clone()), 2_000);
    // The same from the SDL for composition, which leaves the field out.
    let sdl =
        sample::schema().sdl_with_options(SDLExportOptions::new().federation().compose_directive());
    assert!(!sdl.contains("_entities"));
    let model = CostModel::from_sdl(&sdl).expect("the SDL is right");
    let document = parse_query(text).expect("it is well-formed");
    let cost = model.cost(
        &document,
        None,
        &Variables::from_json(variables),
        &Limits::default(),
    );
    assert_eq!(cost.expect("it passes").total, 2_000);
}

#[test]
fn the_refusal_names_the_lists_to_shorten() {
    let text = "{
        small: technology(slug: \"a\") { alternatives { id } }
        technologies(first: 100) { totalCount nodes { name used: usages(first: 50) { edges { node {
            technology { frameworks { nodes { id } } }
        } } } } }
    }";
    let refusal = query(text).refused("TOO_EXPENSIVE");
    let inner = 1 + 1 + 20;
    let expected: u64 = (1 + 10) + (1 + 100 * (1 + 1 + 50 * (1 + 1 + inner)));
    assert_eq!(expected, 120_212);
    assert_eq!(
        refusal.to_string(),
        "This query may return 120,212 objects; the limit is 25,000. Ask for fewer items at \
         `technologies` (100 items) and `technologies.nodes.used` (50 items)."
    );
    let heaviest = query(text).limits(&unlimited()).passes().1.heaviest;
    let named = [
        ("technologies".to_owned(), 100),
        ("technologies.nodes.used".to_owned(), 50),
    ];
    assert_eq!(heaviest, named);
}

#[test]
fn prices_saturate() {
    let (open, close) = ("frameworks(first:100){nodes{".repeat(20), "}}".repeat(20));
    costs(
        &query(format!("{{technology(slug:\"a\"){{{open}id{close}}}}}")),
        u64::MAX,
    );
    let fragments = repeat(90, |at| {
        let next = format!("...F{0} ...F{0}", at + 1);
        format!("fragment F{at} on Technology{{frameworks{{nodes{{{next}}}}}}}")
    });
    let text =
        format!("{{technology(slug:\"a\"){{...F0}}}} {fragments} fragment F90 on Technology{{id}}");
    costs(&query(text), u64::MAX);
}

#[test]
fn types_of_fields_are_known() {
    let returned = |on, field| MODEL.returned_type(on, field);
    assert_eq!(
        returned("Query", "technologies"),
        Some("TechnologyConnection")
    );
    assert_eq!(
        returned("TechnologyConnection", "nodes"),
        Some("Technology")
    );
    assert_eq!(returned("Technology", "name"), None);
    assert_eq!(returned("Technology", "unknown"), None);
    assert_eq!(returned("Unknown", "name"), None);
}

#[test]
fn a_wrong_sdl_is_an_error() {
    CostModel::from_sdl("type {").expect_err("a type has a name");
}
