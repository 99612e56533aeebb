//! Names in data sets that somebody should look at.

use serde_json::{Value, json};

use crate::support::{Backend, TestApp, on_both};

const STAMPS: &str = "'2026-01-01T00:00:00+00:00', '2026-01-02T00:00:00+00:00', 3";

/// Two data sets, and five names in them that lead nowhere.
async fn queue(backend: Backend) -> TestApp {
    let app = TestApp::empty(backend).await;
    let named = "slug, name, name_key, created_at, updated_at, revision";
    app.sql(&format!(
        "INSERT INTO source (id, {named}) VALUES
        (1, 'adopters', 'Adopters', 'adopters', {STAMPS}), (2, 'roles', 'Roles', 'roles', {STAMPS})"
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO review_item (id, source_id, entity_kind, key, name, reason, mention_count, locator, candidates,
            created_at, updated_at, revision) VALUES
        (1, 1, 'TECHNOLOGY', 'oxide', 'Oxide', 'UNKNOWN', 7, 'a/list.md:3', '[]', {STAMPS}),
        (2, 1, 'COMPANY', 'acme', 'acme', 'AMBIGUOUS', 40, 'a/list.md:9', '[\"acme-inc\", \"acme\"]', {STAMPS}),
        (3, 2, 'TECHNOLOGY', 'oxide', 'OXIDE', 'UNKNOWN', 7, NULL, '[\"oxide-2\"]', {STAMPS}),
        (4, 2, 'ROLE', 'juggler', 'Juggler', 'UNKNOWN', 1, 'b.csv:1', '[]', {STAMPS}),
        (5, 1, 'TECHNOLOGY', 'zig', 'Zig', 'AMBIGUOUS', 90, 'a/list.md:1', '[\"zig\", \"zigbee\"]', {STAMPS})"
    ))
    .await;
    app
}

fn by(field: &str, direction: &str) -> Value {
    json!({ "field": field, "direction": direction })
}

on_both! {
    async fn a_name_shows_what_is_known_of_it_in_one_statement_and_one_for_its_source(backend) {
        let app = queue(backend).await;
        let query = "{ reviewItems(filter: {name: {eq: \"acme\"}}) { nodes { entityKind name reason mentionCount locator
            candidates createdAt updatedAt revision source { slug } } } }";
        let reply = app.query(query).await;
        assert_eq!(reply.at("/reviewItems/nodes"), &json!([{
            "entityKind": "COMPANY", "name": "acme", "reason": "AMBIGUOUS", "mentionCount": 40, "locator": "a/list.md:9",
            "candidates": ["acme-inc", "acme"], "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-02T00:00:00Z",
            "revision": 3, "source": { "slug": "adopters" },
        }]));
        assert_eq!(reply.statements(), 2);
    }

    async fn each_column_alone_shows_what_it_shows_among_others(backend) {
        let app = queue(backend).await;
        let columns = ["id", "entityKind", "name", "reason", "mentionCount", "locator", "candidates", "createdAt",
            "updatedAt", "revision"];
        let show = |fields: &str| format!("{{ reviewItems {{ nodes {{ {fields} }} }} }}");
        let all = app.query(&show(&columns.join(" "))).await;
        for column in columns {
            let pointer = format!("/{column}");
            let alone = app.query(&show(column)).await;
            assert_eq!(alone.all("/reviewItems/nodes", &pointer), all.all("/reviewItems/nodes", &pointer), "{column}");
        }
    }

    async fn the_most_used_names_come_first_unless_others_are_wanted(backend) {
        let app = queue(backend).await;
        let query = "query($o: [ReviewItemOrder!]) { reviewItems(orderBy: $o) { nodes { name } } }";
        for (order, expected) in [
            (Value::Null, ["Zig", "acme", "OXIDE", "Oxide", "Juggler"]),
            (json!([by("MENTION_COUNT", "DESC")]), ["Zig", "acme", "OXIDE", "Oxide", "Juggler"]),
            (json!([by("MENTION_COUNT", "ASC")]), ["Juggler", "Oxide", "OXIDE", "acme", "Zig"]),
            (json!([by("NAME", "ASC")]), ["acme", "Juggler", "Oxide", "OXIDE", "Zig"]),
            (json!([by("NAME", "DESC")]), ["Zig", "OXIDE", "Oxide", "Juggler", "acme"]),
            (json!([by("ADDED", "ASC")]), ["Oxide", "acme", "OXIDE", "Juggler", "Zig"]),
        ] {
            let reply = app.ask(query, json!({ "o": order })).await;
            assert_eq!(reply.all("/reviewItems/nodes", "/name"), expected, "{order}");
            assert_eq!(reply.statements(), 1);
        }
    }

    async fn names_are_kept_by_kind_reason_name_count_and_source(backend) {
        let app = queue(backend).await;
        let query = "query($f: ReviewItemFilter) { reviewItems(filter: $f) { totalCount nodes { name } } }";
        let cases: [(Value, &[&str]); 8] = [
            (json!({}), &["Zig", "acme", "OXIDE", "Oxide", "Juggler"]),
            (json!({ "entityKind": { "eq": "TECHNOLOGY" } }), &["Zig", "OXIDE", "Oxide"]),
            (json!({ "entityKind": { "notIn": ["TECHNOLOGY", "ROLE"] } }), &["acme"]),
            (json!({ "reason": { "eq": "AMBIGUOUS" } }), &["Zig", "acme"]),
            (json!({ "name": { "startsWith": "O" } }), &["OXIDE", "Oxide"]),
            (json!({ "mentionCount": { "gte": 7, "lt": 90 } }), &["acme", "OXIDE", "Oxide"]),
            (json!({ "source": { "slug": { "eq": "roles" } } }), &["OXIDE", "Juggler"]),
            (json!({ "source": { "slug": { "eq": "roles" } }, "not": { "entityKind": { "eq": "ROLE" } } }), &["OXIDE"]),
        ];
        for (filter, expected) in cases {
            let reply = app.ask(query, json!({ "f": filter })).await;
            assert_eq!(reply.all("/reviewItems/nodes", "/name"), expected, "{filter}");
            assert_eq!(reply.at("/reviewItems/totalCount"), expected.len(), "{filter}");
            assert_eq!(reply.statements(), 2, "{filter}");
        }
    }

    async fn pages_go_on_where_they_ended_in_both_directions(backend) {
        let app = queue(backend).await;
        let query = "query($f: Int, $a: String, $l: Int, $b: String) { reviewItems(first: $f, after: $a, last: $l, before: $b) {
            nodes { name } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }";
        let first = app.ask(query, json!({ "f": 3 })).await;
        assert_eq!(first.all("/reviewItems/nodes", "/name"), ["Zig", "acme", "OXIDE"]);
        let second = app.ask(query, json!({ "f": 3, "a": first.at("/reviewItems/pageInfo/endCursor") })).await;
        assert_eq!(second.all("/reviewItems/nodes", "/name"), ["Oxide", "Juggler"]);
        assert_eq!(second.at("/reviewItems/pageInfo/hasNextPage"), false);
        let back = app.ask(query, json!({ "l": 2, "b": second.at("/reviewItems/pageInfo/startCursor") })).await;
        assert_eq!(back.all("/reviewItems/nodes", "/name"), ["acme", "OXIDE"]);
        assert_eq!(back.at("/reviewItems/pageInfo/hasPreviousPage"), true);
    }

    async fn the_names_of_all_sources_are_one_statement(backend) {
        let app = queue(backend).await;
        let query = "{ sources { nodes { slug reviewItems(first: 2, orderBy: {field: MENTION_COUNT, direction: DESC}) {
            totalCount nodes { name } } } } }";
        let reply = app.query(query).await;
        assert_eq!(reply.at("/sources/nodes"), &json!([
            { "slug": "adopters", "reviewItems": { "totalCount": 3, "nodes": [{ "name": "Zig" }, { "name": "acme" }] } },
            { "slug": "roles", "reviewItems": { "totalCount": 2, "nodes": [{ "name": "OXIDE" }, { "name": "Juggler" }] } },
        ]));
        // sources, review items, counts
        assert_eq!(reply.statements(), 3);
    }

    async fn a_name_is_found_again_by_its_id(backend) {
        let app = queue(backend).await;
        let ids = app.query("{ reviewItems(first: 2) { nodes { id } } }").await;
        let ids = ids.all("/reviewItems/nodes", "/id");
        let query = "query($a: ID!, $b: ID!) {
            node(id: $a) { __typename ... on ReviewItem { name } }
            one: reviewItem(by: {id: $a}) { name }
            many: reviewItemsByKeys(keys: [{id: $b}, {id: $a}]) { name }
            _entities(representations: [{__typename: \"ReviewItem\", id: $b}]) { ... on ReviewItem { name } } }";
        let reply = app.ask(query, json!({ "a": ids[0], "b": ids[1] })).await;
        assert_eq!(reply.data(), &json!({
            "node": { "__typename": "ReviewItem", "name": "Zig" },
            "one": { "name": "Zig" },
            "many": [{ "name": "acme" }, { "name": "Zig" }],
            "_entities": [{ "name": "acme" }],
        }));
        assert_eq!(reply.statements(), 1);
    }
}
