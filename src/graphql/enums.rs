//! The closed sets of values, as the schema shows them.

use async_graphql::Enum;
use async_graphql::resolver_utils::enum_value;
use sea_orm::{ActiveEnum as _, Value};

use super::leaf::Leaf;
use super::object::Show;

/// An enum that is stored by its name.
pub trait Stored: Send + Sync + Copy {
    /// The value as the database has it.
    fn stored(self) -> Value;
}

macro_rules! stored {
    ($($name:ident),* $(,)?) => {$(
        impl Stored for $name {
            fn stored(self) -> Value {
                entity::enums::$name::from(self).to_value().into()
            }
        }

        impl Show<$name> for &entity::enums::$name {
            fn show(self) -> $name {
                (*self).into()
            }
        }

        impl Show<Option<$name>> for &Option<entity::enums::$name> {
            fn show(self) -> Option<$name> {
                self.map(Into::into)
            }
        }

        impl Leaf for $name {
            fn leaf(self) -> async_graphql::Value {
                enum_value(self)
            }
        }
    )*};
}

stored! {
    TechnologyKind, LanguageKind, Typing, FrameworkKind, ToolDelivery, RelationKind, UsageStatus, EvidenceGrade, Importance, SalaryPeriod, EntityKind, ReviewReason,
}

/// What kind of technology it is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::TechnologyKind")]
pub enum TechnologyKind {
    /// A programming, markup, data or query language.
    Language,
    /// A framework, runtime or library that code is written against.
    Framework,
    /// Everything else a stack is made of: data stores, brokers, platforms, test tools, API styles.
    Tool,
}

/// What a language is for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::LanguageKind")]
pub enum LanguageKind {
    /// General or special-purpose programming.
    Programming,
    /// Marking up documents.
    Markup,
    /// Writing down data or configuration.
    Data,
    /// Asking for or changing data.
    Query,
}

/// When a language checks types.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::Typing")]
pub enum Typing {
    /// Before the program runs.
    Static,
    /// While the program runs.
    Dynamic,
    /// Where the author has written types down.
    Gradual,
}

/// How code relates to a framework.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::FrameworkKind")]
pub enum FrameworkKind {
    /// It calls the code that is written for it.
    Framework,
    /// It runs the code.
    Runtime,
    /// The code calls it.
    Library,
}

/// How a tool is had.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::ToolDelivery")]
pub enum ToolDelivery {
    /// Run by its users.
    SelfHosted,
    /// Run by its vendor, as a service.
    Managed,
    /// Both are offered.
    Either,
}

/// How the first technology of a relation relates to the second.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::RelationKind")]
pub enum RelationKind {
    /// Does much the same job; holds in both directions.
    AlternativeTo,
    /// Takes the place of the second.
    SuccessorOf,
    /// Implements what the second specifies.
    ImplementationOf,
    /// Took ideas from the second.
    InfluencedBy,
    /// Needs the second to run on.
    RunsOn,
    /// Is made to work together with the second; holds in both directions.
    IntegratesWith,
}

/// Whether a usage goes on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::UsageStatus")]
pub enum UsageStatus {
    /// In use, as far as the evidence reaches.
    Current,
    /// No longer in use.
    Past,
    /// The evidence does not say.
    Unknown,
}

/// How good an evidence is, from weak to strong in this order.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::EvidenceGrade")]
pub enum EvidenceGrade {
    /// The adopter says so in passing, as in a profile or a job advertisement.
    SelfDeclared,
    /// A list or data set says so.
    Listed,
    /// An article, talk or case study tells about it.
    Article,
    /// The adopter's own engineering publication, documentation or source code shows it.
    Official,
}

/// How much a role needs something.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::Importance")]
pub enum Importance {
    /// Nobody does the job without it.
    Essential,
    /// It helps.
    Optional,
}

/// The time that a salary is paid for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::SalaryPeriod")]
pub enum SalaryPeriod {
    /// A year.
    Year,
    /// A month.
    Month,
    /// An hour.
    Hour,
}

/// What kind of thing a name or change belongs to.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::EntityKind")]
pub enum EntityKind {
    /// A language, framework or tool.
    Technology,
    /// A category.
    Category,
    /// A company.
    Company,
    /// A product.
    Product,
    /// A usage.
    Usage,
    /// A source.
    Source,
    /// A skill area.
    SkillArea,
    /// A work experience.
    Experience,
    /// A role.
    Role,
    /// A release cycle.
    Release,
    /// A relation between technologies.
    Relation,
    /// A salary.
    Salary,
}

/// Why a name in a data set leads nowhere.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::enums::ReviewReason")]
pub enum ReviewReason {
    /// Nothing is called so.
    Unknown,
    /// Several things are called so.
    Ambiguous,
}
