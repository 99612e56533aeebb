//! Documents that the operator trusts: files, or a manifest as client tools write it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_graphql::parser::parse_query;
use serde::Deserialize;

use super::{Hash, sha256};
use crate::graphql::limits::{Limits, guard, measure};

/// Trusted documents by id and by hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trusted {
    ids: HashMap<String, Arc<str>>,
    hashes: HashMap<Hash, Arc<str>>,
}

/// Why trusted documents cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustedError {
    /// A file or folder cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The manifest is not one.
    #[error(
        "not a manifest: write a JSON object of texts by id, or Apollo's persisted query manifest \
         ({0})"
    )]
    BadManifest(serde_json::Error),
    /// A document would never be run.
    #[error("the document `{id}` cannot be run: {reason}")]
    BadDocument {
        /// Its id or file.
        id: String,
        /// Why.
        reason: String,
    },
    /// Two different documents have one id.
    #[error("two different documents are called `{0}`")]
    Twice(String),
    /// There is none.
    #[error("{}: no .graphql or .gql file in this folder", .0.display())]
    Empty(PathBuf),
}

/// What tools write: texts by id (graphql-codegen, Relay), or Apollo's list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { operations: Vec<Operation> },
    Texts(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Trusted {
    /// Reads a manifest, or all `.graphql` and `.gql` files of a folder and the folders in it.
    /// The id of a file is the SHA-256 of its text.
    ///
    /// # Errors
    /// When something cannot be read, or holds what could never be run.
    pub fn read(path: &Path) -> Result<Self, TrustedError> {
        if !path.is_dir() {
            return Self::parse(&read_to_string(path)?);
        }
        let mut files = Vec::new();
        find(path, &mut files)?;
        if files.is_empty() {
            return Err(TrustedError::Empty(path.to_owned()));
        }
        let mut trusted = Self::default();
        for file in files {
            trusted.add(&file.display().to_string(), &read_to_string(&file)?)?;
        }
        trusted.ids.clear();
        Ok(trusted)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// When it is none, or holds what could never be run.
    pub fn parse(manifest: &str) -> Result<Self, TrustedError> {
        let mut trusted = Self::default();
        match serde_json::from_str(manifest).map_err(TrustedError::BadManifest)? {
            Manifest::Texts(texts) => {
                for (id, text) in texts {
                    trusted.add(&id, &text)?;
                }
            }
            Manifest::Apollo { operations } => {
                for Operation { id, body } in operations {
                    trusted.add(&id, &body)?;
                }
            }
        }
        Ok(trusted)
    }

    /// How many different documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    pub(super) fn by_id(&self, id: &str) -> Option<Arc<str>> {
        self.ids.get(id).cloned()
    }

    pub(super) fn by_hash(&self, hash: &Hash) -> Option<Arc<str>> {
        self.hashes.get(hash).cloned()
    }

    fn add(&mut self, id: &str, text: &str) -> Result<(), TrustedError> {
        check(text).map_err(|reason| TrustedError::BadDocument {
            id: id.to_owned(),
            reason,
        })?;
        let text: Arc<str> = text.into();
        self.hashes.insert(sha256(&text), Arc::clone(&text));
        match self.ids.insert(id.to_owned(), Arc::clone(&text)) {
            Some(other) if other != text => Err(TrustedError::Twice(id.to_owned())),
            _ => Ok(()),
        }
    }
}

/// Whether a document passes the gates that need neither schema nor variables.
fn check(text: &str) -> Result<(), String> {
    let limits = Limits::default();
    guard(text, &limits).map_err(|refusal| refusal.to_string())?;
    let document = parse_query(text).map_err(|error| error.to_string())?;
    measure(&document, &limits).map_err(|refusal| refusal.to_string())?;
    Ok(())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), TrustedError> {
    let unreadable = |source| TrustedError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            find(&path, files)?;
        } else if matches!(ending, Some("graphql" | "gql")) {
            files.push(path);
        }
    }
    Ok(())
}

fn read_to_string(path: &Path) -> Result<String, TrustedError> {
    fs::read_to_string(path).map_err(|source| TrustedError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_of_all_tools_are_read() {
        let texts = r#"{"one": "{ a }", "two": "query B { b }", "three": "{ a }"}"#;
        let apollo = r#"{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
            {"id": "one", "name": "A", "type": "query", "body": "{ a }"},
            {"id": "two", "name": "B", "type": "query", "body": "query B { b }"},
            {"id": "three", "name": "A", "type": "query", "body": "{ a }"}]}"#;
        let trusted = Trusted::parse(texts).expect("texts by id");
        assert_eq!(trusted, Trusted::parse(apollo).expect("Apollo's"));
        assert_eq!((trusted.len(), trusted.ids.len()), (2, 3));
        assert_eq!(trusted.by_id("two").as_deref(), Some("query B { b }"));
        assert_eq!(trusted.by_hash(&sha256("{ a }")).as_deref(), Some("{ a }"));
    }

    #[test]
    fn what_could_never_be_run_is_refused() {
        let deep = format!(r#"{{"a": "{} {}"}}"#, "{ a".repeat(30), "}".repeat(30));
        for (manifest, reason) in [
            ("[]", "not a manifest"),
            ("{", "not a manifest"),
            (r#"{"a": 1}"#, "not a manifest"),
            (r#"{"a": "{ b"}"#, "the document `a` cannot be run"),
            (&deep, "the document `a` cannot be run"),
            (
                r#"{"operations": [{"id": "a", "body": "{b}"}, {"id": "a", "body": "{c}"}]}"#,
                "two different documents are called `a`",
            ),
        ] {
            let error = Trusted::parse(manifest).expect_err(manifest).to_string();
            assert!(error.contains(reason), "{manifest}: {error}");
        }
    }

    #[test]
    fn a_folder_is_read_with_the_folders_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = Trusted::read(&folder.path().join("missing.json"));
        assert!(matches!(missing, Err(TrustedError::Unreadable { .. })));
        assert!(matches!(
            Trusted::read(folder.path()),
            Err(TrustedError::Empty(_))
        ));
        fs::create_dir(folder.path().join("pages")).expect("a folder");
        for (name, text) in [
            ("a.graphql", "{ a }"),
            ("pages/b.gql", "{ b }"),
            ("c.txt", "c"),
        ] {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let trusted = Trusted::read(folder.path()).expect("two documents");
        assert_eq!(trusted.len(), 2);
        assert_eq!(trusted.by_hash(&sha256("{ b }")).as_deref(), Some("{ b }"));
        fs::write(folder.path().join("d.graphql"), "{").expect("a file");
        let error = Trusted::read(folder.path())
            .expect_err("a bad file")
            .to_string();
        assert!(error.contains("d.graphql` cannot be run"), "{error}");
    }
}
