//! Our technologies, by everything that tells which one is meant.

use std::collections::{BTreeSet, HashMap};

use super::super::book::{Book, Record};
use super::super::format::Technology;
use crate::ingest::dataset::claim::Mention;
use crate::store::text::fold_alias;

pub(super) struct Index<'a> {
    book: &'a Book,
    by_slug: HashMap<&'a str, &'a Record<Technology>>,
    by_id: HashMap<(&'a str, String), &'a Record<Technology>>,
    by_name: HashMap<String, &'a Record<Technology>>,
}

impl<'a> Index<'a> {
    pub fn of(book: &'a Book) -> Self {
        let mut index = Self {
            book,
            by_slug: HashMap::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
        };
        for record in &book.technologies.records {
            let fields = &record.value.fields;
            index.by_slug.insert(&fields.slug, record);
            for (scheme, value) in &fields.ids.0 {
                index.by_id.insert((scheme, value.to_lowercase()), record);
            }
            for name in [&fields.slug, &fields.name] {
                index.by_name.insert(fold_alias(name), record);
            }
        }
        for aliases in book.aliases.values() {
            let slug = aliases.technology.as_deref();
            if let Some(record) = slug.and_then(|slug| index.by_slug.get(slug).copied()) {
                let keys = aliases.texts().map(|(_, name)| fold_alias(name));
                index.by_name.extend(keys.map(|key| (key, record)));
            }
        }
        index
    }

    pub fn technologies(&self) -> impl Iterator<Item = &'a Record<Technology>> + use<'a> {
        self.book.technologies.records.iter()
    }

    pub fn named(&self, name: &str) -> Option<&'a Record<Technology>> {
        self.by_name.get(&fold_alias(name)).copied()
    }

    /// What has one of the ids of this scheme.
    pub fn by_id(&self, mention: &Mention, scheme: &str) -> Option<&'a Record<Technology>> {
        let ids = mention.ids.iter().filter(|(other, _)| other == scheme);
        let mut found = ids.filter_map(|(_, value)| {
            let value = value.to_lowercase();
            self.by_id.get(&(scheme, value)).copied()
        });
        found.next()
    }

    /// The categories with all that they are part of.
    pub fn categories(&self, technology: &'a Technology) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = slugs(&technology.fields.categories);
        while let Some(slug) = open.pop() {
            if found.insert(slug) {
                let mut categories = self.book.categories.values();
                let category = categories.find(|category| category.slug == slug);
                open.extend(
                    category
                        .map(|category| slugs(&category.parents))
                        .unwrap_or_default(),
                );
            }
        }
        found
    }

    /// Those of our categories under which landscapes keep things of this name.
    pub fn shelved(&self, landscape: &str) -> BTreeSet<&'a str> {
        let categories = self.book.categories.values();
        let shelved = categories.filter(|category| {
            let mut names = category.landscape.iter();
            names.any(|name| name == landscape)
        });
        shelved.map(|category| &*category.slug).collect()
    }
}

fn slugs(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// Our id in another system.
pub(super) fn id<'a>(record: &'a Record<Technology>, scheme: &str) -> Option<&'a str> {
    let ids = &record.value.fields.ids.0;
    let found = ids.iter().find(|(other, _)| other == scheme);
    found.map(|(_, value)| &**value)
}
