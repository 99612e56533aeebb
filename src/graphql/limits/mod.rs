//! What a query may ask, decided before the GraphQL library does any work.
//!
//! The library parses by recursion, expands fragments without memory and checks its own limits
//! only afterwards, so that a few kilobytes can overflow the stack or keep a core busy for
//! minutes. A query therefore passes four gates, each linear in what was sent, in this order:
//!
//! 1. [`guard`] reads the text: bytes, tokens, names, brackets. Nothing else may see it first.
//! 2. The library's parser reads what passed.
//! 3. [`measure`] walks the parsed document once: depth, fragments, aliases, directives, and the
//!    work that validation would have with it.
//! 4. [`CostModel::cost`] looks at the schema and the variables: lists that were sent, unknown
//!    fields, and how many objects the answer may hold.
//!
//! Each gate answers with a [`Refusal`] that names what was found, the limit, and the way out.

mod cost;
mod document;
mod fragments;
mod guard;
mod input;
mod pricing;
mod refusal;
mod schema;
mod sizes;
#[cfg(test)]
mod tests;

pub use cost::{Cost, CostModel};
pub use document::{Measures, measure};
pub use guard::guard;
pub use refusal::{Count, Excess, Refusal};

/// Bytes of a document: 3,300 tokens that a tool printed prettily take 20,000.
pub const DOCUMENT_BYTES: usize = 65_536;
/// Tokens of a document: a Relay page made of thirty fragments has about 800.
pub const TOKENS: usize = 4_000;
/// Bytes of one name.
pub const NAME_BYTES: usize = 256;
/// Brackets open at once: the library takes a third of a 2 MiB stack for them in a debug build.
pub const NESTING: usize = 64;
/// Fields below each other: the standard introspection query has 15.
pub const DEPTH: usize = 20;
/// Selection sets below each other, those of fragments included.
pub const LEVELS: usize = 64;
/// Operations of a document: people keep several in one tab of an explorer.
pub const OPERATIONS: usize = 20;
/// Fragment definitions of a document.
pub const FRAGMENTS: usize = 100;
/// Selections of a document after each spread is replaced by its fragment.
pub const SELECTIONS: usize = 5_000;
/// Aliases of a document, counted like selections.
pub const ALIASES: usize = 200;
/// Directives of one operation, counted like selections.
pub const DIRECTIVES: usize = 50;
/// Fields at the root of one operation.
pub const ROOT_FIELDS: usize = 20;
/// Variable definitions of a document.
pub const VARIABLES: usize = 100;
/// Arguments of one field or directive.
pub const ARGUMENTS: usize = 30;
/// Steps that the costly validation rules take: 10 ms at worst in a release build. A Relay page made
/// of thirty fragments, each inside the one before, takes 6,000.
pub const COMPARISONS: usize = 30_000;
/// Fields that the schema does not know.
pub const UNKNOWN_FIELDS: usize = 20;
/// Items of one list in a literal or a variable: a gateway sends up to 1,000 representations.
pub const LIST_ITEMS: usize = 1_000;
/// Values of all arguments, each use of a variable counted anew.
pub const INPUT_VALUES: usize = 20_000;
/// Objects that an answer may hold.
pub const COST: u64 = 25_000;
/// How often a query may ask for the whole schema.
pub const INTROSPECTIONS: u64 = 2;
/// Items of a page when a connection is asked without `first` and `last`.
pub const DEFAULT_PAGE: u64 = 20;
/// Items of the largest page.
pub const MAX_PAGE: u64 = 100;
/// Items assumed in a list that is neither a connection nor one answer per key.
pub const UNSIZED_LIST: u64 = 10;

/// Every knob of the four gates. [`Default`] gives the constants of this module.
///
/// A query at a limit passes; one past it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Length of the document in bytes. Protects everything after it. Default [`DOCUMENT_BYTES`].
    pub document_bytes: usize,
    /// Tokens of the document as the GraphQL specification counts them. Protects parser and
    /// validation, whose time grows with tokens. Default [`TOKENS`].
    pub tokens: usize,
    /// Length of one name in bytes. Protects error messages, which repeat names. Default
    /// [`NAME_BYTES`].
    pub name_bytes: usize,
    /// Brackets `(`, `[`, `{` that are open at once, of any kind, anywhere. Protects the parser's
    /// stack. Default [`NESTING`].
    pub nesting: usize,
    /// Fields below each other, the root field counted as 1. Protects the executor. Default
    /// [`DEPTH`].
    pub depth: usize,
    /// Selection sets below each other, where fields, inline fragments and spreads count alike.
    /// Protects the stack of validation and executor. The schema must be built with
    /// `limit_recursive_depth` of this value. Default [`LEVELS`].
    pub levels: usize,
    /// Operation definitions in the document. Protects validation, which checks each operation
    /// against the fragments. Default [`OPERATIONS`].
    pub operations: usize,
    /// Fragment definitions in the document. Protects as `operations` does. Default [`FRAGMENTS`].
    pub fragments: usize,
    /// Selections (fields, spreads, inline fragments) after expanding fragments, summed over all
    /// operations. Protects from fragment bombs. Default [`SELECTIONS`].
    pub selections: usize,
    /// Aliased fields after expanding fragments, summed over all operations. Protects the executor
    /// from running one costly field many times. Default [`ALIASES`].
    pub aliases: usize,
    /// Directives of one operation after expanding fragments. Protects validation and executor.
    /// Default [`DIRECTIVES`].
    pub directives: usize,
    /// Fields at the root of one operation after expanding fragments. Protects the store from many
    /// statements at once. Default [`ROOT_FIELDS`].
    pub root_fields: usize,
    /// Variable definitions, summed over all operations. Protects validation, which looks each use
    /// up in a list. Default [`VARIABLES`].
    pub variables: usize,
    /// Arguments of one field or directive. Protects validation, which compares them pairwise.
    /// Default [`ARGUMENTS`].
    pub arguments: usize,
    /// Steps of the validation rules that are not linear: fields compared for merging, and
    /// variables looked up for each operation. Protects from documents of a few kilobytes that
    /// cause megabytes of errors. Default [`COMPARISONS`].
    pub comparisons: usize,
    /// Fields that the schema does not have, in the whole document. Protects validation, which
    /// compares each with all names of its type to suggest one. Default [`UNKNOWN_FIELDS`].
    pub unknown_fields: usize,
    /// Items of one list, in a literal or in a variable, at any depth. Protects the store from
    /// endless key lists. Default [`LIST_ITEMS`].
    pub list_items: usize,
    /// Values in all arguments (a list of two numbers is three values, a text one more for each 64
    /// bytes), where each use of a variable counts the whole of its value, because the library
    /// copies it each time. Protects memory. Default [`INPUT_VALUES`].
    pub input_values: usize,
    /// Objects that the chosen operation may return, see [`CostModel`]. Protects the store. Default
    /// [`COST`].
    pub cost: u64,
    /// How many times the price of the standard introspection query the chosen operation may ask
    /// of the schema's description. Protects from circular introspection; 0 keeps the schema to
    /// ourselves. Default [`INTROSPECTIONS`].
    pub introspections: u64,
    /// Items that a connection returns when neither `first` nor `last` is given. Must be the value
    /// that resolvers use. Default [`DEFAULT_PAGE`].
    pub default_page: u64,
    /// Items that a connection returns at most, whatever is asked. Must be the value that resolvers
    /// use. Default [`MAX_PAGE`].
    pub max_page: u64,
    /// Items assumed for a list without a page size and without keys. Default [`UNSIZED_LIST`].
    pub unsized_list: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: DOCUMENT_BYTES,
            tokens: TOKENS,
            name_bytes: NAME_BYTES,
            nesting: NESTING,
            depth: DEPTH,
            levels: LEVELS,
            operations: OPERATIONS,
            fragments: FRAGMENTS,
            selections: SELECTIONS,
            aliases: ALIASES,
            directives: DIRECTIVES,
            root_fields: ROOT_FIELDS,
            variables: VARIABLES,
            arguments: ARGUMENTS,
            comparisons: COMPARISONS,
            unknown_fields: UNKNOWN_FIELDS,
            list_items: LIST_ITEMS,
            input_values: INPUT_VALUES,
            cost: COST,
            introspections: INTROSPECTIONS,
            default_page: DEFAULT_PAGE,
            max_page: MAX_PAGE,
            unsized_list: UNSIZED_LIST,
        }
    }
}
