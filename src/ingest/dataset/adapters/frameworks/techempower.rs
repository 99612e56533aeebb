//! `benchmark_config.json` of `TechEmpower`: one file, many variants of a framework or of several.

use std::collections::HashMap;

use entity::enums::{FrameworkKind, RelationKind, TechnologyKind};

use super::super::{claim, folded, is_name, line_of_text, problem, yaml};
use crate::ingest::dataset::claim::{Mention, Relation, Says, Technology};
use crate::ingest::dataset::{File, Sink};
use crate::ingest::yaml::{Entry, Node};

/// What the fields of a variant say of the framework.
const RELATIONS: [(&str, RelationKind); 3] = [
    ("platform", RelationKind::RunsOn),
    ("webserver", RelationKind::RunsOn),
    ("database", RelationKind::IntegratesWith),
];

/// Relations of a framework that are read.
const MOST_RELATIONS: usize = 50;

/// All variants of one framework in one language.
#[derive(Debug)]
struct Framework {
    line: usize,
    name: String,
    language: String,
    is_more_than_platform: bool,
    relations: Vec<(usize, RelationKind, String)>,
}

pub(super) fn read(file: &File<'_>, sink: &mut dyn Sink) {
    let Some(root) = yaml(file, sink) else { return };
    let common = value(&root, "framework");
    let Some(tests) = root.get("tests") else {
        problem(sink, file.path, root.line, "has no `tests`");
        return;
    };
    let mut frameworks: Vec<Framework> = Vec::new();
    let mut known = HashMap::new();
    for variant in tests.items().iter().flat_map(Node::entries) {
        match read_variant(variant, common.as_deref()) {
            Ok(read) => {
                let at = *known.entry(read.key()).or_insert(frameworks.len());
                if at == frameworks.len() {
                    frameworks.push(read.without_relations());
                }
                frameworks[at].take(read);
            }
            Err(what) => problem(sink, file.path, variant.line, what),
        }
    }
    for framework in frameworks {
        framework.tell(file.path, sink);
    }
}

fn read_variant(variant: &Entry, common: Option<&str>) -> Result<Framework, String> {
    let fields = &variant.value;
    let own = value(fields, "framework");
    let name = own.or_else(|| common.map(str::to_owned));
    let name = name.ok_or_else(|| format!("{}: `framework` is missing", variant.key))?;
    let language = value(fields, "language");
    let language = language.ok_or_else(|| format!("{}: `language` is missing", variant.key))?;
    let class = value(fields, "classification").unwrap_or_default();
    let relations = RELATIONS.into_iter().filter_map(|(key, kind)| {
        let to = value(fields, key)?;
        let says_more = folded(&to) != folded(&name) && folded(&to) != folded(&language);
        says_more.then(|| (fields.line_of(key), kind, to))
    });
    Ok(Framework {
        line: variant.line,
        relations: relations.collect(),
        is_more_than_platform: ["micro", "fullstack"].contains(&&*class.to_lowercase()),
        name,
        language,
    })
}

/// A field's text; `None`, `none` and nothing all mean that there is none.
fn value(fields: &Node, key: &str) -> Option<String> {
    line_of_text(fields, key).filter(|text| is_name(text) && !text.eq_ignore_ascii_case("none"))
}

impl Framework {
    /// The same for all of its variants.
    fn key(&self) -> (String, String) {
        (folded(&self.name), self.language.to_ascii_lowercase())
    }

    fn without_relations(&self) -> Self {
        Self {
            relations: Vec::new(),
            name: self.name.clone(),
            language: self.language.clone(),
            ..*self
        }
    }

    /// Takes in a variant. `Postgres`, `postgres` and `MYSQL`, `MySQL` are the same; only the
    /// first is kept.
    fn take(&mut self, other: Self) {
        self.is_more_than_platform |= other.is_more_than_platform;
        for (line, kind, to) in other.relations {
            let is_known = |(_, known, other): &(usize, RelationKind, String)| {
                *known == kind && folded(other) == folded(&to)
            };
            if self.relations.len() < MOST_RELATIONS && !self.relations.iter().any(is_known) {
                self.relations.push((line, kind, to));
            }
        }
    }

    fn tell(self, path: &str, sink: &mut dyn Sink) {
        let language = Mention {
            kind: Some(TechnologyKind::Language),
            ..Mention::named(&*self.language)
        };
        let mut mention = Mention::named(self.name);
        mention.language = Some(self.language);
        mention.kind = self
            .is_more_than_platform
            .then_some(TechnologyKind::Framework);
        let mut technology = Technology::new(mention.clone(), TechnologyKind::Framework);
        technology.framework_kind = self
            .is_more_than_platform
            .then_some(FrameworkKind::Framework);
        technology.languages = vec![language];
        technology.is_substantial = self.is_more_than_platform;
        claim(
            sink,
            path,
            self.line,
            Says::Technology(Box::new(technology)),
        );
        for (line, kind, to) in self.relations {
            let (from, to) = (mention.clone(), Mention::named(to));
            claim(
                sink,
                path,
                line,
                Says::Relation(Relation { from, kind, to }),
            );
        }
    }
}
