//! Picking names of technologies out of what people write.
//!
//! What comes out are candidates: a name may mean something else, or nothing.

use super::markup::inline::plain;

/// Characters and words that a name may have.
const LONGEST: usize = 40;
const MOST_WORDS: usize = 4;

/// Words between names.
const BETWEEN: [&str; 15] = [
    " and/or ",
    " and ",
    " & ",
    " or ",
    " with ",
    " plus ",
    " + ",
    " via ",
    " including ",
    " such as ",
    " as well as ",
    " like ",
    ". ",
    " - ",
    " – ",
];

/// Words after which a sentence comes to a name.
const BEFORE: [&str; 12] = [
    " in ", " using ", " on ", " is ", " are ", " use ", " uses ", " by ", " to ", " of ", " for ",
    " from ",
];

/// What lists of technologies also hold: kinds of work, fillers, and names that are common words.
const NO_NAMES: [&str; 96] = [
    "agile",
    "ai",
    "analytics",
    "android development",
    "api",
    "apis",
    "app",
    "apps",
    "b",
    "back end",
    "back-end",
    "backend",
    "based",
    "big data",
    "blockchain",
    "cd",
    "ci",
    "ci/cd",
    "cloud",
    "code",
    "css preprocessors",
    "data",
    "data science",
    "database",
    "databases",
    "datastores",
    "deployment",
    "design",
    "desktop",
    "development",
    "devops",
    "e-mail",
    "email",
    "etc",
    "etc.",
    "fabric",
    "frameworks",
    "front end",
    "front-end",
    "frontend",
    "full stack",
    "full-stack",
    "git flow",
    "hardware",
    "hosting",
    "infrastructure",
    "iot",
    "js",
    "languages",
    "libraries",
    "lots more",
    "machine learning",
    "many more",
    "many others",
    "marvel",
    "microservices",
    "ml",
    "mobile",
    "more",
    "mostly",
    "n/a",
    "native",
    "none",
    "nosql",
    "online",
    "open source",
    "others",
    "other",
    "programming",
    "queues",
    "rest",
    "saas",
    "scrum",
    "search",
    "security",
    "server",
    "services",
    "simple",
    "sql",
    "stack",
    "stream",
    "tbd",
    "tdd",
    "technology",
    "test",
    "testing",
    "the",
    "tools",
    "ui",
    "unknown",
    "ux",
    "various",
    "web",
    "web development",
    "website",
    "work",
];

/// Names in a line that is an item, a list in words or a sentence.
pub(super) fn names_of_line(line: &str) -> Vec<String> {
    let line = plain(line.trim_start_matches(['#', '-', '*', '+', '•', '|', ' ', '\t']));
    let mut text = without_label(&line).to_owned();
    for word in BETWEEN {
        text = text.replace(word, ",");
    }
    let tokens = text.split([',', '/', ';', '|', '(', ')', '[', ']', '•', '→', '\u{3001}']);
    tokens.filter_map(name).collect()
}

/// `Backend: Ruby` and `Backend:` without what the names are for.
fn without_label(line: &str) -> &str {
    match line.split_once(':') {
        Some((label, rest)) if label.split(' ').count() <= 5 => rest,
        _ => line,
    }
}

/// The name that a part between separators is, or comes to.
fn name(token: &str) -> Option<String> {
    let token = trim(token);
    let name = if token.split(' ').count() > MOST_WORDS {
        let end = BEFORE
            .iter()
            .filter_map(|word| token.rfind(word).map(|at| at + word.len()))
            .max()?;
        let last = trim(&token[end..]);
        let is_named = last.starts_with(|first: char| first.is_uppercase());
        Some(last).filter(|last| is_named && last.split(' ').count() < MOST_WORDS)?
    } else {
        token
    };
    let name = name
        .strip_prefix("and ")
        .or_else(|| name.strip_prefix("or "))
        .unwrap_or(name);
    let lower = name.to_lowercase();
    let is_name = name.chars().any(char::is_alphabetic)
        && name.chars().count() <= LONGEST
        && !NO_NAMES.contains(&lower.as_str())
        && !["according to", "see ", "we ", "our ", "http", "check "]
            .iter()
            .any(|start| lower.starts_with(start));
    is_name.then(|| name.to_owned())
}

fn trim(token: &str) -> &str {
    let token = token.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '!' | '?' | ':' | '“' | '”')
    });
    // A point at the end closes a sentence; one in front is part of `.NET`.
    token.trim_end_matches('.').trim()
}
