//! How names are spelt: slugs, legal forms, domains.

use deunicode::deunicode;

use super::super::web;
use crate::store::text::fold_alias;

/// Characters that a slug may have.
const LONGEST_SLUG: usize = 80;

/// What stands behind the names of companies and tells nothing of them.
const LEGAL_FORMS: [&str; 40] = [
    "ab",
    "ag",
    "aps",
    "as",
    "a/s",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "doo",
    "eu",
    "gmbh",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "international",
    "kft",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
];

/// Endings of names that are addresses.
const ENDINGS: [&str; 12] = [
    ".com", ".io", ".ai", ".net", ".org", ".co", ".dev", ".app", ".tech", ".eu", ".de", ".fr",
];

/// The short name in URLs: `c-plus-plus` for `C++`, `dot-net` for `.NET`; empty if the name has
/// neither a letter nor a digit.
#[must_use]
pub fn slug(name: &str) -> String {
    let name = name.trim();
    let mut spelt = String::with_capacity(name.len() + 8);
    if let Some(rest) = name.strip_prefix('.')
        && rest.starts_with(char::is_alphanumeric)
    {
        spelt.push_str("dot-");
    }
    for character in deunicode(name).chars() {
        match character {
            '+' => spelt.push_str("-plus-"),
            '#' => spelt.push_str("-sharp-"),
            '&' => spelt.push_str("-and-"),
            '\'' => {}
            c if c.is_ascii_alphanumeric() => spelt.push(c.to_ascii_lowercase()),
            _ => spelt.push('-'),
        }
    }
    let words = spelt.split('-').filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST_SLUG);
    slug.trim_end_matches('-').to_owned()
}

/// The name of a company for comparing, without its legal form and without the ending of an
/// address: `booking` for `Booking.com B.V.`.
pub(super) fn company_key(name: &str) -> String {
    let mut words: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    while let [_, .., last] = words[..] {
        let folded = last.to_lowercase().replace('.', "");
        if !LEGAL_FORMS.contains(&folded.trim_matches(['(', ')'])) {
            break;
        }
        words.pop();
    }
    let name = words.join(" ");
    let lower = name.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(*ending));
    let bare = ending.and_then(|ending| name.get(..name.len().checked_sub(ending.len())?));
    match bare.map(fold_alias) {
        Some(key) if !key.is_empty() => key,
        _ => fold_alias(&name),
    }
}

/// The domain that somebody has registered, of an address; none where many have pages.
pub(super) fn domain(address: &str) -> Option<String> {
    let host = web::host(address)?;
    if web::is_shared(&host) {
        return None;
    }
    psl::domain_str(&host).map(str::to_owned)
}

/// Whether two domains may be of one company, whose name is folded: they differ in nothing but what
/// is behind the name (`zalando.de`, `zalando.com`), or both begin with its name
/// (`walmart.com`, `walmartlabs.com`).
pub(super) fn may_be_of_one(one: &str, other: &str, company: &str) -> bool {
    const SHORTEST: usize = 4;
    let label = |domain: &str| fold_alias(domain.split('.').next().unwrap_or_default());
    let (one, other) = (label(one), label(other));
    let is_named = company.len() >= SHORTEST
        && [&one, &other]
            .iter()
            .all(|label| label.starts_with(company));
    one == other || is_named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_as_in_the_knowledge() {
        for (name, expected) in [
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            (".NET", "dot-net"),
            ("Node.js", "node-js"),
            ("AT&T", "at-and-t"),
            ("Åhléns", "ahlens"),
            ("  Lloyd's  of London ", "lloyds-of-london"),
            ("?!", ""),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(slug(&"a".repeat(100)).len(), LONGEST_SLUG);
    }

    #[test]
    fn companies_are_compared_without_their_legal_form() {
        for (name, expected) in [
            ("Booking.com B.V.", "booking"),
            ("SAP SE", "sap"),
            ("Siemens AG", "siemens"),
            ("Acme Co., Ltd.", "acme"),
            ("AG", "ag"),
            ("Co", "co"),
            (".com", "com"),
        ] {
            assert_eq!(company_key(name), expected, "{name}");
        }
    }

    #[test]
    fn domains_are_what_was_registered() {
        for (address, expected) in [
            ("https://www.acme.co.uk/about", Some("acme.co.uk")),
            ("https://blog.acme.com", Some("acme.com")),
            ("https://acme.github.io/x", Some("acme.github.io")),
            ("https://github.com/acme", None),
            ("https://www.linkedin.com/company/acme", None),
            ("nonsense", None),
        ] {
            assert_eq!(domain(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn domains_of_one_company_are_told_by_its_name() {
        assert!(may_be_of_one("zalando.de", "zalando.com", "zalando"));
        assert!(may_be_of_one("walmart.com", "walmartlabs.com", "walmart"));
        assert!(!may_be_of_one("teleport.org", "goteleport.com", "teleport"));
        assert!(!may_be_of_one("nav.no", "navi.com", "nav"));
        assert!(may_be_of_one("nav.no", "nav.com", "nav"));
    }
}
