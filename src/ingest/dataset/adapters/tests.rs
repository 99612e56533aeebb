use chrono::NaiveDate;
use entity::enums::{EvidenceGrade, FrameworkKind, LanguageKind, RelationKind, TechnologyKind};
use proptest::prelude::*;

use super::endoflife::EndOfLife;
use super::frameworks::Frameworks;
use super::landscape::Landscape;
use super::linguist::Linguist;
use crate::ingest::dataset::claim::{Company, Release, Says, Technology, Usage};
use crate::ingest::dataset::{Adapter, Claim, File, Problem, Sink};

mod snapshots;

/// The adapters of catalogues.
const ALL: [&dyn Adapter; 4] = [&Linguist, &EndOfLife, &Landscape, &Frameworks];

#[derive(Debug, Default)]
struct Found {
    claims: Vec<Claim>,
    problems: Vec<Problem>,
}

impl Sink for Found {
    fn claim(&mut self, claim: Claim) {
        self.claims.push(claim);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Found {
    fn technologies(&self) -> Vec<&Technology> {
        let technologies = self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Technology(technology) => Some(&**technology),
            _ => None,
        });
        technologies.collect()
    }

    fn releases(&self) -> Vec<&Release> {
        let releases = self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Release(release) => Some(release),
            _ => None,
        });
        releases.collect()
    }

    fn companies(&self) -> Vec<&Company> {
        let companies = self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Company(company) => Some(company),
            _ => None,
        });
        companies.collect()
    }

    fn usages(&self) -> Vec<&Usage> {
        let usages = self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Usage(usage) => Some(usage),
            _ => None,
        });
        usages.collect()
    }

    fn relations(&self) -> Vec<(&str, RelationKind, &str)> {
        let relations = self.claims.iter().filter_map(|claim| match &claim.says {
            Says::Relation(relation) => {
                Some((&*relation.from.name, relation.kind, &*relation.to.name))
            }
            _ => None,
        });
        relations.collect()
    }

    fn problems(&self) -> Vec<String> {
        self.problems.iter().map(ToString::to_string).collect()
    }

    fn lines(&self) -> Vec<usize> {
        let lines = self.claims.iter().filter_map(|claim| claim.place.line);
        lines.collect()
    }
}

fn read(adapter: &dyn Adapter, path: &str, bytes: &[u8]) -> Found {
    assert!(adapter.reads(path), "{path}");
    let mut found = Found::default();
    adapter.read(&File { path, bytes }, &mut found);
    found
}

fn ids(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(scheme, value)| ((*scheme).to_owned(), (*value).to_owned()))
        .collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn languages_with_a_comment_above_and_prose_among_them() {
    let text = "# A head.\n#\n---\nC#:\n  type: programming\n  aliases:\n  - csharp\n  extensions:\n  \
                - \".cs\"\n  - \".csx\"\n  language_id: 42\n4D:\n  type: data\n  language_id: 0\n\
                Plain:\n  type: prose\n  language_id: 7\nOdd:\n  type: spoken\n  language_id: 8\n";
    let found = read(&Linguist, "lib/linguist/languages.yml", text.as_bytes());
    let languages = found.technologies();
    assert_eq!(found.lines(), [4, 12, 15]);
    assert_eq!(languages[0].mention.name, "C#");
    assert_eq!(languages[0].mention.kind, Some(TechnologyKind::Language));
    assert_eq!(languages[0].mention.ids, ids(&[("linguist", "42")]));
    assert_eq!(languages[0].aliases, ["csharp"]);
    assert_eq!(languages[0].file_extensions, [".cs", ".csx"]);
    assert!(languages[0].is_substantial);
    assert_eq!(languages[1].mention.name, "4D");
    assert_eq!(languages[1].language_kind, Some(LanguageKind::Data));
    assert_eq!(languages[2].language_kind, Some(LanguageKind::Markup));
    assert_eq!(
        found.problems(),
        ["lib/linguist/languages.yml:18: Odd: `type` is not programming, data, markup or prose"]
    );
}

const PAGE: &str = "---
title: Kettle
addedAt: 2020-01-01
category: framework
tags: acme java-runtime
alternate_urls:
  - /tea-kettle
identifiers:
  - purl: pkg:github/acme/kettle
  - cpe: cpe:/a:acme:kettle
auto:
  methods:
    - git: https://github.com/acme/kettle.git
releases:
  - releaseCycle: \"3.10\"
    releaseDate: 2024-02-29
    eoas: true
    eol: 2027-01-31
    lts: 2024-06-01
    latest: \"3.10.4\"
    latestReleaseDate: 2024-05-06
    link: null
  - releaseCycle: \"3.9\"
    releaseDate: 2022-01-02
    eol: true
    lts: false
  - releaseCycle: \"3.8\"
    releaseDate: yesterday
    eol: false
---
> {{ liquid }} and *Markdown*: `title: other`
";

#[test]
fn cycles_that_end_on_a_day_or_have_only_ended() {
    let found = read(&EndOfLife, "products/kettle.md", PAGE.as_bytes());
    let technology = found.technologies()[0];
    let expected = [
        ("endoflife", "kettle"),
        ("github", "acme/kettle"),
        ("purl", "pkg:github/acme/kettle"),
        ("cpe", "cpe:/a:acme:kettle"),
    ];
    assert_eq!(technology.mention.ids, ids(&expected));
    assert_eq!(technology.aliases, ["tea-kettle"]);
    assert_eq!(technology.kind, TechnologyKind::Framework);
    assert_eq!(technology.languages[0].name, "Java");
    assert_eq!(technology.categories, [["framework"]]);
    assert_eq!(
        found.relations(),
        [("Kettle", RelationKind::RunsOn, "Java")]
    );
    let releases = found.releases();
    assert_eq!(releases[0].label, "3.10");
    assert_eq!(releases[0].released_on, Some(day("2024-02-29")));
    assert_eq!(releases[0].active_support_until, None);
    assert_eq!(releases[0].end_of_life_on, Some(day("2027-01-31")));
    assert_eq!(releases[0].is_end_of_life, None);
    assert_eq!(releases[0].latest_version.as_deref(), Some("3.10.4"));
    assert_eq!(releases[0].latest_released_on, Some(day("2024-05-06")));
    assert!(releases[0].is_lts);
    assert_eq!(releases[1].end_of_life_on, None);
    assert_eq!(releases[1].is_end_of_life, Some(true));
    assert!(!releases[1].is_lts);
    assert_eq!(releases.len(), 2);
    assert_eq!(found.lines(), [2, 2, 15, 23]);
    assert_eq!(
        found.problems(),
        ["products/kettle.md:28: `releaseDate` is neither a day, YYYY-MM-DD, nor true or false"]
    );
}

#[test]
fn the_api_says_the_same_as_the_page() {
    let answer = r#"{"schema_version": "1.2.0", "total": 1, "result": [{"name": "kettle",
        "aliases": ["tea-kettle"], "label": "Kettle", "category": "framework",
        "tags": ["acme", "java-runtime"],
        "identifiers": [{"type": "purl", "id": "pkg:github/acme/kettle"},
                        {"type": "cpe", "id": "cpe:/a:acme:kettle"}],
        "releases": [{"name": "3.10", "releaseDate": "2024-02-29", "isLts": true,
            "ltsFrom": "2024-06-01", "isEoas": true, "eoasFrom": null, "isEol": false,
            "eolFrom": "2027-01-31", "latest": {"name": "3.10.4", "date": "2024-05-06"}},
          {"name": "3.9", "releaseDate": "2022-01-02", "isLts": false, "isEol": true,
            "eolFrom": null, "latest": null}]}]}"#;
    let found = read(&EndOfLife, "full.json", answer.as_bytes());
    let page = read(&EndOfLife, "products/kettle.md", PAGE.as_bytes());
    assert_eq!(found.problems(), [""; 0]);
    let says = |found: &Found| {
        found
            .claims
            .iter()
            .map(|claim| claim.says.clone())
            .collect()
    };
    let (api, page): (Vec<Says>, Vec<Says>) = (says(&found), says(&page));
    assert_eq!(api, page);
    assert_eq!(found.claims[0].place.to_string(), "full.json (kettle)");
}

#[test]
fn distributions_implement_their_language_and_devices_do_not_stand_alone() {
    let page =
        |head: &str| format!("---\ntitle: X\n{head}\nreleases:\n- releaseCycle: \"1\"\n---\n");
    let text = page("category: lang\ntags: acme java-distribution");
    let found = read(&EndOfLife, "x.md", text.as_bytes());
    assert_eq!(
        found.relations(),
        [("X", RelationKind::ImplementationOf, "Java")]
    );
    assert_eq!(
        found.technologies()[0].framework_kind,
        Some(FrameworkKind::Runtime)
    );
    let text = page("category: device");
    let found = read(&EndOfLife, "x.md", text.as_bytes());
    assert!(!found.technologies()[0].is_substantial);
}

const LANDSCAPE: &str = "landscape:
  - category:
    name: Data
    subcategories:
      - subcategory:
        name: Database
        items:
          - item:
            name: Barrel
            homepage_url: https://barrel.example
            project: archived
            repo_url: https://github.com/acme/barrel
            crunchbase: https://www.crunchbase.com/organization/the-foundation
            second_path:
              - \"Wasm / Edge/Bare metal\"
          - name: Spout
            homepage_url: https://spout.example
            repo_url: https://github.com/acme/barrel
            allow_duplicate_repo: true
          - item:
            homepage_url: https://nameless.example
      - subcategory:
        name: Empty
        items:
  - category:
    name: Foo Members
    subcategories:
      - subcategory:
        name: Gold
        items:
          - item:
            name: Acme (formerly Bolt) (member)
            homepage_url: https://acme.example
            crunchbase: https://www.crunchbase.com/organization/acme
  - category:
    name: GraphQL Adopter
    subcategories:
      - subcategory:
        name: GraphQL Adopter
        items:
          - item:
            name: Airline (adopter)
            homepage_url: javascript:alert(1)
";

#[test]
fn landscapes_with_null_markers_members_and_adopters() {
    let found = read(&Landscape, "landscape.yml", LANDSCAPE.as_bytes());
    let technologies = found.technologies();
    assert_eq!(technologies.len(), 2);
    assert_eq!(
        technologies[0].mention.ids,
        ids(&[("github", "acme/barrel")])
    );
    assert_eq!(technologies[0].is_maintained, Some(false));
    let categories = [["Data", "Database"], ["Wasm", "Edge/Bare metal"]];
    assert_eq!(technologies[0].categories, categories);
    assert_eq!(technologies[1].mention.name, "Spout");
    assert_eq!(
        technologies[1].mention.ids,
        [],
        "the repository is another's"
    );
    let companies = found.companies();
    assert_eq!(companies[0].mention.name, "Acme (formerly Bolt)");
    assert_eq!(companies[0].mention.ids, ids(&[("crunchbase", "acme")]));
    assert_eq!(companies[1].mention.name, "Airline");
    assert_eq!(companies[1].mention.website, None);
    let usages = found.usages();
    assert_eq!(usages.len(), 1);
    assert_eq!(usages[0].technology.name, "GraphQL");
    assert_eq!(usages[0].adopter.name, "Airline");
    assert_eq!(usages[0].grade, EvidenceGrade::Listed);
    assert_eq!(
        found.problems(),
        ["landscape.yml:20: an item has no `name`, or a very long one"]
    );
    assert_eq!(found.lines(), [9, 16, 32, 42, 42]);
}

#[test]
fn variants_of_one_framework_are_one() {
    let text = r#"{"framework": "kettle", "tests": [{
        "default": {"language": "Java", "classification": "Platform", "database": "None",
            "platform": "Netty", "webserver": "none", "framework": "Kettle"},
        "db": {"language": "java", "classification": "fullstack", "database": "Postgres"},
        "db2": {"language": "Java", "classification": "Micro", "database": "postgres"},
        "other": {"language": "Kotlin", "classification": "Micro"},
        "odd": {"classification": "Micro"}}]}"#;
    let path = "frameworks/Java/kettle/benchmark_config.json";
    let found = read(&Frameworks, path, text.as_bytes());
    let technologies = found.technologies();
    assert_eq!(technologies.len(), 2);
    assert_eq!(technologies[0].mention.name, "Kettle");
    assert_eq!(technologies[0].mention.language.as_deref(), Some("Java"));
    assert_eq!(
        technologies[0].mention.kind,
        Some(TechnologyKind::Framework)
    );
    assert_eq!(technologies[1].mention.name, "kettle");
    assert_eq!(technologies[1].languages[0].name, "Kotlin");
    let expected = [
        ("Kettle", RelationKind::RunsOn, "Netty"),
        ("Kettle", RelationKind::IntegratesWith, "Postgres"),
    ];
    assert_eq!(found.relations(), expected);
    let problem = format!("{path}:7: odd: `language` is missing");
    assert_eq!(found.problems(), [problem]);
}

#[test]
fn the_folders_name_framework_and_language() {
    let text =
        "framework:\n  gihub: acme/kettle\n  website: kettle.example/docs\n  version: 0.10\n";
    let found = read(
        &Frameworks,
        "web-frameworks/rust/kettle/config.yaml",
        text.as_bytes(),
    );
    let technology = found.technologies()[0];
    assert_eq!(technology.mention.name, "kettle");
    assert_eq!(technology.mention.language.as_deref(), Some("rust"));
    assert_eq!(technology.mention.ids, ids(&[("github", "acme/kettle")]));
    let website = technology.mention.website.as_deref();
    assert_eq!(website, Some("https://kettle.example/docs"));
    assert!(
        !Frameworks.reads("web-frameworks/rust/config.yaml"),
        "a language"
    );
    assert!(!Frameworks.reads("config.yaml"));
}

#[test]
fn hostile_files_are_a_problem_with_a_line() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    let deep = format!("a: {}", "[".repeat(100_000));
    let hostile = [
        bomb.as_bytes(),
        deep.as_bytes(),
        b"a: 1\nb: \xff\n",
        b"a: [1\n",
        b"{\"a\": ",
    ];
    for bytes in hostile {
        for (adapter, path) in ALL.into_iter().zip(PATHS) {
            let page = [b"---\n", bytes, b"\n---\n"].concat();
            let is_page = super::ending(path) == "md";
            let found = read(adapter, path, if is_page { &page } else { bytes });
            assert_eq!(found.claims, [], "{path}");
            assert_eq!(found.problems.len(), 1, "{path}");
            assert!(
                found.problems[0].place.line.is_some(),
                "{:?}",
                found.problems
            );
        }
    }
    let found = read(&Linguist, "languages.yml", b"a: 1\nb: \xff\n");
    assert_eq!(found.problems(), ["languages.yml:2: is not UTF-8 here"]);
}

const PATHS: [&str; 4] = [
    "languages.yml",
    "products/x.md",
    "landscape.yml",
    "frameworks/Java/x/benchmark_config.json",
];

proptest! {
    #[test]
    fn no_input_panics(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        cuts in (0..PAGE.len(), 0..PAGE.len()),
    ) {
        let mut found = Found::default();
        let spliced = [&PAGE.as_bytes()[..cuts.0], &bytes, &PAGE.as_bytes()[cuts.1..]].concat();
        for (adapter, path) in ALL.into_iter().zip(PATHS) {
            adapter.read(&File { path, bytes: &bytes }, &mut found);
            adapter.read(&File { path, bytes: &spliced }, &mut found);
        }
        EndOfLife.read(&File { path: "full.json", bytes: &bytes }, &mut found);
    }
}
