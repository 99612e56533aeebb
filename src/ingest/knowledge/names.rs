//! Slugs, names, aliases and external ids: well formed, and each leading to one thing only.

use std::collections::HashMap;

use super::book::{Book, Record, Section};
use super::decode::Fields as _;
use super::format::Aliases;
use super::mistake::Sink;
use super::namespace::Namespaces;
use super::values::Ids;
use crate::store::text::fold_alias;

/// What records with a slug and a name have in common.
pub(super) trait Named {
    fn slug(&self) -> &str;
    fn name(&self) -> &str;
    fn ids(&self) -> Option<&Ids>;
}

macro_rules! named {
    ($($name:ident: $slug:ident $(. $field:ident)? $(, $ids:ident)?;)+) => {$(
        impl Named for super::format::$name {
            fn slug(&self) -> &str {
                &self.$slug$(.$field)?
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn ids(&self) -> Option<&Ids> {
                [$(Some(&self.$ids),)? None][0]
            }
        }
    )+};
}

named! {
    Source: slug;
    Category: slug;
    TechnologyFields: slug, ids;
    Company: slug, ids;
    Product: slug, ids;
    Experience: slug;
    SkillArea: slug;
    Role: slug, ids;
}

impl Named for super::format::Technology {
    fn slug(&self) -> &str {
        self.fields.slug()
    }

    fn name(&self) -> &str {
        self.fields.name()
    }

    fn ids(&self) -> Option<&Ids> {
        self.fields.ids()
    }
}

impl Aliases {
    /// All names that lead to the thing, former slugs among them, each with its field.
    pub fn texts(&self) -> impl Iterator<Item = (String, &String)> {
        let names = self.names.iter().enumerate();
        let names = names.map(|(at, name)| (format!("names[{at}]"), name));
        let former = self.former_slugs.iter().enumerate();
        names.chain(former.map(|(at, slug)| (format!("former_slugs[{at}]"), slug)))
    }

    /// The kind and the slug of each thing that the record names; exactly one if it is right.
    pub fn targets(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let targets = [
            ("technology", &self.technology),
            ("category", &self.category),
            ("company", &self.company),
            ("product", &self.product),
            ("skill_area", &self.skill_area),
            ("experience", &self.experience),
            ("role", &self.role),
        ];
        targets
            .into_iter()
            .filter_map(|(kind, slug)| Some((kind, slug.as_ref()?)))
    }
}

pub(super) fn check(book: &Book, namespaces: &Namespaces<'_>, sink: &mut Sink) {
    section(&book.sources, sink);
    let mut names = HashMap::from([
        ("technology", section(&book.technologies, sink)),
        ("category", section(&book.categories, sink)),
        ("company", section(&book.companies, sink)),
        ("product", section(&book.products, sink)),
        ("skill_area", section(&book.skill_areas, sink)),
        ("experience", section(&book.experiences, sink)),
        ("role", section(&book.roles, sink)),
    ]);
    for record in &book.aliases.records {
        let targets: Vec<_> = record.value.targets().collect();
        let [(kind, slug)] = targets[..] else {
            let kinds = Aliases::NAMES
                .iter()
                .filter(|field| !["names", "former_slugs"].contains(field))
                .copied();
            let kinds = kinds.collect::<Vec<_>>().join(", ");
            record.note(sink, "", format!("give exactly one of {kinds}"));
            continue;
        };
        target(kind, namespaces).expect(slug, record, kind, sink);
        if let Some(names) = names.get_mut(kind) {
            aliases(record, slug, names, sink);
        }
    }
}

fn target<'n, 'b>(
    kind: &str,
    namespaces: &'n Namespaces<'b>,
) -> &'n super::namespace::Namespace<'b> {
    match kind {
        "category" => &namespaces.categories,
        "company" => &namespaces.companies,
        "product" => &namespaces.products,
        "skill_area" => &namespaces.skill_areas,
        "experience" => &namespaces.experiences,
        "role" => &namespaces.roles,
        _ => &namespaces.technologies,
    }
}

/// Whose each key is.
type Keys = HashMap<String, Owner>;

/// Whose a key is.
struct Owner {
    slug: String,
    /// Whether who looks for the key finds it. A slug is found as it is written, so that what it is
    /// without its hyphens (`csharp`) may still be listed among the other names.
    is_found: bool,
}

/// Checks the slugs, names and ids of one kind.
fn section<T: Named>(section: &Section<T>, sink: &mut Sink) -> Keys {
    slugs(section, sink);
    let mut keys = Keys::new();
    let mut ids: HashMap<(&str, &str), &str> = HashMap::new();
    for record in &section.records {
        let slug = record.value.slug();
        for (field, text) in [("slug", slug), ("name", record.value.name())] {
            let key = fold_alias(text);
            let is_found = field == "name" || key == slug;
            let owner = keys.entry(key).or_insert_with(|| Owner {
                slug: slug.to_owned(),
                is_found,
            });
            owner.is_found |= is_found;
            if owner.slug != slug {
                let other = &owner.slug;
                let message = format!("`{text}` cannot be told from the name of `{other}`");
                record.note(sink, field, message);
            }
        }
        let mut schemes = Vec::new();
        for (scheme, value) in record.value.ids().map_or(&[][..], |ids| &ids.0) {
            let path = format!("ids.{scheme}");
            let other = *ids.entry((scheme, value)).or_insert(slug);
            if schemes.contains(&scheme) {
                record.note(sink, &path, "is given twice");
            } else if other != slug {
                record.note(
                    sink,
                    &path,
                    format!("`{value}` is already that of `{other}`"),
                );
            }
            schemes.push(scheme);
        }
    }
    keys
}

fn slugs<T>(section: &Section<T>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for slug in &section.slugs {
        if !is_slug(&slug.text) {
            let message = format!("`{}` is not made of a-z, 0-9 and single hyphens", slug.text);
            sink.note(slug.file, slug.line, "slug", message);
        }
        if let Some((file, line)) = seen.insert(&slug.text, (slug.file, slug.line)) {
            let message = format!("`{}` is already used in {file}:{line}", slug.text);
            sink.note(slug.file, slug.line, "slug", message);
        }
    }
}

fn is_slug(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

fn aliases(record: &Record<Aliases>, slug: &str, keys: &mut Keys, sink: &mut Sink) {
    if record.value.texts().next().is_none() {
        record.note(sink, "names", "is empty");
    }
    for (at, former) in record.value.former_slugs.iter().enumerate() {
        if !is_slug(former) {
            let message = format!("`{former}` is not made of a-z, 0-9 and single hyphens");
            record.note(sink, &format!("former_slugs[{at}]"), message);
        }
    }
    for (path, name) in record.value.texts() {
        let key = fold_alias(name);
        if key.is_empty() {
            record.note(
                sink,
                &path,
                format!("`{name}` has neither letter nor digit"),
            );
            continue;
        }
        let message = match keys.get(&key) {
            Some(owner) if owner.slug != slug => {
                let other = &owner.slug;
                format!("`{name}` cannot be told from a name of `{other}`")
            }
            Some(owner) if owner.is_found => format!("`{name}` is already a name of `{slug}`"),
            _ => {
                let owner = Owner {
                    slug: slug.to_owned(),
                    is_found: true,
                };
                keys.insert(key, owner);
                continue;
            }
        };
        record.note(sink, &path, message);
    }
}

#[cfg(test)]
mod tests {
    use super::is_slug;

    #[test]
    fn slugs_are_lower_case_words_joined_by_hyphens() {
        for good in ["c", "c-plus-plus", "3scale", "dot-net"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "C", "c++", "a--b", "-a", "a-", "a_b", "é"] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
