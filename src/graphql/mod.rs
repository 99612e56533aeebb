//! The schema, and how a request is run against it. Knows the store and the entities; knows
//! nothing of HTTP, and sends no SQL itself.

mod ahead;
mod api;
mod caching;
mod context;
mod documents;
mod enums;
mod error;
mod federation;
mod fields;
mod filter;
mod inputs;
mod interface;
mod leaf;
pub mod limits;
mod lookup;
mod macros;
mod mend;
mod object;
mod operators;
mod order;
mod prepared;
mod projection;
mod recent;
mod relay;
mod scalars;
mod schema;
mod sharing;
mod trace;
mod types;
mod variables;
mod view;

pub use api::{Answer, Api, ApiOptions, Explain, Outcome, Ready, Request};
pub use caching::{Freshness, Tag};
pub use documents::{Admission, DocumentName, DocumentOptions, Trusted, TrustedError};
pub use error::code;
pub use relay::{DEFAULT_PAGE, MAX_PAGE};

/// The schema in its definition language, without a database.
pub fn sdl() -> String {
    schema::sdl(&schema::schema())
}
