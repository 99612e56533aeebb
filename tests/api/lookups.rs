//! Finding things by whatever names them.

use serde_json::json;

use crate::support::{TestApp, on_both};

on_both! {
    async fn old_names_resolve_in_one_statement(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let names = [
            ("golang", "go"), ("k8s", "kubernetes"), ("rust", "rust"), ("mongo", "mongodb"), ("ROR", "ruby-on-rails"),
            ("Postgres", "postgresql"), ("Postgre", "postgresql"), ("pg", "postgresql"), ("JS", "javascript"),
            ("TS", "typescript"), ("node", "nodejs"),
            ("csharp", "c-sharp"), ("dotnet", "dot-net"),
        ];
        for (name, slug) in names {
            let query = "query($n: String!) { technology(by: {slug: $n}) { slug } }";
            let reply = app.ask(query, json!({ "n": name })).await;
            assert_eq!(reply.at("/technology/slug"), slug);
            assert_eq!(reply.statements(), 1);
        }
    }

    async fn its_own_name_is_a_name_for_a_thing(backend) {
        let app = TestApp::with_knowledge(backend).await;
        for (name, slug) in [("Node.js", "nodejs"), ("node.JS", "nodejs"), ("NodeJS", "nodejs"), ("c-sharp", "c-sharp"), ("C#", "c-sharp"), (".NET", "dot-net"), ("csharp", "c-sharp"), ("dotnet", "dot-net"), ("C", "c")] {
            let query = "query($n: String!) { technology(by: {alias: $n}) { slug } }";
            let reply = app.ask(query, json!({ "n": name })).await;
            assert_eq!(reply.at("/technology/slug"), slug, "{name}");
        }
    }

    async fn unknown_keys_are_null_without_error(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ a: technology(by: {slug: \"no-such-thing\"}) { name }
            b: company(by: {wikidata: \"Q0\"}) { name } c: language(by: {slug: \"react\"}) { name } }";
        let reply = app.query(query).await;
        assert_eq!(*reply.data(), json!({ "a": null, "b": null, "c": null }));
    }

    async fn mixed_keys_keep_their_order_in_one_statement(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let id = app.query("{ technology(by: {slug: \"react\"}) { id } }").await;
        let id = id.at("/technology/id").clone();
        let query = "query($id: ID!) { technologiesByKeys(keys: [{slug: \"react\"}, {slug: \"nope\"},
            {wikidata: \"Q192490\"}, {alias: \"POSTGRE\"}, {id: $id}, {slug: \"react\"}]) { slug } }";
        let reply = app.ask(query, json!({ "id": id })).await;
        let slugs = json!([{ "slug": "react" }, null, { "slug": "postgresql" }, { "slug": "postgresql" },
            { "slug": "react" }, { "slug": "react" }]);
        assert_eq!(reply.at("/technologiesByKeys"), &slugs);
        assert_eq!(reply.statements(), 1);
    }

    async fn slugs_alone_keep_their_order_in_one_statement(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let names = ["k8s", "nope", "rust", "Postgre", "", "rust", "kubernetes", "go\0", "'"];
        let keys: Vec<_> = names.iter().map(|name| json!({ "slug": name })).collect();
        let query = "query($keys: [TechnologyKey!]!) { technologiesByKeys(keys: $keys) { slug } }";
        let reply = app.ask(query, json!({ "keys": keys })).await;
        let slugs = json!([{ "slug": "kubernetes" }, null, { "slug": "rust" }, { "slug": "postgresql" }, null,
            { "slug": "rust" }, { "slug": "kubernetes" }, null, null]);
        assert_eq!(reply.at("/technologiesByKeys"), &slugs);
        assert_eq!(reply.statements(), 1);
    }

    async fn nodes_take_one_statement_for_each_type(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let ids = app.query("{ a: technologies(first: 30) { nodes { id } } b: roles(first: 10) { nodes { id } } }").await;
        let mut all = ids.all("/a/nodes", "/id");
        all.extend(ids.all("/b/nodes", "/id"));
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Technology { name } ... on Role { name } } }";
        for ids in [vec![all[0].clone(), all[30].clone()], all.clone()] {
            let reply = app.ask(query, json!({ "ids": ids })).await;
            assert_eq!(reply.all("/nodes", "/id"), ids);
            assert_eq!(reply.statements(), 2);
        }
    }

    async fn a_bad_id_costs_only_its_own_place(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let good = app.query("{ role(by: {slug: \"backend-developer\"}) { id } }").await;
        let good = good.at("/role/id").as_str().unwrap().to_owned();
        let mut bent = good.clone();
        bent.replace_range(2..3, if &good[2..3] == "A" { "B" } else { "A" });
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let reply = app.ask(query, json!({ "ids": [good, bent, "", "technology:1"] })).await;
        assert_eq!(reply.body["data"]["nodes"], json!([{ "id": good }, null, null, null]));
        assert_eq!(reply.codes(), ["BAD_ID", "BAD_ID", "BAD_ID"]);
        let paths: Vec<_> = (0..3).map(|index| reply.body["errors"][index]["path"].clone()).collect();
        assert_eq!(paths, [json!(["nodes", 1]), json!(["nodes", 2]), json!(["nodes", 3])]);
    }

    async fn an_id_of_another_type_says_so(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let role = app.query("{ role(by: {slug: \"backend-developer\"}) { id } }").await;
        let query = "query($id: ID!) { company(by: {id: $id}) { name } }";
        let reply = app.ask(query, json!({ "id": role.at("/role/id") })).await;
        assert_eq!(reply.codes(), ["BAD_ID"]);
        assert!(reply.message().ends_with("is the id of a role, not of a company."), "{}", reply.message());
    }

    async fn the_number_of_keys_is_limited(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let reply = app.ask(query, json!({ "ids": vec!["x"; 1_000] })).await;
        assert_eq!((reply.status, reply.codes().len()), (200, 1_000));
        let reply = app.ask(query, json!({ "ids": vec!["x"; 1_001] })).await;
        assert_eq!(reply.status, 400);
        assert!(reply.message().contains("1,000") || reply.message().contains("1000"), "{}", reply.message());
    }
}
