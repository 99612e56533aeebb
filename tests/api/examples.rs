//! The example questions of the explorer: each is run here, so that none can rot.

use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

/// Questions whose answer has a list, and how long it is at least.
const ROWS: [(&str, &str, usize); 9] = [
    ("11-most-used", "/technologies/nodes", 50),
    ("12-who-uses", "/technology/usages/nodes", 2),
    ("13-neighbourhood", "/technology/relations/nodes", 3),
    ("20-company-stack", "/company/stack", 3),
    ("21-this-and-that", "/companies/nodes", 5),
    ("22-shared-technologies", "/companies/nodes", 12),
    ("30-role", "/role/skillAreas/nodes", 3),
    ("40-end-of-life", "/releases/nodes", 1),
    ("51-aliases", "/aliases/nodes", 1),
];

on_both! {
    async fn every_example_is_answered_in_full(backend) {
        let app = TestApp::with_knowledge(backend).await;
        for question in explorer::questions() {
            let variables: Value = match question.variables {
                "" => json!({}),
                text => serde_json::from_str(text).unwrap(),
            };
            let answer = app.client.post(app.url("/graphql"))
                .json(&json!({ "query": question.query, "variables": variables }))
                .send().await.unwrap().json::<Value>().await.unwrap();
            assert!(answer.get("errors").is_none(), "{}: {answer}", question.name);
            let data = answer["data"].as_object().unwrap();
            assert!(data.values().all(|value| !value.is_null()), "{}: {answer}", question.name);
            for (_, path, least) in ROWS.iter().filter(|(name, ..)| *name == question.name) {
                let rows = answer["data"].pointer(path).unwrap().as_array().unwrap();
                assert!(rows.len() >= *least, "{}: {} rows", question.name, rows.len());
            }
        }
        for (name, ..) in ROWS {
            assert!(explorer::questions().iter().any(|question| question.name == name), "{name}");
        }
    }

    async fn the_questions_of_the_front_page_are_answered(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let search = include_str!("../../src/http/pages/search.graphql");
        let reply = app.ask(search, json!({ "text": "Kuber", "key": "kuber" })).await;
        assert_eq!(reply.all("/technologies/nodes", "/slug"), ["kubernetes"]);
        let reply = app.ask(search, json!({ "text": "k8", "key": "k8" })).await;
        assert_eq!(reply.at("/aliases/nodes/0/entity/slug"), "kubernetes");
        let map = app.query(include_str!("../../src/http/pages/map.graphql")).await;
        assert_eq!(map.at("/technologies/nodes").as_array().unwrap().len(), 14);
    }
}
