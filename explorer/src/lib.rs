//! The files of the pages, embedded, and the example questions that stand in them.
//!
//! The build script makes both: the explorer from `web/`, if Node is there; the plain console and
//! the home page's script and style from `plain/`; the questions from `tests/questions/`, where
//! the tests run each of them.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));
include!(concat!(env!("OUT_DIR"), "/questions.rs"));

/// A file to serve.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Where it is served, below the root of the service.
    pub path: &'static str,
    /// Its strong `ETag`, quotes included.
    pub etag: &'static str,
    /// Whether its name changes with its content, so that it may be kept for ever.
    pub hashed: bool,
    /// What is in it.
    pub body: Body,
}

/// The content of a file.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// As it is.
    Plain(&'static [u8]),
    /// Compressed when the program was built, in two ways.
    Packed {
        /// By gzip.
        gzip: &'static [u8],
        /// By brotli.
        brotli: &'static [u8],
    },
}

/// An example of what can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The name of its file.
    pub name: &'static str,
    /// What it is about.
    pub group: &'static str,
    /// The question, in words.
    pub title: &'static str,
    /// The question, in GraphQL.
    pub query: &'static str,
    /// Its variables as JSON; empty if it has none.
    pub variables: &'static str,
}

/// Whether the explorer is embedded; else the plain console stands in for it.
#[must_use]
pub const fn is_full() -> bool {
    FULL
}

/// All files.
#[must_use]
pub fn assets() -> &'static [Asset] {
    ASSETS
}

/// The file at a path.
#[must_use]
pub fn asset(path: &str) -> Option<&'static Asset> {
    let place = ASSETS.binary_search_by(|asset| asset.path.cmp(path));
    ASSETS.get(place.ok()?)
}

/// The path of the file that was called `name` before its hash was added, such as `home.css`.
#[must_use]
pub fn hashed(name: &str) -> Option<&'static str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let paths = ASSETS.iter().map(|asset| asset.path);
    let mut found = paths.filter(|path| {
        let rest = path
            .strip_prefix("assets/")
            .and_then(|path| path.strip_prefix(stem));
        let rest = rest.and_then(|rest| rest.strip_suffix(extension));
        rest.and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(|hash| !hash.contains('-'))
    });
    found.next()
}

/// The example questions.
#[must_use]
pub fn questions() -> &'static [Question] {
    QUESTIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_path_and_by_its_name() {
        for asset in assets() {
            assert_eq!(
                super::asset(asset.path).map(|found| found.etag),
                Some(asset.etag)
            );
        }
        for name in [
            "palette.css",
            "console.css",
            "console.js",
            "home.css",
            "home.js",
        ] {
            let path = hashed(name).unwrap_or_default();
            assert!(
                asset(path).is_some_and(|asset| asset.hashed),
                "{name}: {path}"
            );
        }
        assert!(asset("console.html").is_some_and(|asset| !asset.hashed));
        assert!(asset("explorer.html").is_some() == is_full());
        assert!(asset("licences.md").is_some_and(|asset| !asset.hashed));
        assert!(hashed("nothing.js").is_none());
    }

    #[test]
    fn plain_pages_load_nothing_from_elsewhere_and_hold_no_code() {
        let Some(Body::Plain(page)) = asset("console.html").map(|asset| asset.body) else {
            panic!("the console is embedded as it is");
        };
        let page = String::from_utf8_lossy(page);
        for hole in [
            "http:", "https:", "//", "<style", "style=", "onclick", "<script>",
        ] {
            assert!(!page.contains(hole), "{hole}");
        }
    }

    #[test]
    fn questions_have_a_name_of_their_own() {
        assert!(questions().len() >= 12);
        for pair in questions().windows(2) {
            assert!(pair[0].name < pair[1].name, "{}", pair[1].name);
        }
    }
}
