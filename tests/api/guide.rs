//! `docs/api-guide.md` tells the truth: each query in it runs, and is answered as it says.

use serde_json::Value;

use crate::support::{TestApp, on_both};

/// The text of a block of code in this language, if the guide goes on with one.
fn block<'a>(text: &'a str, language: &str) -> Option<(&'a str, &'a str)> {
    let text = text.trim_start().strip_prefix("```")?;
    text.strip_prefix(language)?
        .strip_prefix('\n')?
        .split_once("\n```")
}

/// All queries, each with the answer that stands below it.
fn examples(mut text: &str) -> Vec<(&str, Value)> {
    let mut examples = Vec::new();
    while let Some(start) = text.find("```graphql\n") {
        let (query, rest) = block(&text[start..], "graphql").unwrap();
        let (answer, rest) = block(rest, "json").unwrap_or_else(|| panic!("no answer to {query}"));
        examples.push((query, serde_json::from_str(answer).unwrap()));
        text = rest;
    }
    examples
}

/// Without what differs from request to request.
fn lasting(mut body: Value) -> Value {
    body.as_object_mut().unwrap().remove("extensions");
    for error in body["errors"].as_array_mut().into_iter().flatten() {
        error["extensions"]
            .as_object_mut()
            .unwrap()
            .remove("requestId");
    }
    if body["errors"].is_null() {
        body.as_object_mut().unwrap().remove("errors");
    }
    body
}

on_both! {
    async fn every_query_of_the_guide_is_answered_as_it_says(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api-guide.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        let examples = examples(&guide);
        assert_eq!(examples.len(), 11);
        for (query, answer) in examples {
            assert_eq!(lasting(app.query(query).await.body), answer, "{query}");
        }
    }
}
