//! The shapes of requests: what is asked, and what a right answer has.

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::data::Data;
use crate::random::Random;
use crate::rows::{slug, technology_slug};

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// Point lookup with 10 children.
    Q1,
    /// 20 languages × 5 frameworks × 5 usages with their company.
    Q2,
    /// Company page: 30 usages with technology, skill areas, languages.
    Q3,
    /// A filtered and ordered page deep in its list, with the total.
    Q4,
    /// The 20 technologies with the most adopters.
    Q5,
}

impl Shape {
    pub fn name(self) -> &'static str {
        ["Q1", "Q2", "Q3", "Q4", "Q5"][self as usize]
    }

    /// The GraphQL document.
    pub fn document(self) -> &'static str {
        match self {
            Self::Q1 => Q1,
            Self::Q2 => Q2,
            Self::Q3 => Q3,
            Self::Q4 => Q4,
            Self::Q5 => Q5,
        }
    }

    /// How many items a right answer has at these paths.
    pub fn expected(self) -> &'static [(&'static str, usize)] {
        match self {
            Self::Q1 => &[("technology.usages.nodes", 10)],
            Self::Q2 => &[
                ("languages.nodes", 20),
                ("languages.nodes.frameworks.nodes", 100),
                (
                    "languages.nodes.frameworks.nodes.usages.nodes.company.name",
                    500,
                ),
            ],
            Self::Q3 => &[("company.usages.nodes.technology.skillAreas", 30)],
            Self::Q4 => &[("usages.nodes.company.name", 20), ("usages.totalCount", 1)],
            Self::Q5 => &[("technologies.nodes", 20)],
        }
    }

    /// The variables of `count` requests, the same in every run.
    ///
    /// `cursors` are the cursors of [`DEEP`], with the technology each was made for.
    pub fn variables(self, count: usize, data: &Data, cursors: &[(String, String)]) -> Vec<Value> {
        let mut random = Random::new(self as u64);
        let mut make = self.maker(data, cursors);
        (0..count).map(|_| make(&mut random)).collect()
    }

    fn maker<'a>(
        self,
        data: &Data,
        cursors: &'a [(String, String)],
    ) -> Box<dyn FnMut(&mut Random) -> Value + 'a> {
        match self {
            Self::Q1 => {
                let ids = data.adopted_by(10);
                Box::new(move |random| json!({ "slug": technology_slug(random.one_of(&ids)) }))
            }
            Self::Q2 => {
                let mut ids = data.languages_with_full_pages(5);
                Box::new(move |random| {
                    random.shuffle(&mut ids);
                    let slugs: Vec<_> =
                        ids.iter().take(20).map(|&id| technology_slug(id)).collect();
                    json!({ "slugs": slugs })
                })
            }
            Self::Q3 => {
                let ids = data.companies_using(30);
                Box::new(move |random| json!({ "slug": slug("Company", random.one_of(&ids)) }))
            }
            Self::Q4 => Box::new(move |random| {
                let (technology, cursor) = &cursors[random.index(cursors.len())];
                json!({ "technology": technology, "after": cursor })
            }),
            Self::Q5 => Box::new(|random| {
                let mut kinds = ["LANGUAGE", "FRAMEWORK", "TOOL"];
                random.shuffle(&mut kinds);
                json!({ "kinds": &kinds[..=random.index(3)] })
            }),
        }
    }
}

/// The technologies whose lists are long enough to have a deep page.
pub fn deep_technologies(data: &Data) -> Vec<String> {
    let mut ids = data.adopted_by(1);
    ids.sort_by_key(|&id| {
        std::cmp::Reverse(data.adopters[usize::try_from(id).unwrap_or_default()])
    });
    ids.into_iter().take(16).map(technology_slug).collect()
}

const Q1: &str = "query Q1($slug: String!) { technology(by: {slug: $slug}) { \
    slug name usages(first: 10) { nodes { status confidence since } } } }";

const Q2: &str = "query Q2($slugs: [String!]!) { \
    languages(first: 20, filter: {slug: {in: $slugs}}) { nodes { slug name \
    frameworks(first: 5) { nodes { slug name \
    usages(first: 5) { nodes { status confidence since company { name } } } } } } } }";

const Q3: &str = "query Q3($slug: String!) { company(by: {slug: $slug}) { name technologyCount \
    usages(first: 30) { nodes { status confidence since technology { slug name \
    skillAreas(first: 3) { nodes { skillArea { name } } } \
    ... on Framework { languages(first: 3) { nodes { name } } } } } } } }";

const Q4: &str = "query Q4($technology: String!, $after: String!) { \
    usages(first: 20, after: $after, orderBy: [{field: CONFIDENCE, direction: DESC}], \
    filter: {status: {eq: CURRENT}, technology: {slug: {eq: $technology}}}) { \
    totalCount nodes { confidence since company { name } } pageInfo { hasNextPage endCursor } } }";

const Q5: &str = "query Q5($kinds: [TechnologyKind!]!) { \
    technologies(first: 20, orderBy: [{field: ADOPTER_COUNT, direction: DESC}], \
    filter: {kind: {in: $kinds}}) { nodes { slug name adopterCount } } }";

/// Goes through the list that [`Q4`] asks for a page of, to get cursors that lie deep in it.
pub const DEEP: &str = "query Deep($technology: String!, $after: String) { \
    usages(first: 100, after: $after, orderBy: [{field: CONFIDENCE, direction: DESC}], \
    filter: {status: {eq: CURRENT}, technology: {slug: {eq: $technology}}}) { \
    pageInfo { endCursor } } }";
