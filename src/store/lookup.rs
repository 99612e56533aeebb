//! Single rows by whatever identifies them, any mixture of keys by one statement.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use sea_orm::{ActiveEnum as _, Value};

use super::StoreError;
use super::ends::End;
use super::loaders::Question;
use super::reader::Reader;
use super::row::PARENT;
use super::shape::{Record, Shape};
use super::sql::Sql;
use super::text::{fold_alias, fold_name};

/// What identifies a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The number of the row.
    Id(i64),
    /// The slug, or one that it had before.
    Slug(String),
    /// Any name that is on file for it.
    Alias(String),
    /// An identifier in another system, such as a Wikidata item.
    External {
        /// The system.
        scheme: String,
        /// What it calls the row.
        value: String,
    },
}

impl Hash for Key {
    /// Most keys are numbers: no more than that is written.
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Id(id) => id.hash(state),
            Self::Slug(value) | Self::Alias(value) => value.hash(state),
            Self::External { scheme, value } => (scheme, value).hash(state),
        }
    }
}

impl Key {
    fn scheme(&self) -> &str {
        match self {
            Self::Id(_) => "id",
            Self::Slug(_) => "slug",
            Self::Alias(_) => "alias",
            Self::External { scheme, .. } => scheme,
        }
    }

    fn value(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Slug(value) | Self::Alias(value) | Self::External { value, .. } => value.clone(),
        }
    }

    fn is_external(&self) -> bool {
        matches!(self, Self::External { .. })
    }

    fn id(&self) -> Option<i64> {
        match self {
            Self::Id(id) => Some(*id),
            _ => None,
        }
    }

    fn slug(&self) -> Option<&str> {
        match self {
            Self::Slug(slug) => Some(slug),
            _ => None,
        }
    }
}

/// The question for the row of `E` with this key.
pub struct Lookup<E>(pub Key, PhantomData<E>);

impl<E> Lookup<E> {
    /// The question for the row with any key.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Self(key, PhantomData)
    }

    /// The question for the row with this number.
    #[must_use]
    pub fn id(id: i64) -> Self {
        Self::new(Key::Id(id))
    }

    /// The question for the row with this slug.
    #[must_use]
    pub fn slug(slug: &str) -> Self {
        Self::new(Key::Slug(slug.to_owned()))
    }
}

impl<E: Record> Question for Lookup<E> {
    type Answer = Arc<E::Model>;

    fn digest(&self) -> Option<u64> {
        self.0.id().map(i64::cast_unsigned)
    }

    async fn ask(reader: &Reader, batch: &[Self]) -> Result<Vec<(Self, Self::Answer)>, StoreError> {
        let keys = batch.iter().map(|Self(key, _)| key);
        let ids: Option<Vec<i64>> = keys.clone().map(Key::id).collect();
        let slugs: Option<Vec<&str>> = keys.map(Key::slug).collect();
        match (ids, slugs.as_deref()) {
            (Some(ids), _) => by_ids(reader, ids).await,
            (None, Some([slug])) if E::SLUG => by_slug(reader, slug).await,
            (None, Some(slugs)) if E::SLUG => by_slugs(reader, batch, slugs).await,
            (None, _) => by_keys(reader, batch).await,
        }
    }
}

async fn by_ids<E: Record>(
    reader: &Reader,
    ids: Vec<i64>,
) -> Result<Vec<(Lookup<E>, Arc<E::Model>)>, StoreError> {
    let key = format!("t.\"{}\"", E::KEY);
    let selection = reader.select::<E>(&key, &[], &[], |sql| {
        sql.push(" FROM ")
            .name(Shape::of::<E>().table)
            .push(" t WHERE ")
            .push(&key);
        if let [id] = ids.as_slice() {
            sql.push(" = ").bind(*id);
        } else {
            let ids: Vec<Value> = ids.into_iter().map(Value::from).collect();
            sql.is_one_of(&ids);
        }
    });
    let rows = reader.fetch_rows::<E>(selection).await?.into_iter();
    Ok(rows.map(|(id, row)| (Lookup::id(id), row.model)).collect())
}

/// One slug, as most requests begin: its row is found without a table of keys.
async fn by_slug<E: Record>(
    reader: &Reader,
    slug: &str,
) -> Result<Vec<(Lookup<E>, Arc<E::Model>)>, StoreError> {
    let selection = reader.select::<E>("0", &[], &[], |sql| {
        sql.push(" FROM ").name(Shape::of::<E>().table);
        sql.push(" t WHERE t.\"id\" = ");
        write_id::<E>(sql, slug);
    });
    let rows = reader.fetch_rows::<E>(selection).await?.into_iter();
    Ok(rows
        .map(|(_, row)| (Lookup::slug(slug), row.model))
        .collect())
}

/// A row of any table that is known by its slug only.
#[derive(Clone, Copy)]
pub struct BySlug<'s> {
    slug: &'s str,
    /// The row, as the end of others.
    pub(super) end: &'static End,
    write_id: fn(&mut Sql, &str),
    remember: fn(&Reader, &str, Option<i64>),
}

impl<'s> BySlug<'s> {
    /// The row of `E` with this slug, if there is one; none if rows of `E` have no slugs.
    #[must_use]
    pub fn of<E: Record>(slug: &'s str) -> Option<Self> {
        E::SLUG.then_some(Self {
            slug,
            end: const { &End::of::<E>("id") },
            write_id: write_id::<E>,
            remember: remember::<E>,
        })
    }

    /// Writes ` FROM table parent`: its table, called as what a list is read with.
    pub(super) fn write_from(self, sql: &mut Sql) {
        sql.push(" FROM ").name((self.end.shape)().table);
        sql.push(" ").push(PARENT);
    }

    /// Writes ` WHERE …`, which is true of the row only.
    pub(super) fn write_where(self, sql: &mut Sql) {
        sql.push(" WHERE ").column(PARENT, "id").push(" = ");
        (self.write_id)(sql, self.slug);
    }

    /// Remembers what the slug stands for: the row with this id, which is known, or none.
    pub(super) fn remember(self, reader: &Reader, id: Option<i64>) {
        (self.remember)(reader, self.slug, id);
    }
}

fn write_id<E: Record>(sql: &mut Sql, slug: &str) {
    write_by_slug::<E>(sql, |sql| sql.bind(slug), |sql| sql.bind(fold_alias(slug)));
}

fn remember<E: Record>(reader: &Reader, slug: &str, id: Option<i64>) {
    let rows = reader.answers::<Lookup<E>>();
    let row = id.and_then(|id| rows.get(&Lookup::id(id))?);
    reader.remember(Lookup::<E>::slug(slug), row);
}

/// Slugs only, as gateways and pages with lists ask: half as much travels as for keys of any kind.
async fn by_slugs<E: Record>(
    reader: &Reader,
    batch: &[Lookup<E>],
    slugs: &[&str],
) -> Result<Vec<(Lookup<E>, Arc<E::Model>)>, StoreError> {
    let keys = |sql: &mut Sql| write_slugs(sql, slugs);
    let resolution = |sql: &mut Sql| {
        write_by_slug::<E>(sql, |sql| sql.push("p.value"), |sql| sql.push("p.folded"));
    };
    by_table(reader, batch, keys, resolution).await
}

async fn by_keys<E: Record>(
    reader: &Reader,
    batch: &[Lookup<E>],
) -> Result<Vec<(Lookup<E>, Arc<E::Model>)>, StoreError> {
    let keys = |sql: &mut Sql| write_keys(sql, batch.iter().map(|Lookup(key, _)| key));
    by_table(reader, batch, keys, write_resolution::<E>).await
}

/// Keys that travel as a table `p`, which `keys` writes; `resolution` writes the id that each stands for.
async fn by_table<E: Record>(
    reader: &Reader,
    batch: &[Lookup<E>],
    keys: impl FnOnce(&mut Sql),
    resolution: impl FnOnce(&mut Sql),
) -> Result<Vec<(Lookup<E>, Arc<E::Model>)>, StoreError> {
    let selection = reader.select::<E>(reader.position(), &[], &[], |sql| {
        sql.push(" FROM ");
        keys(sql);
        sql.push(if sql.is_postgres() {
            " JOIN "
        } else {
            " CROSS JOIN "
        });
        sql.name(Shape::of::<E>().table)
            .push(" t ON ")
            .column("t", E::KEY)
            .push(" = ");
        resolution(sql);
    });
    let rows = reader.fetch_rows::<E>(selection).await?;
    // Two keys may name one row, which is then the same for both.
    let found = rows.into_iter().filter_map(|(position, row)| {
        let lookup = batch.get(usize::try_from(position).ok()?)?;
        Some((lookup.clone(), row.model))
    });
    Ok(found.collect())
}

/// The slugs as a table `p`: value, and folded as an alias.
fn write_slugs(sql: &mut Sql, slugs: &[&str]) {
    let value = slugs.iter().map(|&slug| slug.to_owned());
    let folded = slugs.iter().map(|slug| fold_alias(slug));
    if sql.is_postgres() {
        sql.push("unnest(").bind(value.collect::<Vec<_>>());
        sql.push(", ").bind(folded.collect::<Vec<_>>());
        sql.push(") WITH ORDINALITY AS p(value, folded, ord)");
    } else {
        let rows: Vec<_> = value.zip(folded).collect();
        let rows = serde_json::to_string(&rows).unwrap_or_default();
        sql.push("(SELECT key, value ->> 0 AS value, value ->> 1 AS folded FROM json_each(");
        sql.bind(rows).push(")) p");
    }
}

/// The keys as a table `p`: scheme, value, value folded as an alias and as a name, and whether the
/// scheme is external.
fn write_keys<'a>(sql: &mut Sql, keys: impl Iterator<Item = &'a Key>) {
    if sql.is_postgres() {
        let (mut schemes, mut values, mut external) = (vec![], vec![], vec![]);
        let (mut folded, mut names) = (vec![], vec![]);
        for key in keys {
            schemes.push(key.scheme().to_owned());
            folded.push(fold_alias(&key.value()));
            names.push(fold_name(&key.value()));
            values.push(key.value());
            external.push(key.is_external());
        }
        sql.push("unnest(").bind(schemes).push(", ").bind(values);
        sql.push(", ").bind(folded).push(", ").bind(names);
        sql.push(", ").bind(external);
        sql.push(") WITH ORDINALITY AS p(scheme, value, folded, name, external, ord)");
    } else {
        let rows: Vec<_> = keys
            .map(|key| {
                let value = key.value();
                let (folded, name) = (fold_alias(&value), fold_name(&value));
                let external = key.is_external();
                (key.scheme().to_owned(), value, folded, name, external)
            })
            .collect();
        let rows = serde_json::to_string(&rows).unwrap_or_default();
        sql.push(
            "(SELECT key, value ->> 0 AS scheme, value ->> 1 AS value, value ->> 2 AS folded, ",
        );
        sql.push("value ->> 3 AS name, value ->> 4 AS external FROM json_each(")
            .bind(rows)
            .push(")) p");
    }
}

/// Writes the id that the key `p` stands for.
fn write_resolution<E: Record>(sql: &mut Sql) {
    let table = Shape::of::<E>().table;
    sql.push("CASE WHEN p.external THEN ");
    write_external::<E>(sql);
    sql.push(" WHEN p.scheme = 'id' THEN CAST(p.value AS bigint)");
    if E::SLUG {
        sql.push(" WHEN p.scheme = 'slug' THEN ");
        write_by_slug::<E>(sql, |sql| sql.push("p.value"), |sql| sql.push("p.folded"));
        sql.push(" WHEN p.scheme = 'alias' THEN COALESCE(");
        write_alias::<E>(sql, |sql| sql.push("p.folded"));
        // Its own name and slug are names for it, too, in any spelling.
        for (column, key) in [("slug", "value"), ("name_key", "name"), ("slug", "folded")] {
            sql.push(", ");
            write_own(sql, table, column, |sql| sql.column("p", key));
        }
        sql.push(")");
    }
    sql.push(" END");
}

/// Writes the id of the row that has the slug, or had it, which `folded` writes as an alias.
fn write_by_slug<E: Record>(
    sql: &mut Sql,
    slug: impl FnOnce(&mut Sql) -> &mut Sql,
    folded: impl FnOnce(&mut Sql) -> &mut Sql,
) {
    sql.push("COALESCE(");
    write_own(sql, Shape::of::<E>().table, "slug", slug);
    sql.push(", ");
    write_alias::<E>(sql, folded);
    sql.push(")");
}

/// Writes the id of the first row whose `column` is what `key` writes.
fn write_own(sql: &mut Sql, table: &str, column: &str, key: impl FnOnce(&mut Sql) -> &mut Sql) {
    sql.push("(SELECT s.\"id\" FROM ")
        .name(table)
        .push(" s WHERE ");
    key(sql.column("s", column).push(" = "));
    sql.push(" ORDER BY s.\"id\" LIMIT 1)");
}

/// Writes the id of the row that has the name, already folded, that `key` writes.
fn write_alias<E: Record>(sql: &mut Sql, key: impl FnOnce(&mut Sql) -> &mut Sql) {
    let Some(kind) = E::KIND else {
        sql.push("NULL");
        return;
    };
    sql.push("(SELECT a.\"entity_id\" FROM \"alias\" a WHERE a.\"entity_kind\" = ");
    sql.bind(kind.to_value()).push(" AND a.\"key\" = ");
    key(sql).push(")");
}

fn write_external<E: Record>(sql: &mut Sql) {
    let Some(kind) = E::KIND else {
        sql.push("NULL");
        return;
    };
    sql.push("(SELECT x.\"entity_id\" FROM \"external_id\" x WHERE x.\"entity_kind\" = ");
    sql.bind(kind.to_value());
    sql.push(" AND x.\"scheme\" = p.scheme AND x.\"value\" = p.value)");
}

impl<E> Clone for Lookup<E> {
    fn clone(&self) -> Self {
        Self::new(self.0.clone())
    }
}

impl<E> PartialEq for Lookup<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for Lookup<E> {}

impl<E> Hash for Lookup<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<E> fmt::Debug for Lookup<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Short: the loaders write it for each answer that they hand out.
        f.write_str("Lookup")
    }
}
