//! What the names in data sets mean: rows that are there, or about to be made.
//!
//! Names are compared by id first, then by slug, then by alias and by name, folded. Names alone
//! never join what other facts tell apart: companies of different domains, frameworks of different
//! languages, languages and what is no language, projects with repositories of their own.

mod companies;
mod index;
mod names;
mod spelling;
mod technologies;

pub use companies::Companies;
pub use index::Index;
pub use names::{Found, Names, Ref};
pub use spelling::slug;
pub use technologies::Technologies;
