//! What a gateway asks of a service: its schema, and the things that others refer to.

use serde_json::{Value, json};

use crate::support::{Reply, TestApp, on_both};

/// As a gateway asks for things of one type or several.
const ENTITIES: &str = "query($these: [_Any!]!) { _entities(representations: $these) { __typename
    ... on Technology { slug name } ... on Company { slug name } ... on Role { slug name } } }";

async fn entities(app: &TestApp, these: &[Value]) -> Reply {
    app.ask(ENTITIES, json!({ "these": these })).await
}

/// The path and code of each error.
fn errors(reply: &Reply) -> Vec<(Value, String)> {
    let errors = reply.body["errors"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let told = errors.iter().map(|error| {
        let code = error["extensions"]["code"].as_str().unwrap();
        (error["path"].clone(), code.to_owned())
    });
    told.collect()
}

fn by_slug(type_name: &str, slug: &str) -> Value {
    json!({ "__typename": type_name, "slug": slug })
}

on_both! {
    async fn a_thousand_references_are_one_statement_for_each_type(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let known = app.query("{ a: languages(first: 100) { nodes { __typename id slug } }
            b: tools(first: 100) { nodes { __typename id slug } } c: companies(first: 100) { nodes { __typename id slug } } }").await;
        let known = ["/a/nodes", "/b/nodes", "/c/nodes"].map(|list| known.at(list).as_array().unwrap().clone()).concat();
        assert_eq!(known.len(), 300);
        let reference = |index: usize| {
            let thing = &known[index % known.len()];
            match index % 5 {
                0 => json!({ "__typename": thing["__typename"], "id": thing["id"] }),
                1 => json!({ "__typename": thing["__typename"], "slug": format!("nobody-knows-{index}") }),
                2 => json!({ "__typename": thing["__typename"], "id": index }),
                _ => json!({ "__typename": thing["__typename"], "slug": thing["slug"] }),
            }
        };
        for size in [10, 1_000] {
            // Both tables are in the first ten, too.
            let these: Vec<_> = (0..size).map(|index| reference(if size == 10 { index * 29 } else { index })).collect();
            let reply = entities(&app, &these).await;
            assert_eq!((reply.status, reply.statements()), (200, 2), "{size}");
            let found = reply.body["data"]["_entities"].as_array().unwrap();
            assert_eq!(found.len(), size);
            let mut wrong = Vec::new();
            for (index, found) in found.iter().enumerate() {
                let number = if size == 10 { index * 29 } else { index };
                match number % 5 {
                    1 => wrong.push((json!(["_entities", index]), "UNKNOWN_ENTITY".to_owned())),
                    2 => wrong.push((json!(["_entities", index]), "BAD_USER_INPUT".to_owned())),
                    _ => {
                        assert_eq!(found["slug"], known[number % known.len()]["slug"]);
                        assert_eq!(found["__typename"], known[number % known.len()]["__typename"]);
                        continue;
                    }
                }
                assert_eq!(*found, Value::Null, "{index}");
            }
            let mut told = errors(&reply);
            told.sort_by_key(|(path, _)| path[1].as_u64());
            assert_eq!(told, wrong);
        }
    }

    async fn a_bad_reference_costs_only_its_own_place(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let role = app.query("{ role(by: {slug: \"backend-developer\"}) { id } }").await.at("/role/id").clone();
        let (good, bad) = (by_slug("Tool", "redis"), "BAD_USER_INPUT");
        for (reference, code) in [
            (json!("Tool"), bad),
            (json!(["Tool"]), bad),
            (json!({}), bad),
            (json!({ "slug": "redis" }), bad),
            (json!({ "__typename": 7, "slug": "redis" }), bad),
            (json!({ "__typename": "Nothing", "slug": "redis" }), bad),
            (json!({ "__typename": "PageInfo", "slug": "redis" }), bad),
            (json!({ "__typename": "Tool" }), bad),
            (json!({ "__typename": "Tool", "slug": null }), bad),
            (json!({ "__typename": "Tool", "slug": ["redis"] }), bad),
            (json!({ "__typename": "Tool", "name": "Redis" }), bad),
            (json!({ "__typename": "Usage", "slug": "redis" }), bad),
            (json!({ "__typename": "Tool", "id": "x" }), "BAD_ID"),
            (json!({ "__typename": "Tool", "id": "" }), "BAD_ID"),
            (json!({ "__typename": "Tool", "id": role }), "BAD_ID"),
            (by_slug("Tool", ""), "UNKNOWN_ENTITY"),
            (by_slug("Tool", "rust"), "UNKNOWN_ENTITY"),
            (by_slug("Role", "redis"), "UNKNOWN_ENTITY"),
        ] {
            let reply = entities(&app, &[good.clone(), reference.clone(), good.clone()]).await;
            let redis = json!({ "__typename": "Tool", "slug": "redis", "name": "Redis" });
            assert_eq!(reply.body["data"]["_entities"], json!([redis, null, redis]), "{reference}");
            assert_eq!(errors(&reply), [(json!(["_entities", 1]), code.to_owned())], "{reference}");
        }
    }

    async fn either_key_and_either_type_name_lead_to_the_thing(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let id = app.query("{ language(by: {slug: \"go\"}) { id } }").await.at("/language/id").clone();
        let these = [
            by_slug("Language", "go"),
            by_slug("Technology", "go"),
            by_slug("Language", "golang"),
            json!({ "__typename": "Language", "id": id }),
            json!({ "__typename": "Technology", "id": id }),
            json!({ "__typename": "Technology", "id": id, "slug": "rust" }),
            json!({ "__typename": "Technology", "id": null, "slug": "go", "other": [1] }),
        ];
        let reply = entities(&app, &these).await;
        let go = json!({ "__typename": "Language", "slug": "go", "name": "Go" });
        assert_eq!(*reply.at("/_entities"), json!(vec![go; 7]));
        assert_eq!(reply.statements(), 1);
    }

    async fn whatever_has_a_global_id_can_be_referred_to(backend) {
        let app = TestApp::with_knowledge(backend).await;
        app.sql("INSERT INTO review_item (source_id, entity_kind, key, name, reason, mention_count, candidates, created_at,
            updated_at, revision) SELECT min(id), 'ROLE', 'juggler', 'Juggler', 'UNKNOWN', 1, '[]', min(created_at),
            min(updated_at), 1 FROM source").await;
        let types = app.query("{ __type(name: \"_Entity\") { possibleTypes { name fields { name } } } }").await;
        let types = types.at("/__type/possibleTypes").as_array().unwrap().clone();
        assert_eq!(types.len(), 17);
        let roots = app.query("{ __schema { queryType { fields { name type { name } } } } }").await;
        let roots = roots.at("/__schema/queryType/fields").as_array().unwrap().clone();
        for definition in types {
            let name = definition["name"].as_str().unwrap();
            let list = roots.iter().find(|field| field["type"]["name"] == format!("{name}Connection")).unwrap();
            let list = list["name"].as_str().unwrap();
            let has_slug = definition["fields"].as_array().unwrap().iter().any(|field| field["name"] == "slug");
            let keys = if has_slug { &["id", "slug"][..] } else { &["id"] };
            let one = app.query(&format!("{{ {list}(first: 1) {{ nodes {{ __typename {} createdAt }} }} }}", keys.join(" "))).await;
            let one = one.at(&format!("/{list}/nodes/0")).clone();
            for key in keys {
                let query = format!("query($these: [_Any!]!) {{ _entities(representations: $these) {{
                    ... on {name} {{ __typename {} createdAt }} }} }}", keys.join(" "));
                let these = json!([{ "__typename": name, *key: one[*key] }]);
                let reply = app.ask(&query, json!({ "these": these })).await;
                assert_eq!(*reply.at("/_entities/0"), one, "{name} by {key}");
            }
        }
    }

    async fn lists_below_references_are_one_statement_for_each_level(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "query($these: [_Any!]!) { _entities(representations: $these) {
            ... on Language { frameworks(first: 3) { nodes { name } } } } }";
        let all = ["rust", "go", "python", "java", "typescript"].map(|slug| by_slug("Language", slug));
        for these in [&all[..2], &all] {
            let reply = app.ask(query, json!({ "these": these })).await;
            assert_eq!(reply.at("/_entities").as_array().unwrap().len(), these.len());
            assert_eq!(reply.statements(), 2);
        }
    }
}

#[tokio::test]
async fn references_have_a_price_and_a_limit() {
    let app = TestApp::sqlite().await;
    let reply = entities(&app, &vec![by_slug("Tool", "redis"); 1_000]).await;
    assert_eq!(reply.at("/_entities").as_array().unwrap().len(), 1_000);
    assert_eq!(reply.body["extensions"]["cost"]["estimated"], 1_000);
    let reply = entities(&app, &vec![by_slug("Tool", "redis"); 1_001]).await;
    assert_eq!((reply.status, reply.codes()), (400, vec!["LIST_TOO_LONG"]));
    let query = "query($these: [_Any!]!) { _entities(representations: $these) {
        ... on Language { frameworks(first: 100) { nodes { name } } } } }";
    let these = vec![by_slug("Language", "rust"); 300];
    let reply = app.ask(query, json!({ "these": these })).await;
    assert_eq!((reply.status, reply.codes()), (400, vec!["TOO_EXPENSIVE"]));
}

#[tokio::test]
async fn the_service_tells_the_schema_that_is_in_the_repository() {
    let app = TestApp::sqlite().await;
    let reply = app.query("{ _service { sdl } }").await;
    let sdl = reply.at("/_service/sdl").as_str().unwrap();
    assert_eq!(sdl, include_str!("../../schema.graphql"));
    assert_eq!(reply.statements(), 0);
    for line in [
        "type Language implements Technology & Node @key(fields: \"id\") @key(fields: \"slug\") {",
        "interface Technology implements Node @key(fields: \"id\") @key(fields: \"slug\") {",
        "interface Node {",
        "interface Adopter implements Node {",
        "type Usage implements Node @key(fields: \"id\") {",
        "type PageInfo @shareable {",
        "\trevision: Int! @tag(name: \"bookkeeping\")",
    ] {
        assert!(sdl.lines().any(|own| own == line), "{line}");
    }
    assert_eq!(sdl.matches("@link(").count(), 1);
}

#[tokio::test]
async fn a_service_that_keeps_its_schema_to_itself_still_serves_gateways() {
    let app = TestApp::reticent().await;
    for query in [
        "{ __schema { queryType { name } } }",
        "{ __type(name: \"Query\") { name } }",
        "{ _service { sdl } }",
        "{ ...A } fragment A on Query { a: _service { sdl } }",
    ] {
        let reply = app.query(query).await;
        assert_eq!(
            (reply.status, reply.codes()),
            (400, vec!["INTROSPECTION_OFF"]),
            "{query}"
        );
    }
    let response = app
        .client
        .get(app.url("/schema.graphql"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 404);
    let reply = entities(&app, &[by_slug("Tool", "redis")]).await;
    assert_eq!(reply.at("/_entities/0/__typename"), "Tool");
    assert_eq!(app.query("{ __typename }").await.at("/__typename"), "Query");
}

/// The part of Apollo's trace format that is looked at here.
mod trace {
    #[derive(prost::Message)]
    pub struct Trace {
        #[prost(uint64, tag = "11")]
        pub duration_ns: u64,
        #[prost(message, optional, tag = "14")]
        pub root: Option<Node>,
    }

    #[derive(prost::Message)]
    pub struct Node {
        #[prost(string, tag = "1")]
        pub response_name: String,
        #[prost(uint32, optional, tag = "2")]
        pub index: Option<u32>,
        #[prost(string, tag = "3")]
        pub r#type: String,
        #[prost(uint64, tag = "8")]
        pub start_time: u64,
        #[prost(uint64, tag = "9")]
        pub end_time: u64,
        #[prost(message, repeated, tag = "11")]
        pub error: Vec<Error>,
        #[prost(message, repeated, tag = "12")]
        pub child: Vec<Node>,
        #[prost(string, tag = "13")]
        pub parent_type: String,
        #[prost(string, tag = "14")]
        pub original_field_name: String,
    }

    #[derive(prost::Message)]
    pub struct Error {
        #[prost(string, tag = "1")]
        pub message: String,
    }

    /// The tree as lines: what it is, of which type; indented, errors with a `!`.
    pub fn lines(node: &Node, depth: usize, longest: u64, lines: &mut Vec<String>) {
        for child in &node.child {
            let indent = "  ".repeat(depth);
            assert!(child.start_time <= child.end_time && child.end_time <= longest);
            lines.push(match child.index {
                Some(index) => format!("{indent}{index}"),
                None => format!(
                    "{indent}{} {}.{} {}",
                    child.response_name, child.parent_type, child.original_field_name, child.r#type
                ),
            });
            let errors = child.error.iter();
            lines.extend(errors.map(|error| format!("{indent}! {}", error.message)));
            self::lines(child, depth + 1, longest, lines);
        }
    }
}

async fn traced(app: &TestApp, query: &str, wanted: &str) -> Value {
    let request = app
        .client
        .post(app.url("/graphql"))
        .header("apollo-federation-include-trace", wanted);
    let response = request
        .json(&json!({ "query": query }))
        .send()
        .await
        .unwrap();
    response.json().await.unwrap()
}

fn decoded(ftv1: &Value) -> trace::Trace {
    use base64::Engine as _;
    use prost::Message as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(ftv1.as_str().unwrap());
    trace::Trace::decode(bytes.unwrap().as_slice()).unwrap()
}

#[tokio::test]
async fn a_gateway_that_asks_for_it_learns_how_long_each_field_took() {
    let app = TestApp::sqlite().await;
    let query =
        "{ it: languagesByKeys(keys: [{slug: \"rust\"}, {slug: \"nope\"}, {id: \"x\"}]) { name
        frameworks(first: 1) { nodes { slug } } } }";
    let plain = traced(&app, query, "no").await;
    assert_eq!(plain["extensions"], Value::Null);
    let answer = traced(&app, query, "ftv1").await;
    assert_eq!(answer["data"], plain["data"]);
    let trace = decoded(&answer["extensions"]["ftv1"]);
    let root = trace.root.unwrap();
    let mut lines = Vec::new();
    trace::lines(&root, 0, trace.duration_ns, &mut lines);
    lines.retain(|line| !line.starts_with("    name"));
    // The item that failed has no field of its own: its error is filed with the list.
    let error = format!("! {}", answer["errors"][0]["message"].as_str().unwrap());
    assert_eq!(
        lines,
        [
            "it Query.languagesByKeys [Language]",
            error.as_str(),
            "  0",
            "    frameworks Language. FrameworkConnection",
            "      nodes FrameworkConnection. [Framework!]!",
            "        0",
            "          slug Framework. String!",
        ]
    );
}

#[tokio::test]
async fn a_trace_ends_where_nobody_would_read_on() {
    let app = TestApp::sqlite().await;
    let query = "{ technologies(first: 100, orderBy: {field: ADOPTER_COUNT, direction: DESC}) { nodes { usages(first: 100) {
        nodes { id status since until scope confidence note createdAt updatedAt revision } } } } }";
    let answer = traced(&app, query, "ftv1").await;
    assert_eq!(
        answer["data"]["technologies"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        100
    );
    let fields = count(&decoded(&answer["extensions"]["ftv1"]).root.unwrap());
    assert_eq!(fields, 10_000);
}

fn count(node: &trace::Node) -> usize {
    let own = usize::from(!node.r#type.is_empty());
    own + node.child.iter().map(count).sum::<usize>()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs node"]
async fn real_gateways_answer_across_services() {
    let app = TestApp::sqlite().await;
    let url = app.url("/graphql");
    let run = move || {
        std::process::Command::new("node")
            .args(["--test", "--test-reporter=spec", "test.js"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/federation"))
            .env("ATLAS", url)
            .output()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let output = output.expect("node must be installed");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
}
