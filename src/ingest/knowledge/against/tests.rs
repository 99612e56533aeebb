use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::Review;
use crate::ingest::knowledge::{Files, Knowledge};

const TECHNOLOGIES: [(&str, &str); 8] = [
    (
        "languages.yaml",
        "- {slug: tea, name: Tea, kind: data, extensions: [.tea, .cup], ids: {linguist: 7}}\n\
         - {slug: java, name: Java, kind: programming, ids: {linguist: 8}}\n\
         - {slug: mint, name: Mint, kind: programming}\n",
    ),
    (
        "frameworks.yaml",
        "- {slug: kettle, name: Kettle, kind: framework, languages: [java]}\n",
    ),
    (
        "categories.yaml",
        "- {slug: store, name: Store, landscape: [Database]}\n\
         - {slug: barrels, name: Barrels, parents: [store]}\n\
         - {slug: other, name: Other}\n",
    ),
    (
        "tools.yaml",
        "- {slug: barrel, name: Barrel, website: https://www.barrel.example, maintained: true,\n   \
            categories: [barrels], ids: {github: acme/barrel, endoflife: barrel}}\n\
         - {slug: spout, name: Spout, website: https://spout.example, categories: [other]}\n\
         - {slug: lid, name: Lid, categories: [other], ids: {endoflife: lid}}\n",
    ),
    (
        "sources.yaml",
        "- {slug: acme, name: Acme, url: https://acme.example}\n",
    ),
    (
        "releases.yaml",
        "- technology: barrel\n  evidence: [{source: acme, locator: x, grade: listed}]\n  cycles:\n  \
         - {label: \"2\", released: 2024-02-01, security_until: 2026-02-01, eol: 2026-02-01, lts: true}\n  \
         - {label: \"1\", released: 2020-01-01, eol: true}\n",
    ),
    (
        "differences.yaml",
        "- {data_set: linguist, technology: tea, field: kind, theirs: programming, why: Because.}\n\
         - {data_set: linguist, technology: tea, field: kind, theirs: markup, why: Once.}\n",
    ),
    ("roles.yaml", ""),
];

const SETS: [(&str, &str); 5] = [
    (
        "linguist/languages.yml",
        "Tea:\n  type: programming\n  extensions: [.tea]\n  language_id: 7\n\
         Mint:\n  type: programming\n  language_id: 9\n",
    ),
    (
        "endoflife/products/barrel.md",
        "---\ntitle: Barrel\ncategory: database\nreleases:\n- releaseCycle: \"3\"\n  \
         releaseDate: 2025-01-01\n- releaseCycle: \"2\"\n  releaseDate: 2024-02-02\n  \
         eol: 2026-02-01\n---\n",
    ),
    (
        "landscape/landscape.yml",
        "landscape:\n- name: Data\n  subcategories:\n  - name: Database\n    items:\n    \
         - {name: The Barrel, homepage_url: \"https://barrel.io\", project: archived,\n       \
         repo_url: \"https://github.com/acme/barrel\"}\n    \
         - {name: Spout, homepage_url: \"https://docs.spout.example/x\"}\n    \
         - {name: Lid, homepage_url: \"https://lid.example\"}\n",
    ),
    (
        "frameworks/Go/kettle/benchmark_config.json",
        r#"{"framework": "kettle", "tests": [{"default":
            {"language": "Tea", "classification": "Micro"}}]}"#,
    ),
    ("README.md", "no data set"),
];

fn review(files: &[(&str, &str)]) -> Review {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }
    let knowledge = Knowledge::parse(&Files::from_texts(&TECHNOLOGIES), today());
    let knowledge = knowledge.unwrap_or_else(|mistakes| panic!("{mistakes}"));
    knowledge
        .against(folder.path())
        .expect("a folder of data sets")
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day")
}

#[test]
fn every_contradiction_is_shown_with_both_places() {
    let review = review(&SETS);
    assert!(!review.is_clean());
    assert_eq!(
        review.to_string(),
        "\
linguist: 1 files, 2 statements, 1 technologies of ours; 1 contradictions explained, 3 not
  extensions (1)
    tea: extensions[.cup]: we say `.cup` (languages.yaml:1), they say `not of this language` (linguist/languages.yml:1)
  ids.linguist (2)
    java: ids.linguist: we say `8` (languages.yaml:2), they say `nothing has this id` (linguist)
    mint: ids.linguist: we say `nothing` (languages.yaml:3), they say `Mint is 9` (linguist/languages.yml:5)
  1 explained: Because.
endoflife: 1 files, 3 statements, 1 technologies of ours; 0 contradictions explained, 5 not
  cycles (2)
    barrel: cycles: we say `nothing` (releases.yaml:3), they say `3` (endoflife/products/barrel.md:5)
    barrel: cycles[1]: we say `1` (releases.yaml:5), they say `no such cycle` (endoflife/products/barrel.md:7)
  ids.endoflife (1)
    lid: ids.endoflife: we say `lid` (tools.yaml:4), they say `nothing has this id` (endoflife)
  lts (1)
    barrel: cycles[2].lts: we say `yes` (releases.yaml:4), they say `no` (endoflife/products/barrel.md:7)
  released (1)
    barrel: cycles[2].released: we say `2024-02-01` (releases.yaml:4), they say `2024-02-02` (endoflife/products/barrel.md:7)
landscape: 1 files, 3 statements, 2 technologies of ours; 0 contradictions explained, 3 not
  categories (1)
    spout: categories: we say `other` (tools.yaml:3), they say `Database` (landscape/landscape.yml:8)
  maintained (1)
    barrel: maintained: we say `maintained` (tools.yaml:1), they say `no longer maintained` (landscape/landscape.yml:6)
  website (1)
    barrel: website: we say `barrel.example` (tools.yaml:1), they say `barrel.io` (landscape/landscape.yml:6)
frameworks: 1 files, 1 statements, 1 technologies of ours; 0 contradictions explained, 1 not
  languages (1)
    kettle: languages: we say `java` (frameworks.yaml:1), they say `tea` (frameworks/Go/kettle/benchmark_config.json:1)
stale: differences.yaml:2: tea: kind: linguist does not say `markup`; take the explanation out
"
    );
}

#[test]
fn explanations_are_stale_only_if_their_data_set_is_there() {
    let review = review(&SETS[2..]);
    assert_eq!(review.stale, [""; 0]);
    assert_eq!(review.sections.len(), 2);
}

#[test]
fn a_folder_without_data_sets_is_said_to_be_one() {
    let review = review(&SETS[4..]);
    let text = "no data set is there that the knowledge could be compared with\n";
    assert_eq!(review.to_string(), text);
    assert!(!review.is_clean());
}

#[test]
#[ignore = "needs the data sets"]
fn nothing_in_the_embedded_knowledge_is_left_unexplained() {
    #[expect(
        clippy::disallowed_methods,
        reason = "options of tests are not options of the program"
    )]
    let folder = std::env::var("STACK_ATLAS_DATASETS").expect("the folder of the data sets");
    let knowledge = Knowledge::embedded(today()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let review = knowledge.against(Path::new(&folder)).expect("data sets");
    assert!(review.is_clean(), "{review}");
    assert_eq!(review.sections.len(), 4);
}

#[test]
fn the_same_seed_draws_the_same_facts() {
    let knowledge = Knowledge::embedded(today()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let one = knowledge.sample(60, 1);
    assert_eq!(one.len(), 60);
    assert_eq!(one, knowledge.sample(60, 1));
    assert_eq!(one[..20], knowledge.sample(20, 1));
    assert_ne!(one, knowledge.sample(60, 2));
    assert!(
        one.iter()
            .all(|fact| fact.contains(".yaml:") && fact.contains("\n    "))
    );
}
