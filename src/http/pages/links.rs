//! Links into the explorer. The question stands behind the `#`, which no server is ever sent.

use explorer::Question;
use serde_json::json;
use url::form_urlencoded::Serializer;

/// Kinds of things that a link can be about, and the field that finds them.
pub(super) const KINDS: [(&str, &str); 8] = [
    ("Technology", "technology"),
    ("Company", "company"),
    ("Product", "product"),
    ("Role", "role"),
    ("SkillArea", "skillArea"),
    ("Category", "category"),
    ("Experience", "experience"),
    ("Source", "source"),
];

/// A link to a question.
pub(super) fn link(query: &str, variables: &str) -> String {
    let mut fragment = Serializer::new(String::new());
    fragment.append_pair("query", query);
    if !variables.is_empty() {
        fragment.append_pair("variables", variables);
    }
    format!("explorer#{}", fragment.finish())
}

/// A link to an example question.
pub(super) fn example(question: &Question) -> String {
    link(question.query, question.variables)
}

/// A link to the question about one thing; none if nothing is known about its kind.
pub(super) fn about(kind: &str, slug: &str) -> Option<String> {
    let kind = match kind {
        "Language" | "Framework" | "Tool" => "Technology",
        other => other,
    };
    let field = KINDS.iter().find(|(name, _)| *name == kind)?.1;
    let prepared = match kind {
        "Technology" => "10-technology-card",
        "Company" => "20-company-stack",
        "Role" => "30-role",
        _ => "",
    };
    let variables = json!({ "slug": slug }).to_string();
    let question = explorer::questions()
        .iter()
        .find(|question| question.name == prepared);
    Some(match question {
        Some(question) => link(question.query, &variables),
        None => link(&general(kind, field), &variables),
    })
}

fn general(kind: &str, field: &str) -> String {
    let text = if kind == "Source" {
        "url"
    } else {
        "description"
    };
    format!(
        "query About($slug: String!) {{\n  {field}(by: {{slug: $slug}}) {{ slug name {text} }}\n}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_its_question_whole() {
        let link = link("{ a(b: \"c & d\") #\n}", "{\"x\": 1}");
        assert_eq!(
            link,
            "explorer#query=%7B+a%28b%3A+%22c+%26+d%22%29+%23%0A%7D&variables=%7B%22x%22%3A+1%7D"
        );
    }

    #[test]
    fn every_kind_has_a_question() {
        for (kind, field) in KINDS {
            let link = about(kind, "a-slug").expect(kind);
            assert!(link.contains(field) && link.contains("a-slug"), "{link}");
        }
        assert!(about("Language", "go").is_some_and(|link| link.contains("TechnologyCard")));
        assert!(about("Nothing", "x").is_none());
    }
}
