//! Why a query is not run.

use std::fmt;

use thiserror::Error;

/// A number for people: digits grouped by thousands, as in `5,105,101`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub u64);

impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count)
    }
}

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// A limit that is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// What the query has; may be lower than the truth where counting stopped at the limit.
    pub found: Count,
    /// The most that passes.
    pub limit: Count,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; the limit is {}", self.found, self.limit)
    }
}

/// A query that is refused before it is run. It is the client's to mend, and trying again as it
/// is cannot help. `Display` says what was found, the limit, and what would be right; `code` is
/// for machines. Each variant names the knob that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// [`super::Limits::document_bytes`].
    #[error("Bytes of the document: {0}. Send values as variables, and operations one by one.")]
    DocumentTooLarge(Excess),
    /// [`super::Limits::tokens`].
    #[error("Tokens of the document: {0}. Send values as variables, and operations one by one.")]
    TooManyTokens(Excess),
    /// [`super::Limits::name_bytes`].
    #[error("Bytes of the name that starts at byte {at}: {excess}. Choose a shorter name.")]
    NameTooLong {
        /// Where it starts in the document, in bytes.
        at: Count,
        /// What was found, and the limit.
        excess: Excess,
    },
    /// [`super::Limits::nesting`].
    #[error(
        "Open brackets: {0}. Send nested values as variables, fetch deep levels by themselves."
    )]
    NestedTooDeeply(Excess),
    /// A string without its closing quote, at the byte where it opens.
    #[error("The string that opens at byte {at} is not closed. Close it with {quote}.")]
    UnterminatedString {
        /// Where it starts in the document, in bytes.
        at: Count,
        /// What it needs, in words.
        quote: &'static str,
    },
    /// [`super::Limits::depth`].
    #[error("Fields below each other: {0}. Fetch deep levels by themselves.")]
    TooDeep(Excess),
    /// [`super::Limits::levels`].
    #[error("Selection sets and fragments inside each other: {0}. Spread fragments less deeply.")]
    TooManyLevels(Excess),
    /// [`super::Limits::operations`].
    #[error("Operations in the document: {0}. Send only the one to run.")]
    TooManyOperations(Excess),
    /// [`super::Limits::fragments`].
    #[error("Fragments in the document: {0}. Send only those that the operation uses.")]
    TooManyFragments(Excess),
    /// A fragment that spreads itself, directly or through others.
    #[error("The fragment `{name}` spreads itself. Remove that spread.")]
    FragmentCycle {
        /// Its name.
        name: String,
    },
    /// [`super::Limits::selections`].
    #[error(
        "Selections, with fragments expanded: {0}. Select less, or spread fragments less often."
    )]
    TooManySelections(Excess),
    /// [`super::Limits::aliases`].
    #[error(
        "Aliases, with fragments expanded: {0}. Use fields that take a list, or more requests."
    )]
    TooManyAliases(Excess),
    /// [`super::Limits::directives`].
    #[error(
        "Directives of an operation: {0}. Put one on a fragment in place of one on each field."
    )]
    TooManyDirectives(Excess),
    /// [`super::Limits::root_fields`].
    #[error("Root fields of an operation: {0}. Use fields that take a list, or more requests.")]
    TooManyRootFields(Excess),
    /// [`super::Limits::variables`].
    #[error("Variables that the document defines: {0}. Group values in input objects.")]
    TooManyVariables(Excess),
    /// [`super::Limits::arguments`].
    #[error("Arguments of `{name}`: {excess}. Send only those that the schema has.")]
    TooManyArguments {
        /// Its name.
        name: String,
        /// What was found, and the limit.
        excess: Excess,
    },
    /// [`super::Limits::comparisons`].
    #[error(
        "Comparisons to validate the document: {0}. Select each field once, spread less often."
    )]
    TooManyComparisons(Excess),
    /// [`super::Limits::unknown_fields`].
    #[error("Fields that the schema does not have: {excess}. The first is `{first}`.")]
    TooManyUnknownFields {
        /// One of them.
        first: String,
        /// What was found, and the limit.
        excess: Excess,
    },
    /// [`super::Limits::list_items`].
    #[error("Items of a list in {place}: {excess}. Send the rest in another request.")]
    ListTooLong {
        /// The argument or variable, in words.
        place: String,
        /// What was found, and the limit.
        excess: Excess,
    },
    /// [`super::Limits::input_values`].
    #[error(
        "Values in arguments, each use of a variable counted: {0}. Send shorter lists and texts."
    )]
    TooManyInputValues(Excess),
    /// [`super::Limits::cost`]; `advice` names the lists to shorten.
    #[error("This query may return {} objects; the limit is {}. {advice}", .excess.found, .excess.limit)]
    TooExpensive {
        /// What was found, and the limit.
        excess: Excess,
        /// What to do, in words.
        advice: String,
    },
    /// [`super::Limits::introspections`].
    #[error("Objects that describe the schema: {0}. Use the standard introspection query.")]
    IntrospectionTooExpensive(Excess),
    /// [`super::Limits::introspections`] is 0.
    #[error("This service does not tell its schema. Ask those who run it.")]
    IntrospectionOff,
}

impl Refusal {
    /// The stable name for `extensions.code`, in `SCREAMING_SNAKE`, one for each limit.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::DocumentTooLarge(_) => "DOCUMENT_TOO_LARGE",
            Self::TooManyTokens(_) => "TOO_MANY_TOKENS",
            Self::NameTooLong { .. } => "NAME_TOO_LONG",
            Self::NestedTooDeeply(_) => "NESTED_TOO_DEEPLY",
            Self::UnterminatedString { .. } => "UNTERMINATED_STRING",
            Self::TooDeep(_) => "TOO_DEEP",
            Self::TooManyLevels(_) => "TOO_MANY_LEVELS",
            Self::TooManyOperations(_) => "TOO_MANY_OPERATIONS",
            Self::TooManyFragments(_) => "TOO_MANY_FRAGMENTS",
            Self::FragmentCycle { .. } => "FRAGMENT_CYCLE",
            Self::TooManySelections(_) => "TOO_MANY_SELECTIONS",
            Self::TooManyAliases(_) => "TOO_MANY_ALIASES",
            Self::TooManyDirectives(_) => "TOO_MANY_DIRECTIVES",
            Self::TooManyRootFields(_) => "TOO_MANY_ROOT_FIELDS",
            Self::TooManyVariables(_) => "TOO_MANY_VARIABLES",
            Self::TooManyArguments { .. } => "TOO_MANY_ARGUMENTS",
            Self::TooManyComparisons(_) => "TOO_MANY_COMPARISONS",
            Self::TooManyUnknownFields { .. } => "TOO_MANY_UNKNOWN_FIELDS",
            Self::ListTooLong { .. } => "LIST_TOO_LONG",
            Self::TooManyInputValues(_) => "TOO_MANY_INPUT_VALUES",
            Self::TooExpensive { .. } => "TOO_EXPENSIVE",
            Self::IntrospectionTooExpensive(_) => "INTROSPECTION_TOO_EXPENSIVE",
            Self::IntrospectionOff => "INTROSPECTION_OFF",
        }
    }
}

/// Passes when `found` is at most `limit`; otherwise makes the refusal from both.
pub(super) fn within<N>(
    found: N,
    limit: N,
    refuse: impl FnOnce(Excess) -> Refusal,
) -> Result<(), Refusal>
where
    N: Ord + Into<Count>,
{
    if found <= limit {
        return Ok(());
    }
    let (found, limit) = (found.into(), limit.into());
    Err(refuse(Excess { found, limit }))
}
