//! Names of products with what commerce puts around them.

/// Who puts its name before those of its products.
const VENDORS: [&str; 28] = [
    "Adobe",
    "Alibaba",
    "Amazon Web Services",
    "Amazon",
    "Apache",
    "Apple",
    "Atlassian",
    "Autodesk",
    "Broadcom",
    "Cisco",
    "Citrix",
    "Facebook",
    "Google",
    "HashiCorp",
    "Hewlett Packard",
    "IBM",
    "Intel",
    "JetBrains",
    "Microsoft",
    "NVIDIA",
    "Oracle",
    "Perforce",
    "Red Hat",
    "SAP",
    "Salesforce",
    "Splunk",
    "The MathWorks",
    "VMware",
];

/// What stands behind the names of products.
const KINDS: [&str; 12] = [
    "software",
    "programming language",
    "platform",
    "database",
    "framework",
    "library",
    "scripting language",
    "tool",
    "tools",
    "suite",
    "language",
    "system",
];

/// Names that are a product's only together with its vendor.
const TOO_PLAIN: [&str; 22] = [
    "access",
    "analytics",
    "cloud",
    "commerce",
    "data",
    "database",
    "docs",
    "drive",
    "excel",
    "exchange",
    "office",
    "project",
    "search",
    "server",
    "services",
    "teams",
    "windows",
    "word",
    "web services",
    "workspace",
    "sites",
    "ads",
];

/// Other ways to write a product's name, best first: `AWS` for `Amazon Web Services AWS software`,
/// `Angular` for `Google Angular`, `HTML` for `Hypertext markup language HTML`.
pub(super) fn other_names(name: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let bare = without_kind(name);
    if let Some((long, short)) = split_acronym(bare) {
        names.push(short.to_owned());
        names.push(long.to_owned());
        names.extend(without_vendor(long).map(str::to_owned));
    }
    names.push(bare.to_owned());
    names.extend(without_vendor(bare).map(str::to_owned));
    let mut other: Vec<String> = Vec::new();
    for found in names.iter().map(|name| name.trim().to_owned()) {
        if !found.is_empty() && found != name && !other.contains(&found) {
            other.push(found);
        }
    }
    other
}

fn without_kind(name: &str) -> &str {
    let shorter = KINDS
        .iter()
        .find_map(|kind| name.strip_suffix(kind)?.strip_suffix(' '));
    shorter.filter(|name| !name.is_empty()).unwrap_or(name)
}

fn without_vendor(name: &str) -> Option<&str> {
    let product = VENDORS
        .iter()
        .find_map(|vendor| name.strip_prefix(vendor)?.strip_prefix(' '))?;
    (!TOO_PLAIN.contains(&product.to_lowercase().as_str())).then_some(product)
}

/// `Hypertext markup language HTML` in its long and its short name: the letters of the short one
/// occur in the long one in order, and at least one word of it begins with the last of them.
fn split_acronym(name: &str) -> Option<(&str, &str)> {
    let (long, short) = name.rsplit_once(' ')?;
    let is_short = (2..=6).contains(&short.len())
        && short
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let long_letters = long.to_uppercase();
    let mut letters = long_letters.chars();
    let occur = short
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .chars()
        .all(|wanted| letters.any(|letter| letter == wanted));
    let initials = long
        .split([' ', '-'])
        .filter_map(|word| word.chars().next())
        .map(|c| c.to_ascii_uppercase());
    let shared = initials.filter(|initial| short.contains(*initial)).count();
    (is_short && occur && long.contains(' ') && shared >= 2).then_some((long, short))
}
