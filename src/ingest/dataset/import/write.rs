//! Bringing the database in step with a draft, in the order in which rows need each other.

use std::collections::{BTreeSet, HashSet};

use entity::enums::EntityKind::{
    self, Company, Experience, Product, Role, SkillArea, Source, Technology,
};
use entity::{
    category, company, experience, product, review_item, role, skill_area, source, technology,
};
use sea_orm::ModelTrait;

use super::super::resolve::Ref;
use super::draft::{Adopter, Draft, Thing};
use super::rows::{Numbers, Rows};
use super::{DataSet, ImportError};
use crate::store::StoreError;
use crate::store::sync::{Parts, Sync, Tracked};

/// The share of usages that may vanish at once, unless somebody says that it is right.
const MOST_VANISHED: f64 = 0.5;

/// Below so many usages, any share may vanish.
const FEW: usize = 10;

/// An import under way.
pub(super) struct Writer<'w> {
    pub sync: &'w mut Sync,
    pub draft: &'w Draft,
    pub set: &'w DataSet,
    pub now: chrono::DateTime<chrono::Utc>,
    pub numbers: Numbers,
    pub source: i64,
    /// Whether this version was imported before.
    pub is_same_snapshot: bool,
    /// How often somebody else says otherwise.
    pub contradictions: usize,
    /// How many usages have ended.
    pub ended: usize,
}

impl Writer<'_> {
    /// Writes everything.
    pub async fn write(&mut self, unread: &[String], may_shrink: bool) -> Result<(), ImportError> {
        self.source().await?;
        self.things().await?;
        self.known().await?;
        self.structure().await?;
        self.links().await?;
        self.experiences().await?;
        let told = self.facts().await?;
        self.names().await?;
        self.end(&told, unread, may_shrink).await?;
        self.sync.count_usages().await?;
        self.reviews().await?;
        Ok(())
    }

    pub(super) fn rows(&self) -> Rows<'_> {
        Rows {
            draft: self.draft,
            numbers: &self.numbers,
            now: self.now,
            source: self.source,
            day: self.set.origin.date,
        }
    }

    async fn source(&mut self) -> Result<(), ImportError> {
        let row = self.set.source(self.now);
        let slug = row.slug.clone();
        let ids = self
            .sync
            .entities::<source::Entity>(vec![Some(row)])
            .await?;
        let id = ids.into_iter().flatten().next();
        let own = id.filter(|id| self.sync.has_made(Source, *id));
        self.source = own.ok_or(ImportError::SourceTaken(slug))?;
        Ok(())
    }

    /// Everything that has a slug.
    async fn things(&mut self) -> Result<(), StoreError> {
        let draft = self.draft;
        self.entities::<category::Entity, _>(&draft.categories, self.rows().categories())
            .await?;
        self.entities::<company::Entity, _>(&draft.companies, self.rows().companies())
            .await?;
        self.entities::<technology::Entity, _>(&draft.technologies, self.rows().technologies())
            .await?;
        self.entities::<experience::Entity, _>(&draft.experiences, self.rows().experiences())
            .await?;
        self.entities::<skill_area::Entity, _>(&draft.skill_areas, self.rows().skill_areas())
            .await?;
        let parents = draft.skill_areas.iter().filter_map(|(of, thing)| {
            let id = self.numbers.of(SkillArea, *of)?;
            let parent = thing.says.parent;
            Some((id, parent.and_then(|of| self.numbers.of(SkillArea, of))))
        });
        let parents: Vec<_> = parents.collect();
        self.sync.refer::<skill_area::Entity>(parents).await?;
        self.entities::<role::Entity, _>(&draft.roles, self.rows().roles())
            .await
    }

    async fn entities<E: Tracked, T>(
        &mut self,
        things: &std::collections::BTreeMap<Ref, Thing<T>>,
        wanted: Vec<Option<E::Model>>,
    ) -> Result<(), StoreError>
    where
        E::Model: ModelTrait<Entity = E>,
    {
        let ids = self.sync.entities::<E>(wanted).await?;
        for (of, id) in things.keys().zip(ids) {
            if let Some(id) = id {
                self.numbers.set(E::KIND, *of, id);
            }
        }
        Ok(())
    }

    /// Reads the rows of others to which something is added.
    async fn known(&mut self) -> Result<(), StoreError> {
        let draft = self.draft;
        let named = |kind: EntityKind| {
            let aliased = draft
                .aliases
                .iter()
                .filter(move |((of, _), _)| of.entity() == kind)
                .flat_map(|(_, (_, owners))| owners.iter().copied());
            let identified = draft
                .ids
                .iter()
                .filter(move |((of, ..), _)| of.entity() == kind)
                .map(|(_, of)| *of);
            aliased.chain(identified)
        };
        let pairs = draft.framework_languages.iter();
        let pairs = pairs.chain(&draft.technology_categories);
        let technologies = named(Technology)
            .chain(pairs.map(|(of, _)| *of))
            .chain(draft.usages.keys().map(|(_, technology)| *technology));
        let technologies = self.ids(Technology, technologies);
        self.sync.know::<technology::Entity>(technologies).await?;
        let adopters = draft.usages.keys().map(|(adopter, _)| *adopter);
        let companies = adopters.clone().filter_map(|adopter| match adopter {
            Adopter::Company(of) => Some(of),
            Adopter::Product(_) => None,
        });
        let companies = self.ids(Company, named(Company).chain(companies));
        self.sync.know::<company::Entity>(companies).await?;
        let products = adopters.filter_map(|adopter| match adopter {
            Adopter::Product(of) => Some(of),
            Adopter::Company(_) => None,
        });
        let products = self.ids(Product, products);
        self.sync.know::<product::Entity>(products).await?;
        let roles = draft.role_technologies.keys().map(|(role, _)| *role);
        let roles = self.ids(Role, named(Role).chain(roles));
        self.sync.know::<role::Entity>(roles).await?;
        let areas = draft.skill_area_technologies.keys().map(|(area, _)| *area);
        let areas = areas.chain(draft.skill_area_experiences.iter().map(|(area, _)| *area));
        let areas = self.ids(SkillArea, named(SkillArea).chain(areas));
        self.sync.know::<skill_area::Entity>(areas).await?;
        let experiences = draft.articles.keys().map(|(experience, _)| *experience);
        let experiences = self.ids(Experience, experiences);
        self.sync.know::<experience::Entity>(experiences).await
    }

    fn ids(&self, kind: EntityKind, all: impl Iterator<Item = Ref>) -> BTreeSet<i64> {
        all.filter_map(|of| self.numbers.of(kind, of)).collect()
    }

    /// Ends what the data set told of and does not tell of any longer. If it is the same as before,
    /// only names lead elsewhere: then nothing has ended.
    async fn end(
        &mut self,
        told: &HashSet<i64>,
        unread: &[String],
        may_shrink: bool,
    ) -> Result<(), ImportError> {
        let standing = self.sync.standing(told, self.source, unread).await?;
        if self.is_same_snapshot {
            return Ok(self.sync.withdraw(standing.vanished).await?);
        }
        let (count, vanished) = (standing.count, standing.vanished.len());
        #[expect(clippy::cast_precision_loss, reason = "far below what a float holds")]
        let share = vanished as f64 / count.max(1) as f64;
        if !may_shrink && count >= FEW && share > MOST_VANISHED {
            return Err(ImportError::Shrunk { count, vanished });
        }
        self.ended = vanished;
        let day = self.set.origin.date;
        let day = day.unwrap_or_else(|| self.now.date_naive());
        Ok(self.sync.end(standing.vanished, Some(day)).await?)
    }

    async fn reviews(&mut self) -> Result<(), StoreError> {
        let parts = Parts::<review_item::Entity> {
            owner: Source,
            owner_column: review_item::Column::SourceId,
            kind_column: None,
            key: &[
                review_item::Column::SourceId,
                review_item::Column::EntityKind,
                review_item::Column::Key,
            ],
            is_logged: false,
        };
        let wanted = self.rows().review_items();
        self.sync.parts(parts, wanted).await
    }
}
