//! What a load does to rows that others have made or changed: nothing, and it says so.

use crate::database::on_both;
use crate::world::World;

const IMPORT: &str = "INSERT INTO technology (slug, name, name_key, kind, created_at, updated_at) \
     VALUES ('perl', 'Perl', 'perl', 'LANGUAGE', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')";

on_both! {
    async fn what_an_editor_has_changed_stays(base) {
        base.load(&World::new()).await;
        let edit = "UPDATE technology SET summary = 'Alice says so.' WHERE slug = 'nodejs'";
        base.edit(edit, "TECHNOLOGY", "UPDATE", "technology/nodejs").await;
        let world = World::new()
            .with("frameworks.yaml", "Runs JavaScript on servers.", "A runtime.")
            .with("frameworks.yaml", "linguist: 7", "linguist: 8");
        let report = base.load(&world).await;
        assert_eq!(
            report.kept,
            ["technology `nodejs` was last changed by `alice`; it stays as it is"]
        );
        let summary = "SELECT summary FROM technology WHERE slug = 'nodejs'";
        assert_eq!(base.texts(summary).await, ["Alice says so."]);
        let ids = "SELECT value FROM external_id WHERE scheme = 'linguist'";
        assert_eq!(base.texts(ids).await, ["7"], "its parts stay as well");
    }

    async fn what_an_editor_has_changed_is_not_retired(base) {
        base.load(&World::new()).await;
        let edit = "UPDATE company SET country = 'FR' WHERE slug = 'globex'";
        base.edit(edit, "COMPANY", "UPDATE", "company/globex").await;
        let world = World::new()
            .without("companies.yaml", "- {slug: globex")
            .without("usages.yaml", "- company: globex");
        let report = base.load(&world).await;
        assert_eq!(
            report.kept,
            ["company `globex` is gone, but was last changed by `alice`; it stays"]
        );
        assert_eq!(base.count("company").await, 2);
        assert_eq!(base.count("usage").await, 2, "its usage was the knowledge's own");
    }

    async fn what_an_editor_has_deleted_stays_deleted(base) {
        base.load(&World::new()).await;
        let id = base.number("SELECT id FROM usage WHERE product_id IS NOT NULL").await;
        let delete = "DELETE FROM usage WHERE product_id IS NOT NULL";
        base.edit_row(delete, "USAGE", "DELETE", "usage", id).await;
        let delete = "DELETE FROM technology WHERE slug = 'nodejs'";
        base.edit(delete, "TECHNOLOGY", "DELETE", "technology/nodejs").await;
        for comment in ["# one\n", "# two\n"] {
            let report = base.load(&World::new().and("tools.yaml", comment)).await;
            assert_eq!(report.kept, [
                "technology `nodejs` was deleted by `alice` and stays so",
                "usage of `redis` by `shop` was deleted by `alice` and stays so",
            ]);
            assert_eq!(base.count("technology").await, 4);
            assert_eq!(base.count("usage").await, 1);
            assert_eq!(base.count("release").await, 0);
        }
    }

    async fn rows_of_an_import_are_neither_changed_nor_retired(base) {
        base.run(IMPORT).await;
        let world = World::new().and(
            "languages.yaml",
            "- {slug: perl, name: Perl 5, kind: programming}\n",
        );
        let report = base.load(&world).await;
        assert_eq!(
            report.kept,
            ["technology `perl` was last changed by `somebody`; it stays as it is"]
        );
        assert_eq!(base.texts("SELECT name FROM technology WHERE slug = 'perl'").await, ["Perl"]);
        assert_eq!(base.load(&World::new()).await.kept, [""; 0]);
        assert_eq!(base.count("technology").await, 6);
    }

    async fn what_others_refer_to_is_not_retired(base) {
        base.load(&World::new()).await;
        base.run(
            "INSERT INTO usage (company_id, technology_id, status, confidence, created_at, updated_at) \
             SELECT c.id, t.id, 'CURRENT', 0.5, c.created_at, c.created_at \
             FROM company c, technology t WHERE c.slug = 'acme' AND t.slug = 'nodejs'",
        )
        .await;
        let world = World::new()
            .without("usages.yaml", "- company: globex")
            .without("frameworks.yaml", "- slug: nodejs")
            .without("releases.yaml", "- technology: nodejs")
            .with("roles.yaml", "  technologies: [{technology: nodejs, importance: optional}]\n", "")
            .without("aliases.yaml", "- {technology");
        let report = base.load(&world).await;
        assert_eq!(
            report.kept,
            ["technology `nodejs` is gone, but others refer to it; it stays"]
        );
        assert_eq!(base.count("technology").await, 5);
        assert_eq!(base.count("framework").await, 1);
        assert_eq!(base.count("alias").await, 2, "it keeps its names");
        assert_eq!(base.number("SELECT adopter_count FROM technology WHERE slug = 'nodejs'").await, 1);
    }

    async fn a_name_that_somebody_else_has_given_stays(base) {
        base.run(IMPORT).await;
        base.run(
            "INSERT INTO alias (entity_kind, key, text, entity_id) \
             SELECT 'TECHNOLOGY', 'node', 'node', id FROM technology",
        )
        .await;
        let report = base.load(&World::new()).await;
        assert_eq!(report.kept, ["alias `node` of `nodejs` is left out: it is taken"]);
        assert_eq!(base.count("alias").await, 2);
    }
}
