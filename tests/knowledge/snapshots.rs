//! The published data sets, in `STACK_ATLAS_DATASETS`, imported over the whole knowledge.

use std::collections::BTreeMap;

use stack_atlas::ingest::dataset::adapters::registry;
use stack_atlas::ingest::dataset::bundle::Limits;
use stack_atlas::ingest::dataset::import::{Options, Plan, Report, import};
use stack_atlas::ingest::knowledge::{Knowledge, load};

use crate::database::Base;
use crate::importing::Silence;
use crate::world::{TODAY, noon};

/// Curated rows, as texts; imports come after them.
const CURATED: [&str; 5] = [
    "SELECT t.slug || '|' || t.name || '|' || t.kind || '|' || coalesce(t.summary, '') || '|' || coalesce(t.website, '') \
     FROM technology t WHERE t.id <= (SELECT MAX(entity_id) FROM change WHERE entity_kind = 'TECHNOLOGY' AND actor = 'knowledge') ORDER BY t.id",
    "SELECT c.slug || '|' || c.name || '|' || coalesce(c.website, '') \
     FROM company c WHERE c.id <= (SELECT MAX(entity_id) FROM change WHERE entity_kind = 'COMPANY' AND actor = 'knowledge') ORDER BY c.id",
    "SELECT u.id || '|' || u.technology_id || '|' || u.status || '|' || coalesce(u.scope, '') || '|' || u.confidence || '|' || coalesce(u.note, '') \
     FROM usage u WHERE u.id <= (SELECT MAX(entity_id) FROM change WHERE entity_kind = 'USAGE' AND actor = 'knowledge') ORDER BY u.id",
    "SELECT e.id || '|' || e.source_id || '|' || coalesce(e.url, '') || '|' || e.grade || '|' || coalesce(e.note, '') \
     FROM evidence e JOIN source s ON s.id = e.source_id \
     WHERE s.id <= (SELECT MAX(entity_id) FROM change WHERE entity_kind = 'SOURCE' AND actor = 'knowledge') ORDER BY e.id",
    "SELECT r.label || '|' || r.technology_id || '|' || coalesce(r.end_of_life_on, '') \
     FROM release r WHERE r.id <= (SELECT MAX(entity_id) FROM change WHERE entity_kind = 'RELEASE' AND actor = 'knowledge') ORDER BY r.id",
];

async fn curated(base: &Base) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for query in CURATED {
        rows.push(base.texts(query).await);
    }
    rows
}

async fn all(base: &Base) -> Report {
    #[expect(clippy::disallowed_methods, reason = "a test has no options")]
    let folder = std::env::var("STACK_ATLAS_DATASETS").unwrap();
    let plan = Plan::of(&folder, &registry::ALL, Limits::default());
    let plan = plan.await.unwrap();
    import(
        &base.db,
        &plan,
        &Options::default(),
        noon(),
        &|| 0.0,
        &mut Silence,
    )
    .await
}

#[tokio::test]
#[ignore = "needs the data sets"]
async fn every_curated_fact_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let base = Base::open(&format!(
        "sqlite:{}",
        folder.path().join("atlas.db").display()
    ))
    .await;
    let knowledge = Knowledge::embedded(TODAY).unwrap();
    load(&base.db, &knowledge, noon()).await.unwrap();
    let before = curated(&base).await;
    let report = all(&base).await;
    assert_eq!(report.failed(), 0);
    assert_eq!(curated(&base).await, before);

    let mut claims: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, count) in report.sets.iter().flat_map(|set| &set.claims) {
        *claims.entry(kind).or_default() += count;
    }
    let counted: Vec<String> = claims
        .iter()
        .map(|(kind, count)| format!("{kind} {count}"))
        .collect();
    assert_eq!(counted, CLAIMS);
    // Only what people write in prose waits: every entry of a list is made out, save a few.
    let of_lists = report
        .sets
        .iter()
        .filter(|set| set.title != "remoteintech/remote-jobs");
    let waiting: usize = of_lists.map(|set| set.names.usages.queued).sum();
    assert_eq!(waiting, 2);

    let last = base.last_change().await;
    let report = all(&base).await;
    assert!(report.sets.iter().all(|set| set.unchanged));
    assert_eq!(base.last_change().await, last);
}

/// What all of them say, by kind.
const CLAIMS: [&str; 10] = [
    "areas of skill 475",
    "articles 1842",
    "companies 2716",
    "relations 1023",
    "releases 8351",
    "roles 83",
    "salaries 15",
    "technologies 3553",
    "technologies of roles 5438",
    "usages 11232",
];
