//! Lists of adopters in shapes that nobody has thought of when the rules were made.

use stack_atlas::ingest::dataset::adapters::adopters::Adopters;

use super::support::read;

/// Each list names Acme and Beta, and nobody else.
const SHAPES: [(&str, &str); 18] = [
    (
        "references",
        "- [Acme][1]\n- The [Beta][b]\n\n[1]: https://acme.example\n[b]: https://beta.example\n",
    ),
    ("a blank between all", "- Acme\n\n- Beta\n\n"),
    ("stars", "* Acme\n* Beta\n"),
    ("pluses with tabs", "+\tAcme\n+\tBeta\n"),
    (
        "checkboxes",
        "- [x] [Acme](https://acme.example)\n- [x] [Beta](https://beta.example)\n",
    ),
    (
        "bold links",
        "- **[Acme](https://acme.example)** does things with it\n- **[Beta](https://beta.example)**\n",
    ),
    (
        "emoji",
        "- 🚀 [Acme](https://acme.example)\n- 🏢 **Beta** - for everything we do\n",
    ),
    (
        "addresses behind",
        "- Acme https://acme.example\n- Beta, <https://beta.example>\n",
    ),
    (
        "logos",
        "- [![Acme](a.png)](https://acme.example)\n- [![Beta logo](b.png)](https://beta.example)\n",
    ),
    (
        "sentences",
        "- Acme uses it for all of its pages.\n- [Beta](https://beta.example) is happy with it.\n",
    ),
    (
        "under groups",
        "### Finance\n\n- [Acme](https://acme.example)\n\n### Retail\n\n- [Beta](https://beta.example)\n",
    ),
    (
        "windows line ends",
        "- [Acme](https://acme.example)\r\n- [Beta](https://beta.example)\r\n",
    ),
    (
        "in a quotation",
        "> - [Acme](https://acme.example)\n> - [Beta](https://beta.example)\n",
    ),
    (
        "table without pipes outside",
        "Company | Use case\n--- | ---\nAcme | Builds\nBeta | Tests\n",
    ),
    (
        "table, name in the third column",
        "| # | Date | Company | Contact |\n|---|---|---|---|\n| 1 | 2020-01-02 | [Acme](https://acme.example) | @a |\n| 2 | 2021-02-03 | Beta | b@beta.example |\n",
    ),
    (
        "table without known heads",
        "| Wer | Wofür |\n|---|---|\n| [Acme](https://acme.example) | Alles |\n| [Beta](https://beta.example) | Nichts |\n",
    ),
    (
        "table of logos",
        "| Logo | Description |\n|---|---|\n| <a href=\"https://acme.example\"><img alt=\"Acme\" src=\"a.png\"/></a> | Builds it all |\n| [![Beta](b.png)](https://beta.example) | Tests it all |\n",
    ),
    (
        "escaped pipes",
        "| Company | Use |\n|---|---|\n| Acme | a \\| b |\n| Beta | `x` |\n",
    ),
];

#[test]
fn names_are_found_in_every_shape() {
    for (shape, list) in SHAPES {
        let text = format!("# Who uses Sprocket?\n\nWe are glad to hear of you.\n\n{list}");
        let found = read(&Adopters, "ADOPTERS.md", &text);
        assert_eq!(found.adopters(), ["Acme", "Beta"], "{shape}");
        assert_eq!(found.problems(), [""; 0], "{shape}");
        assert!(
            found
                .usages()
                .all(|usage| usage.technology.name == "Sprocket"),
            "{shape}"
        );
    }
}
