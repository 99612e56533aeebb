//! The documents that were used last, within bounds of number and size.

use std::sync::Arc;

use hashlink::LruCache;

use super::Hash;

/// A cache from which the document that was not used for the longest time goes first.
pub(super) struct Recent {
    texts: LruCache<Hash, Arc<str>>,
    /// Bytes of all texts.
    bytes: usize,
    most_bytes: usize,
}

impl Recent {
    /// Holds at most `most` documents of at most `most_bytes` together.
    pub fn new(most: usize, most_bytes: usize) -> Self {
        Self {
            texts: LruCache::new(most),
            bytes: 0,
            most_bytes,
        }
    }

    pub fn get(&mut self, hash: &Hash) -> Option<Arc<str>> {
        self.texts.get(hash).cloned()
    }

    pub fn contains(&self, hash: &Hash) -> bool {
        self.texts.contains_key(hash)
    }

    /// Takes a document in, unless it is larger than all of them may be.
    pub fn insert(&mut self, hash: Hash, text: Arc<str>) {
        if text.len() > self.most_bytes || self.texts.capacity() == 0 {
            return;
        }
        while self.texts.len() >= self.texts.capacity() || self.bytes + text.len() > self.most_bytes
        {
            let Some((_, gone)) = self.texts.remove_lru() else {
                break;
            };
            self.bytes -= gone.len();
        }
        self.bytes += text.len();
        if let Some(same) = self.texts.insert(hash, text) {
            self.bytes -= same.len();
        }
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.texts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(number: usize) -> Hash {
        let mut hash = Hash::default();
        hash[..8].copy_from_slice(&number.to_le_bytes());
        hash
    }

    fn held(recent: &Recent) -> usize {
        recent.texts.iter().map(|(_, text)| text.len()).sum()
    }

    #[test]
    fn a_million_documents_leave_no_more_than_the_last() {
        let mut recent = Recent::new(100, 1 << 20);
        let text: Arc<str> = "{ a }".into();
        for number in 0..1_000_000 {
            recent.insert(hash(number), Arc::clone(&text));
        }
        assert_eq!((recent.len(), recent.bytes), (100, 500));
        assert_eq!(Arc::strong_count(&text), 101);
        assert!(recent.contains(&hash(999_900)) && !recent.contains(&hash(999_899)));
    }

    #[test]
    fn what_is_used_stays() {
        let mut recent = Recent::new(2, 100);
        recent.insert(hash(1), "a".into());
        recent.insert(hash(2), "b".into());
        assert_eq!(recent.get(&hash(1)).as_deref(), Some("a"));
        recent.insert(hash(3), "c".into());
        assert_eq!(recent.get(&hash(1)).as_deref(), Some("a"));
        assert_eq!(recent.get(&hash(2)), None);
    }

    #[test]
    fn bytes_are_bounded_and_counted_to_the_last() {
        let mut recent = Recent::new(100, 10);
        for (number, length) in [(1, 4), (2, 6), (3, 1), (3, 1), (4, 10), (5, 11), (6, 3)] {
            recent.insert(hash(number), "x".repeat(length).into());
            assert_eq!(recent.bytes, held(&recent));
            assert!(recent.bytes <= 10);
        }
        assert_eq!((recent.len(), recent.bytes), (1, 3));
        // The one that is too large for all has displaced none.
        recent.insert(hash(7), "x".repeat(11).into());
        assert!(recent.contains(&hash(6)));
    }
}
