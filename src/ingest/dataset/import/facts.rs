//! Everything that needs evidence, and the evidence.

use std::collections::HashSet;

use entity::enums::EntityKind::{self, Relation, Release, Salary, Usage};
use entity::{evidence, release, salary, technology_relation, usage};

use super::draft::EvidenceDraft;
use super::links::add;
use super::write::Writer;
use crate::ingest::evidence::Fact;
use crate::store::StoreError;
use crate::store::sync::{Parts, Stale};

/// The columns whose contradiction is told with the evidence, for each kind of fact.
const TOLD: [(EntityKind, &[&str]); 3] = [
    (Usage, &["status"]),
    (
        Release,
        &[
            "released_on",
            "active_support_until",
            "security_support_until",
            "end_of_life_on",
            "is_end_of_life",
        ],
    ),
    (Salary, &["low", "median", "high"]),
];

impl Writer<'_> {
    /// Everything that needs evidence, and the evidence. Returns the numbers of the usages.
    pub(super) async fn facts(&mut self) -> Result<HashSet<i64>, StoreError> {
        let draft = self.draft;
        let releases = self.rows().releases();
        let releases = self.sync.entities::<release::Entity>(releases).await?;
        let says = draft.releases.values().map(|(_, item)| vec![item]);
        let rows = self.evidence(Release, releases, says, Fact::Release);
        add!(self: evidence of Release by ReleaseId, key ReleaseId SourceId Url Locator, Replaced: rows);

        let relations = self.rows().relations();
        let relations = self
            .sync
            .entities::<technology_relation::Entity>(relations)
            .await?;
        let says = draft.relations.values().map(|(_, item)| vec![item]);
        let rows = self.evidence(Relation, relations, says, Fact::Relation);
        add!(self: evidence of Relation by RelationId, key RelationId SourceId Url Locator, Replaced: rows);

        let usages = self.rows().usages();
        let usages = self.sync.entities::<usage::Entity>(usages).await?;
        let told = usages.iter().flatten().copied().collect();
        let says = draft.usages.values();
        let says = says.map(|usage| usage.evidence.iter().collect());
        let rows = self.evidence(Usage, usages, says, Fact::Usage);
        add!(self: evidence of Usage by UsageId, key UsageId SourceId Url Locator, Replaced: rows);

        let salaries = self.rows().salaries();
        let salaries = self.sync.entities::<salary::Entity>(salaries).await?;
        let says = draft.salaries.iter().map(|(_, _, item)| vec![item]);
        let rows = self.evidence(Salary, salaries, says, Fact::Salary);
        add!(self: evidence of Salary by SalaryId, key SalaryId SourceId Url Locator, Replaced: rows);
        Ok(told)
    }

    /// Evidence for facts of one kind, with what it says otherwise than they do.
    fn evidence<'e>(
        &mut self,
        kind: EntityKind,
        facts: Vec<Option<i64>>,
        says: impl Iterator<Item = Vec<&'e EvidenceDraft>>,
        fact: fn(i64) -> Fact,
    ) -> Vec<evidence::Model> {
        let mut rows = Vec::new();
        for (id, items) in facts.into_iter().zip(says) {
            let Some(id) = id else { continue };
            let remark = self.contradiction(kind, id);
            self.contradictions += usize::from(remark.is_some());
            for item in items {
                rows.push(self.rows().evidence(fact(id), item, remark.clone()));
            }
        }
        rows
    }

    /// What the data set says otherwise of a fact that is not its own.
    fn contradiction(&self, kind: EntityKind, id: i64) -> Option<String> {
        let (_, told) = TOLD.iter().find(|(of, _)| *of == kind)?;
        let differences = self.sync.contradictions(kind, id).iter();
        let differences =
            differences
                .filter(|(column, _)| told.contains(column))
                .map(|(column, value)| {
                    let value = value.to_string();
                    format!("{} {}", column.replace('_', " "), value.trim_matches('\''))
                });
        let differences: Vec<String> = differences.collect();
        (!differences.is_empty()).then(|| format!("says: {}", differences.join(", ")))
    }
}
