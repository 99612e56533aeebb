//! Only the columns travel that a request shows or follows: what a field shows must not depend on
//! what is asked for beside it.

use serde_json::Value;

use crate::support::{TestApp, Types, on_both};

/// The root fields that are lists, each with the type of its items.
fn lists(types: &Types) -> Vec<(&str, &Value)> {
    let roots = types.0["Query"]["fields"].as_array().unwrap().iter();
    let lists = roots.filter_map(|root| {
        let connection = types.bare(&root["type"])["name"].as_str()?;
        let item = connection.strip_suffix("Connection")?;
        Some((root["name"].as_str().unwrap(), &types.0[item]))
    });
    lists.collect()
}

/// The fields of a type, each with what it shows: leaves, and of other things their leaves.
fn fields(types: &Types, of: &Value, depth: usize) -> Vec<(String, String)> {
    let fields = of["fields"].as_array().unwrap().iter();
    let shown = fields.filter_map(|field| {
        let name = field["name"].as_str().unwrap();
        let returned = types.bare(&field["type"]);
        if !returned["fields"].is_array() {
            return Some((name.to_owned(), name.to_owned()));
        }
        let is_list = returned["name"].as_str()?.ends_with("Connection");
        let depth = depth.checked_sub(usize::from(!is_list))?;
        let size = if is_list { "(first: 2)" } else { "" };
        let inner: Vec<_> = fields_within(types, returned, depth);
        Some((
            name.to_owned(),
            format!("{name}{size} {{ {} }}", inner.join(" ")),
        ))
    });
    shown.collect()
}

fn fields_within(types: &Types, of: &Value, depth: usize) -> Vec<String> {
    let mut shown = vec!["__typename".to_owned()];
    shown.extend(fields(types, of, depth).into_iter().map(|(_, field)| field));
    shown
}

/// Things of many columns, each with its type.
const THINGS: [(&str, &str); 8] = [
    ("Language", "language(by: {slug: \"rust\"})"),
    ("Framework", "framework(by: {slug: \"react\"})"),
    ("Tool", "tool(by: {slug: \"redis\"})"),
    ("Company", "company(by: {slug: \"netflix\"})"),
    ("Product", "product(by: {slug: \"firefox\"})"),
    ("Source", "source(by: {slug: \"club-of-code\"})"),
    ("SkillArea", "skillArea(by: {slug: \"security\"})"),
    ("Role", "role(by: {slug: \"backend-developer\"})"),
];

/// Asks for each field of `of` alone and among all others; `shape` is a query around a selection, of which
/// `pointer` is the result.
async fn compare(app: &TestApp, types: &Types, of: &Value, shape: &str, pointer: &str) {
    let fields = fields(types, of, 1);
    let ask = async |selection: &str| {
        let reply = app.query(&shape.replace('*', selection)).await;
        match reply.at(pointer) {
            Value::Array(objects) => objects.clone(),
            object => vec![object.clone()],
        }
    };
    let all: Vec<_> = fields.iter().map(|(_, shown)| shown.as_str()).collect();
    let together = ask(&all.join(" ")).await;
    assert!(together.iter().all(Value::is_object), "{shape}");
    for (name, shown) in &fields {
        let alone = ask(shown).await;
        assert_eq!(alone.len(), together.len(), "{shape} {shown}");
        for (one, among) in alone.iter().zip(&together) {
            assert_eq!(one[name], among[name], "{shape} {shown}");
        }
    }
}

on_both! {
    async fn a_field_shows_the_same_alone_and_among_others(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let types = Types::read(&app).await;
        let lists = lists(&types);
        assert!(!lists.is_empty(), "nothing would be compared");
        for (list, item) in lists {
            let shape = format!("{{ it: {list}(first: 5) {{ nodes {{ * }} }} }}");
            compare(&app, &types, item, &shape, "/it/nodes").await;
        }
        for (name, thing) in THINGS {
            let shape = format!("{{ it: {thing} {{ * }} }}");
            compare(&app, &types, &types.0[name], &shape, "/it").await;
        }
    }
}
