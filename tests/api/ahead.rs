//! Columns are answered without the library's resolvers, and no different for it.

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::Value;

use crate::support::{Backend, TestApp};

/// A list at the root, and what its items have.
#[derive(Clone, Debug)]
struct List {
    field: String,
    item: String,
    columns: Vec<String>,
    /// A field that is not a column. Selected twice, it leaves the object to the library.
    other: String,
}

const TYPES: &str = "{ __schema { types { name kind fields { name
    args { name type { kind } } type { kind name ofType { kind name ofType { kind ofType { kind } } } } } } } }";

/// The lists of the schema whose items have columns.
async fn lists(app: &TestApp) -> Vec<List> {
    let reply = app.query(TYPES).await;
    let types = reply.at("/__schema/types").as_array().unwrap().clone();
    let find = |name: &str| types.iter().find(|known| known["name"] == name).unwrap();
    let fields = |name: &str| find(name)["fields"].as_array().unwrap().clone();
    let mut lists = Vec::new();
    for root in fields("Query") {
        let connection = root["type"]["name"].as_str().unwrap_or_default();
        let Some(item) = connection.strip_suffix("Connection") else {
            continue;
        };
        if find(item)["kind"] != "OBJECT" {
            continue;
        }
        let (leaves, others): (Vec<_>, Vec<_>) = fields(item)
            .into_iter()
            .partition(|field| is_leaf(&field["type"]));
        let name = |field: &Value| field["name"].as_str().unwrap().to_owned();
        lists.push(List {
            field: name(&root),
            item: item.to_owned(),
            columns: leaves.iter().map(name).collect(),
            other: others.iter().map(name).next().unwrap(),
        });
    }
    lists
}

fn is_leaf(of: &Value) -> bool {
    if of["ofType"].is_object() {
        return is_leaf(&of["ofType"]);
    }
    of["kind"] == "SCALAR" || of["kind"] == "ENUM"
}

/// What is selected of the items of one list.
#[derive(Clone, Debug)]
struct Selection {
    list: List,
    parts: Vec<String>,
}

fn selection(lists: Vec<List>) -> impl Strategy<Value = Selection> {
    proptest::sample::select(lists).prop_flat_map(|list| {
        let columns = list.columns.clone();
        let some = subsequence(columns.clone(), 1..=columns.len()).prop_shuffle();
        let styles = proptest::collection::vec(0_u8..5, columns.len());
        (some, styles).prop_map(move |(some, styles)| {
            let parts = some.iter().zip(styles).map(|(column, style)| match style {
                0 => format!("again: __typename other_{column}: {column}"),
                1 => format!("... on {} {{ {column} }}", list.item),
                2 => format!("... {{ {column} __typename }}"),
                3 => format!("{column} @include(if: true) gone_{column}: {column} @skip(if: true)"),
                _ => column.clone(),
            });
            Selection {
                parts: parts.collect(),
                list: list.clone(),
            }
        })
    })
}

#[test]
fn columns_look_the_same_whoever_answers() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = runtime.block_on(TestApp::with_knowledge(Backend::Sqlite));
    let lists = runtime.block_on(lists(&app));
    assert!(lists.len() >= 15, "{lists:?}");
    proptest!(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() }, |(chosen in selection(lists))| {
        let Selection { list, parts } = &chosen;
        let parts = parts.join(" ");
        let other = &list.other;
        let ask = |more: String| {
            let query = format!("{{ {}(first: 7) {{ nodes {{ {parts} {more} }} }} }}", list.field);
            runtime.block_on(app.query(&query)).at(&format!("/{}/nodes", list.field)).clone()
        };
        let ours = ask(String::new());
        let mut theirs = ask(format!("x: {other} {{ __typename }} x: {other} {{ __typename }}"));
        for object in theirs.as_array_mut().unwrap() {
            prop_assert!(object.as_object_mut().unwrap().remove("x").is_some());
        }
        prop_assert_eq!(&ours, &theirs);
    });
}
