//! The page engine: every list of the API, at the root and below any number of parents,
//! forwards and backwards, under any order, is read here by one statement.

mod write;

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use sea_orm::Value;

use super::cursor::{self, CursorError};
use super::ends;
use super::filter::Filter;
use super::lookup::BySlug;
use super::order::SortKey;
use super::reader::Reader;
use super::relation::Relation;
use super::row::Row;
use super::shape::{Record, Shape};
use super::{StoreError, loaders::Question};

/// Which part of which list is wanted.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// The relation to the parents; none for a list of the whole table.
    pub relation: Option<&'static Relation>,
    /// Which rows to keep; all if none.
    pub filter: Option<Filter>,
    /// The sort keys; ties are broken by the record's key in any case.
    pub order: Vec<SortKey>,
    /// How many rows at most.
    pub limit: u64,
    /// The cursor after which the page lies.
    pub after: Option<String>,
    /// The cursor before which the page lies.
    pub before: Option<String>,
    /// Whether the page is read from the list's end. Its rows keep the list's order.
    pub backward: bool,
    /// Whether it must be known if more rows follow.
    pub probe: bool,
    /// Whether the rows' cursors are wanted.
    pub cursors: bool,
}

/// The sort values of a row, missing ones included.
type Bound = Vec<Option<Value>>;

/// What tells a list or a page of it from any other one.
struct Name {
    text: String,
    /// The same as a number, nearly; none if the text is too long to be kept with an answer.
    digest: Option<u64>,
}

impl Name {
    /// Longest text to be kept. Filters can be as long as a request.
    const LONGEST: usize = 2_048;

    fn new(text: String) -> Self {
        let digest = || BuildHasherDefault::<DefaultHasher>::default().hash_one(&text);
        Self {
            digest: (text.len() <= Self::LONGEST).then(digest),
            text,
        }
    }
}

/// A validated request, shared by all parents that ask it.
pub struct PageQuery<E> {
    relation: Option<&'static Relation>,
    filter: Filter,
    order: Vec<SortKey>,
    limit: u64,
    after: Option<Bound>,
    before: Option<Bound>,
    backward: bool,
    probe: bool,
    cursors: bool,
    fingerprint: OnceLock<u32>,
    definition: OnceLock<Name>,
    identity: OnceLock<Name>,
    record: PhantomData<E>,
}

impl<E: Record> PageQuery<E> {
    /// Checks the request.
    ///
    /// # Errors
    /// When a cursor is malformed or belongs to another list: the argument's name, and why.
    pub fn new(request: PageRequest) -> Result<Self, (&'static str, CursorError)> {
        let mut order = request.order;
        let last_descends = order.last().is_some_and(SortKey::is_descending);
        // The tie-breaker runs in the last key's direction, so that one index serves both.
        let key = ends::key_below::<E>(request.relation);
        order.extend(SortKey::column::<E>(key).map(|key| key.descending(last_descends)));

        let mut query = Self {
            relation: request.relation,
            filter: request.filter.unwrap_or(Filter::ALL),
            order,
            limit: request.limit,
            after: None,
            before: None,
            backward: request.backward,
            probe: request.probe,
            cursors: request.cursors,
            fingerprint: OnceLock::new(),
            definition: OnceLock::new(),
            identity: OnceLock::new(),
            record: PhantomData,
        };
        query.after = query.bound("after", request.after)?;
        query.before = query.bound("before", request.before)?;
        Ok(query)
    }

    fn bound(
        &self,
        argument: &'static str,
        cursor: Option<String>,
    ) -> Result<Option<Bound>, (&'static str, CursorError)> {
        let bound = cursor.map(|text| cursor::decode(&text, self.fingerprint(), &self.order));
        bound.transpose().map_err(|reason| (argument, reason))
    }

    /// Tells the list from any other one, in its cursors.
    fn fingerprint(&self) -> u32 {
        *self
            .fingerprint
            .get_or_init(|| cursor::fingerprint(&self.definition().text))
    }

    /// Everything that makes the list differ from another one.
    fn definition(&self) -> &Name {
        self.definition.get_or_init(|| {
            let table = Shape::of::<E>().table;
            let list = (&self.relation, &self.filter, &self.order);
            Name::new(format!("{table} {:?} {:?} {:?}", list.0, list.1, list.2))
        })
    }

    /// Everything that makes this query differ from another one.
    fn identity(&self) -> &Name {
        self.identity.get_or_init(|| {
            let list = &self.definition().text;
            let part = (self.limit, &self.after, &self.before);
            let manner = (self.backward, self.probe, self.cursors);
            Name::new(format!("{list} {part:?} {manner:?}"))
        })
    }

    /// Whether the page lies after a cursor.
    #[must_use]
    pub fn has_after(&self) -> bool {
        self.after.is_some()
    }

    /// Whether the page lies before a cursor.
    #[must_use]
    pub fn has_before(&self) -> bool {
        self.before.is_some()
    }

    /// Whether the page is read from the list's end.
    #[must_use]
    pub fn is_backward(&self) -> bool {
        self.backward
    }
}

/// Rows of a list, in the list's order.
pub struct Page<E: Record> {
    /// The rows, in the order of the list whichever way they were read.
    pub rows: Vec<PageRow<E>>,
    /// Whether rows follow in the direction of reading; false unless `probe` was set.
    pub has_more: bool,
}

/// A row and, if cursors were wanted, its cursor.
pub struct PageRow<E: Record> {
    /// Marks its place; empty if cursors were not wanted.
    pub cursor: String,
    /// The row.
    pub model: Arc<E::Model>,
}

/// A parent's keys; most relations have but the first.
pub type Parent = (i64, i64);

/// The question for one parent's page; parent 0 for a list of the whole table.
pub struct PageOf<E> {
    /// Whose list.
    pub parent: Parent,
    /// Which part of it.
    pub query: Arc<PageQuery<E>>,
}

/// The question how many rows one parent's list has in all.
pub struct CountOf<E> {
    /// Whose list.
    pub parent: Parent,
    /// Which part of it.
    pub query: Arc<PageQuery<E>>,
    /// Where counting stops.
    pub at_most: Option<u64>,
}

impl<E: Record> Question for PageOf<E> {
    type Answer = Arc<Page<E>>;

    fn digest(&self) -> Option<u64> {
        // A list of the whole table is what a request begins with.
        self.query.relation?;
        Some(self.query.identity().digest? ^ number(self.parent))
    }

    fn room(&self, page: &Self::Answer) -> u64 {
        let query = self.query.identity().text.len() / 1_024;
        1 + (page.rows.len() + query) as u64
    }

    async fn ask(reader: &Reader, batch: &[Self]) -> Result<Vec<(Self, Self::Answer)>, StoreError> {
        let mut answers = Vec::with_capacity(batch.len());
        for group in group_by(batch, |one, other| same_query(&one.query, &other.query)) {
            let parents: Vec<Parent> = group.iter().map(|question| question.parent).collect();
            let query = &group[0].query;
            let ends = ends::shown::<E>(query.relation, reader.projection());
            let selection = write::page(reader, query, &parents, &ends);
            let rows = reader.fetch_rows::<E>(selection).await?;
            let mut pages = split(rows, parents.len(), query);
            for (question, page) in group.into_iter().zip(pages.drain(..)) {
                answers.push((question.clone(), Arc::new(page)));
            }
        }
        Ok(answers)
    }
}

impl<E: Record> Question for CountOf<E> {
    type Answer = i64;

    fn digest(&self) -> Option<u64> {
        let limit = self.at_most.unwrap_or(u64::MAX).rotate_left(16);
        Some(self.query.definition().digest? ^ number(self.parent) ^ limit)
    }

    async fn ask(reader: &Reader, batch: &[Self]) -> Result<Vec<(Self, Self::Answer)>, StoreError> {
        let mut answers = Vec::with_capacity(batch.len());
        let is_same = |one: &Self, other: &Self| {
            one.at_most == other.at_most && same_list(&one.query, &other.query)
        };
        for group in group_by(batch, is_same) {
            let parents: Vec<Parent> = group.iter().map(|question| question.parent).collect();
            let Self { query, at_most, .. } = group[0];
            let sql = write::count(reader, query, &parents, *at_most);
            let counts = reader.counts(sql).await?;
            answers.extend(group.into_iter().cloned().zip(counts));
        }
        Ok(answers)
    }
}

impl<E: Record> PageOf<E> {
    /// Reads the page of the row with this slug, and the row, by one statement. Both are remembered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_below(
        reader: &Reader,
        parent: BySlug<'_>,
        query: Arc<PageQuery<E>>,
    ) -> Result<(), StoreError> {
        let ends = ends::shown::<E>(query.relation, reader.projection());
        let selection = write::below(reader, &query, parent, &ends);
        let fetched = reader.fetch::<E>(selection).await?;
        let id = fetched.first().map(|row| row.parent);
        parent.remember(reader, id);
        let Some(id) = id else {
            return Ok(());
        };
        let rows = fetched.into_iter().filter_map(|fetched| fetched.row);
        let page = split(rows.map(|row| (0, row)).collect(), 1, &query).pop();
        let parent = (id, 0);
        reader.remember(Self { parent, query }, page.map(Arc::new));
        Ok(())
    }
}

/// Deals the fetched rows out to their parents.
fn split<E: Record>(
    fetched: Vec<(i64, Row<E::Model>)>,
    parents: usize,
    query: &PageQuery<E>,
) -> Vec<Page<E>> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let usual = fetched.len().div_ceil(parents.max(1)).min(limit);
    let mut pages: Vec<Page<E>> = (0..parents)
        .map(|_| Page {
            rows: Vec::with_capacity(usual),
            has_more: false,
        })
        .collect();
    for (position, row) in fetched {
        let page = usize::try_from(position).ok();
        let Some(page) = page.and_then(|at| pages.get_mut(at)) else {
            continue;
        };
        if page.rows.len() == limit {
            page.has_more = true;
            continue;
        }
        let cursor = if row.keys.is_empty() {
            String::new()
        } else {
            cursor::encode(query.fingerprint(), &row.keys)
        };
        page.rows.push(PageRow {
            cursor,
            model: row.model,
        });
    }
    if query.backward {
        for page in &mut pages {
            page.rows.reverse();
        }
    }
    pages
}

/// Groups questions that differ only in the parent: there are as many groups as list fields in
/// the query, so that a linear search is right.
fn group_by<T>(batch: &[T], is_same: impl Fn(&T, &T) -> bool) -> Vec<Vec<&T>> {
    let mut groups: Vec<Vec<&T>> = Vec::new();
    for question in batch {
        match groups.iter_mut().find(|group| is_same(group[0], question)) {
            Some(group) => group.push(question),
            None => groups.push(vec![question]),
        }
    }
    groups
}

fn same_query<E: Record>(one: &Arc<PageQuery<E>>, other: &Arc<PageQuery<E>>) -> bool {
    Arc::ptr_eq(one, other) || one.identity().text == other.identity().text
}

/// Whether both are of one list, be it of different pages.
fn same_list<E: Record>(one: &Arc<PageQuery<E>>, other: &Arc<PageQuery<E>>) -> bool {
    Arc::ptr_eq(one, other) || one.definition().text == other.definition().text
}

/// Tells one parent from another.
fn number((id, other): Parent) -> u64 {
    (id ^ other.rotate_left(32)).cast_unsigned()
}

macro_rules! question_key {
    ($type:ident { $($field:ident),* }, $same_query:ident) => {
        impl<E> Clone for $type<E> {
            fn clone(&self) -> Self {
                Self { query: Arc::clone(&self.query), $($field: self.$field),* }
            }
        }
        impl<E: Record> PartialEq for $type<E> {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field &&)* $same_query(&self.query, &other.query)
            }
        }
        impl<E: Record> Eq for $type<E> {}
        impl<E> Hash for $type<E> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                // As little as tells most of them apart: one number.
                state.write_u64(number(self.parent));
            }
        }
        impl<E> std::fmt::Debug for $type<E> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                // Short: the loaders write it for each answer that they hand out.
                f.write_str(stringify!($type))
            }
        }
    };
}
question_key!(PageOf { parent }, same_query);
question_key!(CountOf { parent, at_most }, same_list);
