//! Feeds files to what reads them, and checks whatever comes out: no panic is not enough.
//!
//! The fuzz targets in `fuzz/` are made of the same functions.

use std::io::{Cursor, Write as _};
use std::path::Path;

use flate2::{Compression, write::GzEncoder};
use stack_atlas::ingest::dataset::adapters::registry;
use stack_atlas::ingest::dataset::bundle::{Bundle, BundleError, Limits};
use stack_atlas::ingest::dataset::claim::{Claim, Company, Mention, Says};
use stack_atlas::ingest::dataset::import::Aliases;
use stack_atlas::ingest::dataset::{Adapter, File, Place, Problem, Sink, resolve};
use url::Url;

/// Under which paths an adapter reads what it is fed: one for each way that it reads.
pub const PATHS: [(&str, &[&str]); 12] = [
    ("linguist", &["lib/linguist/languages.yml"]),
    ("endoflife", &["products/kettle.md", "full.json"]),
    ("landscape", &["landscape.yml"]),
    (
        "frameworks",
        &[
            "frameworks/Java/kettle/benchmark_config.json",
            "web-frameworks/rust/kettle/config.yaml",
        ],
    ),
    ("profiles", &["elixir-companies/src/content/companies/a.md"]),
    (
        "adopters",
        &["ADOPTERS.md", "a.b/USERS.md", "x/adopters.yaml"],
    ),
    ("startups", &["startups.csv"]),
    (
        "onet",
        &[
            "Occupation Data.txt",
            "Alternate Titles.txt",
            "Task Statements.txt",
            "Technology Skills.txt",
        ],
    ),
    ("oews", &["oews/national_M2024_dl.xlsx"]),
    ("skill-links", &["awesome-x/README.md"]),
    ("testing-links", &["howtheytest/database.json"]),
    ("qualities", &["_qualities/S/a.md"]),
];

/// What reads something: takes bytes, and checks what comes of it. Tells how much that was.
pub type Parser = (&'static str, fn(&str, &[u8]) -> usize);

/// All of them, by the folder of their samples. A `fn` of the adapters has to know which it is.
pub fn parsers() -> Vec<Parser> {
    let others: [Parser; 3] = [
        ("aliases", |_, bytes| usize::from(aliases(bytes))),
        ("archive", |_, bytes| archive(bytes)),
        ("slug", |_, bytes| {
            slug(&String::from_utf8_lossy(bytes)).len()
        }),
    ];
    let read: fn(&str, &[u8]) -> usize = |name, bytes| {
        let (claims, problems) = adapter(name, bytes);
        claims + 100 * problems
    };
    let adapters = PATHS.iter().map(|(name, _)| (*name, read));
    adapters.chain(others).collect()
}

/// Has the parser of this name read the bytes.
pub fn parser(name: &str, bytes: &[u8]) {
    let parsers = parsers();
    let (_, parser) = parsers.iter().find(|(other, _)| *other == name).unwrap();
    parser(name, bytes);
}

/// Rows of a spreadsheet; a row is its line.
const MOST_ROWS: usize = 1 << 20;

/// The adapter of this name, and the paths under which it reads.
fn fed(name: &str) -> (&'static dyn Adapter, &'static [&'static str]) {
    let (_, paths) = PATHS.iter().find(|(other, _)| *other == name).unwrap();
    (registry::named(name).unwrap(), paths)
}

/// Has an adapter read the bytes in every way that it can, and checks what it says. Tells how many
/// claims and problems came of it.
pub fn adapter(name: &str, bytes: &[u8]) -> (usize, usize) {
    let (adapter, paths) = fed(name);
    let mut told = (0, 0);
    for path in paths {
        assert!(adapter.reads(path), "{name} does not read {path}");
        if path.rsplit_once('.').is_some_and(|(_, end)| end == "xlsx") {
            read(adapter, path, bytes, MOST_ROWS, &mut told);
            read(adapter, path, &spreadsheet(bytes), MOST_ROWS, &mut told);
        } else {
            read(adapter, path, bytes, lines(bytes), &mut told);
        }
    }
    told
}

/// How long everything is that an adapter says of the bytes.
pub fn size(name: &str, bytes: &[u8]) -> usize {
    struct Size(usize);
    impl Sink for Size {
        fn claim(&mut self, claim: Claim) {
            self.0 += format!("{:?}", claim.says).len();
        }
        fn problem(&mut self, problem: Problem) {
            self.0 += problem.what.len();
        }
    }
    let (adapter, paths) = fed(name);
    let mut size = Size(0);
    for path in paths {
        adapter.read(&File { path, bytes }, &mut size);
    }
    size.0
}

fn read(adapter: &dyn Adapter, path: &str, bytes: &[u8], lines: usize, told: &mut (usize, usize)) {
    let mut checker = Checker { path, lines, told };
    adapter.read(&File { path, bytes }, &mut checker);
}

/// Lines of a file, as an editor counts them; YAML also breaks lines at a lone `\r`.
fn lines(bytes: &[u8]) -> usize {
    let breaks = bytes.iter().zip(bytes.iter().skip(1).chain([&0]));
    let breaks = breaks.filter(|pair| {
        matches!(pair, (b'\n', _)) || matches!(pair, (b'\r', next) if **next != b'\n')
    });
    1 + breaks.count()
}

/// Looks at everything that is said as it comes.
struct Checker<'a> {
    path: &'a str,
    lines: usize,
    told: &'a mut (usize, usize),
}

impl Checker<'_> {
    fn place(&self, place: &Place) {
        assert_eq!(place.path, self.path);
        if let Some(line) = place.line {
            assert!(
                (1..=self.lines).contains(&line),
                "line {line} of {}",
                self.lines
            );
        }
    }
}

impl Sink for Checker<'_> {
    fn claim(&mut self, claim: Claim) {
        self.place(&claim.place);
        let problem = wrong_with(&claim.says);
        assert_eq!(problem, None, "{claim:?}");
        // PostgreSQL has no such character. A backslash that is followed by a nought is another.
        let written = format!("{claim:?}").replace(r"\\", "");
        assert!(!written.contains(r"\0"), "{claim:?}");
        self.told.0 += 1;
    }

    fn problem(&mut self, problem: Problem) {
        self.place(&problem.place);
        assert_ne!(problem.what.trim(), "");
        self.told.1 += 1;
    }
}

/// What the documentation of a claim promises and this one does not keep.
#[expect(clippy::too_many_lines, reason = "one arm to each kind of claim")]
fn wrong_with(says: &Says) -> Option<&'static str> {
    match says {
        Says::Technology(technology) => first([
            unnamed(&technology.mention),
            blank(technology.summary.as_ref()),
            technology
                .repository
                .as_ref()
                .and_then(|address| unreachable(address)),
            technology.languages.iter().find_map(unnamed),
            blank(
                technology
                    .categories
                    .iter()
                    .flatten()
                    .chain(&technology.aliases)
                    .find(|text| text.trim().is_empty()),
            ),
        ]),
        Says::Company(company) => wrong_with_company(company),
        Says::Usage(usage) => first([
            unnamed(&usage.adopter),
            unnamed(&usage.technology),
            blank(usage.scope.as_ref()),
            usage.pages.iter().find_map(|(page, _)| unreachable(page)),
        ]),
        Says::Release(release) => {
            first([unnamed(&release.technology), blank(Some(&release.label))])
        }
        Says::Relation(relation) => first([unnamed(&relation.from), unnamed(&relation.to)]),
        Says::Role(role) => first([
            unnamed(&role.mention),
            blank(
                role.tasks
                    .iter()
                    .chain(&role.aliases)
                    .find(|text| text.trim().is_empty()),
            ),
        ]),
        Says::Salary(salary) => {
            let wages = [salary.low, salary.median, salary.high];
            let is_paid =
                wages.iter().flatten().all(|wage| *wage > 0) && wages.iter().any(Option::is_some);
            first([unnamed(&salary.role), (!is_paid).then_some("pays nothing")])
        }
        Says::RoleTechnology(link) => first([unnamed(&link.role), unnamed(&link.technology)]),
        Says::SkillArea(area) => first([
            unnamed(&area.mention),
            blank(area.within.iter().find(|name| name.trim().is_empty())),
        ]),
        Says::Article(article) => first([
            blank(Some(&article.title)),
            blank(Some(&article.experience)),
            unreachable(&article.url),
            article
                .company
                .iter()
                .chain(&article.technologies)
                .find_map(unnamed),
        ]),
    }
}

fn wrong_with_company(company: &Company) -> Option<&'static str> {
    let is_code =
        |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_country = company.country.as_ref().is_none_or(is_code);
    first([
        unnamed(&company.mention),
        blank(company.summary.as_ref()),
        blank(company.industry.as_ref()),
        (!is_country).then_some("no code of a country"),
    ])
}

fn first<const N: usize>(found: [Option<&'static str>; N]) -> Option<&'static str> {
    found.into_iter().flatten().next()
}

/// A mention has a name, trimmed, or at least an id.
fn unnamed(mention: &Mention) -> Option<&'static str> {
    let is_trimmed = mention.name.trim() == mention.name;
    let is_named = !mention.name.is_empty() || !mention.ids.is_empty();
    first([
        (!is_trimmed).then_some("a name that is not trimmed"),
        (!is_named).then_some("neither a name nor an id"),
        blank(mention.also.iter().find(|name| name.trim().is_empty())),
        blank(
            mention
                .ids
                .iter()
                .find(|(_, id)| id.trim().is_empty())
                .map(|(_, id)| id),
        ),
        mention
            .website
            .as_ref()
            .and_then(|address| unreachable(address)),
    ])
}

fn blank(text: Option<&String>) -> Option<&'static str> {
    text.is_some_and(|text| text.trim().is_empty())
        .then_some("a blank text")
}

fn unreachable(address: &str) -> Option<&'static str> {
    let url = Url::parse(address);
    let is_web = url.is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    (!is_web).then_some("an address that is none of the web")
}

/// A workbook whose only sheet is this, not compressed.
pub fn spreadsheet(sheet: &[u8]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let related = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let parts = [
        (
            "_rels/.rels",
            related("officeDocument", "xl/workbook.xml").into_bytes(),
        ),
        ("xl/workbook.xml", book.into_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            related("worksheet", "worksheets/sheet1.xml").into_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ];
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name, stored).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Walks the bytes as they are, and packed as the inside of an archive. Tells how many files were
/// shown.
pub fn archive(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    let packed = gzip.finish().unwrap();
    walk(bytes) + walk(&packed)
}

fn walk(bytes: &[u8]) -> usize {
    let limits = Limits {
        file: 4 << 10,
        total: 64 << 10,
        unpacked_free: 32 << 10,
        ratio: 20,
        entries: 50,
        path: 150,
        ..Limits::default()
    };
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let bundle = Bundle::open(file.path(), limits).unwrap();
    let (mut shown, mut size) = (0, 0);
    let outcome =
        bundle.walk::<BundleError>(&mut |path| is_inside(path, limits.path), &mut |file| {
            if let Ok(file) = file {
                assert!(
                    file.bytes.len() as u64 <= limits.file,
                    "{} bytes",
                    file.bytes.len()
                );
                size += file.bytes.len() as u64;
            }
            shown += 1;
            Ok(())
        });
    assert!(
        size <= limits.total && shown <= limits.entries,
        "{shown} files, {size} bytes"
    );
    if let Err(error) = outcome {
        assert_ne!(error.to_string(), "");
    }
    // Looking also reads what is said of origins.
    drop(bundle.look());
    shown
}

/// A path that leads nowhere else; any other is a mistake.
fn is_inside(path: &str, longest: usize) -> bool {
    let steps = Path::new(path).components();
    let is_plain = { steps }.all(|step| matches!(step, std::path::Component::Normal(_)));
    let is_inside =
        is_plain && !path.is_empty() && !path.contains(['\\', '\0']) && path.len() <= longest;
    assert!(is_inside, "{path:?}");
    true
}

/// Reads the bytes as names that a user teaches.
pub fn aliases(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let read = Aliases::parse("aliases.yaml", text);
    if let Err(problem) = &read {
        let line = problem.place.line.unwrap();
        assert!((1..=lines(bytes)).contains(&line), "{problem}");
        assert_ne!(problem.what.trim(), "");
    }
    read.is_ok()
}

/// Makes a slug of a name, and once more of the slug.
pub fn slug(name: &str) -> String {
    let slug = resolve::slug(name);
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_slug = slug.chars().all(is_allowed)
        && slug.len() <= 80
        && !slug.starts_with('-')
        && !slug.ends_with('-')
        && !slug.contains("--");
    assert!(is_slug, "{name:?} is {slug:?}");
    assert_eq!(resolve::slug(&slug), slug, "{name:?}");
    slug
}
