//! Where things stand: categories, areas of skill and experiences, made up where they are not known;
//! and names that somebody teaches.

use entity::enums::EntityKind;

use super::super::resolve::{Found, Ref};
use super::aliases::Aliases;
use super::draft::{Draft, Kind, SkillAreaDraft, Thing};

impl Draft {
    /// The category at the end of a path; steps that are not known are made up.
    pub fn category(&mut self, path: &[String]) -> Option<Ref> {
        let mut parent = None;
        for name in path {
            parent = if let Found::One(found) = self.index.categories.find(name) {
                Some(found)
            } else {
                let (of, slug) = self.index.categories.invent(name, None)?;
                let name = name.clone();
                let says = parent;
                self.categories.insert(of, Thing { slug, name, says });
                Some(of)
            };
            if let Some(of) = parent
                && !self.categories.contains_key(&of)
                && self.describes(EntityKind::Category, of)
            {
                let slug = self.index.categories.slug(of).to_owned();
                let name = name.clone();
                self.categories.insert(
                    of,
                    Thing {
                        slug,
                        name,
                        says: None,
                    },
                );
            }
        }
        parent
    }

    /// The area of skill of this name, made up below the others if it is not known.
    pub fn area(&mut self, within: &[String], name: &str) -> Option<Ref> {
        let parent = match within.split_last() {
            Some((last, above)) => self.area(above, last),
            None => None,
        };
        let of = match self.index.skill_areas.find(name) {
            Found::One(found) => found,
            _ => self.index.skill_areas.invent(name, None)?.0,
        };
        if self.describes(EntityKind::SkillArea, of) && parent != Some(of) {
            let slug = self.index.skill_areas.slug(of).to_owned();
            let name = name.to_owned();
            let says = SkillAreaDraft {
                parent,
                summary: None,
            };
            let thing = Thing { slug, name, says };
            self.skill_areas.entry(of).or_insert(thing);
        }
        Some(of)
    }

    /// The experience of this name, made up if it is not known.
    pub fn experience(&mut self, name: &str) -> Option<Ref> {
        let of = match self.index.experiences.find(name) {
            Found::One(found) => found,
            _ => self.index.experiences.invent(name, None)?.0,
        };
        if self.describes(EntityKind::Experience, of) {
            let slug = self.index.experiences.slug(of).to_owned();
            let name = name.to_owned();
            let thing = Thing {
                slug,
                name,
                says: (),
            };
            self.experiences.entry(of).or_insert(thing);
        }
        Some(of)
    }

    /// Names that somebody has given to things: they hold for this import and stay.
    pub fn teach(&mut self, aliases: &Aliases) {
        for (kind, slug, text) in &aliases.0 {
            let kind = match kind {
                EntityKind::Technology => Kind::Technology,
                EntityKind::Company => Kind::Company,
                EntityKind::Role => Kind::Role,
                _ => Kind::SkillArea,
            };
            let found = self.index.names(kind.entity());
            let found = found.map(|names| names.find(slug));
            if let Some(Found::One(of)) = found {
                self.alias(kind, of, text);
                self.index.add_name(kind.entity(), of, text);
            }
        }
    }
}
