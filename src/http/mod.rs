//! GraphQL over HTTP, the pages for people, and the health of the service. Knows [`crate::graphql`]
//! and nothing below it.
//!
//! # Paths
//!
//! | path | methods | answer |
//! |---|---|---|
//! | `/graphql` | GET, HEAD, POST, OPTIONS | the API; the explorer for a browser that asks without a query |
//! | `/` | GET, HEAD | the front page, or an index for who asks for JSON |
//! | `/explorer`, `/graphiql` | GET, HEAD | the explorer, or the plain console if it was built without |
//! | `/assets/…`, `/licences.md` | GET, HEAD | the explorer's files, kept for ever, and the licences of all libraries |
//! | `/questions.json` | GET, HEAD | the example questions |
//! | `/schema.graphql` | GET, HEAD | the schema as text, with an `ETag` |
//! | `/health/live` | GET, HEAD | 200 while the process runs |
//! | `/health/ready` | GET, HEAD | 200 while the database answers, else 503 |
//!
//! # Media types of `/graphql`
//!
//! `application/graphql-response+json` for who names it in `Accept` with no less weight than
//! `application/json`; `application/json` for all others, wildcards and a missing header included.
//!
//! # Statuses of `/graphql`
//!
//! | what happened | `graphql-response+json` | `json` | code |
//! |---|---|---|---|
//! | run, data possibly partial or null | 200 | 200 | of each error |
//! | refused before it was run: syntax, validation, variables, limits | 400 | 200 | of the error |
//! | named by a hash that is not known: the text is wanted | 200 | 200 | `PERSISTED_QUERY_…` |
//! | a batch, whatever became of its parts | 200 | 200 | of each error |
//! | a mutation by GET | 405 | 405 | `MUTATION_BY_GET` |
//! | took too long | 504 | 504 | `TIMEOUT` |
//! | not JSON; no document; a parameter of the wrong type; an empty batch | 400 | 400 | `BAD_REQUEST` |
//! | more requests in a batch than allowed | 400 | 400 | `BATCH_TOO_LARGE` |
//! | credentials sent from a foreign site | 403 | 403 | `CSRF_REFUSED` |
//! | another method | 405 | 405 | `METHOD_NOT_ALLOWED` |
//! | no media type of ours is acceptable | | 406 | `NOT_ACCEPTABLE` |
//! | the body did not arrive in time | 408 | 408 | `REQUEST_TIMEOUT` |
//! | the body is too large, or holds too many values | 413 | 413 | `BODY_TOO_LARGE` |
//! | the address is too long | 414 | 414 | `URI_TOO_LONG` |
//! | the body is not declared as JSON in UTF-8, or is compressed | 415 | 415 | `UNSUPPORTED_MEDIA_TYPE` |
//! | a bug of ours | 500 | 500 | `INTERNAL` |
//! | too many requests at once; come again | 503 | 503 | `OVERLOADED` |
//!
//! Every error has a GraphQL body: `{"errors": [{"message", "extensions": {"code", "requestId"}}]}`,
//! without `data` unless something was run.
//!
//! The newest draft of GraphQL over HTTP would have 422 where a request or document is well-formed
//! but wrong, and 294 for partial data. The conformance suite and today's clients want 400 and 200,
//! so that is what they get; both are decided in `response` and `refusal`.

mod audience;
mod body;
mod cors;
mod csrf;
mod envelope;
mod etag;
mod graphql;
mod health;
mod negotiate;
mod options;
mod pages;
mod refusal;
mod request;
mod request_id;
mod response;
mod router;
mod serve;

pub use cors::{BadOrigin, Origins};
pub use options::HttpOptions;
pub use router::router;
pub use serve::{serve, shutdown_signal};
