//! Finding things by whatever names them.

use async_graphql::{Context, ID, OneofObject};
use futures_util::future::join_all;

use super::ahead::{Items, first_list};
use super::context::ContextExt as _;
use super::error::{Error, Field};
use super::relay::{Entity, decode_id};
use crate::store::{Key, Record as _};

/// Keys in one request at most.
pub const MAX_KEYS: usize = 1_000;

/// A key as it came: a global id is checked where it is used, so that a bad one costs only
/// its own place.
pub enum Given {
    Id(ID),
    Key(Key),
}

/// The kind that a type's global ids carry.
pub trait Identified: Entity {
    const KIND: &'static str;
}

/// The thing with this key, for a root field that shows one thing; null if there is none.
pub(super) async fn root<T: Identified>(ctx: &Context<'_>, given: Given) -> Field<T> {
    if let Given::Key(Key::Slug(slug)) = &given {
        first_list::<T>(ctx, slug).await;
    }
    one(ctx, given).await
}

/// The thing with this key; null if there is none.
pub(super) async fn one<T: Identified>(ctx: &Context<'_>, given: Given) -> Field<T> {
    let key = match given {
        Given::Key(key) => key,
        Given::Id(id) => match numbered::<T>(&id) {
            Ok(id) => Key::Id(id),
            Err(error) => return Some(Err(error)),
        },
    };
    ctx.find(key).await
}

/// The thing that a representation names; null if there is none.
pub(super) async fn keyed<T: Identified>(ctx: &Context<'_>, given: Given) -> Field<T> {
    if matches!(given, Given::Key(_)) && !T::Record::SLUG {
        return Some(Err(Error::BadInput(format!(
            "A {} has no `slug`: name it by its `id`.",
            T::type_name()
        ))));
    }
    one(ctx, given).await
}

/// The refusal of a representation whose type is not an entity.
pub(super) fn no_entity(type_name: &str) -> Error {
    let shown: String = type_name.chars().take(40).collect();
    Error::BadInput(format!("`{shown}` is not a type that has a key here."))
}

/// The things with these keys, in their order, null where there is none.
pub(super) async fn many<T: Identified, K: Into<Given>>(
    ctx: &Context<'_>,
    keys: Vec<K>,
) -> Field<Items<Field<T>>> {
    if let Err(error) = few_enough("keys", keys.len()) {
        return Some(Err(error));
    }
    let things = keys.into_iter().map(|key| one(ctx, key.into()));
    Some(Ok(Items(join_all(things).await)))
}

/// Refuses lists that are too long.
pub(super) fn few_enough(argument: &str, length: usize) -> Result<(), Error> {
    if length > MAX_KEYS {
        return Err(Error::TooMany(format!(
            "`{argument}` has {length} entries; {MAX_KEYS} are allowed in one request."
        )));
    }
    Ok(())
}

fn numbered<T: Identified>(id: &ID) -> Result<i64, Error> {
    match decode_id(id)? {
        (kind, number) if kind == T::KIND => Ok(number),
        (kind, _) => Err(Error::BadId(format!(
            "`{}` is the id of a {kind}, not of a {}.",
            id.0,
            T::KIND
        ))),
    }
}

/// Exactly one way to name a technology.
#[derive(OneofObject)]
pub enum TechnologyKey {
    /// Its slug, or one that it had before: `rust`.
    Slug(String),
    /// Its global id.
    Id(ID),
    /// Any name that people use for it, in any spelling: `Postgre`, `k8s`, `golang`.
    Alias(String),
    /// Its package URL without version: `pkg:cargo/tokio`.
    Purl(String),
    /// Its Wikidata item: `Q575650`.
    Wikidata(String),
    /// Its GitHub repository: `rust-lang/rust`.
    Github(String),
}

impl From<TechnologyKey> for Given {
    fn from(key: TechnologyKey) -> Self {
        match key {
            TechnologyKey::Id(id) => Self::Id(id),
            TechnologyKey::Slug(slug) => Self::Key(Key::Slug(slug)),
            TechnologyKey::Alias(name) => Self::Key(Key::Alias(name)),
            TechnologyKey::Purl(value) => external("purl", value),
            TechnologyKey::Wikidata(value) => external("wikidata", value),
            TechnologyKey::Github(value) => external("github", value),
        }
    }
}

/// Exactly one way to name a company, product, category, source, skill area, experience or role.
#[derive(OneofObject)]
pub enum EntityKey {
    /// Its slug, or one that it had before: `netflix`.
    Slug(String),
    /// Its global id.
    Id(ID),
    /// Any name that people use for it, in any spelling.
    Alias(String),
    /// Its Wikidata item: `Q907311`.
    Wikidata(String),
}

impl From<EntityKey> for Given {
    fn from(key: EntityKey) -> Self {
        match key {
            EntityKey::Id(id) => Self::Id(id),
            EntityKey::Slug(slug) => Self::Key(Key::Slug(slug)),
            EntityKey::Alias(name) => Self::Key(Key::Alias(name)),
            EntityKey::Wikidata(value) => external("wikidata", value),
        }
    }
}

/// Exactly one way to name a thing that has no slug.
#[derive(OneofObject)]
pub enum IdKey {
    /// Its global id.
    Id(ID),
}

impl From<IdKey> for Given {
    fn from(IdKey::Id(id): IdKey) -> Self {
        Self::Id(id)
    }
}

fn external(scheme: &str, value: String) -> Given {
    Given::Key(Key::External {
        scheme: scheme.to_owned(),
        value,
    })
}
