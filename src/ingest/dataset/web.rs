//! Addresses: which are of a company, and whether two belong together.

use url::Url;

use super::claim::Mention;

/// Sites where many have a page: an address there is nobody's home.
const SHARED: [&str; 24] = [
    "apps.apple.com",
    "bitbucket.org",
    "crunchbase.com",
    "docs.google.com",
    "facebook.com",
    "forms.gle",
    "github.com",
    "gitlab.com",
    "goo.gl",
    "hub.docker.com",
    "instagram.com",
    "kaggle.com",
    "linkedin.com",
    "medium.com",
    "npmjs.com",
    "pypi.org",
    "reddit.com",
    "shields.io",
    "slideshare.net",
    "stackshare.io",
    "twitter.com",
    "wikipedia.org",
    "x.com",
    "youtube.com",
];

/// The host of an address of the web, without `www.`, in small letters.
pub(super) fn host(address: &str) -> Option<String> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit('@')
        .next()?
        .split(':')
        .next()?
        .to_lowercase();
    let host = host
        .strip_prefix("www.")
        .map_or(host.clone(), str::to_owned);
    host.contains('.').then_some(host)
}

/// Whether many have a page on this host.
pub(super) fn is_shared(host: &str) -> bool {
    let is_at = |site: &str| {
        host.strip_suffix(site)
            .is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    };
    SHARED.iter().any(|site| is_at(site))
}

/// Whether one host is the other, or a part of it: `tech.acme.com` and `acme.com`.
pub(super) fn belong_together(one: &str, other: &str) -> bool {
    let last_two = |host: &str| {
        let mut labels: Vec<&str> = host.rsplit('.').take(3).collect();
        // `co.uk` and its like need a third label.
        if labels.len() == 3 && !(labels[1].len() <= 3 && labels[0].len() == 2) {
            labels.pop();
        }
        labels.join(".")
    };
    last_two(one) == last_two(other)
}

/// A mention of a company by its name and the address beside it. What is a repository or an
/// organisation on GitHub becomes an id, what is nobody's home is left out.
pub(super) fn company(name: &str, address: Option<&str>) -> Mention {
    let mut mention = Mention::named(name);
    let Some(address) = address else {
        return mention;
    };
    let address = if address.contains("://") || !address.contains('.') || address.starts_with('/') {
        address.to_owned()
    } else {
        format!("https://{address}")
    };
    match host(&address) {
        Some(host) if host == "github.com" => mention.ids.extend(github(&address)),
        Some(host) if !is_shared(&host) && Url::parse(&address).is_ok() => {
            mention.website = Some(address);
        }
        _ => {}
    }
    mention
}

/// The id of what an address on GitHub shows: `owner` or `owner/repository`.
fn github(address: &str) -> Option<(String, String)> {
    let path = address.split("github.com/").nth(1)?;
    let path = path.split(['?', '#']).next()?;
    let mut steps = path.split('/').filter(|step| !step.trim().is_empty());
    let mut owner = steps.next()?;
    if owner == "orgs" {
        owner = steps.next()?;
        return Some(("github".into(), owner.into()));
    }
    let id = steps.next().map_or(owner.to_owned(), |repository| {
        format!("{owner}/{repository}")
    });
    Some(("github".into(), id))
}
