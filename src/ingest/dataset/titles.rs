//! Titles of articles: whose work they tell of, and what they name.

use super::claim::Mention;

/// Words of titles that are written large and name nothing.
const COMMON: [&str; 61] = [
    "a",
    "about",
    "analysis",
    "and",
    "application",
    "architecture",
    "automated",
    "automating",
    "better",
    "building",
    "case",
    "cluster",
    "clusters",
    "data",
    "design",
    "designing",
    "distributed",
    "engine",
    "engineering",
    "evolution",
    "fast",
    "faster",
    "for",
    "framework",
    "from",
    "high",
    "how",
    "improving",
    "in",
    "infrastructure",
    "introducing",
    "journey",
    "large",
    "lessons",
    "managing",
    "migrating",
    "migration",
    "monitoring",
    "of",
    "on",
    "open",
    "operating",
    "part",
    "performance",
    "platform",
    "processing",
    "production",
    "real",
    "reliable",
    "scalable",
    "scale",
    "scaling",
    "search",
    "service",
    "services",
    "simple",
    "stream",
    "system",
    "testing",
    "the",
    "time",
];

/// The company of `Title at Company`, `Title (3 parts) at Company`.
pub(super) fn company(title: &str) -> Option<&str> {
    let (_, company) = title.rsplit_once(" at ")?;
    let company = company.trim().trim_end_matches(['.', ':', ')']).trim();
    let company = company.split(" (").next()?.trim();
    let is_name = (1..=5).contains(&company.split(' ').count())
        && company.starts_with(|first: char| {
            first.is_uppercase() || first.is_ascii_digit() || first.is_lowercase()
        });
    let is_other = [
        "scale", "least", "large", "all", "work", "night", "home", "runtime", "once", "rest",
    ]
    .contains(&company.to_lowercase().as_str());
    (is_name && !is_other).then_some(company)
}

/// What a title may name: words written large, alone and in pairs.
pub(super) fn technologies(title: &str, company: &str) -> Vec<Mention> {
    let title = title.strip_suffix(company).unwrap_or(title);
    let words = title.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')' | '/' | '"' | ';' | '?' | '!')
    });
    let mut names: Vec<String> = Vec::new();
    let mut last: Option<&str> = None;
    for word in words {
        let word = word.trim_end_matches(['.', '\'', '’']);
        let is_large = word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())
            && word.chars().count() >= 2;
        let is_name = is_large
            && !word
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '+'));
        if let (Some(last), true) = (last, is_name) {
            names.push(format!("{last} {word}"));
        }
        let is_common = COMMON.contains(&word.to_lowercase().as_str());
        if is_name && !is_common && word != company {
            names.push(word.to_owned());
        }
        last = Some(word).filter(|_| is_name);
    }
    names.into_iter().map(Mention::named).collect()
}
