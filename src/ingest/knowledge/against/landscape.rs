//! Technologies beside those of landscapes: maintenance, home page, repository, category.

use super::super::book::Record;
use super::super::format::Technology;
use super::{Comparison, index};
use crate::ingest::dataset::Place;
use crate::ingest::dataset::claim::Technology as Theirs;

pub(super) fn compare(comparison: &mut Comparison<'_>, theirs: &Theirs, place: &Place) {
    let mention = &theirs.mention;
    let by_repository = comparison.index.by_id(mention, "github");
    let by_name = || {
        let record = comparison.index.named(&mention.name)?;
        // Many things are called Dragonfly; the one with our home page is ours.
        let ours = site(record.value.fields.website.as_deref());
        (ours.is_some() && ours == site(mention.website.as_deref())).then_some(record)
    };
    let Some(record) = by_repository.or_else(by_name) else {
        return;
    };
    comparison.met.insert(&record.value.fields.slug);
    if let Some(theirs) = theirs.is_maintained {
        let word = |is: Option<bool>| match is {
            Some(true) => "maintained",
            Some(false) => "no longer maintained",
            None => "unknown",
        };
        let ours = record.value.fields.maintained;
        if ours != Some(theirs) {
            comparison.contradict(record, "maintained", word(ours), word(Some(theirs)), place);
        }
    }
    home(comparison, record, theirs, place);
    shelf(comparison, record, theirs, place);
}

fn home(
    comparison: &mut Comparison<'_>,
    record: &Record<Technology>,
    theirs: &Theirs,
    place: &Place,
) {
    let ours = site(record.value.fields.website.as_deref());
    if let (Some(ours), Some(site)) = (ours, site(theirs.mention.website.as_deref()))
        && ours != site
    {
        comparison.contradict(record, "website", ours, site, place);
    }
    let mut ids = theirs.mention.ids.iter();
    let repository = ids.find(|(scheme, _)| scheme == "github");
    if let (Some(ours), Some((_, theirs))) = (index::id(record, "github"), repository)
        && !ours.eq_ignore_ascii_case(theirs)
    {
        comparison.contradict(record, "ids.github", ours, theirs, place);
    }
}

fn shelf(
    comparison: &mut Comparison<'_>,
    record: &Record<Technology>,
    theirs: &Theirs,
    place: &Place,
) {
    let Some(name) = theirs.categories.first().and_then(|path| path.last()) else {
        return;
    };
    let expected = comparison.index.shelved(name);
    let index = comparison.index;
    let Some(ours) = index
        .technologies()
        .find(|other| other.value.fields.slug == record.value.fields.slug)
    else {
        return;
    };
    if !expected.is_empty() && index.categories(&ours.value).is_disjoint(&expected) {
        let ours = record.value.fields.categories.join(", ");
        comparison.contradict(record, "categories", ours, name, place);
    }
}

/// The last two labels of an address's host. Code hosts are nobody's home.
fn site(address: Option<&str>) -> Option<String> {
    let url = url::Url::parse(address?).ok()?;
    let host = url.host_str()?.to_lowercase();
    let labels: Vec<&str> = host.rsplit('.').take(2).collect();
    let site = labels.into_iter().rev().collect::<Vec<_>>().join(".");
    (!["github.com", "gitlab.com", "github.io"].contains(&&*site)).then_some(site)
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn a_home_is_a_site_and_not_a_page() {
        let home = |address| site(Some(address));
        assert_eq!(home("https://docs.acme.io/x"), home("http://www.acme.io"));
        assert_ne!(home("https://acme.io"), home("https://acme.com"));
        assert_eq!(home("https://github.com/acme/acme"), None);
        assert_eq!(home("no address"), None);
    }
}
