//! Imports: what they make of data sets, whose rows stay whose, and what happens the second time.

use std::fs;
use std::path::Path;

use stack_atlas::ingest::dataset::adapters::registry;
use stack_atlas::ingest::dataset::bundle::Limits;
use stack_atlas::ingest::dataset::import::{
    Aliases, Licences, Options, Plan, Progress, Report, SetReport, import,
};

use crate::database::{Base, on_both};
use crate::world::{World, noon};

const LANGUAGES: &str = "\
JavaScript:
  type: programming
  aliases: [js]
  extensions: [\".js\", \".mjs\"]
  language_id: 183
Zig:
  type: programming
  aliases: [ziglang]
  language_id: 646424281
";

const LIST: &str = "\
# Who uses Redis?

* [Acme](https://acme.test) since 2021
* [Initech](https://initech.test)
* [Globex](https://globex.test): see their [blog](https://blog.globex.test/redis)
* [Hooli](https://hooli.test)
";

const CYCLES: &str = "\
---
title: Node.js
category: framework
permalink: /nodejs
releases:
  - releaseCycle: \"24\"
    releaseDate: 2025-05-06
    eol: 2028-04-30
  - releaseCycle: \"22\"
    releaseDate: 2024-04-24
    eol: 2027-06-30
---
";

/// Data sets in a folder, to be changed.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write(
            "linguist/SOURCE.md",
            &origin("github-linguist/linguist", "aaaaaaaa 2026-08-20"),
        );
        folder.write("linguist/languages.yml", LANGUAGES);
        folder.write(
            "endoflife/SOURCE.md",
            &origin("endoflife-date/endoflife.date", "bbbbbbbb 2026-08-22"),
        );
        folder.write("endoflife/products/nodejs.md", CYCLES);
        folder.write(
            "redis/SOURCE.md",
            &origin("redis/redis", "cccccccc 2026-08-01"),
        );
        folder.write("redis/ADOPTERS.md", LIST);
        folder
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    async fn import(&self, base: &Base, options: &Options) -> Report {
        let from = self.path().to_str().unwrap();
        let plan = Plan::of(from, &registry::ALL, Limits::default())
            .await
            .unwrap();
        import(&base.db, &plan, options, noon(), &|| 0.0, &mut Silence).await
    }
}

fn origin(repository: &str, snapshot: &str) -> String {
    format!("- repository: {repository}\n- commit: {snapshot}\n- licence: MIT\n")
}

pub struct Silence;

impl Progress for Silence {
    fn begin(&mut self, _: &str, _: usize) {}
    fn file(&mut self) {}
    fn write(&mut self, _: usize) {}
    fn end(&mut self, _: &SetReport) {}
}

fn plain() -> Options {
    Options::default()
}

fn again() -> Options {
    Options {
        again: true,
        ..Options::default()
    }
}

/// What went wrong, and what was left out.
fn remarks(report: &Report) -> Vec<String> {
    let sets = report.sets.iter();
    let remarks = sets.flat_map(|set| {
        let remarks = set.problems.iter().chain(&set.skipped).chain(&set.error);
        remarks
            .map(|remark| format!("{}: {remark}", set.adapter))
            .collect::<Vec<_>>()
    });
    remarks.collect()
}

async fn usages(base: &Base) -> Vec<String> {
    base.texts(
        "SELECT c.slug || ' ' || t.slug || ' ' || u.status || ' ' || \
         (SELECT COUNT(*) FROM evidence e WHERE e.usage_id = u.id) \
         FROM usage u JOIN company c ON c.id = u.company_id JOIN technology t ON t.id = u.technology_id \
         ORDER BY 1",
    )
    .await
}

async fn base_with_knowledge(base: &Base) {
    base.load(&World::new()).await;
}

on_both! {
    async fn facts_are_added_with_their_sources(base) {
        base_with_knowledge(&base).await;
        let report = Folder::new().import(&base, &plain()).await;
        assert_eq!(remarks(&report), [""; 0]);
        assert_eq!(
            usages(&base).await,
            [
                "acme redis CURRENT 3",
                "globex nodejs CURRENT 1",
                "globex redis CURRENT 2",
                "hooli redis CURRENT 1",
                "initech redis CURRENT 1",
            ]
        );
        let evidence = base.texts(
            "SELECT s.slug || ' ' || e.grade || ' ' || e.url || ' ' || e.locator FROM evidence e \
             JOIN source s ON s.id = e.source_id JOIN usage u ON u.id = e.usage_id \
             JOIN company c ON c.id = u.company_id WHERE c.slug = 'globex' AND s.slug <> 'survey' ORDER BY 1",
        );
        assert_eq!(
            evidence.await,
            [
                "adopters-redis-redis LISTED https://github.com/redis/redis/blob/cccccccc/ADOPTERS.md?plain=1#L5 \
                 redis/ADOPTERS.md:5",
                "adopters-redis-redis OFFICIAL https://blog.globex.test/redis redis/ADOPTERS.md:5",
            ]
        );
        let languages = base.texts(
            "SELECT t.slug || ' ' || l.language_kind FROM technology t \
             JOIN language l ON l.technology_id = t.id ORDER BY 1",
        );
        assert_eq!(languages.await, ["javascript PROGRAMMING", "sql QUERY", "zig PROGRAMMING"]);
        let source = base.texts(
            "SELECT name || ' ' || licence || ' ' || version || ' ' || snapshot_on || ' ' || url FROM source \
             WHERE slug = 'adopters-redis-redis'",
        );
        assert_eq!(
            source.await,
            ["redis/redis (adopters) MIT cccccccc 2026-08-01 https://github.com/redis/redis/tree/cccccccc"]
        );
        let redis = base.number("SELECT adopter_count FROM technology WHERE slug = 'redis'").await;
        assert_eq!(redis, 5);
    }

    async fn curated_facts_stay_and_contradictions_stand_beside_them(base) {
        base_with_knowledge(&base).await;
        let curated = "SELECT label || ' ' || end_of_life_on FROM release WHERE end_of_life_on IS NOT NULL ORDER BY 1";
        assert_eq!(base.texts(curated).await, ["22 2027-04-30"]);
        let report = Folder::new().import(&base, &plain()).await;
        assert_eq!(base.texts(curated).await, ["22 2027-04-30", "24 2028-04-30"]);
        let notes = base.texts("SELECT note FROM evidence WHERE note IS NOT NULL AND release_id IS NOT NULL").await;
        assert_eq!(notes, ["says: security support until 2027-06-30, end of life on 2027-06-30"]);
        let contradictions: Vec<usize> = report.sets.iter().map(|set| set.contradictions).collect();
        assert_eq!(contradictions, [0, 1, 0]);
        // A curated language gets another name and an id.
        assert_eq!(base.texts("SELECT text FROM alias WHERE key = 'js'").await, ["js"]);
        assert_eq!(base.texts("SELECT value FROM external_id WHERE value = '183'").await, ["183"]);
        let actors = base.texts(
            "SELECT DISTINCT c.actor FROM change c JOIN technology t ON t.id = c.entity_id \
             WHERE c.entity_kind = 'TECHNOLOGY' AND t.slug = 'javascript' ORDER BY 1",
        );
        assert_eq!(actors.await, ["import:linguist-github-linguist-linguist", "knowledge"]);
    }

    async fn a_second_run_writes_nothing(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        folder.import(&base, &plain()).await;
        let version = base.texts("SELECT value FROM setting ORDER BY key").await;
        let last = base.last_change().await;
        for options in [plain(), again()] {
            let report = folder.import(&base, &options).await;
            let unchanged: Vec<bool> = report.sets.iter().map(|set| set.unchanged).collect();
            assert_eq!(unchanged, [!options.again; 3]);
            assert!(report.sets.iter().all(|set| !set.changed && set.changes.is_empty()), "{report:?}");
            assert_eq!(base.texts("SELECT value FROM setting ORDER BY key").await, version);
            assert_eq!(base.last_change().await, last);
        }
    }

    async fn curated_knowledge_loads_over_imports(base) {
        base_with_knowledge(&base).await;
        Folder::new().import(&base, &plain()).await;
        let before = (base.count("evidence").await, base.count("alias").await, base.count("usage").await);
        // What the knowledge learns of, an import may have made before.
        let world = World::new()
            .and("languages.yaml", "- {slug: zig, name: Zig, kind: programming, typing: static}\n")
            .and("sources.yaml", "- {slug: other, name: Other, licence: MIT}\n");
        let report = base.load(&world).await;
        assert_eq!(report.kept, [""; 0]);
        let after = (base.count("evidence").await, base.count("alias").await, base.count("usage").await);
        assert_eq!(after, before, "a load takes nothing away from imports");
        assert_eq!(base.texts("SELECT typing FROM language WHERE typing = 'STATIC'").await, ["STATIC"]);
        // And then it is the knowledge's.
        let again = Folder::new().import(&base, &again()).await;
        assert_eq!(remarks(&again), [""; 0]);
        assert_eq!(base.texts("SELECT typing FROM language WHERE typing = 'STATIC'").await, ["STATIC"]);
    }

    async fn a_newer_snapshot_ends_what_is_gone(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        folder.import(&base, &plain()).await;
        folder.write("redis/SOURCE.md", &origin("redis/redis", "dddddddd 2026-09-01"));
        folder.write("redis/ADOPTERS.md", &LIST.replace("* [Hooli](https://hooli.test)\n", ""));
        let report = folder.import(&base, &plain()).await;
        assert_eq!(report.sets[2].ended, 1);
        let ended = "SELECT c.slug || ' ' || u.status || ' ' || u.until FROM usage u JOIN company c \
                     ON c.id = u.company_id WHERE u.status = 'PAST'";
        assert_eq!(base.texts(ended).await, ["hooli PAST 2026-09-01"]);
        let numbers = "SELECT CAST(COUNT(*) AS TEXT) || ' ' || MIN(url) FROM evidence WHERE url LIKE '%#L4'";
        assert_eq!(
            base.texts(numbers).await,
            ["1 https://github.com/redis/redis/blob/dddddddd/ADOPTERS.md?plain=1#L4"]
        );
        // It comes back, and goes on.
        folder.write("redis/SOURCE.md", &origin("redis/redis", "eeeeeeee 2026-10-01"));
        folder.write("redis/ADOPTERS.md", LIST);
        folder.import(&base, &plain()).await;
        assert_eq!(base.texts(ended).await, [""; 0]);
        // An older one is not gone back to.
        folder.write("redis/SOURCE.md", &origin("redis/redis", "cccccccc 2026-08-01"));
        let report = folder.import(&base, &plain()).await;
        assert_eq!(
            remarks(&report),
            ["adopters: is of 2026-08-01, and one of 2026-10-01 was imported before: an older one would take it back"]
        );
    }

    async fn a_part_of_a_data_set_ends_nothing(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        let firms = (0..20).map(|n| format!("* [Firm {n}](https://firm{n}.test)"));
        let many = firms.collect::<Vec<_>>().join("\n");
        folder.write("redis/ADOPTERS.md", &format!("{LIST}{many}"));
        folder.import(&base, &plain()).await;
        folder.write("redis/SOURCE.md", &origin("redis/redis", "dddddddd 2026-09-01"));
        folder.write("redis/ADOPTERS.md", LIST);
        let report = folder.import(&base, &plain()).await;
        assert_eq!(
            remarks(&report),
            ["adopters: 20 of 23 usages are gone: is it a part of the data set only? `--allow-shrinking` ends them"]
        );
        assert_eq!(base.number("SELECT COUNT(*) FROM usage WHERE status = 'PAST'").await, 0);
        let options = Options { allow_shrinking: true, ..Options::default() };
        assert_eq!(folder.import(&base, &options).await.sets[2].ended, 20);
    }

    async fn what_cannot_be_read_ends_nothing(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        folder.write("redis/adopters.yaml", "project: Redis\nadopters:\n  - name: Umbrella\n    url: https://umbrella.test\n");
        folder.import(&base, &plain()).await;
        folder.write("redis/SOURCE.md", &origin("redis/redis", "dddddddd 2026-09-01"));
        folder.write("redis/adopters.yaml", "adopters: [");
        let report = folder.import(&base, &plain()).await;
        assert_eq!(report.sets[2].problem_count, 1);
        assert_eq!(report.sets[2].ended, 0);
        // Where that is not to be passed over, nothing of it is written, nor of any after it.
        folder.write("redis/SOURCE.md", &origin("redis/redis", "eeeeeeee 2026-10-01"));
        let last = base.last_change().await;
        let options = Options { stop_on_error: true, ..Options::default() };
        let report = folder.import(&base, &options).await;
        assert_eq!(report.failed(), 1);
        assert_eq!(base.last_change().await, last);
    }

    async fn a_rehearsal_tells_all_and_writes_nothing(base) {
        base_with_knowledge(&base).await;
        let settings = base.texts("SELECT value FROM setting ORDER BY key").await;
        let folder = Folder::new();
        let options = Options { rehearse: true, ..Options::default() };
        let rehearsed = folder.import(&base, &options).await;
        assert_eq!(base.texts("SELECT value FROM setting ORDER BY key").await, settings);
        assert_eq!(base.count("usage").await, 3);
        let done = folder.import(&base, &plain()).await;
        let changes = |report: &Report| report.sets.iter().map(|set| set.changes.clone()).collect::<Vec<_>>();
        assert_eq!(changes(&rehearsed), changes(&done));
    }

    async fn names_are_taught(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        folder.write("kv/SOURCE.md", &origin("kv/kv", "cccccccc 2026-08-01"));
        folder.write("kv/ADOPTERS.md", "# Who uses Remote Dictionary?\n\n* [Vandelay](https://vandelay.test)\n");
        let report = folder.import(&base, &plain()).await;
        assert_eq!(report.sets[2].names.usages.queued, 1);
        let queue = "SELECT name || ' ' || reason || ' ' || mention_count || ' ' || locator FROM review_item";
        assert_eq!(base.texts(queue).await, ["Remote Dictionary UNKNOWN 1 kv/ADOPTERS.md:3"]);
        let text = "- technology: redis\n  names: [Remote Dictionary]\n";
        let options = Options { aliases: Aliases::parse("mine.yaml", text).unwrap(), ..Options::default() };
        let report = folder.import(&base, &options).await;
        assert_eq!(report.sets[2].names.usages.resolved, 1);
        assert_eq!(base.texts(queue).await, [""; 0]);
        assert!(usages(&base).await.contains(&"vandelay redis CURRENT 1".to_owned()));
        // The name stays, without the file.
        folder.write("kv/SOURCE.md", &origin("kv/kv", "dddddddd 2026-09-01"));
        let report = folder.import(&base, &plain()).await;
        assert_eq!(report.sets[2].names.usages.resolved, 1);
    }

    async fn licences_are_kept_to(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        folder.write("redis/SOURCE.md", "- repository: redis/redis\n- licence: CC BY-SA 4.0\n");
        let options = Options { licences: "no-share-alike".parse::<Licences>().unwrap(), ..Options::default() };
        let report = folder.import(&base, &options).await;
        assert_eq!(
            remarks(&report),
            ["adopters: is CC-BY-SA-4.0, which is not among those allowed"]
        );
        assert_eq!(base.count("usage").await, 3);
    }

    async fn companies_of_one_name_are_told_apart(base) {
        base_with_knowledge(&base).await;
        let folder = Folder::new();
        folder.write("redis/ADOPTERS.md", "# Who uses Redis?\n\n* [Nav](https://nav.no)\n* [Zalando](https://zalando.de)\n");
        folder.write("node/SOURCE.md", &origin("nodejs/node", "cccccccc 2026-08-01"));
        folder.write(
            "node/ADOPTERS.md",
            "# Who uses Node.js?\n\n* [NAV](https://navigator.com)\n* [Zalando SE](https://zalando.com)\n\
             * [Acme Corp.](https://acme.test)\n",
        );
        folder.import(&base, &plain()).await;
        let of = base.texts("SELECT slug FROM company WHERE slug NOT IN ('acme', 'globex') ORDER BY 1").await;
        assert_eq!(of, ["nav", "nav-no", "zalando-se"]);
    }
}
