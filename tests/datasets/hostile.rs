//! No file makes an adapter fail, or work longer than in proportion to its size.

use proptest::prelude::*;
use stack_atlas::ingest::dataset::adapters::adopters::Adopters;
use stack_atlas::ingest::dataset::adapters::oews::Oews;
use stack_atlas::ingest::dataset::adapters::onet::Onet;
use stack_atlas::ingest::dataset::adapters::profiles::Profiles;
use stack_atlas::ingest::dataset::adapters::qualities::Qualities;
use stack_atlas::ingest::dataset::adapters::skill_links::SkillLinks;
use stack_atlas::ingest::dataset::adapters::startups::Startups;
use stack_atlas::ingest::dataset::adapters::testing_links::TestingLinks;
use stack_atlas::ingest::dataset::{Adapter, File};

use super::support::Found;

/// Each adapter with a path that it reads and a file that begins as it expects.
const ADAPTERS: [(&dyn Adapter, &str, &str); 12] = [
    (
        &Adopters,
        "x/ADOPTERS.md",
        "# Who uses X?\n\n| Company | Link |\n|---|---|\n| [A](https://a.example) | [1](https://b.example) |\n",
    ),
    (
        &Adopters,
        "x/ADOPTERS.md",
        "# X Adopters\n\n* [A](https://a.example) - text\n  * https://b.example\n",
    ),
    (
        &Adopters,
        "x/adopters.yaml",
        "adopters:\n- name: A\n  url: https://a.example\n",
    ),
    (
        &Profiles,
        "x-companies/companies/a.md",
        "---\ntitle: A\ntechnologies:\n - go\n---\n## Company technologies\n\n* Go, Rust and C\n",
    ),
    (
        &Startups,
        "startups.csv",
        "Company;Launch;now;Source1\nA;\"Go\";Rust/ C;https://a.example\n",
    ),
    (
        &Onet,
        "Occupation Data.txt",
        "O*NET-SOC Code\tTitle\tDescription\n15-1252.00\tA\tB\n",
    ),
    (
        &Onet,
        "Technology Skills.txt",
        "O*NET-SOC Code\tExample\tIn Demand\n15-1252.00\tAmazon Web Services AWS software\tY\n",
    ),
    (&Oews, "oews/a.xlsx", "PK\u{3}\u{4}"),
    (
        &SkillLinks,
        "awesome-x/README.md",
        "## A\n* [B](https://b.example)\n\t* [C at D](https://d.example)\n",
    ),
    (
        &TestingLinks,
        "howtheytest/database.json",
        "{\"companies\":[{\"name\":\"A\",\"resources\":[{\"title\":\"B\",\"url\":\"https://b.example\"}]}]}",
    ),
    (
        &Qualities,
        "_qualities/a.md",
        "---\ntitle: A\ntags: [b, c]\npermalink: /q/a\n---\n",
    ),
    (
        &Adopters,
        "a.b/USERS.md",
        "A\n===\n\n- **A**: [x y](https://a.example)\n",
    ),
];

/// What is put into files: what means something to a parser, and what should not be there.
const SCRAPS: [&str; 34] = [
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "<",
    ">",
    "<!--",
    "-->",
    "<a href=\"",
    "</a>",
    "|",
    "\n|---|---|\n",
    "\n",
    "\r\n",
    "\t",
    "* ",
    "1. ",
    "  - ",
    "# ",
    "```",
    "---\n",
    "https://",
    "**",
    "\\",
    "\"",
    ";",
    "&amp;",
    ": ",
    "\u{0}",
    "\u{feff}",
    "İ",
    "👩\u{200d}💻",
];

fn run(adapter: &dyn Adapter, path: &str, bytes: &[u8]) -> usize {
    let mut found = Found::default();
    adapter.read(&File { path, bytes }, &mut found);
    found.claims.len() + found.problems.len()
}

proptest! {
    #[test]
    fn any_bytes(which in 0..ADAPTERS.len(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (adapter, path, _) = ADAPTERS[which];
        run(adapter, path, &bytes);
    }

    #[test]
    fn damaged_files(
        which in 0..ADAPTERS.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..SCRAPS.len(), 0..4_usize), 0..12),
    ) {
        let (adapter, path, text) = ADAPTERS[which];
        let mut bytes = text.as_bytes().to_vec();
        for (at, scrap, removed) in changes {
            let at = at.index(bytes.len() + 1);
            let end = bytes.len().min(at + removed);
            bytes.splice(at..end, SCRAPS[scrap].bytes());
        }
        run(adapter, path, &bytes);
    }
}

/// A file full of each scrap, alone and repeated on each line: who needs more than time in
/// proportion to that would need minutes.
#[test]
fn a_hundred_kilobytes_of_anything() {
    for (adapter, path, text) in ADAPTERS {
        for scrap in SCRAPS {
            let bytes = format!("{text}{}", scrap.repeat(50_000 / scrap.len()));
            run(adapter, path, bytes.as_bytes());
            let lines = format!("{text}{}", format!("{scrap}a{scrap}\n").repeat(4_000));
            run(adapter, path, lines.as_bytes());
        }
    }
}

/// Seconds that each file is changed at random, over and over; a second if nothing is said.
const SECONDS: &str = "STACK_ATLAS_FUZZ_SECONDS";

/// Changes each file at random, keeps what leads to something new, and goes on from there.
#[test]
fn files_changed_at_random() {
    #[expect(
        clippy::disallowed_methods,
        reason = "options of tests are not options of the program"
    )]
    let seconds = std::env::var(SECONDS).map_or(1, |seconds| seconds.parse().unwrap());
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for (adapter, path, text) in ADAPTERS {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
        let mut corpus = vec![text.as_bytes().to_vec()];
        let mut outcomes = std::collections::HashSet::new();
        let mut runs = 0_u64;
        while std::time::Instant::now() < end {
            let mut bytes = corpus[draw(&mut seed, corpus.len())].clone();
            for _ in 0..=draw(&mut seed, 6) {
                change(&mut bytes, &corpus, &mut seed);
            }
            bytes.truncate(4_000);
            runs += 1;
            if outcomes.insert(run(adapter, path, &bytes)) && corpus.len() < 500 {
                corpus.push(bytes);
            }
        }
        println!(
            "{} {path}: {runs} runs, {} kept",
            adapter.name(),
            corpus.len()
        );
    }
}

/// A number below a bound, by xorshift.
fn draw(seed: &mut u64, below: usize) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    usize::try_from(*seed >> 33).unwrap() % below
}

fn change(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], seed: &mut u64) {
    let at = draw(seed, bytes.len() + 1);
    let end = bytes.len().min(at + draw(seed, 12));
    match draw(seed, 4) {
        0 => drop(bytes.splice(at..end, SCRAPS[draw(seed, SCRAPS.len())].bytes())),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let other = &corpus[draw(seed, corpus.len())];
            let from = draw(seed, other.len() + 1);
            drop(bytes.splice(
                at..at,
                other[from..other.len().min(from + 40)].iter().copied(),
            ));
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(draw(seed, 256)).unwrap();
            }
        }
    }
}
