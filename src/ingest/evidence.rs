//! Evidence, as rows: for which fact, and how sure a fact is that has it.

use chrono::{DateTime, Utc};
use entity::enums::EvidenceGrade;
use entity::evidence;

/// Which row a piece of evidence is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fact {
    Usage(i64),
    Release(i64),
    Relation(i64),
    Salary(i64),
}

impl Fact {
    /// A piece of evidence for it, without anything but its source and grade.
    pub fn evidence(
        self,
        source_id: i64,
        grade: EvidenceGrade,
        now: DateTime<Utc>,
    ) -> evidence::Model {
        let mut row = evidence::Model {
            id: 0,
            usage_id: None,
            release_id: None,
            relation_id: None,
            salary_id: None,
            source_id,
            url: None,
            locator: None,
            retrieved_on: None,
            grade,
            note: None,
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        match self {
            Self::Usage(id) => row.usage_id = Some(id),
            Self::Release(id) => row.release_id = Some(id),
            Self::Relation(id) => row.relation_id = Some(id),
            Self::Salary(id) => row.salary_id = Some(id),
        }
        row
    }
}

/// How sure a fact is that has only evidence of this grade, from 0 to 1.
pub(super) fn confidence(grade: EvidenceGrade) -> f64 {
    match grade {
        EvidenceGrade::Official => 0.95,
        EvidenceGrade::Article => 0.85,
        EvidenceGrade::SelfDeclared => 0.8,
        EvidenceGrade::Listed => 0.7,
    }
}
