//! What the validator says about each kind of mistake, word for word.

use stack_atlas::ingest::knowledge::{Files, Knowledge};

use crate::world::{TODAY, World};

/// All mistakes of a world, one line each.
fn said(world: &World) -> Vec<String> {
    match world.parse() {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.0.iter().map(ToString::to_string).collect(),
    }
}

/// Declares tests: change a file, and see what is said.
macro_rules! said {
    ($($name:ident: $file:literal, $old:literal => $new:literal, [$($message:literal),+ $(,)?];)+) => {$(
        #[test]
        fn $name() {
            assert_eq!(said(&World::new().with($file, $old, $new)), [$($message),+]);
        }
    )+};
}

#[test]
fn the_small_world_has_no_mistakes() {
    assert_eq!(said(&World::new()), [""; 0]);
}

said! {
    an_unknown_technology: "usages.yaml", "uses: nodejs" => "uses: nodesj", [
        "knowledge/usages.yaml:8: uses: no technology is called `nodesj`; did you mean `nodejs`?",
    ];
    an_alias_instead_of_a_slug: "usages.yaml", "uses: nodejs" => "uses: node", [
        "knowledge/usages.yaml:8: uses: no technology is called `node`; did you mean `nodejs`?",
    ];
    an_unknown_company: "tools.yaml", "steward: acme" => "steward: umbrella", [
        "knowledge/tools.yaml:1: steward: no company is called `umbrella`",
    ];
    an_unknown_source: "usages.yaml", "source: survey, locator: page 8" => "source: surveys, locator: page 8", [
        "knowledge/usages.yaml:9: evidence[0].source: no source is called `surveys`; did you mean `survey`?",
    ];
    a_framework_for_something_that_is_no_language: "frameworks.yaml", "[javascript]" => "[javascript, redis]", [
        "knowledge/frameworks.yaml:5: languages[1]: no language is called `redis`",
    ];
    a_framework_without_languages: "frameworks.yaml", "[javascript]" => "[]", [
        "knowledge/frameworks.yaml:5: languages: a framework has at least one",
    ];
    a_slug_with_capitals: "sources.yaml", "slug: survey, name" => "slug: Survey, name", [
        "knowledge/experiences.yaml:3: articles[0].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/relations.yaml:4: evidence[0].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/releases.yaml:2: evidence[0].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/roles.yaml:9: salaries[0].evidence[0].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/sources.yaml:1: slug: `Survey` is not made of a-z, 0-9 and single hyphens",
        "knowledge/usages.yaml:5: evidence[0].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/usages.yaml:6: evidence[1].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/usages.yaml:9: evidence[0].source: no source is called `survey`; did you mean `Survey`?",
        "knowledge/usages.yaml:13: evidence[0].source: no source is called `survey`; did you mean `Survey`?",
    ];
    a_circle_of_categories: "categories.yaml", "name: Data}" => "name: Data, parents: [cache]}", [
        "knowledge/categories.yaml:2: parents: stand in a circle: cache, data, cache",
    ];
    a_circle_of_skill_areas: "skill-areas.yaml", "name: Performance}" => "name: Performance, parent: cache-design}", [
        "knowledge/skill-areas.yaml:3: parent: stands in a circle: cache-design, performance, cache-design",
    ];
    a_fact_without_evidence: "usages.yaml", "\n  evidence: [{source: survey, locator: page 8, grade: listed}]" => "", [
        "knowledge/usages.yaml:7: evidence: at least one is needed",
    ];
    evidence_that_cannot_be_looked_up: "usages.yaml", ", locator: page 8" => "", [
        "knowledge/usages.yaml:9: evidence[0]: give a url or a locator",
    ];
    an_address_that_is_none: "tools.yaml", "name: Redis," => "name: Redis, website: redis.io,", [
        "knowledge/tools.yaml:1: website: `redis.io` is not an address such as `https://example.org/page`",
    ];
    an_address_of_another_scheme: "tools.yaml", "name: Redis," => "name: Redis, repository: 'git://github.com/redis/redis',", [
        "knowledge/tools.yaml:1: repository: `git://github.com/redis/redis` is not an address such as `https://example.org/page`",
    ];
    an_address_with_a_space: "usages.yaml", "https://survey.example.org/acme" => "'https://survey.example.org/a cme'", [
        "knowledge/usages.yaml:5: evidence[0].url: `https://survey.example.org/a cme` is not an address such as `https://example.org/page`",
    ];
    an_end_before_the_beginning: "usages.yaml", "since: 2020-03" => "status: past\n  since: 2020-03\n  until: 2019", [
        "knowledge/usages.yaml:5: until: 2019-12-31 is before `since`, 2020-03-01",
    ];
    a_current_usage_that_is_over: "usages.yaml", "since: 2020-03" => "until: 2021-06", [
        "knowledge/usages.yaml:3: until: 2021-06-30 is past; say `status: past`",
    ];
    a_day_that_does_not_exist: "usages.yaml", "since: 2020-03" => "since: 2021-02-29", [
        "knowledge/usages.yaml:3: since: expected YYYY, YYYY-MM or YYYY-MM-DD, found `2021-02-29`",
    ];
    a_usage_from_the_future: "usages.yaml", "since: 2020-03" => "since: 2027", [
        "knowledge/usages.yaml:3: since: 2027-01-01 is in the future",
    ];
    a_company_from_the_future: "companies.yaml", "founded: 1999" => "founded: 2027", [
        "knowledge/companies.yaml:1: founded: 2027 is not between 500 and 2026",
    ];
    a_release_that_is_too_far_ahead: "releases.yaml", "released: 2024-04-24, eol: 2027-04-30" => "released: 2028-11-24", [
        "knowledge/releases.yaml:4: cycles[0].released: 2028-11-24 is more than 24 months ahead",
    ];
    a_release_that_ends_before_it_begins: "releases.yaml", "2027-04-30" => "2023-04-30", [
        "knowledge/releases.yaml:4: cycles[0].eol: 2023-04-30 is before `released`, 2024-04-24",
    ];
    a_release_that_is_given_twice: "releases.yaml", "\"4\"" => "\"22\"", [
        "knowledge/releases.yaml:5: cycles[1].label: repeats line 4",
    ];
    a_share_of_more_than_one: "usages.yaml", "confidence: 0.5" => "confidence: 1.5", [
        "knowledge/usages.yaml:12: confidence: 1.5 is not between 0 and 1",
    ];
    a_weight_below_zero: "roles.yaml", "weight: 0.8" => "weight: -0.1", [
        "knowledge/roles.yaml:4: skill_areas[0].weight: -0.1 is not between 0 and 1",
    ];
    a_range_that_is_upside_down: "roles.yaml", "low: 49000" => "low: 79000", [
        "knowledge/roles.yaml:8: salaries[0].high: 69000 is less than `low`, 79000",
    ];
    a_currency_that_is_a_sign: "roles.yaml", "currency: EUR" => "currency: €", [
        "knowledge/roles.yaml:8: salaries[0].currency: `€` is not an ISO 4217 code such as `EUR`",
    ];
    a_country_in_words: "companies.yaml", "country: DE" => "country: Germany", [
        "knowledge/companies.yaml:1: country: `Germany` is not an ISO 3166-1 alpha-2 code such as `DE`",
    ];
    an_alias_that_belongs_to_another: "aliases.yaml", "names: [Node]" => "names: [Node, re-dis]", [
        "knowledge/aliases.yaml:1: names[1]: `re-dis` cannot be told from a name of `redis`",
    ];
    an_alias_that_repeats_the_name: "aliases.yaml", "names: [Node]" => "names: [NodeJS]", [
        "knowledge/aliases.yaml:1: names[0]: `NodeJS` is already a name of `nodejs`",
    ];
    an_alias_of_signs_alone: "aliases.yaml", "names: [Node]" => "names: ['...']", [
        "knowledge/aliases.yaml:1: names[0]: `...` has neither letter nor digit",
    ];
    a_former_slug_that_is_another_s: "aliases.yaml", "names: [Node]" => "former_slugs: [node-js, redis]", [
        "knowledge/aliases.yaml:1: former_slugs[0]: `node-js` is already a name of `nodejs`",
        "knowledge/aliases.yaml:1: former_slugs[1]: `redis` cannot be told from a name of `redis`",
    ];
    a_former_slug_that_is_none: "aliases.yaml", "names: [Node]" => "former_slugs: [Io.js]", [
        "knowledge/aliases.yaml:1: former_slugs[0]: `Io.js` is not made of a-z, 0-9 and single hyphens",
    ];
    a_thing_without_another_name: "aliases.yaml", ", names: [Node]" => "", [
        "knowledge/aliases.yaml:1: names: is empty",
    ];
    an_alias_of_two_things: "aliases.yaml", "{technology: nodejs," => "{technology: nodejs, company: acme,", [
        "knowledge/aliases.yaml:1: give exactly one of technology, category, company, product, skill_area, experience, role",
    ];
    two_names_that_are_one: "companies.yaml", "name: Globex" => "name: ACME", [
        "knowledge/companies.yaml:2: name: `ACME` cannot be told from the name of `acme`",
    ];
    an_external_id_of_two_things: "companies.yaml", "name: Globex" => "name: Globex, ids: {wikidata: Q1}", [
        "knowledge/companies.yaml:2: ids.wikidata: `Q1` is already that of `acme`",
    ];
    a_relation_stated_the_other_way_round: "relations.yaml", "- from: memcached" =>
        "- {from: redis, kind: alternative_to, to: memcached, evidence: [{source: survey, locator: x, grade: listed}]}\n- from: memcached", [
        "knowledge/relations.yaml:4: to: the relation is already stated in line 1",
    ];
    a_relation_to_itself: "relations.yaml", "to: redis" => "to: memcached", [
        "knowledge/relations.yaml:3: to: is the technology itself",
    ];
    a_field_that_does_not_exist: "frameworks.yaml", "summary:" => "sumary:", [
        "knowledge/frameworks.yaml:3: sumary: there is no such field; did you mean `summary`?",
    ];
    a_field_that_is_given_twice: "frameworks.yaml", "  kind: runtime" => "  kind: runtime\n  kind: library", [
        "knowledge/frameworks.yaml:5: kind: is given twice",
    ];
    a_field_that_is_missing: "sources.yaml", " name: Survey," => "", [
        "knowledge/sources.yaml:1: name: is missing",
    ];
    a_text_that_is_a_number: "releases.yaml", "\"4\"" => "4.10", [
        "knowledge/releases.yaml:5: cycles[1].label: expected text, found the number 4.1; put it in quotes",
    ];
    a_year_that_is_text: "companies.yaml", "1999" => "'1999'", [
        "knowledge/companies.yaml:1: founded: expected a year, found `1999`",
    ];
    a_list_that_is_text: "frameworks.yaml", "[javascript]" => "javascript", [
        "knowledge/frameworks.yaml:5: languages: expected a list, found `javascript`",
    ];
    a_word_that_is_not_in_the_set: "tools.yaml", "delivery: either" => "delivery: self-hosted", [
        "knowledge/tools.yaml:1: delivery: `self-hosted` is not one of self_hosted, managed, either; did you mean `self_hosted`?",
    ];
    an_empty_text: "frameworks.yaml", "Runs JavaScript on servers." => "''", [
        "knowledge/frameworks.yaml:3: summary: is empty; leave the field out",
    ];
    a_control_character: "frameworks.yaml", "Runs JavaScript on servers." => "\"Runs\\0\"", [
        "knowledge/frameworks.yaml:3: summary: holds a control character",
    ];
    a_usage_without_an_adopter: "usages.yaml", "- product: shop\n  uses" => "- uses", [
        "knowledge/usages.yaml:10: give either a company or a product",
    ];
}

#[test]
fn a_slug_that_is_used_twice() {
    let again = "- {slug: nodejs, name: Other, categories: [cache]}\n";
    assert_eq!(
        said(&World::new().and("tools.yaml", again)),
        ["knowledge/tools.yaml:3: slug: `nodejs` is already used in frameworks.yaml:1"]
    );
}

#[test]
fn a_usage_that_is_stated_twice() {
    let again = "- company: acme\n  uses: redis\n  \
                 evidence: [{source: survey, locator: page 10, grade: listed}]\n";
    assert_eq!(
        said(&World::new().and("usages.yaml", again)),
        ["knowledge/usages.yaml:15: uses: the usage is already stated in line 1"]
    );
}

#[test]
fn a_file_that_is_no_yaml_is_named_and_what_refers_to_it_is_not_blamed() {
    let said = said(&World::new().with("tools.yaml", "[cache], delivery", "[cache, delivery"));
    let [mistake] = &said[..] else {
        panic!("{said:#?}")
    };
    assert!(mistake.starts_with("knowledge/tools.yaml:"), "{mistake}");
    assert!(mistake.contains(" is not YAML: "), "{mistake}");
}

#[test]
fn anchors_are_refused() {
    let world = World::new().with("tools.yaml", "[cache], delivery", "&c [cache], delivery");
    let said = said(&world);
    assert!(
        said[0].starts_with("knowledge/tools.yaml:1: is not YAML: "),
        "{said:#?}"
    );
}

#[test]
fn all_mistakes_are_reported_in_order() {
    let world = World::new()
        .with("usages.yaml", "uses: nodejs", "uses: nodesj")
        .with(
            "usages.yaml",
            "since: 2020-03",
            "since: [2020]\n  scop: backend",
        )
        .with("companies.yaml", "founded: 1999", "founded: soon")
        .with("aliases.yaml", "{technology: nodejs", "{technology: deno");
    let mistakes = world.parse().unwrap_err().to_string();
    assert_eq!(
        mistakes,
        "knowledge/aliases.yaml:1: technology: no technology is called `deno`\n\
         knowledge/companies.yaml:1: founded: expected a year, found `soon`\n\
         knowledge/usages.yaml:3: since: expected YYYY, YYYY-MM or YYYY-MM-DD, found a list\n\
         knowledge/usages.yaml:4: scop: there is no such field; did you mean `scope`?\n\
         knowledge/usages.yaml:9: uses: no technology is called `nodesj`; did you mean `nodejs`?\n\
         5 mistakes in the knowledge"
    );
}

#[test]
fn a_folder_is_read_like_the_embedded_files() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("README.md"), "not looked at").unwrap();
    std::fs::write(
        folder.path().join("tools.yaml"),
        b"- slug: a\n  name: \xff\n",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("sources.yaml"),
        "- {slug: a, name: A, url: here}\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("source.yaml"), "").unwrap();
    let shown = folder.path().display();
    let mistakes = Knowledge::read(folder.path(), TODAY)
        .unwrap_err()
        .to_string();
    assert_eq!(
        mistakes,
        format!(
            "{shown}/source.yaml: no file of the knowledge has this name; did you mean `sources.yaml`?\n\
             {shown}/sources.yaml:1: url: `here` is not an address such as `https://example.org/page`\n\
             {shown}/tools.yaml:2: is not UTF-8 here\n\
             3 mistakes in the knowledge"
        )
    );
}

#[test]
fn files_may_be_missing_or_empty() {
    let files = Files::from_texts(&[("tools.yaml", "# none yet\n"), ("roles.yaml", "")]);
    assert!(Knowledge::parse(&files, TODAY).is_ok());
}
