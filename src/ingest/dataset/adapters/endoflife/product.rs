//! A product, whichever way it was read.

use chrono::NaiveDate;
use entity::enums::{FrameworkKind, RelationKind, TechnologyKind};

use super::super::{claim, github, is_name, repository};
use crate::ingest::dataset::claim::{Mention, Relation, Release, Says, Technology};
use crate::ingest::dataset::{Place, Problem, Sink};
use crate::ingest::yaml::{Node, Value};

/// Languages as the tags name them.
const LANGUAGES: [(&str, &str); 7] = [
    ("css", "CSS"),
    ("erlang", "Erlang"),
    ("java", "Java"),
    ("javascript", "JavaScript"),
    ("php", "PHP"),
    ("python", "Python"),
    ("ruby", "Ruby"),
];

/// Identifiers that are kept: every release is told with all of them.
const MOST_IDENTIFIERS: usize = 50;

/// A product and its cycles.
#[derive(Debug, Default)]
pub(super) struct Product {
    pub line: usize,
    pub slug: String,
    pub title: String,
    pub category: String,
    pub tags: Vec<String>,
    pub aliases: Vec<String>,
    pub identifiers: Vec<(String, String)>,
    pub cycles: Vec<Result<Cycle, (usize, String)>>,
}

/// A release cycle, of which it is not yet said what of.
#[derive(Debug)]
pub(super) struct Cycle {
    pub line: usize,
    pub release: Release,
}

impl Product {
    /// Adds what a package URL or an address of a repository tells.
    pub fn identify(&mut self, scheme: &str, value: &str) {
        if !is_name(scheme) || !is_name(value) || self.identifiers.len() >= MOST_IDENTIFIERS {
            return;
        }
        let repository = match scheme {
            "purl" => value.strip_prefix("pkg:github/").and_then(repository),
            "git" => github(value),
            _ => None,
        };
        let ids = repository.map(|repository| ("github".to_owned(), repository));
        let own = (scheme != "git").then(|| (scheme.to_owned(), value.to_owned()));
        for id in ids.into_iter().chain(own) {
            if !self.identifiers.contains(&id) {
                self.identifiers.push(id);
            }
        }
    }

    /// Hands over everything that is said of it.
    pub fn tell(self, path: &str, sink: &mut dyn Sink) {
        let mut mention = Mention::named(&*self.title);
        mention.ids.push(("endoflife".into(), self.slug.clone()));
        mention.ids.extend(self.identifiers.iter().cloned());
        let technology = self.technology(mention.clone());
        let says = Says::Technology(Box::new(technology));
        self.say(path, self.line, says, sink);
        for (kind, to) in self.relations() {
            let from = mention.clone();
            self.say(
                path,
                self.line,
                Says::Relation(Relation { from, kind, to }),
                sink,
            );
        }
        for cycle in &self.cycles {
            match cycle {
                Ok(cycle) => {
                    let mut release = cycle.release.clone();
                    release.technology = mention.clone();
                    self.say(path, cycle.line, Says::Release(release), sink);
                }
                Err((line, what)) => sink.problem(Problem {
                    place: self.place(path, *line),
                    what: what.clone(),
                }),
            }
        }
    }

    /// Without lines, the slug tells where in the file it stands.
    fn place(&self, path: &str, line: usize) -> Place {
        Place {
            record: (line == 0).then(|| self.slug.clone()),
            ..super::super::place(path, line)
        }
    }

    fn say(&self, path: &str, line: usize, says: Says, sink: &mut dyn Sink) {
        if line > 0 {
            return claim(sink, path, line, says);
        }
        let place = self.place(path, line);
        sink.claim(crate::ingest::dataset::Claim { place, says });
    }

    fn technology(&self, mention: Mention) -> Technology {
        let runtime = self.tagged("-distribution");
        let kind = match (&*self.category, runtime) {
            ("framework", _) | ("lang", Some(_)) => TechnologyKind::Framework,
            ("lang", None) => TechnologyKind::Language,
            _ => TechnologyKind::Tool,
        };
        let mut technology = Technology::new(mention, kind);
        let github = self
            .identifiers
            .iter()
            .find(|(scheme, _)| scheme == "github");
        technology.repository = github.map(|(_, path)| format!("https://github.com/{path}"));
        technology.aliases.clone_from(&self.aliases);
        if !self.category.trim().is_empty() {
            technology.categories = vec![vec![self.category.clone()]];
        }
        if kind == TechnologyKind::Framework {
            let language = runtime
                .or_else(|| self.tagged("-runtime"))
                .and_then(language);
            // What runs on Erlang's runtime is mostly written in Elixir.
            let language = language.filter(|language| language.name != "Erlang");
            technology.languages = language.into_iter().collect();
            technology.framework_kind = runtime.map(|_| FrameworkKind::Runtime);
        }
        // A telephone is nothing that software is built with.
        technology.is_substantial = self.category != "device" && !self.cycles.is_empty();
        technology
    }

    fn relations(&self) -> Vec<(RelationKind, Mention)> {
        let of = self.tagged("-distribution").and_then(language);
        let on = self.tagged("-runtime").and_then(language);
        let of = of.map(|language| (RelationKind::ImplementationOf, language));
        let on = on.map(|language| (RelationKind::RunsOn, language));
        of.into_iter().chain(on).collect()
    }

    /// The beginning of the tag that ends so.
    fn tagged(&self, end: &str) -> Option<&str> {
        self.tags.iter().find_map(|tag| tag.strip_suffix(end))
    }
}

fn language(tag: &str) -> Option<Mention> {
    let (_, name) = LANGUAGES.into_iter().find(|(known, _)| *known == tag)?;
    Some(Mention {
        kind: Some(TechnologyKind::Language),
        ..Mention::named(name)
    })
}

/// A day, or only whether it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct When {
    pub day: Option<NaiveDate>,
    pub has_come: Option<bool>,
}

/// What a field says that is a day, true or false.
pub(super) fn when(record: &Node, key: &str) -> Result<When, (usize, String)> {
    let Some(node) = record.get(key) else {
        return Ok(When::default());
    };
    match &node.value {
        Value::Nothing => Ok(When::default()),
        Value::Bool(has_come) => Ok(When {
            day: None,
            has_come: Some(*has_come),
        }),
        Value::Text(text) => match text.parse() {
            Ok(day) => Ok(When {
                day: Some(day),
                has_come: None,
            }),
            Err(_) => Err(wrong(node, key)),
        },
        _ => Err(wrong(node, key)),
    }
}

/// What a field says that is a day.
pub(super) fn day(record: &Node, key: &str) -> Result<Option<NaiveDate>, (usize, String)> {
    let when = when(record, key)?;
    match when.has_come {
        Some(_) => Err((
            record.line_of(key),
            format!("`{key}` is not a day, YYYY-MM-DD"),
        )),
        None => Ok(when.day),
    }
}

fn wrong(node: &Node, key: &str) -> (usize, String) {
    (
        node.line,
        format!("`{key}` is neither a day, YYYY-MM-DD, nor true or false"),
    )
}
