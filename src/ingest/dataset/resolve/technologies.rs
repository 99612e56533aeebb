//! Which technology is meant.

use std::collections::{BTreeSet, HashMap};

use entity::enums::TechnologyKind;

use super::names::{Found, Names, Ref};
use super::spelling::domain;
use crate::ingest::dataset::claim::Mention;

/// Languages of which one is the other with more to it: what is for one is for both.
const ALIKE: [[&str; 2]; 1] = [["javascript", "typescript"]];

/// All technologies, and what tells apart those of one name.
#[derive(Clone, Debug, Default)]
pub struct Technologies {
    /// What they are called.
    pub names: Names,
    facts: HashMap<Ref, Facts>,
}

/// What tells technologies of one name apart.
#[derive(Clone, Debug)]
struct Facts {
    kind: TechnologyKind,
    languages: BTreeSet<Ref>,
    repositories: Vec<String>,
    domain: Option<String>,
}

impl Technologies {
    /// Takes in what a technology is.
    pub fn add_facts(&mut self, of: Ref, kind: TechnologyKind, website: Option<&str>) {
        let facts = self.facts.entry(of).or_insert(Facts {
            kind,
            languages: BTreeSet::new(),
            repositories: Vec::new(),
            domain: None,
        });
        facts.kind = kind;
        if let Some(website) = website {
            facts.domain = domain(website);
        }
    }

    /// Takes in a language that a framework is for.
    pub fn add_language(&mut self, of: Ref, language: Ref) {
        if let Some(facts) = self.facts.get_mut(&of) {
            facts.languages.insert(language);
        }
    }

    /// Takes in an id of another system.
    pub fn add_id(&mut self, of: Ref, scheme: &str, value: &str) {
        self.names.add_id(of, scheme, value);
        if scheme == "github"
            && let Some(facts) = self.facts.get_mut(&of)
        {
            facts.repositories.push(value.to_lowercase());
        }
    }

    /// What kind of technology it is.
    pub fn kind(&self, of: Ref) -> Option<TechnologyKind> {
        self.facts.get(&of).map(|facts| facts.kind)
    }

    /// Which technology is meant: by id, else by the name, else by the other ways to write it.
    pub fn find(&self, mention: &Mention) -> Found {
        if let Some(found) = self.names.identified(&mention.ids) {
            return Found::One(found);
        }
        let language = mention.language.as_deref();
        let language = language.and_then(|name| match self.language(name) {
            Found::One(language) => Some(language),
            _ => None,
        });
        for name in std::iter::once(&mention.name).chain(&mention.also) {
            for candidates in self.names.called(name) {
                let possible = candidates
                    .into_iter()
                    .filter(|of| self.may_be(*of, mention, language));
                let found = Found::among(possible.collect());
                if found != Found::Nothing {
                    return found;
                }
            }
        }
        Found::Nothing
    }

    /// Which language is called so.
    pub fn language(&self, name: &str) -> Found {
        let kind = Some(TechnologyKind::Language);
        self.find(&Mention {
            kind,
            ..Mention::named(name)
        })
    }

    /// Whether nothing that is known of it speaks against its being what is meant.
    fn may_be(&self, of: Ref, mention: &Mention, language: Option<Ref>) -> bool {
        let Some(facts) = self.facts.get(&of) else {
            return true;
        };
        let is_language = facts.kind == TechnologyKind::Language;
        let kind_differs = mention
            .kind
            .is_some_and(|kind| (kind == TechnologyKind::Language) != is_language);
        let language_differs = language.is_some_and(|language| {
            let is_for = |known: &Ref| self.are_alike(*known, language);
            !facts.languages.is_empty() && !facts.languages.iter().any(is_for)
        });
        !kind_differs && !language_differs && !differs_in_origin(facts, mention)
    }

    fn are_alike(&self, one: Ref, other: Ref) -> bool {
        let slugs = [self.names.slug(one), self.names.slug(other)];
        one == other
            || ALIKE
                .iter()
                .any(|pair| pair.contains(&slugs[0]) && pair.contains(&slugs[1]))
    }
}

/// Whether both have repositories, of different owners, and home pages of different domains.
fn differs_in_origin(facts: &Facts, mention: &Mention) -> bool {
    let owner = |path: &str| {
        let (owner, _) = path.split_once('/')?;
        Some(owner.to_lowercase())
    };
    let known: Vec<String> = facts
        .repositories
        .iter()
        .filter_map(|path| owner(path))
        .collect();
    let told = mention
        .ids
        .iter()
        .filter(|(scheme, _)| scheme == "github")
        .filter_map(|(_, path)| owner(path));
    let told: Vec<String> = told.collect();
    let owners_differ =
        !known.is_empty() && !told.is_empty() && !told.iter().any(|owner| known.contains(owner));
    let website = mention.website.as_deref().and_then(domain);
    let domains_differ = facts.domain.is_some() && website.is_some() && facts.domain != website;
    owners_differ && domains_differ
}
