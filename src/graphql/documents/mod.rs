//! Documents that clients name instead of sending them: those that were sent before (automatic
//! persisted queries, as Apollo's clients do it), and those that the operator trusts.

mod trusted;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

pub use trusted::{Trusted, TrustedError};

use super::error::code;
use super::recent::Recent;

/// How a request names its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentName {
    /// By the SHA-256 of its text, in hexadecimal; beside the text, it asks to remember it
    /// (`extensions.persistedQuery`).
    Hash(String),
    /// By the id that it has among the trusted ones, or `sha256:` and its hash (`documentId`).
    Id(String),
}

/// Which documents are run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Admission {
    /// All that keep the limits.
    #[default]
    Any,
    /// All; those that are not trusted are logged.
    Warn,
    /// Only trusted ones.
    Only,
}

/// Which documents are run, and which are remembered.
#[derive(Clone, Debug)]
pub struct DocumentOptions {
    /// Which documents are run.
    pub admission: Admission,
    /// The trusted ones.
    pub trusted: Arc<Trusted>,
    /// How many documents that clients have sent are remembered; 0 remembers none. Default 1,000.
    pub remembered: usize,
    /// How many bytes their texts may have together. Default 8 MiB.
    pub remembered_bytes: usize,
}

impl Default for DocumentOptions {
    fn default() -> Self {
        Self {
            admission: Admission::Any,
            trusted: Arc::default(),
            remembered: 1_000,
            remembered_bytes: 8 << 20,
        }
    }
}

/// The documents of one service.
pub(super) struct Documents {
    options: DocumentOptions,
    recent: Mutex<Recent<Hash, Arc<str>>>,
}

/// What became of the way in which a request names its document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    /// The document's text, if it was named in place of being sent.
    pub text: Option<Arc<str>>,
    /// The hash under which the sent text is to be remembered, once it has proved to be valid.
    pub remember_as: Option<Hash>,
}

/// The SHA-256 of a text.
pub(super) type Hash = [u8; 32];

/// Why a document is not run.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unresolved {
    // Clients recognise the first two by these very words, some of them by nothing else.
    #[error("PersistedQueryNotFound")]
    NotFound,
    #[error("PersistedQueryNotSupported")]
    NotSupported,
    #[error("`sha256Hash` is not the SHA-256 of `query`: hash the text to the letter.")]
    Mismatch,
    #[error("There is no document `{0}` here: send its text as `query`.")]
    UnknownId(String),
    #[error("Only documents that this service trusts are run, and this is none of them.")]
    NotTrusted,
}

impl Unresolved {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::UnknownId(_) => code::PERSISTED_QUERY_NOT_FOUND,
            Self::NotSupported => code::PERSISTED_QUERY_NOT_SUPPORTED,
            Self::Mismatch => code::PERSISTED_QUERY_HASH_MISMATCH,
            Self::NotTrusted => code::DOCUMENT_NOT_TRUSTED,
        }
    }

    /// Whether the client is expected to ask again with the text.
    pub fn is_invitation(&self) -> bool {
        matches!(self, Self::NotFound | Self::NotSupported)
    }
}

impl Documents {
    pub fn new(options: DocumentOptions) -> Self {
        let recent = Recent::new(options.remembered, options.remembered_bytes);
        Self {
            options,
            recent: Mutex::new(recent),
        }
    }

    /// Finds the text that a request names, if it does not send it, and checks whether it may be
    /// run. `request` is the request's id, for the log.
    pub fn resolve(
        &self,
        text: &str,
        name: Option<&DocumentName>,
        request: &str,
    ) -> Result<Resolved, Unresolved> {
        let resolved = match name {
            Some(DocumentName::Hash(hash)) => self.by_hash(text, hash)?,
            Some(DocumentName::Id(id)) => self.by_id(id)?,
            None => Resolved::default(),
        };
        self.admit(resolved.text.as_deref().unwrap_or(text), request)?;
        Ok(resolved)
    }

    /// Remembers a document that has proved to be valid.
    pub fn remember(&self, hash: Hash, text: &str) {
        self.recent().insert(hash, text.into(), text.len());
    }

    fn by_hash(&self, text: &str, hash: &str) -> Result<Resolved, Unresolved> {
        if text.is_empty() {
            return self.known(hash).ok_or_else(|| self.unknown());
        }
        let actual = sha256(text);
        if parse_hash(hash) != Some(actual) {
            return Err(Unresolved::Mismatch);
        }
        let remembers = self.options.remembered > 0 && !self.recent().contains(&actual);
        Ok(Resolved {
            text: None,
            remember_as: remembers.then_some(actual),
        })
    }

    fn by_id(&self, id: &str) -> Result<Resolved, Unresolved> {
        let unknown = || match self.options.admission {
            Admission::Only => Unresolved::NotTrusted,
            Admission::Any | Admission::Warn => Unresolved::UnknownId(id.to_owned()),
        };
        let hash = id.strip_prefix("sha256:").unwrap_or(id);
        self.known(id)
            .or_else(|| self.known(hash))
            .ok_or_else(unknown)
    }

    /// The document with this id or hash, trusted or remembered.
    fn known(&self, name: &str) -> Option<Resolved> {
        let trusted = self.options.trusted.by_id(name);
        let text = trusted.or_else(|| {
            let hash = parse_hash(name)?;
            let trusted = self.options.trusted.by_hash(&hash);
            trusted.or_else(|| self.recent().get(&hash))
        });
        text.map(|text| Resolved {
            text: Some(text),
            remember_as: None,
        })
    }

    fn unknown(&self) -> Unresolved {
        match (self.options.admission, self.options.remembered) {
            (Admission::Only, _) => Unresolved::NotTrusted,
            (_, 0) => Unresolved::NotSupported,
            _ => Unresolved::NotFound,
        }
    }

    fn admit(&self, text: &str, request: &str) -> Result<(), Unresolved> {
        if self.options.admission == Admission::Any {
            return Ok(());
        }
        let hash = sha256(text);
        if self.options.trusted.by_hash(&hash).is_some() {
            return Ok(());
        }
        if self.options.admission == Admission::Only {
            return Err(Unresolved::NotTrusted);
        }
        tracing::warn!(
            request.id = request,
            document.sha256 = hex(&hash),
            "a document is not trusted"
        );
        Ok(())
    }

    fn recent(&self) -> MutexGuard<'_, Recent<Hash, Arc<str>>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sha256(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

fn hex(hash: &Hash) -> String {
    hash.iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Reads 64 hexadecimal digits, in capitals or not.
fn parse_hash(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut hash = Hash::default();
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{ __typename }";
    /// Its hash, as `sha256sum` prints it.
    const HASH: &str = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";

    fn documents(admission: Admission, remembered: usize) -> Documents {
        let manifest = r#"{"greeting": "{ hello: __typename }"}"#;
        let trusted = Trusted::parse(manifest).expect("a manifest");
        Documents::new(DocumentOptions {
            admission,
            trusted: Arc::new(trusted),
            remembered,
            ..DocumentOptions::default()
        })
    }

    fn resolve(
        documents: &Documents,
        text: &str,
        name: &DocumentName,
    ) -> Result<Arc<str>, Unresolved> {
        let resolved = documents.resolve(text, Some(name), "test")?;
        if let Some(hash) = resolved.remember_as {
            documents.remember(hash, text);
        }
        Ok(resolved.text.unwrap_or_else(|| text.into()))
    }

    fn by_hash(hash: &str) -> DocumentName {
        DocumentName::Hash(hash.to_owned())
    }

    fn by_id(id: &str) -> DocumentName {
        DocumentName::Id(id.to_owned())
    }

    #[test]
    fn the_hash_is_that_of_other_programs() {
        assert_eq!(hex(&sha256(TEXT)), HASH);
        assert_eq!(parse_hash(HASH), Some(sha256(TEXT)));
        assert_eq!(parse_hash(&HASH.to_uppercase()), Some(sha256(TEXT)));
        for bad in [
            "",
            "7f",
            &HASH[1..],
            &HASH.replace('7', "g"),
            &HASH.replacen("7f", "é", 1),
        ] {
            assert_eq!(parse_hash(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_was_sent_once_can_be_named() {
        let documents = documents(Admission::Any, 10);
        assert_eq!(
            resolve(&documents, "", &by_hash(HASH)),
            Err(Unresolved::NotFound)
        );
        assert_eq!(
            resolve(&documents, TEXT, &by_hash(HASH)).as_deref(),
            Ok(TEXT)
        );
        assert_eq!(resolve(&documents, "", &by_hash(HASH)).as_deref(), Ok(TEXT));
        let id = by_id(&format!("sha256:{HASH}"));
        assert_eq!(resolve(&documents, "", &id).as_deref(), Ok(TEXT));
        // A second text under the same name is not taken.
        let forged = resolve(&documents, "{ other }", &by_hash(HASH));
        assert_eq!(forged, Err(Unresolved::Mismatch));
        assert_eq!(resolve(&documents, "", &by_hash(HASH)).as_deref(), Ok(TEXT));
    }

    #[test]
    fn nothing_is_remembered_where_that_is_switched_off() {
        let documents = documents(Admission::Any, 0);
        assert_eq!(
            resolve(&documents, TEXT, &by_hash(HASH)).as_deref(),
            Ok(TEXT)
        );
        assert_eq!(
            resolve(&documents, "", &by_hash(HASH)),
            Err(Unresolved::NotSupported)
        );
    }

    #[test]
    fn trusted_documents_have_their_own_ids() {
        let trusted = "{ hello: __typename }";
        let hash = hex(&sha256(trusted));
        for admission in [Admission::Any, Admission::Warn, Admission::Only] {
            let documents = documents(admission, 10);
            for name in [
                by_id("greeting"),
                by_hash("greeting"),
                by_hash(&hash),
                by_id(&hash),
            ] {
                assert_eq!(
                    resolve(&documents, "", &name).as_deref(),
                    Ok(trusted),
                    "{name:?}"
                );
            }
            assert!(documents.resolve(trusted, None, "test").is_ok());
        }
    }

    #[test]
    fn where_only_trusted_ones_are_run_all_others_are_refused() {
        let documents = documents(Admission::Only, 10);
        let refused = Err(Unresolved::NotTrusted);
        assert_eq!(resolve(&documents, TEXT, &by_hash(HASH)), refused);
        assert_eq!(resolve(&documents, "", &by_hash(HASH)), refused);
        assert_eq!(resolve(&documents, "", &by_id("other")), refused);
        let text = documents.resolve(TEXT, None, "test");
        assert_eq!(text.err(), Some(Unresolved::NotTrusted));
        assert_eq!(documents.recent().len(), 0);
    }
}
