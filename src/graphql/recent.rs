//! What was used last, within bounds of number and size.

use std::borrow::Borrow;
use std::hash::Hash;

use hashlink::LruCache;

/// A cache from which that goes first which was not used for the longest time.
pub(super) struct Recent<K, V> {
    items: LruCache<K, (V, usize)>,
    /// Bytes of all items, as far as they are counted.
    bytes: usize,
    most_bytes: usize,
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    /// Holds at most `most` items of at most `most_bytes` together.
    pub fn new(most: usize, most_bytes: usize) -> Self {
        Self {
            items: LruCache::new(most),
            bytes: 0,
            most_bytes,
        }
    }

    pub fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.items.get(key).map(|(value, _)| value.clone())
    }

    pub fn contains<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.items.contains_key(key)
    }

    /// Takes an item of this many bytes in, unless it is larger than all of them may be.
    pub fn insert(&mut self, key: K, value: V, bytes: usize) {
        if bytes > self.most_bytes || self.items.capacity() == 0 {
            return;
        }
        while self.items.len() >= self.items.capacity() || self.bytes + bytes > self.most_bytes {
            let Some((_, (_, gone))) = self.items.remove_lru() else {
                break;
            };
            self.bytes -= gone;
        }
        self.bytes += bytes;
        if let Some((_, same)) = self.items.insert(key, (value, bytes)) {
            self.bytes -= same;
        }
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.items.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(recent: &Recent<usize, &str>) -> usize {
        recent.items.iter().map(|(_, (text, _))| text.len()).sum()
    }

    fn insert(recent: &mut Recent<usize, &'static str>, number: usize, text: &'static str) {
        recent.insert(number, text, text.len());
    }

    #[test]
    fn a_million_items_leave_no_more_than_the_last() {
        let mut recent = Recent::new(100, 1 << 20);
        for number in 0..1_000_000 {
            insert(&mut recent, number, "{ a }");
        }
        assert_eq!((recent.len(), recent.bytes), (100, 500));
        assert!(recent.contains(&999_900) && !recent.contains(&999_899));
    }

    #[test]
    fn what_is_used_stays() {
        let mut recent = Recent::new(2, 100);
        insert(&mut recent, 1, "a");
        insert(&mut recent, 2, "b");
        assert_eq!(recent.get(&1), Some("a"));
        insert(&mut recent, 3, "c");
        assert_eq!(recent.get(&1), Some("a"));
        assert_eq!(recent.get(&2), None);
    }

    #[test]
    fn bytes_are_bounded_and_counted_to_the_last() {
        const TEXT: &str = "xxxxxxxxxxx";
        let mut recent = Recent::new(100, 10);
        for (number, length) in [(1, 4), (2, 6), (3, 1), (3, 1), (4, 10), (5, 11), (6, 3)] {
            insert(&mut recent, number, &TEXT[..length]);
            assert_eq!(recent.bytes, held(&recent));
            assert!(recent.bytes <= 10);
        }
        assert_eq!((recent.len(), recent.bytes), (1, 3));
        // The one that is too large for all has displaced none.
        insert(&mut recent, 7, TEXT);
        assert!(recent.contains(&6));
    }
}
