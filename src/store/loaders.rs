//! Batching: questions of one kind that are asked in the same moment become one statement, and
//! no question is asked twice in a request.
//!
//! The `dataloader` crate does the collecting: a waiter steps aside once, so that its siblings
//! can ask too, and the first to come back sends the batch. There is no timer. What the crate
//! gets wrong is mended here and nowhere else:
//! - an answer that was lost because the waiter that sent the batch was dropped is asked again;
//! - a batch that fails or panics is an error for those who asked, not a panic for everyone.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError, Weak};

use dataloader::BatchFn;
use dataloader::cached::Loader;
use futures_util::FutureExt as _;
use tokio::task::unconstrained;

use super::StoreError;
use super::reader::{Inner, Reader};

/// A question that can be asked for many keys at once; its type says what the answer is.
pub trait Question: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// Cheap to clone: usually an `Arc`.
    type Answer: Clone + Send + Sync + 'static;

    /// Answers all of them; those without an answer are left out.
    fn ask(
        reader: &Reader,
        batch: &[Self],
    ) -> impl Future<Output = Result<Vec<(Self, Self::Answer)>, StoreError>> + Send;
}

type Outcome<Q> = Result<Option<<Q as Question>::Answer>, StoreError>;
type LoaderOf<Q> = Loader<Q, Outcome<Q>, Batch>;

/// The loaders of one request, one for each kind of question.
pub(super) struct Loaders {
    reader: Weak<Inner>,
    loaders: Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>,
}

impl Loaders {
    pub fn new(reader: Weak<Inner>) -> Self {
        Self {
            reader,
            loaders: Mutex::default(),
        }
    }

    pub async fn load<Q: Question>(&self, question: Q) -> Outcome<Q> {
        let loader = self.loader::<Q>();
        let outcome = async {
            loop {
                // An error says that whoever sent the batch was dropped half-way.
                if let Ok(outcome) = loader.try_load(question.clone()).await {
                    return outcome;
                }
            }
        };
        // Tokio would hold back those who ask after the first hundred, and the batch would leave
        // without them.
        unconstrained(outcome).await
    }

    fn loader<Q: Question>(&self) -> LoaderOf<Q> {
        let mut loaders = self.loaders.lock().unwrap_or_else(PoisonError::into_inner);
        let known = loaders
            .get(&TypeId::of::<Q>())
            .and_then(|loader| loader.downcast_ref::<LoaderOf<Q>>());
        if let Some(loader) = known {
            return loader.clone();
        }
        let batch = Batch {
            reader: self.reader.clone(),
        };
        // The list travels as one bound parameter, so that no batch is too large for a statement;
        // how many things a request may ask for is limited before it is run.
        let loader = Loader::new(batch)
            .with_yield_count(1)
            .with_max_batch_size(usize::MAX);
        loaders.insert(TypeId::of::<Q>(), Box::new(loader.clone()));
        loader
    }
}

struct Batch {
    reader: Weak<Inner>,
}

impl<Q: Question> BatchFn<Q, Outcome<Q>> for Batch {
    async fn load(&mut self, keys: &[Q]) -> HashMap<Q, Outcome<Q>> {
        let mut outcomes: HashMap<Q, Outcome<Q>> = HashMap::with_capacity(keys.len());
        let failure = match self.answers(keys).await {
            Ok(answers) => {
                outcomes.extend(
                    answers
                        .into_iter()
                        .map(|(key, answer)| (key, Ok(Some(answer)))),
                );
                Ok(None)
            }
            Err(error) => Err(error),
        };
        for key in keys {
            if !outcomes.contains_key(key) {
                outcomes.insert(key.clone(), failure.clone());
            }
        }
        outcomes
    }
}

impl Batch {
    async fn answers<Q: Question>(&self, keys: &[Q]) -> Result<Vec<(Q, Q::Answer)>, StoreError> {
        let reader = self.reader.upgrade().ok_or(StoreError::Lost)?;
        let reader = Reader::from_inner(reader);
        AssertUnwindSafe(Q::ask(&reader, keys))
            .catch_unwind()
            .await
            .unwrap_or(Err(StoreError::Panicked))
    }
}
