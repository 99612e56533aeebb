//! The slugs that records may refer to.

use std::collections::{BTreeSet, HashMap};

use super::book::{Book, Record, Section};
use super::format::Nature;
use super::mistake::{Sink, did_you_mean};
use crate::store::text::fold_alias;

/// The slugs of each kind.
pub(super) struct Namespaces<'a> {
    pub sources: Namespace<'a>,
    pub categories: Namespace<'a>,
    pub companies: Namespace<'a>,
    pub technologies: Namespace<'a>,
    pub languages: Namespace<'a>,
    pub products: Namespace<'a>,
    pub experiences: Namespace<'a>,
    pub skill_areas: Namespace<'a>,
    pub roles: Namespace<'a>,
}

/// The slugs of one kind.
pub(super) struct Namespace<'a> {
    noun: &'static str,
    slugs: BTreeSet<&'a str>,
    /// Slugs by the other names that lead to them.
    by_key: HashMap<String, &'a str>,
    /// If not, a slug that is not found may well exist.
    is_complete: bool,
}

impl<'a> Namespaces<'a> {
    pub fn of(book: &'a Book) -> Self {
        let mut technologies = Namespace::of("technology", &book.technologies);
        for record in &book.aliases.records {
            if let Some(slug) = &record.value.technology {
                let keys = record.value.texts().map(|(_, name)| fold_alias(name));
                technologies
                    .by_key
                    .extend(keys.map(|key| (key, slug.as_str())));
            }
        }
        for technology in book.technologies.values() {
            let key = fold_alias(&technology.fields.name);
            technologies.by_key.insert(key, &technology.fields.slug);
        }
        let mut languages = Namespace::of("language", &book.technologies);
        for technology in book.technologies.values() {
            if !matches!(technology.nature, Nature::Language(_)) {
                languages.slugs.remove(technology.fields.slug.as_str());
            }
        }
        Self {
            sources: Namespace::of("source", &book.sources),
            categories: Namespace::of("category", &book.categories),
            companies: Namespace::of("company", &book.companies),
            technologies,
            languages,
            products: Namespace::of("product", &book.products),
            experiences: Namespace::of("experience", &book.experiences),
            skill_areas: Namespace::of("skill area", &book.skill_areas),
            roles: Namespace::of("role", &book.roles),
        }
    }
}

impl<'a> Namespace<'a> {
    fn of<T>(noun: &'static str, section: &'a Section<T>) -> Self {
        Self {
            noun,
            slugs: section
                .slugs
                .iter()
                .map(|slug| slug.text.as_str())
                .collect(),
            by_key: HashMap::new(),
            is_complete: section.is_complete,
        }
    }

    /// Notes a mistake at `path` of `record` if nothing here is called `slug`.
    pub fn expect<T>(&self, slug: &str, record: &Record<T>, path: &str, sink: &mut Sink) {
        if self.slugs.contains(slug) || !self.is_complete {
            return;
        }
        let hint = match self.by_key.get(&fold_alias(slug)) {
            Some(known) => format!("; did you mean `{known}`?"),
            None => did_you_mean(slug, self.slugs.iter().copied()),
        };
        record.note(
            sink,
            path,
            format!("no {} is called `{slug}`{hint}", self.noun),
        );
    }

    /// The same for a field that may be absent.
    pub fn expect_some<T>(
        &self,
        slug: Option<&String>,
        record: &Record<T>,
        path: &str,
        sink: &mut Sink,
    ) {
        if let Some(slug) = slug {
            self.expect(slug, record, path, sink);
        }
    }

    /// The same for a list without repetitions.
    pub fn expect_all<T>(&self, slugs: &[String], record: &Record<T>, path: &str, sink: &mut Sink) {
        let items = slugs.iter().enumerate();
        self.expect_each(
            items.map(|(at, slug)| (slug, format!("{path}[{at}]"))),
            record,
            sink,
        );
    }

    /// The same for slugs at several places, of which none may repeat another.
    pub fn expect_each<'s, T>(
        &self,
        slugs: impl Iterator<Item = (&'s String, String)>,
        record: &Record<T>,
        sink: &mut Sink,
    ) {
        let mut seen = BTreeSet::new();
        for (slug, path) in slugs {
            if !seen.insert(slug) {
                record.note(sink, &path, format!("`{slug}` is given twice"));
            }
            self.expect(slug, record, &path, sink);
        }
    }
}
