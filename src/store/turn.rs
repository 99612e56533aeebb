//! Turns: the moment at which everything that a request can do without waiting has been done.
//!
//! A batch may only leave when all who could ask for something have asked. A scheduler cannot
//! tell when that is: it polls a request in pieces, on several threads, as the load demands. So the
//! request is driven from here: it is polled until it stands still, and only then do those who
//! wait for the turn go on, all together.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use tokio::task::yield_now;

/// The turns of one request.
#[derive(Default)]
pub(super) struct Turns {
    driven: AtomicBool,
    count: AtomicU64,
    waiting: Mutex<Vec<Waker>>,
}

impl Turns {
    /// Runs a request, and ends a turn whenever it stands still.
    pub async fn drive<F: Future>(&self, request: F) -> F::Output {
        let _driven = Driven::new(self);
        let mut request = pin!(request);
        std::future::poll_fn(move |outer| {
            let flag = Arc::new(Flag {
                woken: AtomicBool::new(false),
                outer: outer.waker().clone(),
            });
            let waker = Waker::from(Arc::clone(&flag));
            let mut inner = Context::from_waker(&waker);
            loop {
                if let Poll::Ready(output) = request.as_mut().poll(&mut inner) {
                    return Poll::Ready(output);
                }
                // Something became ready meanwhile; or everything stands still and the turn ends.
                let goes_on = flag.woken.swap(false, Ordering::AcqRel) || self.end();
                if !goes_on {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    /// Waits for the end of the turn.
    pub async fn wait(&self) {
        if !self.driven.load(Ordering::Relaxed) {
            // Outside a request, as in a test: one step aside has to do.
            return yield_now().await;
        }
        let now = self.count.load(Ordering::Relaxed);
        std::future::poll_fn(|context| {
            if self.count.load(Ordering::Relaxed) != now {
                return Poll::Ready(());
            }
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// Lets those go on who wait; whether there were any.
    fn end(&self) -> bool {
        let waiting =
            std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if waiting.is_empty() {
            return false;
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        waiting.into_iter().for_each(Waker::wake);
        true
    }
}

/// While it lives, turns end; afterwards those who still ask go on by themselves.
struct Driven<'a>(&'a Turns);

impl<'a> Driven<'a> {
    fn new(turns: &'a Turns) -> Self {
        turns.driven.store(true, Ordering::Relaxed);
        Self(turns)
    }
}

impl Drop for Driven<'_> {
    fn drop(&mut self) {
        self.0.driven.store(false, Ordering::Relaxed);
        self.0.end();
    }
}

/// Remembers that it was woken, and wakes the task as well.
struct Flag {
    woken: AtomicBool,
    outer: Waker,
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.outer.wake_by_ref();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;

    #[tokio::test]
    async fn all_who_could_ask_have_asked_when_the_turn_ends() {
        let turns = Turns::default();
        let asked = AtomicU64::new(0);
        let (turns, asked) = (&turns, &asked);
        // They arrive at different times, held back by the scheduler, and go on together.
        let counts = turns
            .drive(join_all((0..200).map(|index| async move {
                for _ in 0..index % 7 {
                    let mut stepped = false;
                    std::future::poll_fn(|context| {
                        context.waker().wake_by_ref();
                        if std::mem::replace(&mut stepped, true) {
                            Poll::Ready(())
                        } else {
                            Poll::Pending
                        }
                    })
                    .await;
                }
                asked.fetch_add(1, Ordering::Relaxed);
                turns.wait().await;
                asked.load(Ordering::Relaxed)
            })))
            .await;
        assert_eq!(counts, vec![200; 200]);
    }
}
