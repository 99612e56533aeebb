//! Profiles of companies.

use stack_atlas::ingest::dataset::Adapter as _;
use stack_atlas::ingest::dataset::adapters::profiles::Profiles;

use super::support::{Found, read};

const PATH: &str = "remote-jobs/src/companies/acme.md";

fn profile(section: &str) -> Found {
    let text = format!(
        "---\ntitle: \"Acme\"\nwebsite: https://acme.example/\nupdatedAt: 2022-10-10\n---\n\n## Company blurb\n\nWe love Perl, PHP.\n\n## Company technologies\n\n{section}\n\n## How to apply\n\nMail jobs@acme.example, Ruby\n"
    );
    read(&Profiles, PATH, &text)
}

fn names(section: &str) -> Vec<String> {
    let found = profile(section);
    assert!(found.usages().all(|usage| usage.is_from_prose));
    found
        .usages()
        .map(|usage| usage.technology.name.clone())
        .collect()
}

#[test]
fn which_files() {
    assert!(Profiles.reads("src/companies/acme.md"));
    assert!(!Profiles.reads("src/companies/README.md"));
    assert!(!Profiles.reads("src/other/acme.md"));
}

#[test]
fn the_head_tells_of_the_company_and_its_tags() {
    let found = read(
        &Profiles,
        "elixir-companies/companies/acme.md",
        "---\nname: \"Acme\"\nwebsite: \"https://acme.example/\"\ngithub: \"https://github.com/acme\"\nindustry:\n  - \"Energy\"\nlocation:\n  city: \"\"\n  country: \"USA\"\ntechnologies:\n  - go\n  - devops\n  - dotnet\nlastChangedOn: 2023-03-01\n---\n\nText.\n",
    );
    assert_eq!(
        found.lines(),
        [
            "11 Acme <github:acme> <https://acme.example/> uses go; since 2023-03-01",
            "13 Acme <github:acme> <https://acme.example/> uses .NET; since 2023-03-01",
            "2 Acme <github:acme> <https://acme.example/> uses elixir; since 2023-03-01",
        ]
    );
    let company = found.companies().next().unwrap();
    assert_eq!(
        (company.country.as_deref(), company.industry.as_deref()),
        (Some("US"), Some("Energy"))
    );
    assert!(
        found
            .usages()
            .all(|usage| !usage.is_from_prose && !usage.is_second_hand)
    );
}

#[test]
fn only_the_section_is_read() {
    let found = profile("* Go");
    assert_eq!(
        found.lines(),
        ["13 Acme <https://acme.example/> uses Go; since 2022-10-10"]
    );
    assert!(!format!("{:?}", found.claims).contains("jobs@"));
}

#[test]
fn names_in_lists_and_sentences() {
    for (section, wanted) in [
        (
            "* WordPress\n* PHP\n- [Red Hat DS](https://rh.example)\n1. Git",
            &["WordPress", "PHP", "Red Hat DS", "Git"][..],
        ),
        (
            "Backend:\n\n- Python\n\nFrontend:\n- Javascript",
            &["Python", "Javascript"],
        ),
        (
            "React.js, Next.js, AWS; Terraform | Node.js.",
            &["React.js", "Next.js", "AWS", "Terraform", "Node.js"],
        ),
        (
            "AWS (Kinesis, Lambda) and more, etc.",
            &["AWS", "Kinesis", "Lambda"],
        ),
        (
            "* **Frontend**: React, TypeScript & Vue or C#",
            &["React", "TypeScript", "Vue", "C#"],
        ),
        (
            "Our web applications are typically developed in Ruby or Go. We use Chef for automating.",
            &["Ruby", "Go"],
        ),
        (
            "Python/Django, C/C++, CI/CD",
            &["Python", "Django", "C", "C++"],
        ),
        (".NET Core, ASP.NET", &[".NET Core", "ASP.NET"]),
        ("Kubernetes, kubernetes", &["Kubernetes"]),
        (
            "We will tell you more about it when we meet you in person",
            &[],
        ),
        ("desktop, E-mail, Marvel, Fabric, Backend, etc", &[]),
    ] {
        assert_eq!(names(section), wanted, "{section}");
    }
}

#[test]
fn what_was_collected_elsewhere_is_second_hand() {
    let found = profile(
        "Acme uses 70 technology products and services including HTML5, jQuery, and Google Analytics, according to G2 Stack.\n* Rust",
    );
    let told: Vec<_> = found
        .usages()
        .map(|usage| (usage.technology.name.as_str(), usage.is_second_hand))
        .collect();
    assert_eq!(
        told,
        [
            ("HTML5", true),
            ("jQuery", true),
            ("Google Analytics", true),
            ("Rust", false)
        ]
    );
}

#[test]
fn what_is_no_profile_says_so() {
    for (text, problem) in [
        ("# Acme\n", "1: has no front matter between `---`"),
        (
            "---\ntitle: Acme\n",
            "1: the front matter that begins here has no `---` at its end",
        ),
        (
            "---\nwebsite: x\n---\n",
            "1: says neither `title` nor `name`",
        ),
    ] {
        let found = read(&Profiles, PATH, text);
        assert_eq!(found.problems(), [format!("{PATH}:{problem}")]);
        assert_eq!(found.claims.len(), 0);
    }
    let found = read(
        &Profiles,
        PATH,
        "---\ntitle: Acme\ntags: [a\nwebsite: b\n---\n",
    );
    assert!(
        found.problems[0].place.line.is_some_and(|line| line >= 3),
        "{:?}",
        found.problems
    );
}
