//! Why a request never came to be run, as far as HTTP is concerned.

use std::borrow::Cow;

use async_graphql::{ErrorExtensionValues, Response, ServerError};
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, ALLOW, CONNECTION, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};

use super::request_id::RequestId;
use crate::graphql::{Answer, Outcome};

/// The methods of `/graphql`.
pub(super) const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// A refusal; its text is for clients and says what would be right.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("{0}")]
    BadRequest(Cow<'static, str>),
    #[error("The batch has {sent} requests; at most {limit} are allowed.")]
    BatchTooLarge { sent: usize, limit: usize },
    #[error(
        "Credentials were sent from a page of another site. Send none, or have the site allowed \
         in the service's CORS origins."
    )]
    Csrf,
    #[error("There is nothing here. The API is at /graphql.")]
    NotFound,
    #[error("This method is not allowed here; the `Allow` header names those that are.")]
    MethodNotAllowed,
    #[error("Answers are `application/graphql-response+json` or `application/json`; accept one.")]
    NotAcceptable,
    #[error("The body did not arrive in time.")]
    BodyTimeout,
    #[error("The body is larger than {0} bytes.")]
    BodyTooLarge(usize),
    #[error("The body holds more than {0} values.")]
    TooManyValues(usize),
    #[error("The address is longer than {0} bytes. Send the query by POST.")]
    UriTooLong(usize),
    #[error("The body must be JSON in UTF-8: send it with `Content-Type: application/json`.")]
    ContentType,
    #[error("The body must not be compressed: send it without `Content-Encoding`.")]
    ContentEncoding,
    #[error("Something went wrong on our side; the request id helps us to find it.")]
    Internal,
    #[error("Too many requests are being answered. Come again in a second.")]
    Overloaded,
}

impl Refusal {
    /// A malformed request, and what would be right.
    pub fn bad(message: impl Into<Cow<'static, str>>) -> Self {
        Self::BadRequest(message.into())
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) | Self::BatchTooLarge { .. } => StatusCode::BAD_REQUEST,
            Self::Csrf => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge(_) | Self::TooManyValues(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UriTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::ContentType | Self::ContentEncoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The value of `extensions.code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "BAD_REQUEST",
            Self::BatchTooLarge { .. } => "BATCH_TOO_LARGE",
            Self::Csrf => "CSRF_REFUSED",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::BodyTimeout => "REQUEST_TIMEOUT",
            Self::BodyTooLarge(_) | Self::TooManyValues(_) => "BODY_TOO_LARGE",
            Self::UriTooLong(_) => "URI_TOO_LONG",
            Self::ContentType | Self::ContentEncoding => "UNSUPPORTED_MEDIA_TYPE",
            Self::Internal => "INTERNAL",
            Self::Overloaded => "OVERLOADED",
        }
    }

    /// The header that tells a program what the message tells a person. For a method that is not
    /// allowed, the router adds it.
    pub fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        let (name, value) = match self {
            Self::ContentType => (ACCEPT, "application/json"),
            Self::ContentEncoding => (ACCEPT_ENCODING, "identity"),
            Self::Overloaded => (RETRY_AFTER, "1"),
            Self::BodyTimeout => (CONNECTION, "close"),
            _ => return None,
        };
        Some((name, HeaderValue::from_static(value)))
    }

    /// The refusal in the shape of an answer, so that there is one way to write both.
    pub fn to_answer(&self, id: &RequestId) -> Answer {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code());
        extensions.set("requestId", id.as_str());
        let mut error = ServerError::new(self.to_string(), None);
        error.extensions = Some(extensions);
        Answer::new(Response::from_errors(vec![error]), Outcome::Refused)
    }
}

/// The `Allow` header of a resource.
pub(super) const fn allow(methods: &'static str) -> (HeaderName, HeaderValue) {
    (ALLOW, HeaderValue::from_static(methods))
}
