//! Maps in which each request looks up some hundred things, most of them by a number or by a name of
//! the schema. The standard library's hash, which withstands whoever chooses ever so many keys that collide,
//! took a fifth of a request for that. Where a document chooses the names freely, it stays.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map with a fast hash.
pub type Map<K, V> = HashMap<K, V, RandomState>;

/// A set with a fast hash.
pub type Set<T> = HashSet<T, RandomState>;
