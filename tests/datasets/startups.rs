//! The list of start-ups.

use entity::enums::UsageStatus;
use stack_atlas::ingest::dataset::adapters::startups::Startups;

use super::support::{Found, read};

const HEAD: &str = "Company;Backend Programming Language Launch;Year when was founded;Money raised so far;Money raised so far;Nr of employees;Rank;List;Backend Programming Language now;Source1;Source2";

fn list(rows: &str) -> Found {
    read(
        &Startups,
        "languages-in-startups/startups-list.csv",
        &format!("{HEAD}\n{rows}"),
    )
}

#[test]
fn then_and_now() {
    let found = list(
        "Acme ;Perl;2009;80,4;$80.4M;251-500;1;X;Go;https://acme.example/go/;#\nBeta;Node.js, Python ;2010;1;$1M;1;2;X;Python/ Node;#;#\n",
    );
    assert_eq!(
        found.lines(),
        [
            "2 Acme uses Go; Backend; Official https://acme.example/go/",
            "2 Acme uses Perl; Past; Backend; Official https://acme.example/go/",
            "3 Beta uses Python; Backend",
            "3 Beta uses Node; Backend",
        ]
    );
    let founded: Vec<_> = found.companies().map(|company| company.founded).collect();
    assert_eq!(founded, [Some(2009), Some(2010)]);
    assert_eq!(found.problems(), [""; 0]);
}

#[test]
fn several_languages_in_one_field() {
    for (field, languages) in [
        ("Python with Django", vec!["Python", "Django"]),
        (
            "Ruby on Rails (primarily)/ Go/ Elixir/ Node",
            vec!["Ruby on Rails", "Go", "Elixir", "Node"],
        ),
        (
            "Node.js/ Java, Scala, and/or Python",
            vec!["Node.js", "Java", "Scala", "Python"],
        ),
        ("C/ C++", vec!["C", "C++"]),
        ("Scala - AxLang", vec!["Scala", "AxLang"]),
        (
            "Ruby on Rails (Scala, Elixir, Go)",
            vec!["Ruby on Rails", "Scala", "Elixir", "Go"],
        ),
        ("#", vec![]),
    ] {
        let found = list(&format!("Acme;#;#;#;#;#;#;#;{field};#;#\n"));
        let names: Vec<&str> = found
            .usages()
            .map(|usage| usage.technology.name.as_str())
            .collect();
        assert_eq!(names, languages, "{field}");
    }
}

#[test]
fn at_launch_alone_it_is_not_known_what_is_used_now() {
    let found = list("Acme;Perl;2009;#;#;#;#;#;#;#;#\n");
    assert_eq!(
        found.usages().map(|usage| usage.status).collect::<Vec<_>>(),
        [UsageStatus::Unknown]
    );
}

#[test]
fn what_is_no_such_list_says_so() {
    let found = read(&Startups, "startups.csv", "<!DOCTYPE html>\n<html>");
    assert_eq!(
        found.problems(),
        [
            "startups.csv:1: is not such a list: its first line should name `Company` and a language at launch or now"
        ]
    );
    let found = list(";Perl;#;#;#;#;#;#;Go;#;#\n");
    assert_eq!(
        found.problems(),
        ["languages-in-startups/startups-list.csv:2: names no company"]
    );
}
