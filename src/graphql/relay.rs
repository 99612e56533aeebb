//! Relay: connections, page arguments and global ids, written once for every type.

mod connection;

use std::sync::Arc;

use async_graphql::{Context, ID, ServerResult};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::EntityTrait;

use super::ahead::AtHand;
use super::error::Error;
use super::filter::FilterInput;
use super::order::{OrderInput, OrderTerm};
use crate::store::{Filter, PageQuery, PageRequest, Record, Relation, SortKey};

pub use super::limits::{DEFAULT_PAGE, MAX_PAGE};
pub use connection::Connection;

/// The model of an API type.
pub type ModelOf<T> = <<T as Entity>::Record as EntityTrait>::Model;

/// An API type whose values are rows of a table.
pub trait Entity: AtHand + Send + Sync + Sized + 'static {
    type Record: Record;
    /// Wraps a row; `None` if the row is of another type.
    fn wrap(model: Arc<ModelOf<Self>>) -> Option<Self>;
}

/// An API type that has lists: what they can be filtered and ordered by.
pub trait Listed: Entity {
    type Filter: FilterInput;
    type Order: OrderInput;

    /// Which rows of the table are of this type.
    fn scope() -> Filter {
        Filter::ALL
    }
}

/// The arguments of a connection field, as they came.
pub struct PageArgs<T: Listed> {
    pub first: Option<i64>,
    pub after: Option<String>,
    pub last: Option<i64>,
    pub before: Option<String>,
    /// Boxed: a filter is large, and its room is taken in the future of every list field.
    pub filter: Option<Box<T::Filter>>,
    pub order_by: Option<Vec<OrderTerm<T::Order>>>,
}

impl<T: Listed> PageArgs<T> {
    /// Reads them from the field.
    pub(super) fn of(ctx: &Context<'_>) -> ServerResult<Self> {
        Ok(Self {
            first: ctx.param_value("first", None)?.1,
            after: ctx.param_value("after", None)?.1,
            last: ctx.param_value("last", None)?.1,
            before: ctx.param_value("before", None)?.1,
            filter: ctx.param_value("filter", None)?.1,
            order_by: T::Order::argument(ctx)?,
        })
    }

    /// Checks the arguments and makes them a query.
    ///
    /// `default_order` is the order if none is asked for; empty means the order in which things
    /// became known.
    pub(super) fn into_query(
        self,
        relation: Option<&'static Relation>,
        default_order: Vec<SortKey>,
        asked: Asked,
    ) -> Result<PageQuery<T::Record>, Error> {
        let (limit, backward) = self.size()?;
        let filter = match self.filter {
            Some(filter) => filter.into_filter()?,
            None => Filter::ALL,
        };
        let order = match self.order_by {
            Some(terms) if !terms.is_empty() => sort_keys(&terms)?,
            _ => default_order,
        };
        PageQuery::new(PageRequest {
            relation,
            filter: Some(T::scope().and(filter)),
            order,
            limit,
            after: self.after,
            before: self.before,
            backward,
            probe: asked.more,
            cursors: asked.cursors,
        })
        .map_err(|(argument, reason)| Error::BadCursor { argument, reason })
    }

    /// How many items, and whether from the end.
    fn size(&self) -> Result<(u64, bool), Error> {
        let (argument, size, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(Error::BadPage(
                    "`first` and `last` cannot be used together: ask for the first items or for \
                     the last ones."
                        .into(),
                ));
            }
            (None, None) => return Ok((DEFAULT_PAGE, false)),
            (Some(first), None) => ("first", first, false),
            (None, Some(last)) => ("last", last, true),
        };
        match u64::try_from(size) {
            Ok(limit) if limit <= MAX_PAGE => Ok((limit, backward)),
            _ => Err(Error::BadPage(format!(
                "`{argument}` is {size}; it must be between 0 and {MAX_PAGE}."
            ))),
        }
    }
}

/// More sort keys than anyone can read make statements that no index serves.
const MAX_SORT_KEYS: usize = 5;

fn sort_keys<O: OrderInput>(terms: &[OrderTerm<O>]) -> Result<Vec<SortKey>, Error> {
    if terms.len() > MAX_SORT_KEYS {
        return Err(Error::BadInput(format!(
            "`orderBy` has {} entries; {MAX_SORT_KEYS} are allowed.",
            terms.len()
        )));
    }
    let keys = terms.iter().filter_map(OrderTerm::sort_key);
    Ok(keys.collect())
}

/// What of a connection is selected, as far as it costs something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// Whether more items follow.
    pub more: bool,
    /// Any cursor.
    pub cursors: bool,
}

impl Asked {
    pub fn of(ctx: &Context<'_>) -> Self {
        let connection = ctx.look_ahead();
        let info = connection.field("pageInfo");
        Self {
            more: info.field("hasNextPage").exists() || info.field("hasPreviousPage").exists(),
            cursors: info.field("startCursor").exists()
                || info.field("endCursor").exists()
                || connection.field("edges").field("cursor").exists(),
        }
    }
}

/// A global id: what kind of thing, and which.
///
/// Written as base64url of a checksum and `kind:number`, so that a mistyped or invented id is
/// told from one that names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalId<'a> {
    pub kind: &'a str,
    pub id: i64,
}

impl GlobalId<'_> {
    pub fn encode(&self) -> ID {
        let text = format!("{}:{}", self.kind, self.id);
        let mut bytes = checksum(&text).to_be_bytes().to_vec();
        bytes.extend(text.bytes());
        ID(URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// Reads a global id: its kind and number.
///
/// # Errors
/// When it was not made by [`GlobalId::encode`].
pub fn decode_id(id: &str) -> Result<(String, i64), Error> {
    parse_id(id).ok_or_else(|| {
        let shown: String = id.chars().take(40).collect();
        Error::BadId(format!(
            "`{shown}` is not an id of this service. Use the `id` of an object as it was given."
        ))
    })
}

fn parse_id(id: &str) -> Option<(String, i64)> {
    if id.len() > 100 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let (sum, text) = bytes.split_first_chunk::<2>()?;
    let text = std::str::from_utf8(text).ok()?;
    if checksum(text).to_be_bytes() != *sum {
        return None;
    }
    let (kind, number) = text.split_once(':')?;
    Some((kind.to_owned(), number.parse().ok()?))
}

fn checksum(text: &str) -> u16 {
    // Fletcher-16 over what is hashed: short, and enough against slips of the hand.
    let (low, high) = text.bytes().fold((1u16, 0u16), |(low, high), byte| {
        let low = (low + u16::from(byte)) % 255;
        (low, (high + low) % 255)
    });
    (high << 8) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_the_round_trip() {
        for id in [1, 42, i64::MAX] {
            let encoded = GlobalId {
                kind: "technology",
                id,
            }
            .encode();
            assert_eq!(
                decode_id(&encoded).expect("ours"),
                ("technology".into(), id)
            );
        }
    }

    #[test]
    fn a_changed_id_is_refused() {
        let id = GlobalId {
            kind: "company",
            id: 7,
        }
        .encode()
        .0;
        for position in 0..id.len() {
            let mut changed = id.clone().into_bytes();
            changed[position] = if changed[position] == b'A' {
                b'B'
            } else {
                b'A'
            };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(decode_id(&changed).is_err(), "{changed}");
        }
        for bad in ["", "x", "technology:1", "\u{0}", &"A".repeat(5000)] {
            assert!(matches!(decode_id(bad), Err(Error::BadId(_))), "{bad}");
        }
    }
}
