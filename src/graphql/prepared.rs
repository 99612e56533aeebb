//! Documents that have been read, with all that depends on nothing but their text.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::parser::types::ExecutableDocument;

use super::caching::Freshness;
use super::recent::Recent;
use crate::store::Projection;

/// Documents that are kept at most.
const MOST: usize = 1_000;

/// Bytes of their texts at most. A document takes some twenty times as much as its text.
const MOST_BYTES: usize = 512 << 10;

/// A document that is within all limits that do not depend on variables.
pub(super) struct Prepared {
    /// The document, mended.
    pub document: ExecutableDocument,
    /// What it can show.
    pub projection: Arc<Projection>,
    /// How long what it shows stays fresh.
    pub freshness: Freshness,
    /// Whether it can show what earlier requests have read.
    pub shares: bool,
}

/// The documents that were run last.
pub(super) struct Preparations(Mutex<Recent<Arc<str>, Arc<Prepared>>>);

impl Default for Preparations {
    fn default() -> Self {
        Self(Mutex::new(Recent::new(MOST, MOST_BYTES)))
    }
}

impl Preparations {
    /// What was kept for this text.
    pub fn get(&self, text: &str) -> Option<Arc<Prepared>> {
        self.recent().get(text)
    }

    /// Keeps a document that has proved to be valid.
    pub fn keep(&self, text: &str, prepared: &Arc<Prepared>) {
        let prepared = Arc::clone(prepared);
        self.recent().insert(text.into(), prepared, text.len());
    }

    fn recent(&self) -> MutexGuard<'_, Recent<Arc<str>, Arc<Prepared>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
