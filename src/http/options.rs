//! What of the HTTP layer can be set.

use std::time::Duration;

use super::cors::Origins;

/// The knobs of the HTTP layer; [`Default`] suits a public service behind a proxy.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// Bytes of a request's body at most; more is answered with 413. Default 1 MiB, which holds
    /// a full batch of the longest documents with room for variables.
    pub body_bytes: usize,
    /// How long a request's body may take to arrive; longer is answered with 408. Default 30 s.
    pub body_timeout: Duration,
    /// Requests in one batch at most; 0 refuses batches. Default 10.
    pub batch: usize,
    /// Requests that are run at once, a batch counting as one; more are answered with 503.
    /// Default 512.
    pub in_flight: usize,
    /// Which other sites' pages may use the API. Default none.
    pub cors: Origins,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            body_bytes: 1 << 20,
            body_timeout: Duration::from_secs(30),
            batch: 10,
            in_flight: 512,
            cors: Origins::None,
        }
    }
}
