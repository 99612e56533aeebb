//! Parts that an import adds to rows, whoever has made them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::Serialize;

use super::parts::{Parts, Taken};
use super::{Sync, rows};
use crate::store::StoreError;

/// What becomes of parts that an import has added before, and does not want any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// They stay: what was true once was not taken back.
    Kept,
    /// Those of entities of which others are wanted become these, or go.
    Replaced,
}

impl Sync {
    /// Adds parts to entities that are known ([`Sync::entities`], [`Sync::know`]), and keeps those
    /// that were added before in step. What others have added is left as it is; so are parts of
    /// entities of which none are wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_parts<E>(
        &mut self,
        parts: Parts<E>,
        wanted: Vec<E::Model>,
        stale: Stale,
    ) -> Result<(), StoreError>
    where
        E: EntityTrait<
                Model: Serialize + IntoActiveModel<E::ActiveModel>,
                ActiveModel: ActiveModelTrait<Entity = E>,
            >,
    {
        let owners: BTreeSet<i64> = wanted.iter().map(|row| parts.owner_of(row)).collect();
        let mut found = self.parts_of(&parts, owners.into_iter()).await?;
        let table = E::default().table_name();
        let mut missing = Vec::new();
        for row in wanted {
            match found.remove(&rows::key(&row, parts.key)) {
                Some(before) if self.owns_part(table, &rows::number(&before)) => {
                    self.compare_part(&parts, &before, &row).await?;
                }
                Some(_) => {}
                None => missing.push(row),
            }
        }
        if stale == Stale::Replaced {
            found.retain(|_, row| self.owns_part(table, &rows::number(row)));
            missing = self.replace_parts(&parts, found, missing).await?;
        }
        self.create_parts(&parts, missing, Taken::Expected).await
    }

    /// Lets wanted parts take the places of stale ones of the same entity, so that these keep their
    /// numbers; the stale ones that are left go. Returns the wanted parts that are left.
    async fn replace_parts<E>(
        &mut self,
        parts: &Parts<E>,
        stale: HashMap<String, E::Model>,
        missing: Vec<E::Model>,
    ) -> Result<Vec<E::Model>, StoreError>
    where
        E: EntityTrait<Model: Serialize>,
    {
        let mut by_owner: HashMap<i64, BTreeMap<String, E::Model>> = HashMap::new();
        for (key, row) in stale {
            let of_owner = by_owner.entry(parts.owner_of(&row)).or_default();
            of_owner.insert(key, row);
        }
        let mut left = Vec::new();
        for row in missing {
            let of_owner = by_owner.get_mut(&parts.owner_of(&row));
            match of_owner.and_then(BTreeMap::pop_first) {
                Some((_, before)) => self.compare_part(parts, &before, &row).await?,
                None => left.push(row),
            }
        }
        let gone = by_owner.into_values().flat_map(BTreeMap::into_values);
        self.delete_parts(parts, gone.collect()).await?;
        Ok(left)
    }
}
