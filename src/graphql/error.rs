//! Errors as clients see them: a sentence that says what would be right, and a stable code.

use std::sync::Arc;

use async_graphql::{ErrorExtensionValues, Response, ServerError};

use crate::store::{CursorError, StoreError};

/// What a fallible field resolves to: null with an error costs that field and nothing else.
pub type Field<T> = Option<Result<T, Error>>;

/// Why a field could not be answered.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// An argument's value cannot be used. The message names the argument and what is allowed.
    #[error("{0}")]
    BadInput(String),
    /// A page size is out of range, or two arguments contradict each other.
    #[error("{0}")]
    BadPage(String),
    /// A cursor is malformed or belongs to another list.
    #[error("The cursor in `{argument}` cannot be used: {reason}. Start again without it.")]
    BadCursor {
        argument: &'static str,
        reason: CursorError,
    },
    /// A global id was not made by this service, or names a thing of another type.
    #[error("{0}")]
    BadId(String),
    /// A representation names nothing that there is.
    #[error("{0}")]
    UnknownEntity(String),
    /// More things were asked for than one request may.
    #[error("{0}")]
    TooMany(String),
    /// Our fault. The cause is logged, never shown.
    #[error("Something went wrong on our side; the request id helps us to find it.")]
    Internal(#[source] Arc<StoreError>),
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Internal(Arc::new(error))
    }
}

/// Every code that `extensions.code` may hold, besides those of the limits and of HTTP.
pub mod code {
    /// The document is not GraphQL.
    pub const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
    /// The document does not fit the schema, or a variable does not fit its type.
    pub const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
    /// The named operation does not exist, or none was named where there are several.
    pub const OPERATION_NOT_FOUND: &str = "OPERATION_RESOLUTION_FAILURE";
    /// An argument's value cannot be used.
    pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
    /// A page size is out of range, or two page arguments contradict each other.
    pub const BAD_PAGE: &str = "BAD_PAGE";
    /// A cursor is malformed or belongs to another list.
    pub const BAD_CURSOR: &str = "BAD_CURSOR";
    /// A global id is malformed or of another type.
    pub const BAD_ID: &str = "BAD_ID";
    /// A representation names nothing that there is.
    pub const UNKNOWN_ENTITY: &str = "UNKNOWN_ENTITY";
    /// A list argument is too long.
    pub const TOO_MANY: &str = "TOO_MANY_ITEMS";
    /// A mutation came by GET.
    pub const MUTATION_BY_GET: &str = "MUTATION_BY_GET";
    /// The document is not known by the name that was given: send its text.
    pub const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
    /// This service remembers no documents: always send the text.
    pub const PERSISTED_QUERY_NOT_SUPPORTED: &str = "PERSISTED_QUERY_NOT_SUPPORTED";
    /// The hash is not that of the document.
    pub const PERSISTED_QUERY_HASH_MISMATCH: &str = "PERSISTED_QUERY_HASH_MISMATCH";
    /// This service runs trusted documents only.
    pub const DOCUMENT_NOT_TRUSTED: &str = "DOCUMENT_NOT_TRUSTED";
    /// The answer took longer than one request may.
    pub const TIMEOUT: &str = "TIMEOUT";
    /// Our fault.
    pub const INTERNAL: &str = "INTERNAL";
}

impl Error {
    fn code(&self) -> &'static str {
        match self {
            Self::BadInput(_) => code::BAD_USER_INPUT,
            Self::BadPage(_) => code::BAD_PAGE,
            Self::BadCursor { .. } => code::BAD_CURSOR,
            Self::BadId(_) => code::BAD_ID,
            Self::UnknownEntity(_) => code::UNKNOWN_ENTITY,
            Self::TooMany(_) => code::TOO_MANY,
            Self::Internal(_) => code::INTERNAL,
        }
    }
}

/// The error of a request that was refused before anything was run.
pub(super) fn refusal(message: impl Into<String>, code: &'static str, request: &str) -> Response {
    let mut error = ServerError::new(message, None);
    stamp(&mut error, code, request);
    Response::from_errors(vec![error])
}

/// Errors in one answer at most: as many as a request may name things. A few kilobytes of query
/// can make the library find thirty thousand.
const MAX_ERRORS: usize = 1_000;

/// Gives every error its code and the request's id, and masks what is ours to know:
/// the one place through which each response leaves.
pub(super) fn polish(response: &mut Response, request: &str, executed: bool) {
    response.errors.truncate(MAX_ERRORS);
    for error in &mut response.errors {
        let code = classify(error, request, executed);
        stamp(error, code, request);
        error.source = None;
    }
}

fn classify(error: &mut ServerError, request: &str, executed: bool) -> &'static str {
    if let Some(ours) = error.source::<Error>().cloned() {
        if let Error::Internal(cause) = &ours {
            tracing::error!(request.id = request, path = ?error.path, %cause, "a field failed");
        }
        return ours.code();
    }
    if error.source.is_some() {
        // Somebody used `?` on a foreign error: its text was not written for strangers.
        tracing::error!(request.id = request, path = ?error.path, cause = error.message, "a field failed");
        error.message =
            "Something went wrong on our side; the request id helps us to find it.".into();
        return code::INTERNAL;
    }
    if executed {
        code::BAD_USER_INPUT
    } else {
        code::VALIDATION_FAILED
    }
}

fn stamp(error: &mut ServerError, code: &'static str, request: &str) {
    let extensions = error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    extensions.set("requestId", request);
}
