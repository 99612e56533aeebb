//! Relay's specification of servers, to the letter, as introspection shows it: its compiler and its
//! cache rely on names, types and nullability. What is stricter here than there is the schema's own.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Backend, TestApp, on_both};

const SCHEMA: &str = "{ __schema { types { kind name possibleTypes { name } fields(includeDeprecated: true) { name
    args(includeDeprecated: true) { name defaultValue type { ...Of } } type { ...Of } } } } }
    fragment Of on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// All types, as a client is told of them.
struct Schema(Vec<Value>);

impl Schema {
    async fn of(app: &TestApp) -> Self {
        let reply = app.query(SCHEMA).await;
        Self(reply.at("/__schema/types").as_array().unwrap().clone())
    }

    fn named(&self, name: &str) -> &Value {
        let mut types = self.0.iter();
        types.find(|known| known["name"] == name).unwrap()
    }

    /// The types whose names end so, of whatever kind.
    fn ending_in(&self, end: &str) -> Vec<&Value> {
        let types = self.0.iter();
        types
            .filter(|known| text(&known["name"]).ends_with(end))
            .collect()
    }
}

fn text(of: &Value) -> &str {
    of.as_str().unwrap()
}

/// The fields of an object or interface; none of anything else.
fn fields(of: &Value) -> &[Value] {
    of["fields"].as_array().map_or(&[][..], Vec::as_slice)
}

fn field<'a>(of: &'a Value, name: &str) -> &'a Value {
    let found = fields(of).iter().find(|field| field["name"] == name);
    found.unwrap_or_else(|| panic!("{} has no {name}", of["name"]))
}

/// A type as it is written: `[Node]`.
fn written(of: &Value) -> String {
    match text(&of["kind"]) {
        "NON_NULL" => format!("{}!", written(&of["ofType"])),
        "LIST" => format!("[{}]", written(&of["ofType"])),
        _ => text(&of["name"]).to_owned(),
    }
}

/// The type inside lists and non-null ones.
fn innermost(of: &Value) -> &str {
    match &of["ofType"] {
        Value::Null => text(&of["name"]),
        inner => innermost(inner),
    }
}

/// Fields that return a connection, each with the type that it is of.
fn lists(schema: &Schema) -> impl Iterator<Item = (&str, &Value)> {
    let all = schema.0.iter().flat_map(|known| {
        let name = text(&known["name"]);
        fields(known).iter().map(move |field| (name, field))
    });
    all.filter(|(_, field)| innermost(&field["type"]).ends_with("Connection"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queries_of_the_specification_are_answered_as_it_says() {
    let app = TestApp::empty(Backend::Sqlite).await;
    let interface = "{ __type(name: \"Node\") { name kind fields { name type { kind ofType { name kind } } } } }";
    let reply = app.query(interface).await;
    let id = json!({ "name": "id", "type": { "kind": "NON_NULL", "ofType": { "name": "ID", "kind": "SCALAR" } } });
    let node = json!({ "name": "Node", "kind": "INTERFACE", "fields": [id] });
    assert_eq!(reply.at("/__type"), &node);

    let roots = "{ __schema { queryType { fields { name type { name kind } args { name type { kind ofType { name kind } } } } } } }";
    let reply = app.query(roots).await;
    let roots = reply
        .at("/__schema/queryType/fields")
        .as_array()
        .unwrap()
        .clone();
    let node =
        json!({ "name": "node", "type": { "name": "Node", "kind": "INTERFACE" }, "args": [id] });
    assert!(roots.contains(&node), "{roots:#?}");

    let info = "{ __type(name: \"PageInfo\") { fields { name type { name kind ofType { name kind } } } } }";
    let reply = app.query(info).await;
    let info = reply.at("/__type/fields").as_array().unwrap().clone();
    for name in ["hasPreviousPage", "hasNextPage"] {
        let boolean = json!({ "name": "Boolean", "kind": "SCALAR" });
        let flag = json!({ "name": name, "type": { "name": null, "kind": "NON_NULL", "ofType": boolean } });
        assert!(info.contains(&flag), "{info:#?}");
    }
    for name in ["startCursor", "endCursor"] {
        let cursor =
            json!({ "name": name, "type": { "name": "String", "kind": "SCALAR", "ofType": null } });
        assert!(info.contains(&cursor), "{info:#?}");
    }
    assert_eq!(info.len(), 4);
}

/// A list that itself may fail: with too many ids it is null, beside an error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_nodes_are_asked_for_by_a_list_of_ids_and_each_may_be_missing() {
    let schema = Schema::of(&TestApp::empty(Backend::Sqlite).await).await;
    let nodes = field(schema.named("Query"), "nodes");
    assert_eq!(written(&nodes["type"]), "[Node]");
    let arguments = nodes["args"].as_array().unwrap().iter();
    let arguments = arguments.map(|argument| (text(&argument["name"]), written(&argument["type"])));
    assert_eq!(
        arguments.collect::<Vec<_>>(),
        [("ids", "[ID!]!".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_called_a_connection_or_an_edge_is_one() {
    let schema = Schema::of(&TestApp::empty(Backend::Sqlite).await).await;
    let connections = schema.ending_in("Connection");
    let edges = schema.ending_in("Edge");
    assert_eq!((connections.len(), edges.len()), (25, 25));
    for connection in connections {
        let name = text(&connection["name"]);
        assert_eq!(connection["kind"], "OBJECT", "{name}");
        let edge = name.replace("Connection", "Edge");
        let edges = written(&field(connection, "edges")["type"]);
        assert_eq!(edges.replace('!', ""), format!("[{edge}]"), "{name}");
        assert_eq!(schema.named(&edge)["kind"], "OBJECT", "{name}");
        let info = written(&field(connection, "pageInfo")["type"]);
        assert_eq!(info, "PageInfo!", "{name}");
    }
    for edge in edges {
        let name = &edge["name"];
        assert_eq!(edge["kind"], "OBJECT", "{name}");
        assert_eq!(written(&field(edge, "cursor")["type"]), "String!", "{name}");
        let mut node = &field(edge, "node")["type"];
        if node["kind"] == "NON_NULL" {
            node = &node["ofType"];
        }
        let kind = text(&node["kind"]);
        let kinds = ["SCALAR", "ENUM", "OBJECT", "INTERFACE", "UNION"];
        assert!(kinds.contains(&kind), "{name} has a {kind}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_can_be_paged_through_in_both_directions() {
    const ARGUMENTS: [(&str, &str); 4] = [
        ("first", "Int"),
        ("after", "String"),
        ("last", "Int"),
        ("before", "String"),
    ];
    let schema = Schema::of(&TestApp::empty(Backend::Sqlite).await).await;
    for (of, list) in lists(&schema) {
        let place = format!("{of}.{}", text(&list["name"]));
        // One connection, not a list of them.
        let returned = written(&list["type"]);
        assert_eq!(
            returned.trim_end_matches('!'),
            innermost(&list["type"]),
            "{place}"
        );
        for (name, type_name) in ARGUMENTS {
            let arguments = list["args"].as_array().unwrap();
            let argument = arguments.iter().find(|argument| argument["name"] == name);
            let argument = argument.unwrap_or_else(|| panic!("{place} lacks {name}"));
            assert_eq!(written(&argument["type"]), type_name, "{place}({name}:)");
            assert_eq!(argument["defaultValue"], Value::Null, "{place}({name}:)");
        }
    }
    assert_eq!(lists(&schema).count(), 92);
    assert_eq!(lists(&schema).filter(|(of, _)| *of == "Query").count(), 19);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_connection_stands_in_the_schema_for_nothing() {
    let schema = Schema::of(&TestApp::empty(Backend::Sqlite).await).await;
    let mut reached = BTreeSet::from(["Query"]);
    let mut open = vec!["Query"];
    while let Some(name) = open.pop() {
        let known = schema.named(name);
        let shown = fields(known).iter().map(|field| innermost(&field["type"]));
        let possible = known["possibleTypes"].as_array().into_iter().flatten();
        let possible = possible.map(|object| text(&object["name"]));
        for next in shown.chain(possible) {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    let connections = schema.ending_in("Connection").into_iter();
    let lost: Vec<_> = connections
        .map(|connection| text(&connection["name"]))
        .filter(|name| !reached.contains(name))
        .collect();
    assert_eq!(lost, Vec::<&str>::new());
}

on_both! {
    async fn whatever_has_an_id_is_found_again_by_it(backend) {
        let app = TestApp::with_knowledge(backend).await;
        // No curated fact waits for a review. One of the two is gone soon, and its id leads nowhere.
        app.sql("INSERT INTO review_item (id, source_id, entity_kind, key, name, reason, mention_count, candidates,
            created_at, updated_at, revision) VALUES
            (1, (SELECT MIN(id) FROM source), 'TECHNOLOGY', 'oxide', 'Oxide', 'UNKNOWN', 7, '[]',
                '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1),
            (2, (SELECT MIN(id) FROM source), 'TECHNOLOGY', 'gone', 'Gone', 'UNKNOWN', 7, '[]',
                '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1)").await;
        let gone = app.query("{ reviewItems(filter: {name: {eq: \"Gone\"}}) { nodes { id } } }").await;
        let gone = gone.at("/reviewItems/nodes/0/id").clone();
        app.sql("DELETE FROM review_item WHERE id = 2").await;

        let schema = Schema::of(&app).await;
        let types = schema.named("Node")["possibleTypes"].as_array().unwrap();
        let types: Vec<_> = types.iter().map(|object| text(&object["name"])).collect();
        assert_eq!(types.len(), 17, "{types:?}");
        let first = |name: &&str| {
            let connection = format!("{name}Connection");
            let mut roots = fields(schema.named("Query")).iter();
            let root = roots.find(|root| innermost(&root["type"]) == connection).unwrap();
            format!(
                "{name}: {}(first: 1) {{ edges {{ cursor node {{ __typename id }} }} pageInfo {{ startCursor endCursor }} }} ",
                text(&root["name"])
            )
        };
        let lists: String = types.iter().map(first).collect();
        let lists = app.query(&format!("{{ {lists} }}")).await;

        let query = "query($id: ID!, $ids: [ID!]!) { node(id: $id) { __typename id } nodes(ids: $ids) { __typename id } }";
        let mut ids = BTreeSet::new();
        for name in types {
            let list = lists.at(&format!("/{name}"));
            let cursor = &list["edges"][0]["cursor"];
            assert!(cursor.is_string(), "{name}");
            assert_eq!(list["pageInfo"], json!({ "startCursor": cursor, "endCursor": cursor }), "{name}");
            let node = &list["edges"][0]["node"];
            assert_eq!(node["__typename"], name);
            let id = &node["id"];
            let reply = app.ask(query, json!({ "id": id, "ids": [id, gone, id] })).await;
            assert_eq!(reply.data(), &json!({ "node": node, "nodes": [node, null, node] }));
            assert!(ids.insert(text(id).to_owned()), "{name} has the id of another");
        }
        let reply = app.ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": gone })).await;
        assert_eq!(reply.data(), &json!({ "node": null }));
    }
}
