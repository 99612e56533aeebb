//! What things of one kind are called.

use std::collections::HashMap;

use super::spelling::slug;
use crate::store::text::fold_alias;

/// Candidates that are told of a name that leads nowhere.
const MOST_CANDIDATES: usize = 3;

/// How alike two names must be, from 0 to 1, for one to be a candidate for the other.
const ALIKE: f64 = 0.88;

/// A row that is there, or one that is about to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ref {
    /// The number of a row.
    Row(i64),
    /// The place in the list of those that are about to be made.
    New(usize),
}

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One thing.
    One(Ref),
    /// Several things, which the name does not tell apart.
    Several(Vec<Ref>),
    /// Nothing.
    Nothing,
}

impl Found {
    /// What several candidates amount to.
    pub(super) fn among(mut candidates: Vec<Ref>) -> Self {
        candidates.sort_unstable();
        candidates.dedup();
        match candidates[..] {
            [] => Self::Nothing,
            [one] => Self::One(one),
            _ => Self::Several(candidates),
        }
    }
}

/// The names, slugs and ids of all things of one kind.
#[derive(Clone, Debug, Default)]
pub struct Names {
    slugs: HashMap<Ref, String>,
    own: HashMap<Ref, [String; 2]>,
    by_slug: HashMap<String, Ref>,
    by_key: HashMap<String, Vec<Ref>>,
    by_id: HashMap<(String, String), Ref>,
    next: usize,
}

impl Names {
    /// Takes in a row.
    pub fn add(&mut self, of: Ref, slug: &str, name: &str) {
        self.slugs.insert(of, slug.to_owned());
        self.by_slug.insert(slug.to_owned(), of);
        self.own.insert(of, [fold_alias(name), fold_alias(slug)]);
        self.add_name(of, name);
        self.add_name(of, slug);
    }

    /// Makes up something new, with a slug that nothing else has: `rest` is added to it if the name
    /// does not give one.
    pub fn invent(&mut self, name: &str, rest: Option<&str>) -> Option<(Ref, String)> {
        let plain = slug(name);
        if plain.is_empty() {
            return None;
        }
        let rest = rest.map(slug).filter(|rest| !rest.is_empty());
        let longer = rest.map(|rest| format!("{plain}-{rest}"));
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut slugs = std::iter::once(plain.clone()).chain(longer).chain(numbered);
        let slug = slugs.find(|slug| !self.by_slug.contains_key(slug))?;
        let of = Ref::New(self.next);
        self.next += 1;
        self.add(of, &slug, name);
        Some((of, slug))
    }

    /// Takes in another name.
    pub fn add_name(&mut self, of: Ref, name: &str) {
        let key = fold_alias(name);
        if key.is_empty() {
            return;
        }
        let known = self.by_key.entry(key).or_default();
        if !known.contains(&of) {
            known.push(of);
        }
    }

    /// Takes in an id of another system; the first that has it keeps it.
    pub fn add_id(&mut self, of: Ref, scheme: &str, value: &str) {
        self.by_id.entry(folded_id(scheme, value)).or_insert(of);
    }

    /// What has one of these ids.
    pub fn identified(&self, ids: &[(String, String)]) -> Option<Ref> {
        let mut found = ids
            .iter()
            .filter_map(|(scheme, value)| self.by_id.get(&folded_id(scheme, value)));
        found.next().copied()
    }

    /// What has an id of this scheme that begins so.
    pub fn identified_by_beginning(&self, scheme: &str, beginning: &str) -> Vec<Ref> {
        let found = self
            .by_id
            .iter()
            .filter(|((of, value), _)| of == scheme && value.starts_with(beginning));
        let mut found: Vec<Ref> = found.map(|(_, of)| *of).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is called so: by its slug, and by any of its names.
    pub fn called(&self, name: &str) -> [Vec<Ref>; 2] {
        let by_slug = self.by_slug.get(&slug(name)).copied();
        let by_key = self.by_key.get(&fold_alias(name)).cloned();
        [by_slug.into_iter().collect(), by_key.unwrap_or_default()]
    }

    /// What alone is called so.
    pub fn find(&self, name: &str) -> Found {
        let [by_slug, by_key] = self.called(name);
        match Found::among(by_slug) {
            Found::Nothing => Found::among(by_key),
            found => found,
        }
    }

    /// Whether anything but `of` is called so.
    pub fn is_of_others(&self, of: Ref, name: &str) -> bool {
        let called = self.by_key.get(&fold_alias(name));
        called.is_some_and(|called| called.iter().any(|other| *other != of))
    }

    /// Whether this is, folded, its name or its slug, so that it needs no alias.
    pub fn is_own_name(&self, of: Ref, key: &str) -> bool {
        let own = self.own.get(&of);
        own.is_some_and(|own| own.iter().any(|name| name == key))
    }

    /// The slug of something.
    pub fn slug(&self, of: Ref) -> &str {
        self.slugs.get(&of).map_or("", String::as_str)
    }

    /// The slugs of what is called nearly so, the likeliest first.
    pub fn near(&self, name: &str) -> Vec<String> {
        let wanted = fold_alias(name);
        let alike = self.by_key.iter().filter_map(|(key, of)| {
            // Names that begin differently are seldom meant, and most of all names do.
            if key.chars().next() != wanted.chars().next() {
                return None;
            }
            let alike = strsim::jaro_winkler(key, &wanted);
            (alike >= ALIKE).then(|| (alike, self.slug(of[0])))
        });
        let mut alike: Vec<(f64, &str)> = alike.collect();
        alike.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        let mut slugs: Vec<String> = Vec::new();
        for (_, slug) in alike {
            if !slugs.iter().any(|known| known == slug) {
                slugs.push(slug.to_owned());
            }
        }
        slugs.truncate(MOST_CANDIDATES);
        slugs
    }
}

/// Systems differ in whether their ids have small and large letters; none has two that differ in
/// nothing else.
fn folded_id(scheme: &str, value: &str) -> (String, String) {
    (scheme.to_owned(), value.to_lowercase())
}
