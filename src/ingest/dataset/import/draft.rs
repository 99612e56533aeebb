//! What a data set says, as rows that are wanted: names resolved, what is new made up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{
    EntityKind, EvidenceGrade, FrameworkKind, Importance, LanguageKind, RelationKind, ReviewReason,
    TechnologyKind, Typing, UsageStatus,
};
use entity::{release, salary};
use serde::Serialize;

use super::super::Place;
use super::super::claim::{Company, Mention, Technology};
use super::super::resolve::{Companies, Found, Index, Ref};
use crate::ingest::evidence;
use crate::store::text::fold_alias;

/// Everything that a data set wants, in terms of [`Ref`]s.
pub(super) struct Draft {
    pub index: Index,
    /// The rows that the import has made before: it says what is in them.
    made: HashMap<EntityKind, BTreeSet<i64>>,
    pub technologies: BTreeMap<Ref, Thing<Technology>>,
    pub companies: BTreeMap<Ref, Thing<Company>>,
    pub categories: BTreeMap<Ref, Thing<Option<Ref>>>,
    pub skill_areas: BTreeMap<Ref, Thing<SkillAreaDraft>>,
    pub experiences: BTreeMap<Ref, Thing<()>>,
    pub roles: BTreeMap<Ref, Thing<RoleDraft>>,
    pub framework_languages: BTreeSet<(Ref, Ref)>,
    pub technology_categories: BTreeSet<(Ref, Ref)>,
    pub releases: BTreeMap<(Ref, String), (release::Model, EvidenceDraft)>,
    pub relations: BTreeMap<(Ref, Ref, String), (RelationKind, EvidenceDraft)>,
    pub usages: BTreeMap<(Adopter, Ref), UsageDraft>,
    pub salaries: Vec<(Ref, salary::Model, EvidenceDraft)>,
    pub role_technologies: BTreeMap<(Ref, Ref), Importance>,
    pub skill_area_technologies: BTreeMap<(Ref, Ref), String>,
    pub skill_area_experiences: BTreeSet<(Ref, Ref)>,
    pub articles: BTreeMap<(Ref, String), ArticleDraft>,
    /// Other names that things are given; more than one thing to a name if it tells nothing.
    pub aliases: BTreeMap<(Kind, String), (String, BTreeSet<Ref>)>,
    pub ids: BTreeMap<(Kind, String, String), Ref>,
    pub queue: BTreeMap<(Kind, String), Queued>,
    pub tally: Tally,
}

/// A kind of things, in a fixed order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Technology,
    Company,
    Role,
    SkillArea,
}

impl Kind {
    pub fn entity(self) -> EntityKind {
        match self {
            Self::Technology => EntityKind::Technology,
            Self::Company => EntityKind::Company,
            Self::Role => EntityKind::Role,
            Self::SkillArea => EntityKind::SkillArea,
        }
    }
}

/// Something with a slug and a name that is the import's to describe.
pub(super) struct Thing<T> {
    pub slug: String,
    pub name: String,
    pub says: T,
}

#[derive(Default)]
pub(super) struct SkillAreaDraft {
    pub parent: Option<Ref>,
    pub summary: Option<String>,
}

#[derive(Default)]
pub(super) struct RoleDraft {
    pub summary: Option<String>,
    pub tasks: Vec<String>,
}

pub(super) struct ArticleDraft {
    pub title: String,
    pub company: Option<Ref>,
}

/// Who uses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Adopter {
    Company(Ref),
    Product(Ref),
}

pub(super) struct UsageDraft {
    pub status: UsageStatus,
    pub since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub scope: Option<String>,
    pub confidence: f64,
    pub evidence: Vec<EvidenceDraft>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct EvidenceDraft {
    pub url: Option<String>,
    pub locator: String,
    pub grade: EvidenceGrade,
    pub note: Option<String>,
}

/// A name that leads nowhere.
pub(super) struct Queued {
    pub name: String,
    pub reason: ReviewReason,
    pub count: i64,
    pub locator: String,
    pub candidates: Vec<String>,
}

/// How names were made out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Led to something that was there.
    pub resolved: usize,
    /// Made something new.
    pub stub: usize,
    /// Wait for somebody to look at them.
    pub queued: usize,
}

/// How the names in a data set were made out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Names of technologies, each time that one is used.
    pub technologies: Outcome,
    /// Names of companies and products.
    pub companies: Outcome,
    /// Usages: resolved if the technology was there, stub if it was made, queued if it waits.
    pub usages: Outcome,
}

/// Whether a name may make something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stub {
    /// If the mention says more of it than a name: an id or a home page.
    IfToldMore,
    /// Never, and nobody need look at it either.
    Ignored,
}

impl Draft {
    pub fn new(index: Index, made: HashMap<EntityKind, BTreeSet<i64>>) -> Self {
        Self {
            index,
            made,
            technologies: BTreeMap::new(),
            companies: BTreeMap::new(),
            categories: BTreeMap::new(),
            skill_areas: BTreeMap::new(),
            experiences: BTreeMap::new(),
            roles: BTreeMap::new(),
            framework_languages: BTreeSet::new(),
            technology_categories: BTreeSet::new(),
            releases: BTreeMap::new(),
            relations: BTreeMap::new(),
            usages: BTreeMap::new(),
            salaries: Vec::new(),
            role_technologies: BTreeMap::new(),
            skill_area_technologies: BTreeMap::new(),
            skill_area_experiences: BTreeSet::new(),
            articles: BTreeMap::new(),
            aliases: BTreeMap::new(),
            ids: BTreeMap::new(),
            queue: BTreeMap::new(),
            tally: Tally::default(),
        }
    }

    /// Whether the import says what is in it: it is new, or was made by it.
    pub fn describes(&self, kind: EntityKind, of: Ref) -> bool {
        match of {
            Ref::New(_) => true,
            Ref::Row(id) => self.made.get(&kind).is_some_and(|ids| ids.contains(&id)),
        }
    }

    /// The technology that is meant.
    pub fn technology(&mut self, mention: &Mention, stub: Stub, place: &Place) -> Option<Ref> {
        let found = self.index.technologies.find(mention);
        let is_told = !mention.ids.is_empty() || mention.website.is_some();
        let outcome = &mut self.tally.technologies;
        match found {
            Found::One(found) => {
                outcome.resolved += 1;
                Some(found)
            }
            Found::Nothing if stub == Stub::IfToldMore && is_told => {
                let kind = mention.kind.unwrap_or(TechnologyKind::Tool);
                let made = self.new_technology(Technology::new(mention.clone(), kind))?;
                self.tally.technologies.stub += 1;
                Some(made)
            }
            found => {
                if stub != Stub::Ignored {
                    outcome.queued += 1;
                    self.queue(Kind::Technology, mention, found, place);
                }
                None
            }
        }
    }

    /// Makes up a technology.
    pub fn new_technology(&mut self, technology: Technology) -> Option<Ref> {
        let mention = &technology.mention;
        let names = &mut self.index.technologies.names;
        let (of, slug) = names.invent(&mention.name, mention.language.as_deref())?;
        self.index
            .technologies
            .add_facts(of, technology.kind, mention.website.as_deref());
        for (scheme, value) in &mention.ids {
            self.index.technologies.add_id(of, scheme, value);
        }
        let name = mention.name.clone();
        let says = technology;
        self.technologies.insert(of, Thing { slug, name, says });
        Some(of)
    }

    /// Who is meant: a company or a product. A company that is not known is made up.
    pub fn adopter(&mut self, mention: &Mention, place: &Place) -> Option<Adopter> {
        if let Some(product) = self.product(mention) {
            self.tally.companies.resolved += 1;
            return Some(Adopter::Product(product));
        }
        let nothing_more = || Company {
            mention: mention.clone(),
            ..Company::default()
        };
        Some(Adopter::Company(self.company(
            mention,
            place,
            nothing_more,
        )?))
    }

    /// The product that is meant, where no company is.
    pub fn product(&self, mention: &Mention) -> Option<Ref> {
        if self.index.companies.find(mention) != Found::Nothing {
            return None;
        }
        match self.index.products.find(&mention.name) {
            Found::One(product) => Some(product),
            _ => None,
        }
    }

    /// The company that is meant; one that is not known is made up, as `told`.
    pub fn company(
        &mut self,
        mention: &Mention,
        place: &Place,
        told: impl FnOnce() -> Company,
    ) -> Option<Ref> {
        match self.index.companies.find(mention) {
            Found::One(found) => {
                self.tally.companies.resolved += 1;
                Some(found)
            }
            Found::Nothing => {
                let made = self.new_company(told())?;
                self.tally.companies.stub += 1;
                Some(made)
            }
            found @ Found::Several(_) => {
                self.tally.companies.queued += 1;
                self.queue(Kind::Company, mention, found, place);
                None
            }
        }
    }

    /// Makes up a company.
    fn new_company(&mut self, company: Company) -> Option<Ref> {
        let mention = &company.mention;
        let rest = Companies::distinction(mention);
        let names = &mut self.index.companies.names;
        let (of, slug) = names.invent(&mention.name, rest.as_deref())?;
        self.index.companies.add_name(of, &mention.name);
        if let Some(website) = &mention.website {
            self.index.companies.add_website(of, website);
        }
        for (scheme, value) in &mention.ids {
            self.index.add_id(EntityKind::Company, of, scheme, value);
        }
        let name = mention.name.clone();
        let says = company;
        self.companies.insert(of, Thing { slug, name, says });
        Some(of)
    }

    /// Puts a name among those that somebody should look at.
    pub fn queue(&mut self, kind: Kind, mention: &Mention, found: Found, place: &Place) {
        let key = fold_alias(&mention.name);
        if key.is_empty() {
            return;
        }
        if let Some(known) = self.queue.get_mut(&(kind, key.clone())) {
            known.count += 1;
            return;
        }
        let Some(names) = self.index.names(kind.entity()) else {
            return;
        };
        let (reason, candidates) = match found {
            Found::Several(candidates) => {
                let slugs = candidates.iter().map(|of| names.slug(*of).to_owned());
                (ReviewReason::Ambiguous, slugs.collect())
            }
            _ => (ReviewReason::Unknown, names.near(&mention.name)),
        };
        let queued = Queued {
            name: mention.name.clone(),
            reason,
            count: 1,
            locator: place.to_string(),
            candidates,
        };
        self.queue.insert((kind, key), queued);
    }

    /// Gives something another name, unless it is called so already.
    pub fn alias(&mut self, kind: Kind, of: Ref, text: &str) {
        let key = fold_alias(text);
        let Some(names) = self.index.names(kind.entity()) else {
            return;
        };
        if key.is_empty() || names.is_of_others(of, text) {
            return;
        }
        let (_, owners) = self
            .aliases
            .entry((kind, key))
            .or_insert_with(|| (text.trim().to_owned(), BTreeSet::new()));
        owners.insert(of);
    }

    /// Notes what something is called in other systems.
    pub fn identify(&mut self, kind: Kind, of: Ref, ids: &[(String, String)]) {
        for (scheme, value) in ids {
            let key = (kind, scheme.clone(), value.clone());
            self.ids.entry(key).or_insert(of);
        }
    }
}

/// Frameworks of a kind that nobody tells are frameworks; languages, for programming.
pub(super) fn framework_kind(technology: &Technology) -> FrameworkKind {
    technology
        .framework_kind
        .unwrap_or(FrameworkKind::Framework)
}

pub(super) fn language_of(technology: &Technology) -> (LanguageKind, Option<Typing>) {
    let kind = technology.language_kind;
    (kind.unwrap_or(LanguageKind::Programming), technology.typing)
}

/// How sure a fact is for which there is nothing but this; what is picked out of prose, or second
/// hand, counts a fifth less, in whole hundredths.
pub(super) fn confidence(grade: EvidenceGrade, is_doubtful: bool) -> f64 {
    let sure = evidence::confidence(grade);
    if is_doubtful {
        (sure * 100.0 - 20.0).round() / 100.0
    } else {
        sure
    }
}
