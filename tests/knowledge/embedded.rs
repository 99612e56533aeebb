//! The knowledge that is part of the program.

use chrono::{DateTime, Utc};
use stack_atlas::ingest::knowledge::{Knowledge, load};

use crate::database::on_both;
use crate::world::{TODAY, World, noon};

fn embedded() -> Knowledge {
    Knowledge::embedded(TODAY).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The number of records of a kind.
fn count(knowledge: &Knowledge, kind: &str) -> usize {
    let summary = knowledge.summary();
    summary
        .lines
        .iter()
        .find(|line| line.kind == kind)
        .unwrap()
        .count
}

#[test]
fn it_is_without_mistakes_and_as_large_as_promised() {
    let knowledge = embedded();
    for (kind, least) in [
        ("languages", 100),
        ("frameworks", 150),
        ("tools", 200),
        ("usages", 1_000),
        ("skill areas", 20),
        ("experiences", 40),
        ("roles", 15),
        ("relations", 150),
    ] {
        assert!(count(&knowledge, kind) >= least, "{kind}");
    }
    assert!(count(&knowledge, "companies") + count(&knowledge, "products") >= 250);
}

#[test]
fn its_summary_is_a_table() {
    let table = embedded().summary().to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 15);
    assert!(
        lines[0].starts_with("kind          count     summary description"),
        "{table}"
    );
    let facts = lines.iter().filter(|line| {
        ["usages", "relations", "releases", "salaries"]
            .iter()
            .any(|kind| line.starts_with(kind))
    });
    assert_eq!(
        facts.filter(|line| line.ends_with("100 %")).count(),
        4,
        "{table}"
    );
}

/// Who uses what, in the founding article.
const FOUNDING: [&str; 13] = [
    "club-of-code javascript",
    "facebook javascript",
    "firefox c-plus-plus",
    "google python",
    "hadoop java",
    "instagram python",
    "jenkins java",
    "netflix javascript",
    "photoshop c-plus-plus",
    "visual-studio c-sharp",
    "wikipedia php",
    "windows-installer c-sharp",
    "yahoo php",
];

on_both! {
    async fn it_loads_once_and_holds_the_founding_facts(base) {
        let knowledge = embedded();
        let report = load(&base.db, &knowledge, noon()).await.unwrap();
        assert_eq!(report.kept, [""; 0]);
        for (table, kind) in [("company", "companies"), ("usage", "usages"), ("release", "releases")] {
            let rows = usize::try_from(base.count(table).await).unwrap();
            assert_eq!(rows, count(&knowledge, kind), "{table}");
        }
        let facts = "SELECT DISTINCT COALESCE(c.slug, p.slug) || ' ' || t.slug AS fact \
             FROM evidence e JOIN source s ON s.id = e.source_id JOIN usage u ON u.id = e.usage_id \
             JOIN technology t ON t.id = u.technology_id \
             LEFT JOIN company c ON c.id = u.company_id LEFT JOIN product p ON p.id = u.product_id \
             WHERE s.slug = 'club-of-code'";
        let mut facts = base.texts(facts).await;
        facts.sort();
        assert_eq!(facts, FOUNDING);

        let changes = base.last_change().await;
        base.statements();
        let later: DateTime<Utc> = noon() + chrono::TimeDelta::days(1);
        assert!(load(&base.db, &knowledge, later).await.unwrap().unchanged);
        assert_eq!(base.statements(), 1);
        assert_eq!(base.last_change().await, changes);
    }

    async fn another_set_takes_its_place_and_gives_it_back(base) {
        let knowledge = embedded();
        load(&base.db, &knowledge, noon()).await.unwrap();
        let usages = base.count("usage").await;
        let evidence = base.count("evidence").await;

        let report = base.load(&World::new()).await;
        assert_eq!(report.kept, [""; 0]);
        for (table, count) in [
            ("technology", 5), ("company", 2), ("usage", 3), ("evidence", 8), ("alias", 2),
            ("external_id", 3), ("role_relation", 2), ("release", 2),
        ] {
            assert_eq!(base.count(table).await, count, "{table}");
        }

        let report = load(&base.db, &knowledge, noon()).await.unwrap();
        assert_eq!(report.kept, [""; 0]);
        assert_eq!(base.count("usage").await, usages);
        assert_eq!(base.count("evidence").await, evidence);
    }

    async fn all_of_it_can_be_compared_without_a_difference(base) {
        let knowledge = embedded();
        load(&base.db, &knowledge, noon()).await.unwrap();
        let changes = base.last_change().await;
        base.run("UPDATE setting SET value = 'another' WHERE key = 'knowledge.loaded'").await;
        let report = load(&base.db, &knowledge, noon()).await.unwrap();
        assert!(!report.unchanged);
        assert_eq!(base.last_change().await, changes);
        assert_eq!(report.kept, [""; 0]);
    }
}
