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

on_both! {
    async fn a_field_shows_the_same_alone_and_among_others(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let types = Types::read(&app).await;
        let mut compared = 0;
        for (list, item) in lists(&types) {
            let fields = fields(&types, item, 1);
            let nodes = async |selection: &str| {
                let reply = app.query(&format!("{{ {list}(first: 5) {{ nodes {{ {selection} }} }} }}")).await;
                reply.at(&format!("/{list}/nodes")).as_array().unwrap().clone()
            };
            let all: Vec<_> = fields.iter().map(|(_, shown)| shown.as_str()).collect();
            let together = nodes(&all.join(" ")).await;
            for (name, shown) in &fields {
                let alone = nodes(shown).await;
                assert_eq!(alone.len(), together.len(), "{list} {shown}");
                for (one, among) in alone.iter().zip(&together) {
                    assert_eq!(one[name], among[name], "{list} {shown}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 0, "nothing was compared");
    }
}
