//! Answers that serve the requests that follow, for as long as the data stay the same.
//!
//! The first statement of a request tells which version of the data it has seen. Whatever the request
//! asks below that is looked for here first, and only what was read at the same version is taken. So a
//! request may still be answered in the state in which it began, but never in an older one.

use std::any::{Any, TypeId};
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{OptionsBuilder, Weighter};

use super::loaders::Question;
use super::reader::Projection;

/// A version of the data, which is drawn by lot.
type Version = u128;

/// What is kept for all requests, within bounds.
pub(super) struct Kept(Cache<Place, Item, Rows, RandomState>);

/// Where an answer is kept. Those of another place may come to stand there, too: what they answer is compared.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    kind: TypeId,
    /// Rows have the columns that one document shows; each item holds on to what stands at this address.
    projection: usize,
    digest: u64,
}

#[derive(Clone)]
struct Item {
    /// Its room.
    rows: u64,
    /// An [`Answered`] of the place's kind.
    answered: Arc<dyn Any + Send + Sync>,
}

struct Answered<Q: Question> {
    question: Q,
    answer: Q::Answer,
    version: Version,
    _projection: Arc<Projection>,
}

/// Weighs an item by its room.
#[derive(Clone)]
struct Rows;

impl Weighter<Place, Item> for Rows {
    fn weight(&self, _: &Place, item: &Item) -> u64 {
        item.rows
    }
}

impl Kept {
    /// Keeps at most this many rows.
    pub fn new(rows: u64) -> Option<Self> {
        let options = OptionsBuilder::new()
            .estimated_items_capacity(usize::try_from(rows / 2).ok()?)
            .weight_capacity(rows)
            .build();
        let (hash, lifecycle) = (RandomState::default(), DefaultLifecycle::default());
        let cache = Cache::with_options(options.ok()?, Rows, hash, lifecycle);
        (rows > 0).then_some(Self(cache))
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({} rows)", self.0.weight())
    }
}

/// One request's way to what is kept.
pub(super) struct Keeper {
    kept: Arc<Kept>,
    projection: Arc<Projection>,
    version: OnceLock<Version>,
    /// Whether a statement has seen another version, or has not said which.
    is_torn: AtomicBool,
}

impl Keeper {
    pub fn new(kept: Arc<Kept>, projection: Arc<Projection>) -> Self {
        Self {
            kept,
            projection,
            version: OnceLock::new(),
            is_torn: AtomicBool::new(false),
        }
    }

    /// Takes note of the version that a statement has seen. Comes before anything of what it has read is kept.
    pub fn witness(&self, version: Option<&str>) {
        let version = version.and_then(|text| Version::from_str_radix(text, 16).ok());
        let is_same = version.is_some_and(|seen| *self.version.get_or_init(|| seen) == seen);
        if !is_same {
            self.is_torn.store(true, Ordering::Relaxed);
        }
    }

    /// The version that all statements have seen.
    fn version(&self) -> Option<Version> {
        let version = self.version.get().copied();
        version.filter(|_| !self.is_torn.load(Ordering::Relaxed))
    }

    fn place<Q: Question>(&self, question: &Q) -> Option<Place> {
        Some(Place {
            kind: TypeId::of::<Q>(),
            projection: Arc::as_ptr(&self.projection).addr(),
            digest: question.digest()?,
        })
    }

    /// What an earlier request was answered.
    pub fn recall<Q: Question>(&self, question: &Q) -> Option<Q::Answer> {
        let version = self.version()?;
        let item = self.kept.0.get(&self.place(question)?)?;
        let answered: &Answered<Q> = item.answered.downcast_ref()?;
        let is_right = answered.version == version && answered.question == *question;
        is_right.then(|| answered.answer.clone())
    }

    /// Keeps an answer for later ones.
    pub fn keep<Q: Question>(&self, question: &Q, answer: &Q::Answer) {
        let (Some(version), Some(place)) = (self.version(), self.place(question)) else {
            return;
        };
        let answered = Answered {
            question: question.clone(),
            answer: answer.clone(),
            version,
            _projection: Arc::clone(&self.projection),
        };
        let item = Item {
            rows: question.room(answer),
            answered: Arc::new(answered),
        };
        self.kept.0.insert(place, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;
    use crate::store::reader::Reader;

    /// Questions of which many have the same digest; the answer is as many rows.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    struct Ask(u64);

    impl Question for Ask {
        type Answer = u64;

        fn digest(&self) -> Option<u64> {
            (self.0 > 0).then_some(self.0 % 1_000)
        }

        fn room(&self, answer: &u64) -> u64 {
            *answer
        }

        async fn ask(_: &Reader, _: &[Self]) -> Result<Vec<(Self, u64)>, StoreError> {
            Ok(Vec::new())
        }
    }

    fn kept(rows: u64) -> Arc<Kept> {
        Arc::new(Kept::new(rows).expect("some rows"))
    }

    fn keeper(kept: &Arc<Kept>, projection: &Arc<Projection>, version: &str) -> Keeper {
        let keeper = Keeper::new(Arc::clone(kept), Arc::clone(projection));
        keeper.witness(Some(version));
        keeper
    }

    #[test]
    fn what_was_read_at_the_same_version_for_the_same_document_is_taken() {
        let (kept, document, other) = (kept(1_000), Arc::default(), Arc::default());
        keeper(&kept, &document, "1").keep(&Ask(7), &3);
        let recall = |document, version| keeper(&kept, document, version).recall(&Ask(7));
        assert_eq!(recall(&document, "1"), Some(3));
        assert_eq!(recall(&document, "2"), None);
        assert_eq!(recall(&other, "1"), None);
        // A question with the same digest is another one, and takes the place.
        assert_eq!(keeper(&kept, &document, "1").recall(&Ask(1_007)), None);
        keeper(&kept, &document, "1").keep(&Ask(1_007), &4);
        assert_eq!(recall(&document, "1"), None);
        // A question without a digest is never kept.
        keeper(&kept, &document, "1").keep(&Ask(0), &1);
        assert_eq!(keeper(&kept, &document, "1").recall(&Ask(0)), None);
    }

    #[test]
    fn who_has_seen_two_versions_or_none_neither_keeps_nor_takes() {
        let (kept, document) = (kept(1_000), Arc::default());
        keeper(&kept, &document, "a").keep(&Ask(1), &1);
        for second in [Some("b"), Some("no number"), None] {
            let torn = keeper(&kept, &document, "a");
            torn.witness(second);
            assert_eq!(torn.recall(&Ask(1)), None);
            torn.keep(&Ask(2), &1);
            // Once torn, always torn.
            torn.witness(Some("a"));
            assert_eq!(torn.recall(&Ask(1)), None);
            assert_eq!(keeper(&kept, &document, "a").recall(&Ask(2)), None);
        }
        let ignorant = Keeper::new(Arc::clone(&kept), Arc::clone(&document));
        assert_eq!(ignorant.recall(&Ask(1)), None);
    }

    #[test]
    fn rows_are_bounded() {
        let (kept, document) = (kept(1_000), Arc::default());
        let keeper = keeper(&kept, &document, "1");
        for number in 1..100_000 {
            keeper.keep(&Ask(number), &(number % 20 + 1));
        }
        let weight = kept.0.weight();
        assert!((500..=1_000).contains(&weight), "{weight}");
        // What is larger than all may be is not kept, and displaces nothing.
        keeper.keep(&Ask(5), &10_000);
        assert_eq!((keeper.recall(&Ask(5)), kept.0.weight()), (None, weight));
        assert!(Kept::new(0).is_none());
    }
}
