//! Data sets, found in what a user points at.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use entity::source;
use url::Url;

use super::licence;
use crate::ingest::dataset::bundle::{Bundle, BundleError, Limits, Origin, fetch};
use crate::ingest::dataset::{Adapter, Place, resolve};
use crate::store::text::fold_name;

/// The files of one origin that one adapter reads.
pub struct DataSet {
    /// Reads it.
    pub adapter: &'static dyn Adapter,
    /// Where it comes from.
    pub origin: Origin,
    /// The folder of the bundle in which it lies; empty for its root.
    pub folder: String,
    /// Its files.
    pub paths: Vec<String>,
    /// The place in the list of bundles.
    pub(super) bundle: usize,
    /// What it is called where nothing tells of its origin.
    pub(super) given: String,
}

impl DataSet {
    /// What a person calls it: its repository, or what was given.
    #[must_use]
    pub fn title(&self) -> &str {
        self.origin.repository.as_deref().unwrap_or(&self.given)
    }

    /// The slug of its source, and with it of its import.
    #[must_use]
    pub fn slug(&self) -> String {
        let adapter = self.adapter.name();
        match resolve::slug(self.title()) {
            title if title.is_empty() => adapter.to_owned(),
            title => format!("{adapter}-{title}"),
        }
    }

    /// Its licence, as an SPDX expression.
    #[must_use]
    pub fn licence(&self) -> Option<String> {
        let told = self.origin.licence.as_deref();
        told.and_then(licence::expression)
            .or_else(|| licence::expression(self.adapter.about().licence))
    }

    /// The row of its source.
    pub(super) fn source(&self, now: DateTime<Utc>) -> source::Model {
        let about = self.adapter.about();
        let name = format!("{} ({})", self.title(), self.adapter.name());
        let repository = self.repository();
        let owner = repository.and_then(|path| path.split_once('/'));
        source::Model {
            id: 0,
            slug: self.slug(),
            name_key: fold_name(&name),
            name,
            description: Some(about.reads.to_owned()),
            url: repository.map(|path| match self.commit() {
                Some(commit) => format!("https://github.com/{path}/tree/{commit}"),
                None => format!("https://github.com/{path}"),
            }),
            publisher: owner.map(|(owner, _)| owner.to_owned()),
            licence: self.licence(),
            attribution: Some(match repository {
                Some(path) => format!("{} ({path})", about.attribution),
                None => about.attribution.to_owned(),
            }),
            version: self.origin.version.clone(),
            snapshot_on: self.origin.date,
            created_at: now,
            updated_at: now,
            revision: 1,
        }
    }

    /// The page that shows a place of it, at the commit that was read.
    pub(super) fn permalink(&self, place: &Place) -> Option<String> {
        let (repository, commit) = (self.repository()?, self.commit()?);
        let path = place.path.strip_prefix(&self.folder)?;
        let path = self.origin.path_in_repository(path.trim_start_matches('/'));
        let mut url = Url::parse("https://github.com/").ok()?;
        url.path_segments_mut()
            .ok()?
            .extend(repository.split('/'))
            .extend(["blob", commit])
            .extend(path.split('/'));
        if path.to_lowercase().ends_with(".md") {
            // Without it, the page is shown as it is read and has no lines.
            url.set_query(Some("plain=1"));
        }
        if let Some(line) = place.line {
            url.set_fragment(Some(&format!("L{line}")));
        }
        Some(url.into())
    }

    fn repository(&self) -> Option<&str> {
        let path = self.origin.repository.as_deref()?;
        let is_path = path.matches('/').count() == 1 && !path.contains(char::is_whitespace);
        is_path.then_some(path)
    }

    fn commit(&self) -> Option<&str> {
        let version = self.origin.version.as_deref()?;
        let is_commit = version.len() >= 7 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_commit.then_some(version)
    }
}

/// What a user pointed at, and the data sets in it.
#[derive(Default)]
pub struct Plan {
    pub(super) bundles: Vec<Bundle>,
    /// In the order in which they build on each other.
    pub sets: Vec<DataSet>,
}

impl Plan {
    /// Looks at a file, a folder, an archive or an address: which of the adapters read what in it?
    /// Archives in a folder are looked into.
    ///
    /// # Errors
    /// When there is nothing, or something that cannot be read.
    pub async fn of(
        from: &str,
        adapters: &[&'static dyn Adapter],
        limits: Limits,
    ) -> Result<Self, BundleError> {
        let mut plan = Self::default();
        if from.contains("://") {
            plan.add(fetch(from, limits).await?, adapters)?;
        } else {
            let path = Path::new(from);
            plan.add(Bundle::open(path, limits)?, adapters)?;
            for archive in archives(path)? {
                plan.add(Bundle::open(&archive, limits)?, adapters)?;
            }
        }
        let rank = |set: &DataSet| {
            let name = set.adapter.name();
            let position = adapters.iter().position(|adapter| adapter.name() == name);
            (position, set.bundle, set.folder.clone())
        };
        plan.sets.sort_by_key(rank);
        Ok(plan)
    }

    fn add(
        &mut self,
        bundle: Bundle,
        adapters: &[&'static dyn Adapter],
    ) -> Result<(), BundleError> {
        let (paths, origins) = bundle.look()?;
        let mut sets: BTreeMap<(usize, String), DataSet> = BTreeMap::new();
        for path in paths {
            // The first that reads a file reads it: only one of them knows what it says.
            let reader = adapters.iter().position(|adapter| adapter.reads(&path));
            let Some(position) = reader else { continue };
            let told = origins.of(&path);
            let folder = told.map_or(String::new(), |(folder, _)| folder.to_owned());
            let set = sets.entry((position, folder.clone())).or_insert_with(|| {
                let mut origin = told.map(|(_, origin)| origin.clone()).unwrap_or_default();
                let beside = || origins.licence(&path).map(str::to_owned);
                origin.licence = origin.licence.or_else(beside);
                DataSet {
                    adapter: adapters[position],
                    origin,
                    given: given(&bundle, &folder),
                    folder,
                    paths: Vec::new(),
                    bundle: self.bundles.len(),
                }
            });
            set.paths.push(path);
        }
        self.sets.extend(sets.into_values());
        self.bundles.push(bundle);
        Ok(())
    }
}

/// What a data set without an origin is called: its folder, else the file or archive.
fn given(bundle: &Bundle, folder: &str) -> String {
    let name = if folder.is_empty() {
        bundle.name()
    } else {
        folder
    };
    let name = name
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(name);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let known = [".tar", ".tgz"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    known.unwrap_or(name).to_owned()
}

/// The archives that lie in a folder, by name.
fn archives(folder: &Path) -> Result<Vec<std::path::PathBuf>, BundleError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let io = |error| BundleError::Io {
        what: folder.display().to_string(),
        error,
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_archive = name.ends_with(".tar.gz") || name.ends_with(".tgz");
        if is_archive && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
