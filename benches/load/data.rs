//! The made-up facts, in memory: who uses what, and which frameworks are for which languages.
//!
//! They depend on nothing but the number of usages, so that the keys to ask for are known without
//! asking the database.

use std::collections::HashSet;

use crate::random::{Random, Zipf};

pub const LANGUAGES: u32 = 700;
pub const FRAMEWORKS: u32 = 3_000;
pub const TOOLS: u32 = 2_000;
pub const TECHNOLOGIES: u32 = LANGUAGES + FRAMEWORKS + TOOLS;
pub const COMPANIES: u32 = 20_000;

/// The facts. Ids count from 1: languages first, then frameworks, then tools.
pub struct Data {
    /// Company and technology of each usage, in the order of the usages' ids.
    pub usages: Vec<(u32, u32)>,
    /// How many companies use a technology, by its id; 0 stands for nothing.
    pub adopters: Vec<u32>,
    /// How many technologies a company uses, by its id.
    pub technologies: Vec<u32>,
    /// Frameworks for a language in the order of their ids, by its id.
    pub frameworks: Vec<Vec<u32>>,
}

/// What kind of technology an id stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Language,
    Framework,
    Tool,
}

impl Kind {
    pub fn of(technology: u32) -> Self {
        match technology {
            ..=LANGUAGES => Self::Language,
            id if id <= LANGUAGES + FRAMEWORKS => Self::Framework,
            _ => Self::Tool,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Language => "Language",
            Self::Framework => "Framework",
            Self::Tool => "Tool",
        }
    }
}

impl Data {
    /// The facts with this many usages.
    pub fn with_usages(count: usize) -> Self {
        let mut random = Random::new(2026);
        let usages = draw_usages(count, &mut random);
        let mut adopters = vec![0; index(TECHNOLOGIES) + 1];
        let mut technologies = vec![0; index(COMPANIES) + 1];
        for &(company, technology) in &usages {
            adopters[index(technology)] += 1;
            technologies[index(company)] += 1;
        }
        Self {
            usages,
            adopters,
            technologies,
            frameworks: draw_frameworks(&mut random),
        }
    }

    /// The technologies that at least this many companies use.
    pub fn adopted_by(&self, least: u32) -> Vec<u32> {
        (1..=TECHNOLOGIES)
            .filter(|&id| self.adopters[index(id)] >= least)
            .collect()
    }

    /// The companies that use at least this many technologies.
    pub fn companies_using(&self, least: u32) -> Vec<u32> {
        (1..=COMPANIES)
            .filter(|&id| self.technologies[index(id)] >= least)
            .collect()
    }

    /// The languages whose first `width` frameworks have at least `width` adopters each.
    pub fn languages_with_full_pages(&self, width: u32) -> Vec<u32> {
        let full = |framework: &u32| self.adopters[index(*framework)] >= width;
        (1..=LANGUAGES)
            .filter(|&id| {
                let first = self.frameworks[index(id)].iter().take(index(width));
                first.clone().count() == index(width) && first.copied().all(|id| full(&id))
            })
            .collect()
    }
}

/// Pairs of company and technology, each once. Both are skewed, technologies more.
fn draw_usages(count: usize, random: &mut Random) -> Vec<(u32, u32)> {
    let companies = Zipf::new(COMPANIES, 0.5);
    let technologies = Zipf::new(TECHNOLOGIES, 1.0);
    // Popularity has nothing to do with the order of ids.
    let company_ids = shuffled(COMPANIES, random);
    let technology_ids = shuffled(TECHNOLOGIES, random);
    let mut seen = HashSet::with_capacity(count);
    let mut usages = Vec::with_capacity(count);
    while usages.len() < count {
        let company = company_ids[index(companies.draw(random))];
        let technology = technology_ids[index(technologies.draw(random))];
        if seen.insert((company, technology)) {
            usages.push((company, technology));
        }
    }
    // Facts come company by company.
    usages.sort_unstable();
    usages
}

/// One to three languages for each framework, some languages far more often than others.
fn draw_frameworks(random: &mut Random) -> Vec<Vec<u32>> {
    let languages = Zipf::new(LANGUAGES, 1.0);
    let language_ids = shuffled(LANGUAGES, random);
    let mut frameworks = vec![Vec::new(); index(LANGUAGES) + 1];
    for framework in LANGUAGES + 1..=LANGUAGES + FRAMEWORKS {
        let mut chosen = HashSet::new();
        for _ in 0..=random.below(3) {
            chosen.insert(language_ids[index(languages.draw(random))]);
        }
        for language in chosen {
            frameworks[index(language)].push(framework);
        }
    }
    frameworks
}

fn shuffled(count: u32, random: &mut Random) -> Vec<u32> {
    let mut ids: Vec<u32> = (1..=count).collect();
    random.shuffle(&mut ids);
    ids
}

/// An id as a place in a list.
fn index(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}
