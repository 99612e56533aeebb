//! `benchmark_config.json` of `TechEmpower`: one file, many variants of a framework or of several.

use entity::enums::{FrameworkKind, RelationKind, TechnologyKind};

use super::super::{claim, folded, line_of_text, problem, yaml};
use crate::ingest::dataset::claim::{Mention, Relation, Says, Technology};
use crate::ingest::dataset::{File, Sink};
use crate::ingest::yaml::{Entry, Node};

/// What the fields of a variant say of the framework.
const RELATIONS: [(&str, RelationKind); 3] = [
    ("platform", RelationKind::RunsOn),
    ("webserver", RelationKind::RunsOn),
    ("database", RelationKind::IntegratesWith),
];

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
    let common = line_of_text(&root, "framework");
    let Some(tests) = root.get("tests") else {
        problem(sink, file.path, root.line, "has no `tests`");
        return;
    };
    let mut frameworks: Vec<Framework> = Vec::new();
    for variant in tests.items().iter().flat_map(Node::entries) {
        match read_variant(variant, common.as_deref()) {
            Ok(read) => add(&mut frameworks, read),
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
    line_of_text(fields, key).filter(|text| !text.eq_ignore_ascii_case("none"))
}

fn add(frameworks: &mut Vec<Framework>, mut read: Framework) {
    let same = |other: &&mut Framework| {
        folded(&other.name) == folded(&read.name)
            && other.language.eq_ignore_ascii_case(&read.language)
    };
    let Some(known) = frameworks.iter_mut().find(same) else {
        let relations = std::mem::take(&mut read.relations);
        read.relate(relations);
        return frameworks.push(read);
    };
    known.is_more_than_platform |= read.is_more_than_platform;
    known.relate(read.relations);
}

impl Framework {
    /// `Postgres`, `postgres` and `MYSQL`, `MySQL` are the same; only the first is kept.
    fn relate(&mut self, relations: Vec<(usize, RelationKind, String)>) {
        for (line, kind, to) in relations {
            let is_known = |(_, known, other): &(usize, RelationKind, String)| {
                *known == kind && folded(other) == folded(&to)
            };
            if !self.relations.iter().any(is_known) {
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
