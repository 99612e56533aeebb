//! Salaries: what roles earn.

use super::evidence::{Evidence, EvidenceFilter};
use super::role::{Role, RoleFilter};
use crate::graphql::enums::SalaryPeriod;
use crate::graphql::filter::{BooleanFilter, EnumFilter, IntFilter, TextFilter};
use crate::graphql::lookup::IdKey;
use crate::graphql::macros::{filter, listed, object, order, roots};
use crate::graphql::scalars::DateTime;
use crate::store::relations;

object! {
    /// What a role earns in some place and year.
    pub Salary(salary) as "salary" {
        fields {
            /// The currency, as ISO 4217 (`EUR`).
            currency: &str,
            /// The time that the amounts are paid for.
            period: SalaryPeriod,
            /// Whether taxes are still to be paid from it; null if not known.
            is_gross: Option<bool>,
            /// The lower end, in whole units of the currency; the note says what that means.
            low: Option<i64>,
            /// The middle, in whole units of the currency.
            median: Option<i64>,
            /// The upper end, in whole units of the currency; the note says what that means.
            high: Option<i64>,
            /// Where; null if not known.
            area: Option<&str>,
            /// When; null if not known.
            year: Option<i32>,
            /// What else should be known about it; null if nothing.
            note: Option<&str>,
            /// When it entered the knowledge base (UTC).
            created_at: DateTime,
            /// When its entry last changed (UTC).
            updated_at: DateTime,
            /// How often its entry has changed, counting from 1.
            revision: i64,
        }
        one {
            /// Who earns it.
            role: Role = role_id,
        }
        lists {
            /// How we know.
            evidence: Evidence = relations::salary::EVIDENCE,
        }
    }
}

listed!(Salary: SalaryFilter, SalaryOrderField);

filter! {
    /// Which salaries to keep: everything that is given must hold.
    pub SalaryFilter {
        id "salary";
        columns {
            /// The currency, as ISO 4217.
            currency: TextFilter,
            /// The time that the amounts are paid for.
            period: EnumFilter<SalaryPeriod>,
            /// Whether taxes are still to be paid from it.
            is_gross: BooleanFilter,
            /// The lower end, in whole units of the currency.
            low: IntFilter,
            /// The middle, in whole units of the currency.
            median: IntFilter,
            /// The upper end, in whole units of the currency.
            high: IntFilter,
            /// Where.
            area: TextFilter,
            /// When.
            year: IntFilter,
        }
        one {
            /// Who earns it.
            role: RoleFilter = relations::salary::ROLE,
        }
        many {
            /// How we know.
            evidence: EvidenceFilter = relations::salary::EVIDENCE,
        }
    }
}

order! {
    /// What salaries can be ordered by.
    pub SalaryOrderField for salary {
        /// When it entered the knowledge base: the order of entry.
        Added = id,
        /// The lower end.
        Low = low,
        /// The middle.
        Median = median,
        /// The upper end.
        High = high,
        /// When.
        Year = year,
        /// The name of the role.
        RoleName = role_id -> role.name_key,
    }
}

roots! {
    pub SalaryQuery for Salary {
        keyed by IdKey {
            /// The salary that the key names; null if there is none.
            one salary;
            /// The salaries that the keys name, in their order, null where there is none.
            many salaries_by_keys;
        }
        /// All salaries.
        all salaries;
    }
}
