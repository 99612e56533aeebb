//! Closed sets of values, stored and serialised by name in capitals.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Declares enums whose variants read the same in the database and in JSON: `SELF_HOSTED`. The
/// first variant is the default: what a model has where the column was not read.
macro_rules! stored_by_name {
    ($($(#[$doc:meta])* $name:ident {
        $(#[$first_doc:meta])* $first:ident,
        $($(#[$variant_doc:meta])* $variant:ident,)*
    })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize,
            Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "SCREAMING_SNAKE_CASE")]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name {
            #[default]
            $(#[$first_doc])* $first,
            $($(#[$variant_doc])* $variant,)*
        }
    )+

        #[cfg(test)]
        mod tests {
            use sea_orm::{ActiveEnum, Iterable};

            #[test]
            fn json_and_database_spell_alike() {
                $(for variant in super::$name::iter() {
                    let json = serde_json::to_value(variant).expect("an enum is JSON");
                    assert_eq!(json, variant.to_value());
                })+
            }
        }
    };
}

stored_by_name! {
    /// What kind of technology it is.
    TechnologyKind {
        /// Programming, markup, data or query language.
        Language,
        /// Framework, runtime or library.
        Framework,
        /// Everything else a stack is made of.
        Tool,
    }

    /// What a language is for.
    LanguageKind {
        /// Programming.
        Programming,
        /// Marking up documents.
        Markup,
        /// Writing down data or configuration.
        Data,
        /// Asking for or changing data.
        Query,
    }

    /// When a language checks types.
    Typing {
        /// Before the program runs.
        Static,
        /// While the program runs.
        Dynamic,
        /// Where types are written down.
        Gradual,
    }

    /// How code relates to a framework.
    FrameworkKind {
        /// It calls the code.
        Framework,
        /// It runs the code.
        Runtime,
        /// The code calls it.
        Library,
    }

    /// How a tool is had.
    ToolDelivery {
        /// Run by its users.
        SelfHosted,
        /// Run by its vendor.
        Managed,
        /// Both are offered.
        Either,
    }

    /// How the first technology of a relation relates to the second.
    RelationKind {
        /// Does much the same job.
        AlternativeTo,
        /// Takes its place.
        SuccessorOf,
        /// Implements what it specifies.
        ImplementationOf,
        /// Took ideas from it.
        InfluencedBy,
        /// Needs it to run on.
        RunsOn,
        /// Works together with it.
        IntegratesWith,
    }

    /// Whether a usage goes on.
    UsageStatus {
        /// In use.
        Current,
        /// No longer in use.
        Past,
        /// The evidence does not say.
        Unknown,
    }

    /// How good an evidence is, from weak to strong.
    EvidenceGrade {
        /// Said in passing by the adopter.
        SelfDeclared,
        /// Said by a list or data set.
        Listed,
        /// Told by an article or a talk.
        Article,
        /// Shown by the adopter's own publication or source code.
        Official,
    }

    /// How much a role needs something.
    Importance {
        /// Cannot do without.
        Essential,
        /// Helps.
        Optional,
    }

    /// The time that a salary is paid for.
    SalaryPeriod {
        /// A year.
        Year,
        /// A month.
        Month,
        /// An hour.
        Hour,
    }

    /// What kind of row a name, id or change belongs to.
    EntityKind {
        /// `technology`
        Technology,
        /// `category`
        Category,
        /// `company`
        Company,
        /// `product`
        Product,
        /// `usage`
        Usage,
        /// `source`
        Source,
        /// `skill_area`
        SkillArea,
        /// `experience`
        Experience,
        /// `role`
        Role,
        /// `release`
        Release,
        /// `technology_relation`
        Relation,
        /// `salary`
        Salary,
    }

    /// Why a name leads to no row.
    ReviewReason {
        /// Nothing is called so.
        Unknown,
        /// Several are called so.
        Ambiguous,
    }

    /// What a change did.
    ChangeOperation {
        /// Made the row.
        Create,
        /// Changed the row.
        Update,
        /// Removed the row.
        Delete,
    }
}
