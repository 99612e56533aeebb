//! The names that a user teaches: a file like `knowledge/aliases.yaml`.

use entity::enums::EntityKind;

use crate::ingest::dataset::markup::tree;
use crate::ingest::dataset::{Place, Problem};
use crate::ingest::yaml::{Node, Value};

/// The fields that name what is called so.
const FIELDS: [(&str, EntityKind); 4] = [
    ("technology", EntityKind::Technology),
    ("company", EntityKind::Company),
    ("skill_area", EntityKind::SkillArea),
    ("role", EntityKind::Role),
];

/// Other names: the kind and slug of what is called so, and the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases(pub(super) Vec<(EntityKind, String, String)>);

impl Aliases {
    /// Reads a list of records, each with a slug under its kind, and with `names`.
    ///
    /// # Errors
    /// With the line of the first mistake.
    pub fn parse(path: &str, text: &str) -> Result<Self, Problem> {
        let problem = |line: usize, what: String| Problem {
            place: Place {
                path: path.to_owned(),
                // Of some mistakes the parser does not know the place.
                line: Some(line.max(1)),
                record: None,
            },
            what,
        };
        let root = tree(text).map_err(|(line, what)| problem(line, what))?;
        let Value::List(records) = &root.value else {
            let what =
                "expected a list of records such as `- technology: go` with `names: [Golang]`";
            return Err(problem(root.line, what.to_owned()));
        };
        let mut aliases = Vec::new();
        for record in records {
            let of = FIELDS
                .iter()
                .find_map(|(field, kind)| Some((*kind, record.text(field)?)));
            let Some((kind, slug)) = of else {
                let what = "names neither a technology, a company, a skill_area nor a role";
                return Err(problem(record.line, what.to_owned()));
            };
            let names = record.get("names").map_or(&[][..], Node::items);
            if names.is_empty() {
                return Err(problem(record.line, format!("gives `{slug}` no `names`")));
            }
            for name in names {
                let Some(text) = name.as_text() else {
                    return Err(problem(name.line, "a name is a text".to_owned()));
                };
                aliases.push((kind, slug.to_owned(), text.to_owned()));
            }
        }
        Ok(Self(aliases))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taught_by_kind_and_slug() {
        let text =
            "- technology: go\n  names: [Golang, Go lang]\n- company: acme\n  names: [ACME Inc]\n";
        let expected = [
            (EntityKind::Technology, "go", "Golang"),
            (EntityKind::Technology, "go", "Go lang"),
            (EntityKind::Company, "acme", "ACME Inc"),
        ];
        let expected = expected.map(|(kind, slug, name)| (kind, slug.to_owned(), name.to_owned()));
        assert_eq!(Aliases::parse("a.yaml", text), Ok(Aliases(expected.into())));
    }

    #[test]
    fn mistakes_are_told_with_their_lines() {
        for (text, expected) in [
            ("go: Golang\n", "a.yaml:1: expected a list"),
            ("- language: go\n  names: [x]\n", "a.yaml:1: names neither"),
            ("- technology: go\n", "a.yaml:1: gives `go` no `names`"),
            ("- technology: [\n", "a.yaml:"),
        ] {
            let problem = Aliases::parse("a.yaml", text).expect_err(text);
            assert!(problem.to_string().starts_with(expected), "{problem}");
        }
    }
}
