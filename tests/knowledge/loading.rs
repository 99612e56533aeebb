//! What a load does to a database that nobody else writes to.

use sea_orm::{DatabaseConnection, TransactionTrait as _};
use serde_json::json;
use stack_atlas::ingest::knowledge::{Report, load};
use stack_atlas::store::sync::Tally;

use crate::database::on_both;
use crate::world::{World, noon};

/// The kinds that a load has done something to.
fn touched(report: &Report) -> Vec<(String, usize, usize, usize)> {
    use sea_orm::ActiveEnum as _;

    let touched = report
        .tallies
        .iter()
        .filter(|(_, tally)| *tally != Tally::default());
    let touched =
        touched.map(|(kind, tally)| (kind.to_value(), tally.created, tally.updated, tally.retired));
    touched.collect()
}

fn one(
    kind: &str,
    created: usize,
    updated: usize,
    retired: usize,
) -> (String, usize, usize, usize) {
    (kind.to_owned(), created, updated, retired)
}

async fn transaction_on_both_connections(db: &DatabaseConnection) {
    let first = db.begin().await.unwrap();
    db.begin().await.unwrap().rollback().await.unwrap();
    first.rollback().await.unwrap();
}

on_both! {
    async fn everything_is_there_after_the_first_load(base) {
        let report = base.load(&World::new()).await;
        assert!(!report.unchanged);
        assert_eq!(report.kept, [""; 0]);
        assert_eq!(touched(&report), [
            one("SOURCE", 1, 0, 0),
            one("CATEGORY", 2, 0, 0),
            one("COMPANY", 2, 0, 0),
            one("TECHNOLOGY", 5, 0, 0),
            one("PRODUCT", 1, 0, 0),
            one("EXPERIENCE", 1, 0, 0),
            one("SKILL_AREA", 2, 0, 0),
            one("ROLE", 2, 0, 0),
            one("RELEASE", 2, 0, 0),
            one("RELATION", 1, 0, 0),
            one("USAGE", 3, 0, 0),
            one("SALARY", 1, 0, 0),
        ]);
        for (table, count) in [
            ("language", 2), ("framework", 1), ("tool", 2), ("framework_language", 1),
            ("technology_category", 2), ("category_parent", 1), ("article", 1),
            ("skill_area_technology", 2), ("skill_area_experience", 1), ("role_skill_area", 1),
            ("role_technology", 1), ("role_relation", 2), ("evidence", 8), ("alias", 2),
            ("external_id", 3), ("change", 23),
        ] {
            assert_eq!(base.count(table).await, count, "{table}");
        }
        let values = "SELECT confidence || ' ' || COALESCE(CAST(since AS text), '-') FROM usage ORDER BY id";
        assert_eq!(base.texts(values).await, ["0.85 2020-03-01", "0.7 -", "0.5 -"]);
        let parent = "SELECT p.slug FROM skill_area s JOIN skill_area p ON p.id = s.parent_id";
        assert_eq!(base.texts(parent).await, ["performance"]);
        assert_eq!(base.texts("SELECT key FROM alias ORDER BY key").await, ["backendengineer", "node"]);
        let counters = "SELECT slug || ' ' || adopter_count FROM technology WHERE adopter_count > 0 \
                        ORDER BY slug";
        assert_eq!(base.texts(counters).await, ["nodejs 1", "redis 2"]);
        let counters = "SELECT slug || ' ' || technology_count FROM company \
                        UNION ALL SELECT slug || ' ' || technology_count FROM product ORDER BY 1";
        assert_eq!(base.texts(counters).await, ["acme 1", "globex 1", "shop 1"]);
    }

    async fn an_unchanged_start_asks_once_and_writes_nothing(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        base.statements();
        let report = base.load(&World::new()).await;
        assert_eq!(base.statements(), 1);
        assert_eq!(report, Report { unchanged: true, ..Report::default() });
        assert_eq!(base.last_change().await, changes);
    }

    async fn another_comment_changes_no_row(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        let report = base.load(&World::new().and("tools.yaml", "# that is all\n")).await;
        assert!(!report.unchanged);
        assert_eq!(touched(&report), []);
        assert_eq!(base.last_change().await, changes);
        assert!(base.load(&World::new().and("tools.yaml", "# that is all\n")).await.unchanged);
    }

    async fn one_changed_record_is_one_update(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        let id = base.number("SELECT id FROM technology WHERE slug = 'nodejs'").await;
        let world = World::new().with("frameworks.yaml", "Runs JavaScript on servers.", "A runtime.");
        assert_eq!(touched(&base.load(&world).await), [one("TECHNOLOGY", 0, 1, 0)]);
        assert_eq!(base.number("SELECT id FROM technology WHERE slug = 'nodejs'").await, id);
        assert_eq!(base.texts("SELECT slug FROM technology WHERE revision = 2").await, ["nodejs"]);
        let changes = base.changes(changes).await;
        let [(kind, operation, before, after)] = &changes[..] else { panic!("{changes:?}") };
        assert_eq!((kind.as_str(), operation.as_str()), ("TECHNOLOGY", "UPDATE"));
        assert_eq!(before["summary"], "Runs JavaScript on servers.");
        assert_eq!(after["summary"], "A runtime.");
        assert_eq!((&before["revision"], &after["revision"]), (&json!(1), &json!(2)));
    }

    async fn a_changed_part_is_an_update_of_its_owner(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        let world = World::new()
            .with("usages.yaml", "locator: page 9", "locator: page 10")
            .with("languages.yaml", "typing: dynamic", "typing: gradual")
            .with("skill-areas.yaml", "It is fast.", "It is very fast.")
            .with("aliases.yaml", "[Node]", "[Node, Node JavaScript], former_slugs: [io-js]");
        assert_eq!(touched(&base.load(&world).await), [
            one("TECHNOLOGY", 0, 2, 0),
            one("SKILL_AREA", 0, 1, 0),
            one("USAGE", 0, 1, 0),
        ]);
        let changes = base.changes(changes).await;
        assert_eq!(changes.len(), 4);
        let (.., before, after) = &changes[0];
        assert_eq!(before["slug"], "javascript");
        assert_eq!(before["language"][0]["typing"], "DYNAMIC");
        assert_eq!(after["language"][0]["typing"], "GRADUAL");
        assert_eq!((&before["revision"], &after["revision"]), (&json!(1), &json!(2)));
        let (.., before, after) = &changes[1];
        assert_eq!(before.get("alias"), None);
        assert_eq!(after["alias"][0]["text"], "Node JavaScript");
        let (.., before, after) = &changes[3];
        assert_eq!(before["evidence"][0]["locator"], "page 9");
        assert_eq!(after["evidence"][0]["locator"], "page 10");
        assert_eq!(base.number("SELECT COUNT(*) FROM usage WHERE revision = 2").await, 1);
    }

    async fn a_record_that_is_gone_is_retired_with_its_parts(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        let world = World::new()
            .without("usages.yaml", "- company: globex")
            .without("frameworks.yaml", "- slug: nodejs")
            .without("releases.yaml", "- technology: nodejs")
            .with("roles.yaml", "  technologies: [{technology: nodejs, importance: optional}]\n", "")
            .without("aliases.yaml", "- {technology");
        let report = base.load(&world).await;
        assert_eq!(report.kept, [""; 0]);
        assert_eq!(touched(&report), [
            one("TECHNOLOGY", 0, 0, 1),
            one("ROLE", 0, 1, 0),
            one("RELEASE", 0, 0, 2),
            one("USAGE", 0, 0, 1),
        ]);
        for (table, count) in [
            ("technology", 4), ("framework", 0), ("framework_language", 0), ("release", 0),
            ("usage", 2), ("evidence", 5), ("alias", 1), ("external_id", 1), ("role_technology", 0),
        ] {
            assert_eq!(base.count(table).await, count, "{table}");
        }
        let changes = base.changes(changes).await;
        let deleted = changes.iter().filter(|(_, operation, ..)| operation == "DELETE");
        assert_eq!(deleted.clone().count(), 4);
        assert!(deleted.clone().any(|(.., before, _)| before["slug"] == "nodejs"));
        let count = "SELECT technology_count FROM company WHERE slug = 'globex'";
        assert_eq!(base.number(count).await, 0);
        assert_eq!(touched(&base.load(&World::new()).await), [
            one("TECHNOLOGY", 1, 0, 0),
            one("ROLE", 0, 1, 0),
            one("RELEASE", 2, 0, 0),
            one("USAGE", 1, 0, 0),
        ]);
    }

    async fn what_refers_to_each_other_is_retired_together(base) {
        base.load(&World::new()).await;
        let world = World::new()
            .without("roles.yaml", "- slug: backend-developer")
            .without("roles.yaml", "- {slug: platform-engineer")
            .without("skill-areas.yaml", "- slug: cache-design")
            .without("skill-areas.yaml", "- {slug: performance")
            .without("aliases.yaml", "- {role");
        let report = base.load(&world).await;
        assert_eq!(report.kept, [""; 0]);
        assert_eq!(touched(&report), [
            one("SKILL_AREA", 0, 0, 2),
            one("ROLE", 0, 0, 2),
            one("SALARY", 0, 0, 1),
        ]);
    }

    async fn names_pass_from_what_is_retired_to_something_else(base) {
        base.load(&World::new()).await;
        let world = World::new()
            .with("frameworks.yaml", "slug: nodejs", "slug: node")
            .with("usages.yaml", "uses: nodejs", "uses: node")
            .with("releases.yaml", "technology: nodejs", "technology: node")
            .with("roles.yaml", "technology: nodejs", "technology: node")
            .with("aliases.yaml", "technology: nodejs, names: [Node]", "technology: redis, names: [RDS]");
        let report = base.load(&world).await;
        assert_eq!(report.kept, [""; 0]);
        let ids = "SELECT x.scheme FROM external_id x JOIN technology t ON t.id = x.entity_id \
                   WHERE x.entity_kind = 'TECHNOLOGY' AND t.slug = 'node' ORDER BY 1";
        assert_eq!(base.texts(ids).await, ["github", "linguist"]);
    }

    async fn trees_can_be_turned_over(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        let world = World::new()
            .with("skill-areas.yaml", "  parent: performance\n", "")
            .with("skill-areas.yaml", "name: Performance}", "name: Speed, parent: cache-design}");
        assert_eq!(touched(&base.load(&world).await), [one("SKILL_AREA", 0, 2, 0)]);
        let parent = "SELECT p.slug FROM skill_area s JOIN skill_area p ON p.id = s.parent_id";
        assert_eq!(base.texts(parent).await, ["cache-design"]);
        assert_eq!(base.texts("SELECT slug FROM skill_area WHERE revision <> 2").await, [""; 0]);
        let changes = base.changes(changes).await;
        assert_eq!(changes.len(), 2);
        let renamed = changes.iter().find(|(.., after)| after["name"] == "Speed").unwrap();
        assert!(renamed.3["parent_id"].is_number());
    }

    async fn a_load_that_fails_leaves_the_database_as_it_was(base) {
        base.load(&World::new()).await;
        let changes = base.last_change().await;
        base.run("ALTER TABLE alias RENAME TO alias_away").await;
        let world = World::new()
            .with("frameworks.yaml", "Runs JavaScript on servers.", "A runtime.")
            .and("companies.yaml", "- {slug: initech, name: Initech}\n");
        let error = load(&base.db, &world.knowledge(), noon()).await.unwrap_err().to_string();
        assert!(error.starts_with("the knowledge could not be loaded: database: "), "{error}");
        // No connection is left inside a transaction.
        transaction_on_both_connections(&base.db).await;
        assert_eq!(base.last_change().await, changes);
        assert_eq!(base.count("company").await, 2);
        let summary = "SELECT summary FROM technology WHERE slug = 'nodejs'";
        assert_eq!(base.texts(summary).await, ["Runs JavaScript on servers."]);

        base.run("ALTER TABLE alias_away RENAME TO alias").await;
        assert_eq!(touched(&base.load(&world).await), [
            one("COMPANY", 1, 0, 0),
            one("TECHNOLOGY", 0, 1, 0),
        ]);
    }

    async fn two_instances_that_start_together_load_once(base) {
        let world = World::new();
        let (one, other) = tokio::join!(base.load(&world), base.load(&world));
        assert_ne!(one.unchanged, other.unchanged);
        assert_eq!(base.count("technology").await, 5);
        assert_eq!(base.count("change").await, 23);
    }
}
