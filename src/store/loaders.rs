//! Batching: questions of one kind that are asked in the same turn become one statement, and no
//! question is asked twice in a request.
//!
//! The `dataloader` crate sends the batches and remembers the answers. There is no timer: who
//! asks waits for the end of the turn. What the crate gets wrong is mended here and nowhere else:
//! - it lets a batch leave after one step aside, which is too soon when the scheduler is busy;
//! - it lets those who wait go on one by one, and loses a batch with the one who sent it: here they share it;
//! - a batch that fails or panics is an error for those who asked, not a panic for everyone.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use dataloader::BatchFn;
use dataloader::cached::{Cache, Loader};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use tokio::task::unconstrained;

use super::StoreError;
use super::kept::Keeper;
use super::map::Map;
use super::reader::{Inner, Reader};
use super::turn::Turns;

/// A question that can be asked for many keys at once; its type says what the answer is.
pub trait Question: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// Cheap to clone: usually an `Arc`.
    type Answer: Clone + Send + Sync + 'static;

    /// A number that tells it from most others of its kind, if its answer may serve later requests: nothing with which
    /// a request begins, for it has to learn the version of the data.
    fn digest(&self) -> Option<u64> {
        None
    }

    /// How much room it takes together with its answer, in rows.
    fn room(&self, _: &Self::Answer) -> u64 {
        1
    }

    /// Answers all of them; those without an answer are left out.
    fn ask(
        reader: &Reader,
        batch: &[Self],
    ) -> impl Future<Output = Result<Vec<(Self, Self::Answer)>, StoreError>> + Send;
}

type Outcome<Q> = Result<Option<<Q as Question>::Answer>, StoreError>;
type LoaderOf<Q> = Loader<Q, Outcome<Q>, Batch, Known<Q>>;

/// The loaders of one request, one for each kind of question.
pub(super) struct Loaders {
    reader: Weak<Inner>,
    keeper: Option<Arc<Keeper>>,
    pub turns: Turns,
    desks: Mutex<Map<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// Where questions of one kind are asked.
struct Desk<Q: Question> {
    loader: LoaderOf<Q>,
    /// What was asked in this turn.
    asked: Mutex<Vec<Q>>,
    /// The batch that was sent last, for those who wait for it. It is theirs: it works with the reader that owns
    /// this desk, and ends with the last of them.
    sent: Mutex<Option<WeakShared<BoxFuture<'static, ()>>>>,
    known: Known<Q>,
}

/// What a request knows without asking, of the questions of a kind.
pub struct Answers<Q: Question>(Arc<Desk<Q>>);

impl<Q: Question> Answers<Q> {
    /// The answer to a question, if it is known; `None` in it means that there is no such thing.
    #[must_use]
    pub fn get(&self, question: &Q) -> Option<Option<Q::Answer>> {
        self.0.known.outcome(question)?.ok()
    }
}

/// What was answered, and what came along with other answers.
struct Known<Q: Question> {
    outcomes: Arc<Mutex<Map<Q, Outcome<Q>>>>,
    keeper: Option<Arc<Keeper>>,
    /// What the crate was shown last: it wants a reference, and none can leave the lock.
    shown: Option<Outcome<Q>>,
}

impl<Q: Question> Known<Q> {
    fn outcomes(&self) -> MutexGuard<'_, Map<Q, Outcome<Q>>> {
        lock(&self.outcomes)
    }

    fn outcome(&self, question: &Q) -> Option<Outcome<Q>> {
        self.outcomes().get(question).cloned()
    }

    fn contains(&self, question: &Q) -> bool {
        self.outcomes().contains_key(question)
    }

    /// What an earlier request was answered, which this one knows from now on.
    fn recall(&self, question: &Q) -> Option<Outcome<Q>> {
        let outcome = Ok(Some(self.keeper.as_ref()?.recall(question)?));
        self.outcomes().insert(question.clone(), outcome.clone());
        Some(outcome)
    }

    /// Takes in what was read, for later requests as well.
    fn learn(&self, question: Q, outcome: Outcome<Q>) {
        if let (Some(keeper), Ok(Some(answer))) = (&self.keeper, &outcome) {
            keeper.keep(&question, answer);
        }
        self.outcomes().insert(question, outcome);
    }
}

impl<Q: Question> Clone for Known<Q> {
    fn clone(&self) -> Self {
        Self {
            outcomes: Arc::clone(&self.outcomes),
            keeper: self.keeper.clone(),
            shown: None,
        }
    }
}

impl<Q: Question> Cache for Known<Q> {
    type Key = Q;
    type Val = Outcome<Q>;

    fn get(&mut self, question: &Q) -> Option<&Outcome<Q>> {
        self.shown = self.outcome(question);
        self.shown.as_ref()
    }

    fn insert(&mut self, question: Q, outcome: Outcome<Q>) {
        self.learn(question, outcome);
    }

    fn remove(&mut self, question: &Q) -> Option<Outcome<Q>> {
        self.outcomes().remove(question)
    }

    fn clear(&mut self) {
        self.outcomes().clear();
    }
}

impl<Q: Question> Desk<Q> {
    fn new(reader: Weak<Inner>, keeper: Option<Arc<Keeper>>) -> Self {
        // The list travels as one bound parameter, so that no batch is too large for a statement;
        // how many things a request may ask for is limited before it is run.
        let known = Known {
            outcomes: Arc::default(),
            keeper,
            shown: None,
        };
        let loader = Loader::with_cache(Batch { reader }, known.clone())
            .with_yield_count(0)
            .with_max_batch_size(usize::MAX);
        Self {
            loader,
            asked: Mutex::default(),
            sent: Mutex::default(),
            known,
        }
    }

    /// Sends what was asked in this turn, unless somebody has; the batch to wait for.
    fn send(&self) -> Option<Shared<BoxFuture<'static, ()>>> {
        let asked = std::mem::take(&mut *lock(&self.asked));
        let mut sent = lock(&self.sent);
        if !asked.is_empty() {
            let loader = self.loader.clone();
            let batch = async move {
                // The answers are known now. Who misses one asks again.
                let _ = loader.try_load_many(asked).await;
            };
            // Tokio would hold it back when the request has done much already.
            let batch = unconstrained(batch).boxed().shared();
            *sent = batch.downgrade();
            return Some(batch);
        }
        sent.as_ref()?.upgrade()
    }
}

impl Loaders {
    pub fn new(reader: Weak<Inner>, keeper: Option<Arc<Keeper>>) -> Self {
        Self {
            reader,
            keeper,
            turns: Turns::default(),
            desks: Mutex::default(),
        }
    }

    pub async fn load<Q: Question>(&self, question: Q) -> Outcome<Q> {
        let desk = self.desk::<Q>();
        let known = desk.known.outcome(&question);
        if let Some(outcome) = known.or_else(|| desk.known.recall(&question)) {
            return outcome;
        }
        self.send(&desk, vec![question.clone()]).await;
        if let Some(outcome) = desk.known.outcome(&question) {
            return outcome;
        }
        // It was in a batch that another one has overtaken.
        let late = desk.loader.try_load(question).await;
        late.unwrap_or(Err(StoreError::Lost))
    }

    /// Asks questions, so that they are known afterwards; what was found for each.
    pub async fn ask<Q: Question>(&self, questions: Vec<Q>) -> Vec<Option<Q::Answer>> {
        let desk = self.desk::<Q>();
        let mut unknown: Vec<Q> = {
            let known = desk.known.outcomes();
            let unknown = questions.iter().filter(|q| !known.contains_key(*q));
            unknown.cloned().collect()
        };
        unknown.retain(|question| desk.known.recall(question).is_none());
        if !unknown.is_empty() {
            self.send(&desk, unknown).await;
        }
        let known = desk.known.outcomes();
        let found = questions
            .iter()
            .map(|question| known.get(question)?.clone().ok()?);
        found.collect()
    }

    /// Sends questions with all that are asked in this turn, and waits for the answers.
    async fn send<Q: Question>(&self, desk: &Desk<Q>, questions: Vec<Q>) {
        lock(&desk.asked).extend(questions);
        self.turns.wait().await;
        if let Some(batch) = desk.send() {
            batch.await;
        }
    }

    /// What is known of the questions of a kind.
    pub fn answers<Q: Question>(&self) -> Answers<Q> {
        Answers(self.desk())
    }

    /// Remembers an answer that came along with another one, unless it is known. This request only knows it then.
    pub fn remember<Q: Question>(&self, question: Q, answer: Option<Q::Answer>) {
        let desk = self.desk::<Q>();
        desk.known.outcomes().entry(question).or_insert(Ok(answer));
    }

    /// The same for a row, which is read if nobody has kept it, and is kept for later requests.
    pub fn keep<Q: Question>(
        &self,
        question: Q,
        answer: impl FnOnce() -> Result<Q::Answer, StoreError>,
    ) -> Result<(), StoreError> {
        let Desk { known, .. } = &*self.desk::<Q>();
        if !known.contains(&question) && known.recall(&question).is_none() {
            known.learn(question, Ok(Some(answer()?)));
        }
        Ok(())
    }

    fn desk<Q: Question>(&self) -> Arc<Desk<Q>> {
        let mut desks = lock(&self.desks);
        let make = || Arc::new(Desk::<Q>::new(self.reader.clone(), self.keeper.clone()));
        let desk = desks.entry(TypeId::of::<Q>()).or_insert_with(|| make());
        // It was made for this type; another one would do, too.
        Arc::clone(desk).downcast().unwrap_or_else(|_| make())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
