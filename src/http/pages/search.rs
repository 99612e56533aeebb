//! Finding things by the beginnings of their names.

use serde_json::{Value, json};

/// The question, which the page's script sends as well.
pub(super) const QUERY: &str = include_str!("search.graphql");

/// Letters of a search at most: no name is longer.
const LONGEST: usize = 100;

/// Something that was found.
#[derive(Debug, PartialEq)]
pub(super) struct Hit {
    pub kind: String,
    pub slug: String,
    pub name: String,
    /// The other name that led to it.
    pub alias: Option<String>,
}

/// What the visitor typed, made fit for a question.
pub(super) fn clean(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// The variables of the question.
pub(super) fn variables(text: &str) -> Value {
    let key: String = text
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, '+' | '#'))
        .collect();
    json!({ "text": text, "key": key })
}

/// Everything that was found, each thing once.
pub(super) fn hits(data: &Value) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let lists = [
        "technologies",
        "companies",
        "roles",
        "skillAreas",
        "aliases",
    ];
    let nodes = lists
        .iter()
        .filter_map(|list| data[list]["nodes"].as_array())
        .flatten();
    for hit in nodes.filter_map(hit) {
        if !hits
            .iter()
            .any(|known| known.slug == hit.slug && known.kind == hit.kind)
        {
            hits.push(hit);
        }
    }
    hits
}

fn hit(node: &Value) -> Option<Hit> {
    let alias = node["text"].as_str().map(ToOwned::to_owned);
    let thing = if alias.is_some() {
        &node["entity"]
    } else {
        node
    };
    let part = |name: &str| thing[name].as_str().map(ToOwned::to_owned);
    Some(Hit {
        kind: part("__typename")?,
        slug: part("slug")?,
        name: part("name")?,
        alias,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_found_once() {
        let go = json!({"__typename": "Language", "slug": "go", "name": "Go"});
        let data = json!({
            "technologies": {"nodes": [go]},
            "companies": {"nodes": []},
            "aliases": {"nodes": [
                {"text": "golang", "entity": go},
                {"text": "goog", "entity": {"__typename": "Company", "slug": "google", "name": "Google"}},
                {"text": "gone", "entity": null},
            ]},
        });
        let found: Vec<_> = hits(&data)
            .into_iter()
            .map(|hit| (hit.slug, hit.alias))
            .collect();
        assert_eq!(
            found,
            [("go".into(), None), ("google".into(), Some("goog".into()))]
        );
    }

    #[test]
    fn keys_are_folded_as_aliases_are() {
        assert_eq!(variables("C++ 17.x")["key"], "c++17x");
        assert_eq!(clean(&"a".repeat(1000)).len(), LONGEST);
    }
}
