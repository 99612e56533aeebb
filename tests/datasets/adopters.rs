//! Lists of adopters in the shapes of the known ones.

use stack_atlas::ingest::dataset::Adapter as _;
use stack_atlas::ingest::dataset::adapters::adopters::Adopters;

use super::support::{Found, read};

fn list(text: &str) -> Found {
    read(&Adopters, "lists/sprocket/ADOPTERS.md", text)
}

#[test]
fn which_files() {
    for path in [
        "ADOPTERS.md",
        "argo-cd/USERS.md",
        "project/data/adopters.yaml",
        "website/data/adopters/1-users.yml",
        "adopters/x/list.md",
        "ADOPTERS.MD",
        "INTHEWILD.md",
        "haskell-companies/README.md",
        "docs/who-uses.md",
    ] {
        assert!(Adopters.reads(path), "{path}");
    }
    for path in [
        "README.md",
        "adopters/README.md",
        "adopters/SOURCE.md",
        "adopters/x/LICENSE",
        "adopters/x/adopters.png",
        "elixir-companies/companies/acme.md",
        "docs/users.rs",
    ] {
        assert!(!Adopters.reads(path), "{path}");
    }
}

#[test]
fn numbered_items() {
    let found = list(
        "## Who uses Sprocket?\n\nText.\n\n1. [Acme](https://acme.example/)\n1. [Böhm & Co](http://boehm.example)\n2) Plain Name\n",
    );
    assert_eq!(
        found.lines(),
        [
            "5 Acme <https://acme.example/> uses Sprocket",
            "6 Böhm & Co <http://boehm.example> uses Sprocket",
            "7 Plain Name uses Sprocket",
        ]
    );
    assert_eq!(found.problems(), [""; 0]);
}

#[test]
fn items_with_words() {
    let found = list(
        "# Sprocket Adopters\n\n* [Acme](https://acme.example) - uses it for all of its builds.\n* **Beta Ltd**: serves every page with it, see [case study](https://press.example/beta)\n- Gamma — runs three clusters in production\n* Delta (https://delta.example)\n- Epsilon: [How we moved to Sprocket](https://blog.epsilon.example/sprocket)\n",
    );
    assert_eq!(
        found.lines(),
        [
            "3 Acme <https://acme.example> uses Sprocket; uses it for all of its builds.",
            "4 Beta Ltd uses Sprocket; serves every page with it, see case study; Article https://press.example/beta",
            "5 Gamma uses Sprocket; runs three clusters in production",
            "6 Delta <https://delta.example> uses Sprocket",
            "7 Epsilon uses Sprocket; How we moved to Sprocket; Article https://blog.epsilon.example/sprocket",
        ]
    );
}

#[test]
fn items_over_lines_and_below_items() {
    let found = list(
        "# Sprocket Adopters\n\n* [Acme\n  Labs](https://acme.example) keeps\n  its files there.\n  * https://acme.example/blog/sprocket\n  * [Talk](https://video.example/1)\n* [Beta](https://beta.example)\n",
    );
    assert_eq!(
        found.lines(),
        [
            "3 Acme Labs <https://acme.example> uses Sprocket; keeps its files there.; Official https://acme.example/blog/sprocket; Article https://video.example/1",
            "8 Beta <https://beta.example> uses Sprocket",
        ]
    );
}

#[test]
fn tables_with_status_and_evidence() {
    let found = list(
        "## Adopters\n\n| Organization | Status | More Information\n| --- | :---: | ---|\n| [Acme](https://acme.example) | ![production](https://badges.example/x) | [link](https://press.example/acme)|\n|[Beta](https://beta.example) | ![testing](https://badges.example/y) |\n| [Gamma](https://gamma.example) | no longer | [a](https://a.example/1), [b](https://blog.gamma.example/2) |\n",
    );
    assert_eq!(
        found.lines(),
        [
            "5 Acme <https://acme.example> uses sprocket; Article https://press.example/acme",
            "6 Beta <https://beta.example> uses sprocket; Unknown",
            "7 Gamma <https://gamma.example> uses sprocket; Past; Article https://a.example/1; Official https://blog.gamma.example/2",
        ]
    );
}

#[test]
fn tables_with_type_name_and_website() {
    let found = list(
        "# Sprocket Adopters\n\n| Type | Name | Since | Website | Use-Case |\n|:-|:-|:-|:-|:-|\n| End-User | Acme | 2021 | [link](https://acme.example) | All of it. <br><br>And more. |\n| Vendor | Beta | 2022-03 | https://beta.example/ | Ships with it |\n\n### Adopter Types\n\n- End-User: An organization that runs it\n",
    );
    assert_eq!(
        found.lines(),
        [
            "5 Acme <https://acme.example> uses Sprocket; since 2021-01-01; All of it. And more.",
            "6 Beta <https://beta.example/> uses Sprocket; since 2022-03-01; Ships with it",
        ]
    );
}

#[test]
fn rows_without_a_leading_pipe_and_with_a_place() {
    let found = read(
        &Adopters,
        "company-usage/haskell-companies/README.md",
        "## A List of companies that use Haskell\n\n#### Similar lists\n\n* [Elm](https://github.com/x/elm)\n\n### Companies\n\n| Name | Location | Sector | Source | Remote OK? |\n| :--- | :--- | :--- | :--- | :--- |\n[Acme](http://acme.example) | Germany, Berlin | Finance | [Github](https://github.com/acme?language=haskell), [Blog](https://blog.example/acme) | Yes\n[Beta](https://beta.example) | Norway; Sweden | Retail | ? | No\n",
    );
    assert_eq!(
        found.lines(),
        [
            "11 Acme <http://acme.example> uses Haskell; Official https://github.com/acme?language=haskell; Article https://blog.example/acme",
            "12 Beta <https://beta.example> uses Haskell",
        ]
    );
    let companies: Vec<_> = found
        .companies()
        .map(|company| (company.country.as_deref(), company.industry.as_deref()))
        .collect();
    assert_eq!(
        companies,
        [(Some("DE"), Some("Finance")), (None, Some("Retail"))]
    );
}

#[test]
fn images_are_called_by_their_text() {
    let found = list(
        "# sprocket users\n\n## Organizations\n\n| Organization | Usage | Links |\n| :-: | :-: | :-: |\n| [<img src=\"https://i.example/a\" alt=\"Acme Logo\" width=\"100\"> ](https://acme.example/) | Securing all of it | [A &amp; B](https://blog.acme.example/x/) |\n| [![Beta](https://i.example/b)](https://beta.example) | Things | [@beta](https://github.com/beta) |\n\n## Individuals\n\n| Name | GitHub | Usage |\n| :-: | :-: | :-: |\n| Jane Doe | [@jane](https://github.com/jane) | Everything |\n",
    );
    assert_eq!(
        found.lines(),
        [
            "7 Acme <https://acme.example/> uses sprocket; Securing all of it; Official https://blog.acme.example/x/",
            "8 Beta <https://beta.example> uses sprocket; Things",
        ]
    );
}

#[test]
fn contacts_are_dropped() {
    let found = list(
        "# Sprocket Adopters\n\n1. Send an email to <team@lists.example> with your information\n\n## List\n\n| Organization | Contact | Description of Use |\n| --- | --- | --- |\n| [Acme](https://acme.example) | @jane, jane@acme.example | Builds everything with it |\n| jane@doe.example | @x | y |\n",
    );
    assert_eq!(
        found.lines(),
        ["9 Acme <https://acme.example> uses Sprocket; Builds everything with it"]
    );
    assert!(!format!("{:?}", found.claims).contains("jane"));
}

#[test]
fn advertising_is_left_out_and_reported() {
    let found = list(
        "# Sprocket Adopters\n\n* [PITS Global Data Recovery Services](https://www.pitsdatarecovery.net) uses it.\n* [Best Slots](https://bestcasino.example)\n* [Acme](https://acme.example)\n",
    );
    assert_eq!(found.adopters(), ["Acme"]);
    assert_eq!(
        found.problems(),
        [
            "lists/sprocket/ADOPTERS.md:3: left out as advertising: \"PITS Global Data Recovery Services\" (\"pits global\")",
            "lists/sprocket/ADOPTERS.md:4: left out as advertising: \"Best Slots\" (\"casino\")",
        ]
    );
}

#[test]
fn records_in_yaml() {
    let found = read(
        &Adopters,
        "data/ecosystem/adopters.yaml",
        "adopters:\n  project: Sprocket\n  companies:\n    - name: Acme\n      url: https://acme.example\n      logo: a.png\n      components: [Collector, Agent]\n      contact: jane@acme.example\n      reference: 'https://press.example/acme'\n    - name: Beta\n      url: https://github.com/beta/tool\n      reference: /blog/beta/\n      stories:\n        - https://beta.example/story\n        - {title: x, url: https://press.example/beta}\n",
    );
    assert_eq!(
        found.lines(),
        [
            "4 Acme <https://acme.example> uses Sprocket; Collector, Agent; Article https://press.example/acme",
            "10 Beta <github:beta/tool> uses Sprocket; Article https://beta.example/story; Article https://press.example/beta",
        ]
    );
    assert!(!format!("{:?}", found.claims).contains("jane"));
}

#[test]
fn bare_lists_and_groups_in_yaml() {
    let found = read(
        &Adopters,
        "sprocket/adopters.yml",
        "---\nusers:\n- Acme\n- Beta\n",
    );
    assert_eq!(
        found.lines(),
        ["3 Acme uses sprocket", "4 Beta uses sprocket"]
    );
    let groups = "- name: Finance\n  members:\n  - {name: Acme, website: 'https://acme.example'}\n- name: Retail\n  members: [{name: Beta}]\n";
    let found = read(&Adopters, "sprocket/adopters.yml", groups);
    assert_eq!(
        found.lines(),
        [
            "3 Acme <https://acme.example> uses sprocket",
            "5 Beta uses sprocket"
        ]
    );
}

#[test]
fn broken_yaml_names_its_line() {
    let found = read(
        &Adopters,
        "sprocket/adopters.yaml",
        "- name: Acme\n- name: [Beta\n- name: Gamma\n",
    );
    assert_eq!(found.claims.len(), 0);
    assert_eq!(found.problems.len(), 1);
    assert!(found.problems[0].place.line.is_some_and(|line| line >= 2));
}

/// A path, a heading, and what is used by name and by folder.
const SUBJECTS: [(&str, &str, &str, Option<&str>); 9] = [
    ("ADOPTERS.md", "# Who's using OpenThing", "OpenThing", None),
    (
        "linkerd/ADOPTERS.md",
        "# Linkerd 2.x adopters",
        "Linkerd",
        None,
    ),
    (
        "argo-cd-37ee0097cf/USERS.md",
        "# Who uses Argo CD?",
        "Argo CD",
        None,
    ),
    (
        "linkerd2-main/ADOPTERS.md",
        "# Linkerd Adopters",
        "Linkerd",
        Some("linkerd2"),
    ),
    (
        "company-usage/adopters/falco/ADOPTERS.md",
        "# Adopters",
        "falco",
        None,
    ),
    ("x/docs/ADOPTERS.md", "# Production Users", "x", None),
    ("ADOPTERS.md", "# Companies that use F#", "F#", None),
    (
        "ADOPTERS.md",
        "# Adopters of the Widget Engine",
        "Widget Engine",
        None,
    ),
    (
        "ADOPTERS.md",
        "# Organizations using Foo in Production",
        "Foo",
        None,
    ),
];

#[test]
fn what_is_used() {
    for (path, heading, name, also) in SUBJECTS {
        let found = read(
            &Adopters,
            path,
            &format!("{heading}\n\n* [Acme](https://acme.example)\n"),
        );
        let technology = &found
            .usages()
            .next()
            .unwrap_or_else(|| panic!("{path} {heading}"))
            .technology;
        let other: Option<&str> = technology.also.first().map(String::as_str);
        assert_eq!(
            (technology.name.as_str(), other),
            (name, also),
            "{path} {heading}"
        );
    }
    let found = read(
        &Adopters,
        "ADOPTERS.md",
        "# Adopters\n\n* [Acme](https://acme.example)\n",
    );
    assert_eq!(found.claims.len(), 0);
    assert_eq!(
        found.problems(),
        [
            "ADOPTERS.md:1: does not say what the listed use; a heading such as `Who uses X?` or a folder named like the project would"
        ]
    );
}

#[test]
fn comments_fences_and_instructions_are_no_entries() {
    let found = list(
        "# Sprocket Adopters\n\nTo add your organization, choose one of the following options:\n\n1. Open a pull request\n2. [Edit this file](https://github.com/x/y/edit)\n\n<!-- * [Hidden](https://hidden.example)\n* [Hidden too](https://hidden.example) -->\n\n```\n* [Your Company](https://you.example)\n```\n\n## Adding a name\n\n* Fork\n\n## Companies\n\n* [Acme](https://acme.example)\n* Please add yourself here\n",
    );
    assert_eq!(found.adopters(), ["Acme"]);
}

#[test]
fn an_adopter_is_told_once() {
    let found = list(
        "# Sprocket Adopters\n\n* [Acme](https://a.example)\n* [Acme](https://a.example)\n* [ACME](https://b.example)\n",
    );
    assert_eq!(found.adopters(), ["Acme", "ACME"]);
}
