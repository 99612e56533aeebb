//! The files of the knowledge: those inside the program, or those of a folder.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};

use super::mistake::{Sink, did_you_mean};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// The names that a file of facts may have.
pub(super) const NAMES: [&str; 15] = [
    "aliases.yaml",
    "categories.yaml",
    "companies.yaml",
    "differences.yaml",
    "experiences.yaml",
    "frameworks.yaml",
    "languages.yaml",
    "products.yaml",
    "relations.yaml",
    "releases.yaml",
    "roles.yaml",
    "skill-areas.yaml",
    "sources.yaml",
    "tools.yaml",
    "usages.yaml",
];

/// Bytes that a file may have.
const LARGEST: u64 = 8 * 1024 * 1024;

/// Counts up whenever the same files lead to other rows.
const EDITION: u8 = 1;

/// The text of each file that is there, by name.
#[derive(Clone, Debug)]
pub struct Files {
    texts: Vec<(&'static str, String)>,
    /// Files that are there but cannot be read.
    broken: Vec<&'static str>,
    /// What is wrong with the folder and its files, apart from what is in them.
    faults: Sink,
}

impl Files {
    /// The files that are part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        let files = EMBEDDED.files().filter_map(|file| {
            let name = file.path().to_str()?;
            Some((name, text(file.contents().to_vec())))
        });
        Self::collect(Sink::new("knowledge"), files)
    }

    /// The files of a folder. Of its contents, only `*.yaml` and `*.yml` matter. What cannot be
    /// read is among the mistakes when the files are parsed.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let mut faults = Sink::new(&folder.display().to_string());
        let mut files = Vec::new();
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.unwrap_or_else(|error| {
            faults.note("", 0, "", format!("cannot be read: {error}"));
            Vec::new()
        });
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_yaml(&name) {
                let bytes = read_some(&entry.path());
                let bytes = bytes.map_err(|error| (0, format!("cannot be read: {error}")));
                files.push((name, bytes.and_then(text)));
            }
        }
        Self::collect(faults, files)
    }

    /// Files by name and text.
    #[must_use]
    pub fn from_texts(texts: &[(&str, &str)]) -> Self {
        let files = texts
            .iter()
            .map(|(name, content)| (*name, text(content.as_bytes().to_vec())));
        Self::collect(Sink::new("knowledge"), files)
    }

    /// Files by name and content.
    fn collect<N: AsRef<str>>(faults: Sink, files: impl IntoIterator<Item = (N, Content)>) -> Self {
        let mut collected = Self {
            texts: Vec::new(),
            broken: Vec::new(),
            faults,
        };
        for (name, content) in files {
            collected.add(name.as_ref(), content);
        }
        if collected.texts.is_empty() && collected.faults.is_empty() {
            // Else a mistyped folder would retire everything.
            let message = format!("holds none of the files {}", NAMES.join(", "));
            collected.faults.note("", 0, "", message);
        }
        collected.texts.sort();
        collected
    }

    fn add(&mut self, name: &str, content: Content) {
        let known = NAMES.into_iter().find(|known| *known == name);
        match (known, content) {
            (Some(known), Ok(text)) => self.texts.push((known, text)),
            (Some(known), Err((line, message))) => {
                self.broken.push(known);
                self.faults.note(name, line, "", message);
            }
            (None, _) if is_yaml(name) => {
                let hint = did_you_mean(name, NAMES);
                let message = format!("no file of the knowledge has this name{hint}");
                self.faults.note(name, 0, "", message);
            }
            (None, _) => {}
        }
    }

    /// A hash of all that is in the files, in hexadecimal: equal if they are. That of files with
    /// faults is equal to no other's.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update([EDITION, u8::from(!self.faults.is_empty())]);
        for (name, text) in &self.texts {
            // With its length, a text cannot run into the next name.
            hash.update(format!("{name} {}\n", text.len()));
            hash.update(text);
        }
        hash.finalize().iter().fold(String::new(), |digest, byte| {
            digest + &format!("{byte:02x}")
        })
    }

    /// Where to collect the mistakes of these files; holds their faults already.
    pub(super) fn sink(&self) -> Sink {
        self.faults.clone()
    }

    /// The text of a file, empty if there is none; `None` if it cannot be read.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        if self.broken.contains(&name) {
            return None;
        }
        let found = self.texts.iter().find(|(known, _)| *known == name);
        Some(found.map_or("", |(_, text)| text))
    }
}

/// The text of a file, or the line and the reason why it is none.
type Content = Result<String, (usize, String)>;

fn is_yaml(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The bytes of a file, at most one more than are allowed.
fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(bytes: Vec<u8>) -> Content {
    if bytes.len() as u64 > LARGEST {
        return Err((0, format!("is larger than {} MiB", LARGEST / 1024 / 1024)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..valid]
            .iter()
            .filter(|byte| **byte == b'\n');
        (lines.count() + 1, "is not UTF-8 here".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(files: Files) -> String {
        let mistakes = files.faults.into_mistakes().0;
        mistakes
            .first()
            .map_or_else(|| "none".to_owned(), ToString::to_string)
    }

    fn fault_of(name: &str, bytes: Vec<u8>) -> String {
        let files = [(name, text(bytes)), ("roles.yaml", Ok(String::new()))];
        fault(Files::collect(Sink::new("knowledge"), files))
    }

    #[test]
    fn the_digest_follows_the_content() {
        let one = Files::from_texts(&[("roles.yaml", "a"), ("tools.yaml", "b")]);
        let other_order = Files::from_texts(&[("tools.yaml", "b"), ("roles.yaml", "a")]);
        let moved = Files::from_texts(&[("roles.yaml", "ab"), ("tools.yaml", "")]);
        let faulty = Files::from_texts(&[("roles.yaml", "a"), ("tools.yaml", "b"), ("x.yml", "")]);
        assert_eq!(one.digest(), other_order.digest());
        assert_ne!(one.digest(), moved.digest());
        assert_ne!(one.digest(), faulty.digest());
        assert_eq!(one.digest().len(), 64);
    }

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_line() {
        assert_eq!(
            fault_of("tools.yaml", b"- slug: a\n  name: \xff\n".to_vec()),
            "knowledge/tools.yaml:2: is not UTF-8 here"
        );
    }

    #[test]
    fn a_file_may_have_eight_mebibytes_and_no_byte_more() {
        let limit = usize::try_from(LARGEST).expect("fits");
        assert_eq!(fault_of("tools.yaml", vec![b'#'; limit]), "none");
        assert_eq!(
            fault_of("tools.yaml", vec![b'#'; limit + 1]),
            "knowledge/tools.yaml: is larger than 8 MiB"
        );
    }

    #[test]
    fn an_unknown_file_is_a_mistake_unless_it_is_no_yaml() {
        assert_eq!(
            fault_of("tool.yaml", Vec::new()),
            "knowledge/tool.yaml: no file of the knowledge has this name; \
             did you mean `tools.yaml`?"
        );
        assert_eq!(fault_of("README.md", Vec::new()), "none");
    }

    #[test]
    fn a_folder_that_is_missing_or_strange_is_one_clear_sentence() {
        let text = fault(Files::read(Path::new("/no/such/folder")));
        assert!(
            text.starts_with("/no/such/folder: cannot be read: "),
            "{text}"
        );

        let text = fault(Files::read(Path::new("/proc")));
        assert!(
            text.starts_with("/proc: holds none of the files aliases.yaml, "),
            "{text}"
        );
    }
}
