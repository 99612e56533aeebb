//! Areas of skill.

use stack_atlas::ingest::dataset::Adapter as _;
use stack_atlas::ingest::dataset::adapters::qualities::Qualities;
use stack_atlas::ingest::dataset::adapters::skill_links::SkillLinks;
use stack_atlas::ingest::dataset::adapters::testing_links::TestingLinks;
use stack_atlas::ingest::dataset::claim::Says;

use super::support::{Found, read};

/// `path`, `path: title <company> technologies`
fn told(found: &Found) -> Vec<String> {
    let told = found.claims.iter().filter_map(|claim| match &claim.says {
        Says::SkillArea(area) => Some(
            [area.within.clone(), vec![area.mention.name.clone()]]
                .concat()
                .join("/"),
        ),
        Says::Article(article) => {
            let company = article.company.as_ref().map_or("", |company| &company.name);
            let names: Vec<&str> = article
                .technologies
                .iter()
                .map(|name| name.name.as_str())
                .collect();
            Some(format!(
                "{}: {} <{company}> {}",
                article.within.join("/"),
                article.title,
                names.join(",")
            ))
        }
        _ => None,
    });
    told.collect()
}

#[test]
fn nested_links() {
    let found = read(
        &SkillLinks,
        "awesome-things/README.md",
        "## Content\n- [Scalability](#scalability)\n\n## Principle\n* [X at Acme](https://x.example)\n\n## Scalability\n* [Messaging](https://m.example)\n\t* [Kafka in Production (2 parts) at Acme](https://acme.example/kafka)\n\t* [No company](https://n.example)\n\t* [Deeper](https://d.example)\n\t\t* [Redis at New York Times](https://nyt.example)\n* [MySQL at Beta](https://beta.example)\n",
    );
    assert_eq!(
        told(&found),
        [
            "Scalability",
            "Scalability/Messaging",
            "Scalability/Messaging: Kafka in Production (2 parts) at Acme <Acme> Kafka",
            "Scalability/Messaging/Deeper",
            "Scalability/Messaging/Deeper: Redis at New York Times <New York Times> Redis",
            "Scalability: MySQL at Beta <Beta> MySQL",
        ]
    );
    let lines: Vec<_> = found.claims.iter().map(|claim| claim.place.line).collect();
    assert_eq!(lines, [7, 8, 9, 11, 12, 13].map(Some));
    assert!(!SkillLinks.reads("things/README.md"));
}

#[test]
fn topics_without_the_false_one() {
    let found = read(
        &TestingLinks,
        "howtheytest/database.json",
        "{\"companies\": [{\"name\": \"Acme\", \"industry\": \"media-streaming\", \"resources\": [\n{\"title\": \"A\",\n\"url\": \"https://a.example\",\n\"topics\": [\"logging\", \"e2e-testing\", \"flaky-tests\", \"cypress\"]},\n{\"title\": \"B\", \"url\": \"https://b.example\", \"topics\": [\"logging\"]},\n{\"title\": \"C\", \"url\": \"javascript:x\"}]}]}",
    );
    assert_eq!(
        told(&found),
        [
            "Software testing/E2E testing: A <Acme> cypress",
            "Software testing/Flaky tests: A <Acme> cypress",
            "Software testing: B <Acme> ",
            "Software testing/E2E testing",
            "Software testing/Flaky tests",
        ]
    );
    assert_eq!(found.claims[1].place.line, Some(3));
    assert_eq!(
        found.companies().next().unwrap().industry.as_deref(),
        Some("Media streaming")
    );
    assert_eq!(
        found.problems(),
        ["howtheytest/database.json: \"C\" has no address of the web"]
    );
    let broken = read(
        &TestingLinks,
        "howtheytest/database.json",
        "{\n\"companies\": 3}",
    );
    assert_eq!(broken.problems[0].place.line, Some(2));
}

#[test]
fn qualities_in_dimensions() {
    let path = "_qualities/S/scalability.md";
    let found = read(
        &Qualities,
        path,
        "---\ntitle: Scalability\ntags: [flexible, efficient]\naka: [Growth]\npermalink: /qualities/scalability\n---\n\n> Quoted from a standard.\n",
    );
    assert_eq!(
        told(&found),
        ["flexible/Scalability", "efficient/Scalability"]
    );
    assert!(!format!("{:?}", found.claims).contains("Quoted"));
    let Says::SkillArea(area) = &found.claims[0].says else {
        panic!("an area")
    };
    assert_eq!(area.mention.also, ["Growth"]);
    assert_eq!(
        area.mention.ids,
        [("arc42".to_owned(), "scalability".to_owned())]
    );
}

#[test]
fn another_name_of_a_quality() {
    let found = read(
        &Qualities,
        "_qualities/S/x.md",
        "---\ntitle: Supportability\nalias_of: maintainability\npermalink: /qualities/supportability\n---\n",
    );
    let Says::SkillArea(area) = &found.claims[0].says else {
        panic!("an area")
    };
    assert_eq!(
        (area.mention.name.as_str(), &area.mention.also[..]),
        ("", &["Supportability".to_owned()][..])
    );
    assert_eq!(
        area.mention.ids,
        [("arc42".to_owned(), "maintainability".to_owned())]
    );
}
