//! Batching: questions of one kind that are asked in the same turn become one statement, and no
//! question is asked twice in a request.
//!
//! The `dataloader` crate sends the batches and remembers the answers. There is no timer: who
//! asks waits for the end of the turn. What the crate gets wrong is mended here and nowhere else:
//! - it lets a batch leave after one step aside, which is too soon when the scheduler is busy;
//! - an answer that was lost because the waiter that sent the batch was dropped is asked again;
//! - a batch that fails or panics is an error for those who asked, not a panic for everyone.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Debug;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use dataloader::BatchFn;
use dataloader::cached::Loader;
use futures_util::FutureExt as _;
use tokio::task::unconstrained;

use super::StoreError;
use super::reader::{Inner, Reader};
use super::turn::Turns;

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
    pub turns: Turns,
    desks: Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>,
}

/// Where questions of one kind are asked.
struct Desk<Q: Question> {
    loader: LoaderOf<Q>,
    /// What was asked in this turn.
    asked: Arc<Mutex<Vec<Q>>>,
    /// What came along with other answers.
    kept: Arc<Mutex<HashMap<Q, Q::Answer>>>,
}

impl<Q: Question> Clone for Desk<Q> {
    fn clone(&self) -> Self {
        Self {
            loader: self.loader.clone(),
            asked: Arc::clone(&self.asked),
            kept: Arc::clone(&self.kept),
        }
    }
}

impl<Q: Question> Desk<Q> {
    fn asked(&self) -> MutexGuard<'_, Vec<Q>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Q, Q::Answer>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loaders {
    pub fn new(reader: Weak<Inner>) -> Self {
        Self {
            reader,
            turns: Turns::default(),
            desks: Mutex::default(),
        }
    }

    pub async fn load<Q: Question>(&self, question: Q) -> Outcome<Q> {
        let desk = self.desk::<Q>();
        if let Some(answer) = desk.kept().get(&question) {
            return Ok(Some(answer.clone()));
        }
        desk.asked().push(question.clone());
        self.turns.wait().await;
        let answer = async {
            // The first to go on asks for all.
            let all = std::mem::take(&mut *desk.asked());
            if !all.is_empty() {
                // Who is missing an answer asks again below.
                let _ = desk.loader.try_load_many(all).await;
            }
            loop {
                // An error says that whoever sent the batch was dropped half-way.
                if let Ok(outcome) = desk.loader.try_load(question.clone()).await {
                    return outcome;
                }
            }
        };
        // Tokio would hold back those who ask after the first hundred.
        unconstrained(answer).await
    }

    /// Remembers an answer that came along with another one, unless it is known.
    pub fn keep<Q: Question>(
        &self,
        question: Q,
        answer: impl FnOnce() -> Result<Q::Answer, StoreError>,
    ) -> Result<(), StoreError> {
        if let Entry::Vacant(place) = self.desk::<Q>().kept().entry(question) {
            place.insert(answer()?);
        }
        Ok(())
    }

    fn desk<Q: Question>(&self) -> Desk<Q> {
        let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        let known = desks
            .get(&TypeId::of::<Q>())
            .and_then(|desk| desk.downcast_ref::<Desk<Q>>());
        if let Some(desk) = known {
            return desk.clone();
        }
        let batch = Batch {
            reader: self.reader.clone(),
        };
        // The list travels as one bound parameter, so that no batch is too large for a statement;
        // how many things a request may ask for is limited before it is run.
        let desk = Desk {
            loader: Loader::new(batch)
                .with_yield_count(0)
                .with_max_batch_size(usize::MAX),
            asked: Arc::default(),
            kept: Arc::default(),
        };
        desks.insert(TypeId::of::<Q>(), Box::new(desk.clone()));
        desk
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
        // Boxed: it is large, and one for a batch, while each who asks has room for it.
        Box::pin(AssertUnwindSafe(Q::ask(&reader, keys)).catch_unwind())
            .await
            .unwrap_or(Err(StoreError::Panicked))
    }
}
