//! Maps of what belongs to one request.
//!
//! A request looks up some hundred things, most of them by a number. The standard library's hash, which
//! withstands whoever knows thousands of keys to collide, takes longer for that than all else
//! about it; a request has at most a thousand keys.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map with a fast hash.
pub type Map<K, V> = HashMap<K, V, RandomState>;

/// A set with a fast hash.
pub type Set<T> = HashSet<T, RandomState>;
