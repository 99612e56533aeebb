//! What frontends, analysts and other services really ask.

use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

on_both! {
    async fn who_uses_this_and_that_but_not_the_other(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let uses = |slug: &str| format!("{{usages: {{some: {{technology: {{slug: {{eq: \"{slug}\"}}}}}}}}}}");
        let query = format!(
            "{{ companies(first: 100, filter: {{and: [{}, {}, {{not: {}}}]}}) {{ totalCount nodes {{ slug
                usages(first: 100) {{ nodes {{ technology {{ slug }} }} }} }} }} }}",
            uses("go"), uses("kubernetes"), uses("rust"),
        );
        let reply = app.query(&query).await;
        let companies = reply.at("/companies/nodes").as_array().unwrap();
        assert!(!companies.is_empty());
        assert_eq!(reply.at("/companies/totalCount"), companies.len());
        // The same by hand, from all usages.
        for company in companies {
            let slugs: Vec<&str> = company["usages"]["nodes"].as_array().unwrap().iter()
                .map(|usage| usage["technology"]["slug"].as_str().unwrap()).collect();
            assert!(slugs.contains(&"go") && slugs.contains(&"kubernetes") && !slugs.contains(&"rust"), "{slugs:?}");
        }
    }

    async fn quantifiers_mean_what_they_say(backend) {
        let app = TestApp::empty(backend).await;
        seed(&app).await;
        let query = "query($f: CompanyFilter) { companies(filter: $f) { nodes { slug } } }";
        let current = json!({ "status": { "eq": "CURRENT" } });
        for (filter, expected) in [
            (json!({ "usages": { "some": current } }), vec!["both", "current"]),
            (json!({ "usages": { "every": current } }), vec!["current", "idle"]),
            (json!({ "usages": { "none": current } }), vec!["idle", "past"]),
            (json!({ "usages": { "some": {}, "none": current } }), vec!["past"]),
            (json!({ "not": { "usages": { "some": current } } }), vec!["idle", "past"]),
            (json!({ "or": [] }), vec![]),
            (json!({ "and": [] }), vec!["both", "current", "idle", "past"]),
            (json!({ "country": { "ne": "DE" } }), vec!["current", "idle", "past"]),
            (json!({ "not": { "country": { "eq": "DE" } } }), vec!["current", "idle", "past"]),
            (json!({ "country": { "isNull": true } }), vec!["idle", "past"]),
            (json!({ "country": { "notIn": ["US"] } }), vec!["both", "idle", "past"]),
            (json!({ "name": { "contains": "URR" } }), vec!["current"]),
            (json!({ "name": { "contains": "%" } }), vec![]),
            (json!({ "name": { "startsWith": "pa" } }), vec!["past"]),
        ] {
            let reply = app.ask(query, json!({ "f": filter })).await;
            assert_eq!(reply.all("/companies/nodes", "/slug"), expected, "{filter}");
        }
    }

    async fn a_filter_bar_pages_steadily(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "query($f: TechnologyFilter, $after: String) { technologies(filter: $f, first: 24, after: $after,
            orderBy: [{field: ADOPTER_COUNT, direction: DESC}, {field: NAME}]) { totalCount
            edges { cursor node { slug name adopterCount } } pageInfo { hasNextPage endCursor } } }";
        let filter = json!({ "kind": { "in": ["FRAMEWORK", "TOOL"] } });
        let mut after = Value::Null;
        let mut seen: Vec<(i64, String)> = Vec::new();
        let mut total = 0;
        loop {
            let reply = app.ask(query, json!({ "f": filter, "after": after })).await;
            total = reply.at("/technologies/totalCount").as_u64().unwrap().max(total);
            for edge in reply.at("/technologies/edges").as_array().unwrap() {
                let node = &edge["node"];
                seen.push((node["adopterCount"].as_i64().unwrap(), node["name"].as_str().unwrap().to_lowercase()));
            }
            if reply.at("/technologies/pageInfo/hasNextPage") == false {
                break;
            }
            after = reply.at("/technologies/pageInfo/endCursor").clone();
        }
        assert_eq!(seen.len() as u64, total);
        let mut sorted = seen.clone();
        sorted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        assert_eq!(seen, sorted);
    }

    async fn relations_work_in_both_directions(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ relations(first: 1) { nodes { kind from { slug } to { slug } evidence { nodes { source { name } } } } } }";
        let reply = app.query(query).await;
        let relation = reply.at("/relations/nodes/0");
        assert!(!relation["evidence"]["nodes"].as_array().unwrap().is_empty());
        for end in ["from", "to"] {
            let query = "query($s: String!) { technology(by: {slug: $s}) { relations(first: 100) { nodes { from { slug } to { slug } } } } }";
            let reply = app.ask(query, json!({ "s": relation[end]["slug"] })).await;
            let pairs = reply.at("/technology/relations/nodes").as_array().unwrap();
            let wanted = json!({ "from": relation["from"], "to": relation["to"] });
            assert!(pairs.contains(&wanted), "{wanted} not below its {end}");
        }
    }

    async fn an_alias_leads_to_its_thing(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ aliases(filter: {key: {eq: \"k8s\"}}) { nodes { text entityKind entity { __typename ... on Tool { slug } } } } }";
        let alias = app.query(query).await.at("/aliases/nodes/0").clone();
        assert_eq!(alias, json!({ "text": "k8s", "entityKind": "TECHNOLOGY",
            "entity": { "__typename": "Tool", "slug": "kubernetes" } }));
    }
}

/// Four companies that differ in whether their usages go on, and where they are.
async fn seed(app: &TestApp) {
    let now = "'2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1";
    let named = "slug, name, name_key, created_at, updated_at, revision";
    app.sql(&format!(
        "INSERT INTO technology (id, kind, {named}) VALUES
        (1, 'TOOL', 'x', 'X', 'x', {now}), (2, 'TOOL', 'y', 'Y', 'y', {now})"
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO company (id, country, {named}) VALUES
        (1, 'DE', 'both', 'Both', 'both', {now}), (2, 'US', 'current', 'Current', 'current', {now}),
        (3, NULL, 'idle', 'Idle', 'idle', {now}), (4, NULL, 'past', 'Past', 'past', {now})"
    ))
    .await;
    app.sql(&format!("INSERT INTO usage (company_id, technology_id, status, confidence, created_at, updated_at, revision) VALUES
        (1, 1, 'CURRENT', 0.9, {now}), (1, 2, 'PAST', 0.9, {now}), (2, 1, 'CURRENT', 0.9, {now}), (4, 1, 'PAST', 0.9, {now})")).await;
}
