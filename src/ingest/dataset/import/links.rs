//! What joins things, and what they are called: added to rows of any owner.

use entity::enums::EntityKind::{self, Category, Company, Experience, Role, SkillArea, Technology};
use entity::{
    alias, article, category_parent, external_id, framework, framework_language, language,
    role_technology, skill_area_experience, skill_area_technology, technology_category, tool,
};

use super::super::resolve::Ref;
use super::write::Writer;
use crate::store::StoreError;
use crate::store::sync::{Parts, Stale};

/// Adds parts of entities of a kind, whose number is in a column, told apart by a key.
macro_rules! add {
    ($writer:ident: $table:ident of $owner:ident by $column:ident, key $($key:ident)+, $stale:ident: $wanted:expr) => {{
        let parts = Parts::<$table::Entity> {
            owner: $owner,
            owner_column: $table::Column::$column,
            kind_column: None,
            key: &[$($table::Column::$key),+],
            is_logged: true,
        };
        let wanted = $wanted;
        $writer.sync.add_parts(parts, wanted, Stale::$stale).await?;
    }};
}

pub(super) use add;

impl Writer<'_> {
    /// The number of something that no curator has a say in: what it is made of may be added to.
    fn open(&self, kind: EntityKind, of: Ref) -> Option<i64> {
        let id = self.numbers.of(kind, of)?;
        (!self.sync.is_curated(kind, id)).then_some(id)
    }

    /// What only one kind of technology has, and where things stand.
    pub(super) async fn structure(&mut self) -> Result<(), StoreError> {
        add!(self: language of Technology by TechnologyId, key TechnologyId, Kept:
            self.open_technologies(self.rows().languages(), |row| row.technology_id));
        add!(self: framework of Technology by TechnologyId, key TechnologyId, Kept:
            self.open_technologies(self.rows().frameworks(), |row| row.technology_id));
        add!(self: tool of Technology by TechnologyId, key TechnologyId, Kept:
            self.open_technologies(self.rows().tools(), |row| row.technology_id));
        let languages = self.draft.framework_languages.iter();
        let languages = languages.filter_map(|(of, language)| {
            Some(framework_language::Model {
                framework_id: self.open(Technology, *of)?,
                language_id: self.numbers.of(Technology, *language)?,
            })
        });
        add!(self: framework_language of Technology by FrameworkId, key FrameworkId LanguageId, Kept:
            languages.collect());
        let shelves = self.draft.technology_categories.iter();
        let shelves = shelves.filter_map(|(of, category)| {
            Some(technology_category::Model {
                technology_id: self.open(Technology, *of)?,
                category_id: self.numbers.of(Category, *category)?,
            })
        });
        add!(self: technology_category of Technology by TechnologyId, key TechnologyId CategoryId, Kept:
            shelves.collect());
        let parents = self.draft.categories.iter();
        let parents = parents.filter_map(|(of, thing)| {
            Some(category_parent::Model {
                parent_id: self.numbers.of(Category, thing.says?)?,
                child_id: self.open(Category, *of)?,
            })
        });
        add!(self: category_parent of Category by ChildId, key ParentId ChildId, Kept:
            parents.collect());
        Ok(())
    }

    fn open_technologies<M>(&self, rows: Vec<M>, technology: fn(&M) -> i64) -> Vec<M> {
        let is_open = |row: &M| !self.sync.is_curated(Technology, technology(row));
        rows.into_iter().filter(is_open).collect()
    }

    /// What joins roles, areas of skill and experiences with the rest.
    pub(super) async fn links(&mut self) -> Result<(), StoreError> {
        let title = self.set.title();
        let needed = self.draft.role_technologies.iter();
        let needed = needed.filter_map(|((role, technology), importance)| {
            Some(role_technology::Model {
                role_id: self.numbers.of(Role, *role)?,
                technology_id: self.numbers.of(Technology, *technology)?,
                importance: *importance,
                reason: Some(format!("named by {title}")),
            })
        });
        add!(self: role_technology of Role by RoleId, key RoleId TechnologyId, Kept: needed.collect());
        let relevant = self.draft.skill_area_technologies.iter();
        let relevant = relevant.filter_map(|((area, technology), reason)| {
            Some(skill_area_technology::Model {
                skill_area_id: self.open(SkillArea, *area)?,
                technology_id: self.numbers.of(Technology, *technology)?,
                reason: Some(reason.clone()),
                position: 0,
            })
        });
        add!(self: skill_area_technology of SkillArea by SkillAreaId, key SkillAreaId TechnologyId, Kept:
            relevant.collect());
        Ok(())
    }

    /// What experiences are relevant to, and what is written of them.
    pub(super) async fn experiences(&mut self) -> Result<(), StoreError> {
        let title = self.set.title();
        let told = self.draft.skill_area_experiences.iter();
        let told = told.filter_map(|(area, experience)| {
            Some(skill_area_experience::Model {
                skill_area_id: self.numbers.of(SkillArea, *area)?,
                experience_id: self.numbers.of(Experience, *experience)?,
                reason: Some(format!("told of by {title}")),
                position: i32::from(i16::MAX),
            })
        });
        add!(self: skill_area_experience of SkillArea by SkillAreaId, key SkillAreaId ExperienceId, Kept:
            told.collect());
        let articles = self.draft.articles.iter();
        let articles = articles.filter_map(|((experience, url), told)| {
            Some(article::Model {
                id: 0,
                experience_id: self.numbers.of(Experience, *experience)?,
                company_id: told.company.and_then(|of| self.numbers.of(Company, of)),
                title: told.title.clone(),
                url: url.clone(),
                source_id: Some(self.source),
                created_at: self.now,
                updated_at: self.now,
                revision: 1,
            })
        });
        add!(self: article of Experience by ExperienceId, key ExperienceId Url, Kept: articles.collect());
        Ok(())
    }

    /// Aliases and ids of other systems.
    pub(super) async fn names(&mut self) -> Result<(), StoreError> {
        for kind in [Technology, Company, Role, SkillArea] {
            self.aliases(kind).await?;
            self.ids_elsewhere(kind).await?;
        }
        Ok(())
    }

    /// Aliases that lead to one thing only.
    async fn aliases(&mut self, kind: EntityKind) -> Result<(), StoreError> {
        let aliases = self.draft.aliases.iter();
        let aliases = aliases.filter(|((of, _), _)| of.entity() == kind);
        let aliases = aliases.filter_map(|((_, key), (text, owners))| {
            let mut owners = owners.iter();
            let (Some(of), None) = (owners.next(), owners.next()) else {
                return None;
            };
            let names = self.draft.index.names(kind)?;
            let is_own = names.is_own_name(*of, key);
            Some(alias::Model {
                id: 0,
                entity_kind: kind,
                key: key.clone(),
                text: text.clone(),
                entity_id: self.numbers.of(kind, *of).filter(|_| !is_own)?,
            })
        });
        let wanted = aliases.collect();
        self.sync
            .add_parts(Parts::aliases(kind), wanted, Stale::Kept)
            .await
    }

    /// Ids of other systems.
    async fn ids_elsewhere(&mut self, kind: EntityKind) -> Result<(), StoreError> {
        let ids = self.draft.ids.iter();
        let ids = ids.filter(|((of, ..), _)| of.entity() == kind);
        let ids = ids.filter_map(|((_, scheme, value), of)| {
            Some(external_id::Model {
                id: 0,
                entity_kind: kind,
                entity_id: self.numbers.of(kind, *of)?,
                scheme: scheme.clone(),
                value: value.clone(),
            })
        });
        let wanted = ids.collect();
        self.sync
            .add_parts(Parts::external_ids(kind), wanted, Stale::Kept)
            .await
    }
}
