//! All names that are known, read from the database.

use entity::enums::{EntityKind, TechnologyKind};
use entity::{
    alias, category, company, experience, external_id, framework_language, product, role,
    skill_area, technology,
};
use sea_orm::FromQueryResult;

use super::{Companies, Found, Names, Ref, Technologies};
use crate::ingest::dataset::claim::Mention;
use crate::store::StoreError;
use crate::store::sync::Sync;

/// All names that are known.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Of technologies.
    pub technologies: Technologies,
    /// Of companies.
    pub companies: Companies,
    /// Of products.
    pub products: Names,
    /// Of categories.
    pub categories: Names,
    /// Of areas of skill.
    pub skill_areas: Names,
    /// Of experiences.
    pub experiences: Names,
    /// Of roles.
    pub roles: Names,
}

#[derive(FromQueryResult)]
struct Named {
    id: i64,
    slug: String,
    name: String,
}

#[derive(FromQueryResult)]
struct Technology {
    id: i64,
    slug: String,
    name: String,
    kind: TechnologyKind,
    website: Option<String>,
}

#[derive(FromQueryResult)]
struct Company {
    id: i64,
    slug: String,
    name: String,
    website: Option<String>,
}

/// Reads the names of the rows of a table.
macro_rules! named {
    ($sync:ident, $table:ident) => {{
        use $table::Column::{Id, Name, Slug};

        let mut names = Names::default();
        for row in $sync
            .all::<$table::Entity, Named>(&[Id, Slug, Name])
            .await?
        {
            names.add(Ref::Row(row.id), &row.slug, &row.name);
        }
        names
    }};
}

impl Index {
    /// Reads all names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(sync: &Sync) -> Result<Self, StoreError> {
        let mut index = Self {
            products: named!(sync, product),
            categories: named!(sync, category),
            skill_areas: named!(sync, skill_area),
            experiences: named!(sync, experience),
            roles: named!(sync, role),
            ..Self::default()
        };
        index.read_technologies(sync).await?;
        index.read_companies(sync).await?;
        for alias in sync.rows::<alias::Entity>().await? {
            index.add_name(alias.entity_kind, Ref::Row(alias.entity_id), &alias.text);
        }
        for id in sync.rows::<external_id::Entity>().await? {
            index.add_id(
                id.entity_kind,
                Ref::Row(id.entity_id),
                &id.scheme,
                &id.value,
            );
        }
        Ok(index)
    }

    async fn read_technologies(&mut self, sync: &Sync) -> Result<(), StoreError> {
        use technology::Column::{Id, Kind, Name, Slug, Website};

        let rows = sync.all::<technology::Entity, Technology>(&[Id, Slug, Name, Kind, Website]);
        for row in rows.await? {
            let of = Ref::Row(row.id);
            self.technologies.names.add(of, &row.slug, &row.name);
            self.technologies
                .add_facts(of, row.kind, row.website.as_deref());
        }
        for link in sync.rows::<framework_language::Entity>().await? {
            self.technologies
                .add_language(Ref::Row(link.framework_id), Ref::Row(link.language_id));
        }
        Ok(())
    }

    async fn read_companies(&mut self, sync: &Sync) -> Result<(), StoreError> {
        use company::Column::{Id, Name, Slug, Website};

        let rows = sync.all::<company::Entity, Company>(&[Id, Slug, Name, Website]);
        for row in rows.await? {
            let of = Ref::Row(row.id);
            self.companies.names.add(of, &row.slug, &row.name);
            self.companies.add_name(of, &row.name);
            if let Some(website) = &row.website {
                self.companies.add_website(of, website);
            }
        }
        Ok(())
    }

    /// The names of a kind of things; none for kinds that have no names.
    pub fn names(&self, kind: EntityKind) -> Option<&Names> {
        match kind {
            EntityKind::Technology => Some(&self.technologies.names),
            EntityKind::Category => Some(&self.categories),
            EntityKind::Company => Some(&self.companies.names),
            EntityKind::Product => Some(&self.products),
            EntityKind::SkillArea => Some(&self.skill_areas),
            EntityKind::Experience => Some(&self.experiences),
            EntityKind::Role => Some(&self.roles),
            _ => None,
        }
    }

    fn names_mut(&mut self, kind: EntityKind) -> Option<&mut Names> {
        match kind {
            EntityKind::Technology => Some(&mut self.technologies.names),
            EntityKind::Category => Some(&mut self.categories),
            EntityKind::Company => Some(&mut self.companies.names),
            EntityKind::Product => Some(&mut self.products),
            EntityKind::SkillArea => Some(&mut self.skill_areas),
            EntityKind::Experience => Some(&mut self.experiences),
            EntityKind::Role => Some(&mut self.roles),
            _ => None,
        }
    }

    /// Takes in another name.
    pub fn add_name(&mut self, kind: EntityKind, of: Ref, name: &str) {
        if kind == EntityKind::Company {
            self.companies.add_name(of, name);
        }
        if let Some(names) = self.names_mut(kind) {
            names.add_name(of, name);
        }
    }

    /// Takes in an id of another system.
    pub fn add_id(&mut self, kind: EntityKind, of: Ref, scheme: &str, value: &str) {
        if kind == EntityKind::Technology {
            self.technologies.add_id(of, scheme, value);
        } else if let Some(names) = self.names_mut(kind) {
            names.add_id(of, scheme, value);
        }
    }

    /// Which role is meant: by its code, else by its name.
    pub fn role(&self, mention: &Mention) -> Found {
        match self.roles.identified(&mention.ids) {
            Some(found) => Found::One(found),
            None if mention.name.is_empty() => Found::Nothing,
            None => self.roles.find(&mention.name),
        }
    }
}
