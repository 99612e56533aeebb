//! The steps of a load, in the order in which rows need each other.

use chrono::{DateTime, Utc};
use entity::enums::EntityKind;
use entity::{
    article, category_parent, evidence, framework, framework_language, language, release,
    role_relation, role_skill_area, role_technology, salary, skill_area, skill_area_experience,
    skill_area_technology, technology_category, technology_relation, tool, usage,
};

use super::book::{Book, Section};
use super::names::Named;
use super::rows::{self, Ids, Rows};
use crate::ingest::evidence::Fact;
use crate::store::StoreError;
use crate::store::sync::{Parts, Sync, Tracked};

/// The kinds that have aliases, and the fields of `aliases.yaml` that name them.
const ALIASED: [(EntityKind, &str); 7] = [
    (EntityKind::Technology, "technology"),
    (EntityKind::Category, "category"),
    (EntityKind::Company, "company"),
    (EntityKind::Product, "product"),
    (EntityKind::SkillArea, "skill_area"),
    (EntityKind::Experience, "experience"),
    (EntityKind::Role, "role"),
];

/// A load under way.
pub(super) struct Load<'a> {
    pub sync: Sync,
    book: &'a Book,
    ids: Ids,
    now: DateTime<Utc>,
}

/// Brings parts in step: rows of a table that belong to entities of a kind, whose number is in a
/// column, and which are told apart by a key.
macro_rules! parts {
    ($load:ident: $($table:ident of $owner:ident by $column:ident, key $($key:ident)+: $wanted:expr;)+) => {$({
        let parts = Parts::<$table::Entity> {
            owner: EntityKind::$owner,
            owner_column: $table::Column::$column,
            kind_column: None,
            key: &[$($table::Column::$key),+],
            is_logged: true,
        };
        let wanted = $wanted;
        $load.sync.parts(parts, wanted).await?;
    })+};
}

impl<'a> Load<'a> {
    pub fn new(sync: Sync, book: &'a Book, now: DateTime<Utc>) -> Self {
        let ids = Ids::default();
        Self {
            sync,
            book,
            ids,
            now,
        }
    }

    /// Brings everything in step.
    pub async fn run(&mut self) -> Result<(), StoreError> {
        self.named().await?;
        self.kinds_and_links().await?;
        self.facts().await?;
        self.sync.retire().await?;
        self.names().await?;
        self.sync.count_usages().await
    }

    fn rows(&self) -> Rows<'_> {
        Rows {
            book: self.book,
            ids: &self.ids,
            now: self.now,
        }
    }

    /// Everything that has a slug.
    async fn named(&mut self) -> Result<(), StoreError> {
        let book = self.book;
        self.entities(&book.sources, self.rows().sources()).await?;
        self.entities(&book.categories, self.rows().categories())
            .await?;
        self.entities(&book.companies, self.rows().companies())
            .await?;
        self.entities(&book.technologies, self.rows().technologies())
            .await?;
        self.entities(&book.products, self.rows().products())
            .await?;
        self.entities(&book.experiences, self.rows().experiences())
            .await?;
        self.entities(&book.skill_areas, self.rows().skill_areas())
            .await?;
        let parents = book.skill_areas.values().filter_map(|area| {
            let id = self.ids.get(EntityKind::SkillArea, &area.slug)?;
            Some((
                id,
                self.ids
                    .get_some(EntityKind::SkillArea, area.parent.as_ref()),
            ))
        });
        self.sync.refer::<skill_area::Entity>(parents).await?;
        self.entities(&book.roles, self.rows().roles()).await
    }

    async fn entities<M, E, T>(
        &mut self,
        section: &Section<T>,
        wanted: Vec<Option<M>>,
    ) -> Result<(), StoreError>
    where
        M: sea_orm::ModelTrait<Entity = E>,
        E: Tracked<Model = M>,
        T: Named,
    {
        let ids = self.sync.entities::<E>(wanted).await?;
        for (record, id) in section.values().zip(ids) {
            if let Some(id) = id {
                self.ids.insert(E::KIND, record.slug(), id);
            }
        }
        Ok(())
    }

    /// What only one kind of technology has, and what links entities.
    async fn kinds_and_links(&mut self) -> Result<(), StoreError> {
        parts! { self:
            language of Technology by TechnologyId, key TechnologyId: self.rows().languages();
            framework of Technology by TechnologyId, key TechnologyId: self.rows().frameworks();
            tool of Technology by TechnologyId, key TechnologyId: self.rows().tools();
            framework_language of Technology by FrameworkId, key FrameworkId LanguageId:
                self.rows().framework_languages();
            technology_category of Technology by TechnologyId, key TechnologyId CategoryId:
                self.rows().technology_categories();
            category_parent of Category by ChildId, key ParentId ChildId:
                self.rows().category_parents();
            article of Experience by ExperienceId, key ExperienceId Url: self.rows().articles();
            skill_area_technology of SkillArea by SkillAreaId, key SkillAreaId TechnologyId:
                self.rows().skill_area_technologies();
            skill_area_experience of SkillArea by SkillAreaId, key SkillAreaId ExperienceId:
                self.rows().skill_area_experiences();
            role_skill_area of Role by RoleId, key RoleId SkillAreaId:
                self.rows().role_skill_areas();
            role_technology of Role by RoleId, key RoleId TechnologyId:
                self.rows().role_technologies();
            role_relation of Role by RoleId, key RoleId RelatedId: self.rows().role_relations();
        }
        Ok(())
    }

    /// Everything that needs evidence, and the evidence.
    async fn facts(&mut self) -> Result<(), StoreError> {
        let releases = self.rows().releases();
        let releases = self.sync.entities::<release::Entity>(releases).await?;
        let relations = self.rows().relations();
        let relations = self
            .sync
            .entities::<technology_relation::Entity>(relations)
            .await?;
        let usages = self.rows().usages();
        let usages = self.sync.entities::<usage::Entity>(usages).await?;
        let salaries = self.rows().salaries();
        let salaries = self.sync.entities::<salary::Entity>(salaries).await?;

        let book = self.book;
        let of_releases = rows::cycles(book).map(|(record, _)| &record.evidence);
        let of_relations = book.relations.values().map(|record| &record.evidence);
        let of_usages = book.usages.values().map(|record| &record.evidence);
        let of_salaries = rows::salaries(book).map(|(_, salary)| &salary.evidence);
        parts! { self:
            evidence of Release by ReleaseId, key ReleaseId SourceId Url Locator:
                self.rows().evidence(of_releases, &releases, Fact::Release);
            evidence of Relation by RelationId, key RelationId SourceId Url Locator:
                self.rows().evidence(of_relations, &relations, Fact::Relation);
            evidence of Usage by UsageId, key UsageId SourceId Url Locator:
                self.rows().evidence(of_usages, &usages, Fact::Usage);
            evidence of Salary by SalaryId, key SalaryId SourceId Url Locator:
                self.rows().evidence(of_salaries, &salaries, Fact::Salary);
        }
        Ok(())
    }

    /// Aliases and external ids, which may have passed from what was retired to something else.
    async fn names(&mut self) -> Result<(), StoreError> {
        for (kind, field) in ALIASED {
            let wanted = self.rows().aliases(kind, field);
            self.sync.parts(Parts::aliases(kind), wanted).await?;
        }
        let book = self.book;
        self.external_ids(EntityKind::Technology, &book.technologies)
            .await?;
        self.external_ids(EntityKind::Company, &book.companies)
            .await?;
        self.external_ids(EntityKind::Product, &book.products)
            .await?;
        self.external_ids(EntityKind::Role, &book.roles).await
    }

    async fn external_ids<T: Named>(
        &mut self,
        kind: EntityKind,
        section: &Section<T>,
    ) -> Result<(), StoreError> {
        let wanted = self.rows().external_ids(kind, section);
        self.sync.parts(Parts::external_ids(kind), wanted).await
    }
}
