//! What the files hold: one record type for each file. `README.md` in the folder explains the
//! fields to those who write them, `schema.json` to their editors; a test keeps the three alike.

use chrono::NaiveDate;
use entity::enums::{
    EvidenceGrade, FrameworkKind, Importance, LanguageKind, RelationKind, SalaryPeriod,
    TechnologyKind, ToolDelivery, Typing, UsageStatus,
};

use super::decode::{Decode, Fields, Reader, records};
use super::values::{EndOfLife, Ids, Period, Year};
use crate::ingest::evidence::confidence;
use crate::ingest::yaml::{Entry, Node};

records! {
    /// `sources.yaml`
    Source {
        slug: String,
        name: String,
        url: Option<String>,
        publisher: Option<String>,
        licence: Option<String>,
        attribution: Option<String>,
        version: Option<String>,
        date: Option<NaiveDate>,
        description: Option<String>,
    }

    /// `categories.yaml`
    Category {
        slug: String,
        name: String,
        description: Option<String>,
        parents: Vec<String>,
        landscape: Vec<String>,
    }

    /// What all technologies have.
    TechnologyFields {
        slug: String,
        name: String,
        summary: Option<String>,
        description: Option<String>,
        website: Option<String>,
        repository: Option<String>,
        first_appeared: Option<Year>,
        maintained: Option<bool>,
        licence: Option<String>,
        steward: Option<String>,
        ids: Ids,
        categories: Vec<String>,
    }

    /// What only `languages.yaml` has.
    LanguageFields {
        kind: LanguageKind,
        typing: Option<Typing>,
        extensions: Vec<String>,
    }

    /// What only `frameworks.yaml` has.
    FrameworkFields {
        kind: FrameworkKind,
        languages: Vec<String>,
    }

    /// What only `tools.yaml` has.
    ToolFields {
        delivery: Option<ToolDelivery>,
    }

    /// `companies.yaml`
    Company {
        slug: String,
        name: String,
        summary: Option<String>,
        description: Option<String>,
        website: Option<String>,
        country: Option<String>,
        industry: Option<String>,
        founded: Option<Year>,
        ids: Ids,
    }

    /// `products.yaml`
    Product {
        slug: String,
        name: String,
        summary: Option<String>,
        description: Option<String>,
        maker: Option<String>,
        website: Option<String>,
        repository: Option<String>,
        first_released: Option<Year>,
        ids: Ids,
    }

    /// `usages.yaml`
    Usage {
        company: Option<String>,
        product: Option<String>,
        uses: String,
        status: Option<UsageStatus>,
        since: Option<Period>,
        until: Option<Period>,
        scope: Option<String>,
        confidence: Option<f64>,
        note: Option<String>,
        evidence: Vec<Evidence>,
    }

    /// Where a fact was read.
    Evidence {
        source: String,
        url: Option<String>,
        locator: Option<String>,
        retrieved: Option<NaiveDate>,
        grade: EvidenceGrade,
        note: Option<String>,
    }

    /// `relations.yaml`
    Relation {
        from: String,
        kind: RelationKind,
        to: String,
        note: Option<String>,
        evidence: Vec<Evidence>,
    }

    /// `releases.yaml`
    Releases {
        technology: String,
        evidence: Vec<Evidence>,
        cycles: Vec<Cycle>,
    }

    /// One release cycle.
    Cycle {
        label: String,
        released: Option<NaiveDate>,
        active_until: Option<NaiveDate>,
        security_until: Option<NaiveDate>,
        eol: Option<EndOfLife>,
        latest: Option<String>,
        latest_released: Option<NaiveDate>,
        lts: Option<bool>,
    }

    /// `experiences.yaml`
    Experience {
        slug: String,
        name: String,
        description: Option<String>,
        articles: Vec<Article>,
    }

    /// An article about an experience.
    Article {
        title: String,
        company: Option<String>,
        url: String,
        source: Option<String>,
    }

    /// `skill-areas.yaml`
    SkillArea {
        slug: String,
        name: String,
        parent: Option<String>,
        description: Option<String>,
        hiring: Option<String>,
        technologies: Vec<RelevantTechnology>,
        experiences: Vec<RelevantExperience>,
    }

    /// A technology that matters for a skill area.
    RelevantTechnology {
        technology: String,
        why: Option<String>,
    }

    /// An experience that matters for a skill area.
    RelevantExperience {
        experience: String,
        why: Option<String>,
    }

    /// `roles.yaml`
    Role {
        slug: String,
        name: String,
        summary: Option<String>,
        description: Option<String>,
        tasks: Vec<String>,
        ids: Ids,
        skill_areas: Vec<NeededArea>,
        technologies: Vec<NeededTechnology>,
        related: Vec<RelatedRole>,
        salaries: Vec<Salary>,
    }

    /// A skill area that a role needs.
    NeededArea {
        area: String,
        importance: Importance,
        weight: f64,
        why: Option<String>,
    }

    /// A technology that a role works with.
    NeededTechnology {
        technology: String,
        importance: Importance,
        why: Option<String>,
    }

    /// A role like another.
    RelatedRole {
        role: String,
        note: Option<String>,
    }

    /// What a role earns.
    Salary {
        currency: String,
        period: SalaryPeriod,
        gross: Option<bool>,
        low: Option<i64>,
        median: Option<i64>,
        high: Option<i64>,
        area: Option<String>,
        year: Option<Year>,
        note: Option<String>,
        evidence: Vec<Evidence>,
    }

    /// `aliases.yaml`: one of the slugs, its other names, and the slugs that it had before.
    Aliases {
        technology: Option<String>,
        category: Option<String>,
        company: Option<String>,
        product: Option<String>,
        skill_area: Option<String>,
        experience: Option<String>,
        role: Option<String>,
        names: Vec<String>,
        former_slugs: Vec<String>,
    }

    /// `differences.yaml`: where a data set contradicts us, and why we say something else.
    Difference {
        data_set: String,
        technology: String,
        field: String,
        theirs: String,
        why: String,
    }
}

/// A technology of any kind.
#[derive(Clone, Debug)]
pub(super) struct Technology {
    pub fields: TechnologyFields,
    pub nature: Nature,
}

/// What only one kind of technology has.
#[derive(Clone, Debug)]
pub(super) enum Nature {
    Language(LanguageFields),
    Framework(FrameworkFields),
    Tool(ToolFields),
}

impl Technology {
    pub fn kind(&self) -> TechnologyKind {
        match self.nature {
            Nature::Language(_) => TechnologyKind::Language,
            Nature::Framework(_) => TechnologyKind::Framework,
            Nature::Tool(_) => TechnologyKind::Tool,
        }
    }

    /// Reads a technology whose own fields are those of `N`.
    pub fn decode<N: Fields>(
        node: &Node,
        reader: &mut Reader<'_>,
        nature: fn(N) -> Nature,
    ) -> Option<Self> {
        let names = [TechnologyFields::NAMES, N::NAMES].concat();
        let entries = reader.record(node, &names)?;
        let fields = TechnologyFields::read(node.line, entries, reader);
        let own = N::read(node.line, entries, reader);
        Some(Self {
            fields: fields?,
            nature: nature(own?),
        })
    }
}

impl Evidence {
    /// How sure a fact is that has only this evidence, from 0 to 1.
    pub fn confidence(&self) -> f64 {
        confidence(self.grade)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;

    const SCHEMA: &str = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/knowledge/schema.json"
    ));

    fn texts(list: &Json) -> Vec<&str> {
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect()
    }

    /// The schema has these fields, and asks for those of them that are needed.
    fn assert_described(schema: &Json, kind: &str, names: &[&str], required: &[&str]) {
        let kind = &schema["$defs"][kind];
        let described = kind["properties"].as_object().expect("properties");
        let mut described: Vec<&str> = described.keys().map(String::as_str).collect();
        let mut names = names.to_vec();
        described.sort_unstable();
        names.sort_unstable();
        assert_eq!(described, names);
        let asked_for = texts(&kind["required"]);
        assert!(
            required.iter().all(|name| asked_for.contains(name)),
            "{names:?}"
        );
        assert_eq!(kind["additionalProperties"], false);
    }

    #[test]
    fn the_schema_knows_the_same_fields() {
        let schema: Json = serde_json::from_str(SCHEMA).expect("JSON");
        macro_rules! described {
            ($($kind:literal: $first:ident $($second:ident)?;)+) => {$(
                let names = [$first::NAMES, $($second::NAMES)?].concat();
                let required = [$first::required(), $($second::required())?].concat();
                assert_described(&schema, $kind, &names, &required);
            )+};
        }
        described! {
            "source": Source;
            "category": Category;
            "language": TechnologyFields LanguageFields;
            "framework": TechnologyFields FrameworkFields;
            "tool": TechnologyFields ToolFields;
            "company": Company;
            "product": Product;
            "usage": Usage;
            "evidence": Evidence;
            "relation": Relation;
            "releases": Releases;
            "cycle": Cycle;
            "experience": Experience;
            "article": Article;
            "skill_area": SkillArea;
            "relevant_technology": RelevantTechnology;
            "relevant_experience": RelevantExperience;
            "role": Role;
            "needed_area": NeededArea;
            "needed_technology": NeededTechnology;
            "related_role": RelatedRole;
            "salary": Salary;
            "aliases": Aliases;
            "difference": Difference;
        }
    }
}
