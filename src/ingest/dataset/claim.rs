//! What data sets say, before it is decided what their names mean.

use chrono::NaiveDate;
use entity::enums::{
    EvidenceGrade, FrameworkKind, Importance, LanguageKind, RelationKind, SalaryPeriod,
    TechnologyKind, Typing, UsageStatus,
};

use super::Place;

/// One thing that a data set says, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it says so.
    pub place: Place,
    /// What it says.
    pub says: Says,
}

/// The kinds of things that data sets say.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// There is such a technology.
    Technology(Box<Technology>),
    /// There is such a company.
    Company(Company),
    /// Somebody uses something.
    Usage(Usage),
    /// A technology has this release cycle.
    Release(Release),
    /// Two technologies have to do with each other.
    Relation(Relation),
    /// There is such a role.
    Role(Role),
    /// A role is paid so.
    Salary(Salary),
    /// A role works with a technology.
    RoleTechnology(RoleTechnology),
    /// There is such an area of skill.
    SkillArea(SkillArea),
    /// Somebody wrote about a kind of work.
    Article(Article),
}

/// A name as it is written, and whatever else tells which thing is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The name, trimmed, in the data set's spelling; empty where the file gives nothing but an id.
    pub name: String,
    /// Other ways to write the same name, best first, for when the name itself is not known: `AWS`
    /// for `Amazon Web Services AWS software`.
    pub also: Vec<String>,
    /// What it is called in other systems: scheme and value (`github`, `denoland/deno`).
    pub ids: Vec<(String, String)>,
    /// Its home page.
    pub website: Option<String>,
    /// The kind of technology that it must be, if only one is possible.
    pub kind: Option<TechnologyKind>,
    /// The language that a framework is for: frameworks of different languages share names.
    pub language: Option<String>,
}

impl Mention {
    /// A bare name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

/// A technology and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Technology {
    /// What it is called; `kind` is what it is.
    pub mention: Mention,
    /// What it is.
    pub kind: TechnologyKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// One sentence about it, if the licence allows to repeat it.
    pub summary: Option<String>,
    /// The address of its source code.
    pub repository: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// The year of its first appearance.
    pub first_appeared: Option<i32>,
    /// Whether anybody looks after it.
    pub is_maintained: Option<bool>,
    /// Categories that it stands in, each as the path from the root of the data set's own tree.
    pub categories: Vec<Vec<String>>,
    /// The languages that a framework is for.
    pub languages: Vec<Mention>,
    /// What a language is for.
    pub language_kind: Option<LanguageKind>,
    /// How a language is typed.
    pub typing: Option<Typing>,
    /// The extensions of a language's files, with the dot.
    pub file_extensions: Vec<String>,
    /// What a framework is.
    pub framework_kind: Option<FrameworkKind>,
    /// Whether the data set says enough of it that it may stand in the knowledge base by itself.
    pub is_substantial: bool,
}

impl Technology {
    /// A technology of which nothing but name and kind is known.
    #[must_use]
    pub fn new(mention: Mention, kind: TechnologyKind) -> Self {
        Self {
            mention,
            kind,
            aliases: Vec::new(),
            summary: None,
            repository: None,
            licence: None,
            first_appeared: None,
            is_maintained: None,
            categories: Vec::new(),
            languages: Vec::new(),
            language_kind: None,
            typing: None,
            file_extensions: Vec::new(),
            framework_kind: None,
            is_substantial: false,
        }
    }
}

/// A company and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// What it is called.
    pub mention: Mention,
    /// One sentence about it, if the licence allows to repeat it.
    pub summary: Option<String>,
    /// Where its head office is, as ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// What it does business in.
    pub industry: Option<String>,
    /// The year in which it was founded.
    pub founded: Option<i32>,
}

/// Somebody uses something.
#[derive(Clone, Debug, PartialEq)]
pub struct Usage {
    /// The company.
    pub adopter: Mention,
    /// What it uses.
    pub technology: Mention,
    /// Whether it still does.
    pub status: UsageStatus,
    /// Since when at least.
    pub since: Option<NaiveDate>,
    /// Until when at most.
    pub until: Option<NaiveDate>,
    /// What for, in a few words.
    pub scope: Option<String>,
    /// The grade of the list entry itself.
    pub grade: EvidenceGrade,
    /// Further pages that say so, which are better evidence than the entry: address and grade.
    pub pages: Vec<(String, EvidenceGrade)>,
    /// Whether the name of the technology was picked out of prose, where it may mean something else.
    pub is_from_prose: bool,
    /// Whether the entry itself repeats what another site collected.
    pub is_second_hand: bool,
}

/// A release cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Of what.
    pub technology: Mention,
    /// Its label, a text: `3.10`.
    pub label: String,
    /// When its first version was released.
    pub released_on: Option<NaiveDate>,
    /// The last day of active support.
    pub active_support_until: Option<NaiveDate>,
    /// The last day of security support.
    pub security_support_until: Option<NaiveDate>,
    /// The day on which its life ends.
    pub end_of_life_on: Option<NaiveDate>,
    /// Whether its life is over, if that is known without a day.
    pub is_end_of_life: Option<bool>,
    /// Its latest version.
    pub latest_version: Option<String>,
    /// When that was released.
    pub latest_released_on: Option<NaiveDate>,
    /// Whether it is supported for long.
    pub is_lts: bool,
}

/// Two technologies have to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The one.
    pub from: Mention,
    /// What it is to the other.
    pub kind: RelationKind,
    /// The other.
    pub to: Mention,
}

/// A role and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// What it is called, with its code (`onet`, `15-1252.00`).
    pub mention: Mention,
    /// Other titles.
    pub aliases: Vec<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// What those who have it do, one sentence each.
    pub tasks: Vec<String>,
}

/// A role is paid so.
#[derive(Clone, Debug, PartialEq)]
pub struct Salary {
    /// Which role. The id `soc`, `15-1252`, stands for every role whose `onet` code begins with it.
    pub role: Mention,
    /// ISO 4217.
    pub currency: String,
    /// For how long.
    pub period: SalaryPeriod,
    /// Whether before tax.
    pub is_gross: Option<bool>,
    /// Nine of ten earn more.
    pub low: Option<i64>,
    /// Half of them earn more.
    pub median: Option<i64>,
    /// One of ten earns more.
    pub high: Option<i64>,
    /// Where.
    pub area: Option<String>,
    /// When.
    pub year: Option<i32>,
}

/// A role works with a technology.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleTechnology {
    /// Which role.
    pub role: Mention,
    /// Works with what.
    pub technology: Mention,
    /// How much it is needed.
    pub importance: Importance,
}

/// An area of skill and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillArea {
    /// What it is called.
    pub mention: Mention,
    /// The names of the areas that it is part of, from the root.
    pub within: Vec<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// Technologies that it takes.
    pub technologies: Vec<Mention>,
}

/// Somebody wrote about a kind of work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The kind of work, an experience of ours.
    pub experience: String,
    /// The names of the areas of skill that it is relevant to, from the root.
    pub within: Vec<String>,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// The company whose work it tells of.
    pub company: Option<Mention>,
    /// The technologies that it names.
    pub technologies: Vec<Mention>,
}
