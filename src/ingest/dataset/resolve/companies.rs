//! Which company is meant.

use std::collections::HashMap;

use super::names::{Found, Names, Ref};
use super::spelling::{company_key, domain, may_be_of_one};
use crate::ingest::dataset::claim::Mention;

/// All companies, and what tells apart those of one name.
#[derive(Clone, Debug, Default)]
pub struct Companies {
    /// What they are called.
    pub names: Names,
    by_key: HashMap<String, Vec<Ref>>,
    by_domain: HashMap<String, Vec<Ref>>,
    domains: HashMap<Ref, String>,
}

impl Companies {
    /// Takes in a name, without its legal form.
    pub fn add_name(&mut self, of: Ref, name: &str) {
        let known = self.by_key.entry(company_key(name)).or_default();
        if !known.contains(&of) {
            known.push(of);
        }
    }

    /// Takes in a home page.
    pub fn add_website(&mut self, of: Ref, website: &str) {
        if let Some(domain) = domain(website) {
            self.by_domain.entry(domain.clone()).or_default().push(of);
            self.domains.insert(of, domain);
        }
    }

    /// What is added to the slug of a company whose name another one has.
    pub fn distinction(mention: &Mention) -> Option<String> {
        let domain = mention.website.as_deref().and_then(domain)?;
        let (_, rest) = domain.split_once('.')?;
        Some(rest.to_owned())
    }

    /// Which company is meant: by id, else by the domain of its home page, else by its name, unless
    /// the domains differ in more than their ends.
    pub fn find(&self, mention: &Mention) -> Found {
        if let Some(found) = self.names.identified(&mention.ids) {
            return Found::One(found);
        }
        let key = company_key(&mention.name);
        let by_key = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        let home = mention.website.as_deref().and_then(domain);
        if let Some(at_home) = home.as_ref().and_then(|home| self.by_domain.get(home)) {
            let called_so = at_home.iter().filter(|of| by_key.contains(of));
            let called_so: Vec<Ref> = called_so.copied().collect();
            let candidates = if called_so.is_empty() {
                at_home.clone()
            } else {
                called_so
            };
            return Found::among(candidates);
        }
        let [by_slug, by_name] = self.names.called(&mention.name);
        for candidates in [by_slug, by_name, by_key.to_vec()] {
            let possible = candidates
                .into_iter()
                .filter(|of| self.may_live_at(*of, home.as_deref(), &key));
            let found = Found::among(possible.collect());
            if found != Found::Nothing {
                return found;
            }
        }
        Found::Nothing
    }

    fn may_live_at(&self, of: Ref, home: Option<&str>, key: &str) -> bool {
        match (self.domains.get(&of), home) {
            (Some(known), Some(home)) => may_be_of_one(known, home, key),
            _ => true,
        }
    }
}
