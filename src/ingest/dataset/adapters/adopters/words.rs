//! The words by which lists are understood.

use chrono::NaiveDate;
use entity::enums::UsageStatus;

/// Whether a file is called like a list of adopters.
pub(super) fn is_list_name(stem: &str) -> bool {
    let plain: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    plain.contains("adopter")
        || ["users", "whouses", "whoisusing", "inthewild", "companies"].contains(&plain.as_str())
}

/// Whether a file is called like one that tells about others.
pub(super) fn is_about_files(stem: &str) -> bool {
    [
        "source",
        "license",
        "licence",
        "contributing",
        "changelog",
        "notice",
        "code_of_conduct",
    ]
    .contains(&stem)
}

/// Words of headings below which no adopters stand.
const HIDDEN: [&str; 28] = [
    "add ",
    "adding",
    "updating",
    "how to",
    "contribut",
    "individual",
    "adopter type",
    "types of",
    "template",
    "example",
    "article",
    "talks",
    "presentation",
    "further reading",
    "legend",
    "table of contents",
    "contents",
    "similar",
    "license",
    "licence",
    "maintainer",
    "join",
    "get involved",
    "instructions",
    "guideline",
    "your ",
    "logos",
    "glossary",
];

/// Whether what stands below a heading instructs, explains or lists people.
pub(super) fn is_hidden_section(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    HIDDEN
        .iter()
        .any(|word| heading.starts_with(word) || heading.contains(&format!(" {word}")))
}

/// Words with which an item begins that tells what to do.
const IMPERATIVES: [&str; 26] = [
    "add", "adding", "a", "an", "all", "check", "clone", "click", "commit", "contact", "create",
    "edit", "email", "feel", "fill", "fork", "if", "make", "note", "open", "please", "send",
    "sign", "submit", "the", "update",
];

/// Names that end in, or are, no company's.
const NO_NAMES: [&str; 27] = [
    "blog",
    "blog post",
    "case study",
    "click here",
    "coming soon",
    "documentation",
    "email",
    "end user",
    "end-user",
    "github",
    "here",
    "homepage",
    "hosted-service",
    "integration",
    "link",
    "n/a",
    "none",
    "open an issue",
    "production",
    "reference",
    "source",
    "tbd",
    "vendor",
    "website",
    "your company",
    "your organization",
    "example",
];

/// Whether this may be what an adopter is called.
pub(super) fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let lower = name.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or_default();
    let is_short = name.chars().count() <= 90 && (1..=10).contains(&words);
    let is_told = IMPERATIVES.contains(&first) && words > 2;
    is_short
        && name.chars().any(char::is_alphanumeric)
        && !is_told
        && !name.starts_with(['[', '{', '<', '…'])
        && !lower.contains("://")
        && !is_personal(name)
        && !NO_NAMES.contains(&lower.as_str())
        && !lower.starts_with("your ")
}

/// A handle or a mail address.
pub(super) fn is_personal(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('@') || (text.contains('@') && !text.contains(' '))
}

/// What a column holds, by its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Adopter,
    Logo,
    Website,
    Evidence,
    Scope,
    Status,
    Since,
    Industry,
    Place,
    Contact,
    Other,
}

/// Which words tell what a column holds. The first that fits counts.
const COLUMNS: [(Column, &[&str]); 10] = [
    (
        Column::Contact,
        &[
            "contact",
            "mail",
            "github",
            "handle",
            "maintainer",
            "owner",
            "slack",
            "twitter",
            "submitted",
            "poc",
            "people",
            "person",
        ],
    ),
    (Column::Logo, &["logo", "image", "icon"]),
    (
        Column::Website,
        &["website", "url", "homepage", "home page", "site", "web"],
    ),
    (Column::Since, &["since", "adopted", "date", "year", "when"]),
    (
        Column::Evidence,
        &[
            "source",
            "reference",
            "link",
            "story",
            "stories",
            "case stud",
            "blog",
            "article",
            "evidence",
            "more info",
            "more information",
            "read more",
            "learn more",
            "talk",
            "presentation",
            "video",
            "proof",
            "public",
        ],
    ),
    (
        Column::Status,
        &[
            "status",
            "stage",
            "environment",
            "maturity",
            "phase",
            "level",
        ],
    ),
    (
        Column::Scope,
        &[
            "use case",
            "use-case",
            "usecase",
            "usage",
            "used for",
            "how",
            "descri",
            "detail",
            "purpose",
            "comment",
            "note",
            "about",
            "component",
            "feature",
            "what",
        ],
    ),
    (
        Column::Industry,
        &["industry", "sector", "vertical", "domain"],
    ),
    (
        Column::Place,
        &["location", "country", "region", "headquarter", "where"],
    ),
    (
        Column::Adopter,
        &[
            "organi",
            "compan",
            "name",
            "adopter",
            "user",
            "project",
            "who",
            "customer",
            "institution",
            "vendor",
            "product",
            "team",
            "entity",
            "member",
            "partner",
        ],
    ),
];

/// What a column holds.
pub(super) fn column(head: &str) -> Column {
    let head = head.to_lowercase();
    if ["organi", "company /", "company name", "adopter name"]
        .iter()
        .any(|word| head.starts_with(word))
        || head == "company"
    {
        return Column::Adopter;
    }
    let fits = |(_, words): &&(Column, &[&str])| words.iter().any(|word| head.contains(word));
    COLUMNS
        .iter()
        .find(fits)
        .map_or(Column::Other, |(column, _)| *column)
}

/// Whether the label of a link promises more about the usage.
pub(super) fn promises_evidence(label: &str) -> bool {
    const LABELS: [&str; 16] = [
        "blog",
        "case study",
        "story",
        "article",
        "talk",
        "video",
        "post",
        "presentation",
        "slides",
        "read more",
        "learn more",
        "more info",
        "link",
        "source",
        "reference",
        "details",
    ];
    let label = label.to_lowercase();
    let is_number = !label.is_empty() && label.chars().all(|c| c.is_ascii_digit());
    is_number
        || LABELS.iter().any(|word| label.contains(word)) && label.split_whitespace().count() <= 4
}

/// How far somebody is.
pub(super) fn status(text: &str) -> UsageStatus {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&[
        "no longer",
        "former",
        "past",
        "deprecated",
        "stopped",
        "retired",
        "migrated away",
    ]) {
        UsageStatus::Past
    } else if has(&["prod", "live", "ga"])
        || !has(&[
            "test",
            "dev",
            "poc",
            "proof of",
            "pilot",
            "eval",
            "plan",
            "trial",
            "experiment",
            "staging",
            "alpha",
            "beta",
        ])
    {
        UsageStatus::Current
    } else {
        UsageStatus::Unknown
    }
}

/// A year, a month or a day: `2021`, `2021-03`, `2021-03-09`.
pub(super) fn since(text: &str) -> Option<NaiveDate> {
    let digits = text
        .trim()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let parts: Vec<u32> = digits
        .take(3)
        .filter_map(|part| part.parse().ok())
        .collect();
    let year = i32::try_from(*parts.first()?)
        .ok()
        .filter(|year| (1990..=2100).contains(year))?;
    let month = parts
        .get(1)
        .copied()
        .filter(|month| (1..=12).contains(month))
        .unwrap_or(1);
    let day = parts.get(2).copied().unwrap_or(1);
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, 1))
}

/// Words by which advertising is known: who put themselves on many lists, and the usual trades.
const ADVERTISING: [&str; 14] = [
    "pits global",
    "pitsdatarecovery",
    "pitsdatenrettung",
    "pits datenrettung",
    "datenrettung",
    "casino",
    "slot gacor",
    "togel",
    "essay writing",
    "payday loan",
    "buy followers",
    "escort",
    "judi online",
    "crypto giveaway",
];

/// The word that shows an entry to be advertising.
pub(super) fn advertising(name: &str, website: Option<&str>) -> Option<&'static str> {
    let text = format!(
        "{} {}",
        name.to_lowercase(),
        website.unwrap_or_default().to_lowercase()
    );
    ADVERTISING.into_iter().find(|word| text.contains(word))
}

/// What a heading says is used.
pub(super) fn subject(heading: &str) -> Option<String> {
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric() && c != '#' && c != '+');
    let lower = heading.to_lowercase();
    if lower.len() != heading.len() {
        return None;
    }
    let after = [
        " are using ",
        " is using ",
        "'s using ",
        "’s using ",
        " using ",
        " uses ",
        " use ",
        " adopting ",
        "adopters of ",
        "users of ",
    ];
    let before = [
        " adopters",
        " users",
        " user list",
        " in the wild",
        " in production",
    ];
    let found = after
        .iter()
        .find_map(|word| lower.rfind(word).map(|at| &heading[at + word.len()..]))
        .filter(|name| !name.is_empty())
        .or_else(|| {
            before
                .iter()
                .find_map(|word| lower.find(word).map(|at| &heading[..at]))
        })?;
    clean_subject(found)
}

/// Words that are in no name of a project, but in headings.
const NONE: [&str; 24] = [
    "all",
    "current",
    "end",
    "existing",
    "known",
    "list",
    "notable",
    "official",
    "other",
    "our",
    "public",
    "production",
    "company",
    "companies",
    "who",
    "this",
    "it",
    "us",
    "its",
    "service",
    "services",
    "enterprise",
    "of",
    "project",
];

/// The name in what a heading says, without versions and what follows.
fn clean_subject(text: &str) -> Option<String> {
    let text = text.split([':', '(', ',', '?', '!']).next()?.trim();
    let text = text.split(" in ").next()?.trim();
    let lower = text.to_lowercase();
    let text = if lower.starts_with("the ") {
        &text[4..]
    } else {
        text
    };
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !is_version(word))
        .collect();
    let is_name = (1..=4).contains(&words.len())
        && !words
            .iter()
            .any(|word| NONE.contains(&word.to_lowercase().as_str()));
    is_name.then(|| words.join(" "))
}

fn is_version(word: &str) -> bool {
    let word = word.strip_prefix('v').unwrap_or(word);
    word.starts_with(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | 'x'))
}
