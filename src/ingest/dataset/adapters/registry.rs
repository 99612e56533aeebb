//! All adapters, in the order in which their data sets build on each other.

use super::adopters::Adopters;
use super::endoflife::EndOfLife;
use super::frameworks::Frameworks;
use super::landscape::Landscape;
use super::linguist::Linguist;
use super::oews::Oews;
use super::onet::Onet;
use super::profiles::Profiles;
use super::qualities::Qualities;
use super::skill_links::SkillLinks;
use super::startups::Startups;
use super::testing_links::TestingLinks;
use crate::ingest::dataset::Adapter;

/// Languages before frameworks, what there is before who uses it, roles before what they earn.
pub const ALL: [&dyn Adapter; 12] = [
    &Linguist,
    &EndOfLife,
    &Landscape,
    &Frameworks,
    &Profiles,
    &Adopters,
    &Startups,
    &Onet,
    &Oews,
    &SkillLinks,
    &TestingLinks,
    &Qualities,
];

/// The adapter of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Adapter> {
    ALL.into_iter().find(|adapter| adapter.name() == name)
}
