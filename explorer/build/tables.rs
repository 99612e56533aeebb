//! Tables of what is embedded, as Rust.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A file and the path that it is served under.
struct Asset {
    path: String,
    file: PathBuf,
    hash: u64,
    hashed: bool,
}

/// The files of the pages, sorted by path.
pub fn assets(plain: &Path, bundle: Option<&Path>) -> Result<String> {
    let mut assets = plain_files(plain)?;
    if let Some(bundle) = bundle {
        let bundled = bundled_files(bundle)?;
        // The bundler has added to the licences.
        assets.retain(|asset| bundled.iter().all(|other| other.path != asset.path));
        assets.extend(bundled);
    }
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    let full = bundle.is_some();
    let mut table = format!("const FULL: bool = {full};\nstatic ASSETS: &[Asset] = &[\n");
    for asset in &assets {
        let Asset {
            path, hash, hashed, ..
        } = asset;
        let body = body(&asset.file);
        writeln!(
            table,
            "    Asset {{ path: {path:?}, etag: \"\\\"{hash:016x}\\\"\", hashed: {hashed}, body: {body} }},"
        )?;
    }
    table.push_str("];\n");
    Ok(table)
}

/// What has an address of its own keeps its name; what pages are made of is named after its content.
fn plain_files(folder: &Path) -> Result<Vec<Asset>> {
    let mut assets = Vec::new();
    for file in files(folder)? {
        let name = name(&file)?;
        let hash = hash(&fs::read(&file)?);
        let (stem, extension) = name.rsplit_once('.').ok_or("a file without a type")?;
        let hashed = !matches!(extension, "html" | "md");
        let path = if hashed {
            format!("assets/{stem}-{hash:016x}.{extension}")
        } else {
            name.clone()
        };
        assets.push(Asset {
            path,
            file,
            hash,
            hashed,
        });
    }
    Ok(assets)
}

/// The bundler has named them already; what it has compressed belongs to its original.
fn bundled_files(folder: &Path) -> Result<Vec<Asset>> {
    let mut assets = Vec::new();
    for file in files(folder)? {
        if file.extension().is_some_and(|it| it == "gz" || it == "br") {
            continue;
        }
        let path = file.strip_prefix(folder)?.to_str();
        let path = path.ok_or("a name that is not text")?.replace('\\', "/");
        let hash = hash(&fs::read(&file)?);
        let hashed = path.starts_with("assets/");
        assets.push(Asset {
            path,
            file,
            hash,
            hashed,
        });
    }
    Ok(assets)
}

/// The content of a file, compressed if the bundler has done so.
fn body(file: &Path) -> String {
    let shown = file.display().to_string();
    let packed = ["gz", "br"].map(|suffix| format!("{shown}.{suffix}"));
    let [gzip, brotli] = &packed;
    if packed.iter().all(|file| Path::new(file).exists()) {
        format!(
            "Body::Packed {{ gzip: include_bytes!({gzip:?}), brotli: include_bytes!({brotli:?}) }}"
        )
    } else {
        format!("Body::Plain(include_bytes!({shown:?}))")
    }
}

/// The example questions, sorted by file name. The first line of each is `# Group: title`.
pub fn questions(folder: &Path) -> Result<String> {
    let mut table = String::from("static QUESTIONS: &[Question] = &[\n");
    let documents = files(folder)?;
    for file in documents
        .iter()
        .filter(|file| file.extension().is_some_and(|it| it == "graphql"))
    {
        let text = fs::read_to_string(file)?;
        let (head, query) = text
            .split_once('\n')
            .ok_or("a question has two lines at least")?;
        let (group, title) = head
            .strip_prefix("# ")
            .and_then(|head| head.split_once(": "))
            .ok_or_else(|| format!("{}: the first line is `# Group: title`", file.display()))?;
        let name = name(file)?.replace(".graphql", "");
        let given = file.with_extension("json");
        let variables = if given.exists() {
            fs::read_to_string(given)?
        } else {
            String::new()
        };
        let (query, variables) = (query.trim(), variables.trim());
        writeln!(
            table,
            "    Question {{ name: {name:?}, group: {group:?}, title: {title:?}, query: {query:?}, variables: {variables:?} }},"
        )?;
    }
    table.push_str("];\n");
    Ok(table)
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn name(file: &Path) -> Result<String> {
    let name = file.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or("a name that is not text")?.to_owned())
}

/// Tells versions of a file apart; no more is asked of it.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
