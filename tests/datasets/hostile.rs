//! No file makes a parser fail, break a promise, or work longer than in proportion to its size.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use stack_atlas::ingest::dataset::Adapter;
use stack_atlas::ingest::dataset::adapters::registry;

use super::feed;

/// Files of our own that a parser reads.
fn samples(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/datasets/samples");
    let mut paths: Vec<_> = fs::read_dir(folder.join(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn every_adapter_is_fed() {
    let fed = feed::PATHS.map(|(name, _)| name);
    let all = registry::ALL.map(Adapter::name);
    assert_eq!(fed, all);
}

/// A target that is not in the manifest is not found by its name.
#[test]
fn every_parser_has_a_fuzz_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, _) in feed::parsers() {
        assert!(
            manifest.contains(&format!("[[bin]]\nname = \"{name}\"\n")),
            "{name}"
        );
        let target = fs::read_to_string(fuzz.join(format!("src/bin/{name}.rs"))).unwrap();
        let made = format!("stack_atlas_fuzz::target!(\"{name}\");");
        assert!(target.contains(&made), "{name}: {target}");
    }
    let targets = fs::read_dir(fuzz.join("src/bin")).unwrap();
    assert_eq!(targets.count(), feed::parsers().len());
}

#[test]
fn every_sample_says_something() {
    for (name, _) in feed::PATHS {
        for sample in samples(name) {
            let (claims, _) = feed::adapter(name, &sample);
            assert!(claims > 0, "{name}: {}", String::from_utf8_lossy(&sample));
        }
    }
    for sample in samples("archive") {
        // As it is, it is one file.
        assert!(feed::archive(&sample) > 1);
    }
    assert!(feed::aliases(&samples("aliases")[0]));
}

/// Files that have once broken a promise, each in its own way.
const ONCE: [(&str, &str); 23] = [
    ("aliases", ""),
    ("linguist", "\"a\\0b\": {type: data, language_id: 1}\n"),
    (
        "endoflife",
        "---\ntitle: X\ncategory: app\nidentifiers:\n- purl: ''\nalternate_urls: [/]\n---\n",
    ),
    (
        "endoflife",
        r#"{"result": {"name": "x", "label": "X\u0000", "releases": []}}"#,
    ),
    (
        "landscape",
        "landscape:\n- name: X  adopter\n  subcategories:\n  - items: [{name: A}]\n",
    ),
    (
        "landscape",
        "landscape:\n- subcategories:\n  - items: [{name: A, second_path: [' / ']}]\n",
    ),
    (
        "landscape",
        "landscape:\n- name: Member\n  subcategories:\n  - items: [{name: A, crunchbase: 'https://c.example/organization/ '}]\n",
    ),
    ("profiles", "---\nname: A\nwebsite: coming soon.\n---\n"),
    (
        "profiles",
        "---\nname: A\ngithub: 'https://github.com/ ?x'\n---\n",
    ),
    (
        "adopters",
        "# Who uses X?\n\n- [A](https://a.example:99999) [1](https://b.example:99999)\n",
    ),
    ("adopters", "# Who uses X\0Y?\n\n- [A](https://a.example)\n"),
    (
        "startups",
        "Company;now;Source1\nA;Go, and  Rust;https://a.example:99999\n",
    ),
    (
        "onet",
        "O*NET-SOC Code\tExample\n15-1252.00\tApache  software\n",
    ),
    (
        "oews",
        "<sheetData><c r=\"A1\" t=\"str\"><v>x</v></c><c r=\"XFD1048576\" t=\"str\"><v>x</v></c></sheetData>",
    ),
    (
        "oews",
        "<sheetData><c r=\"A1\" t=\"str\"><v>OCC_CODE</v></c><c r=\"B1\" t=\"str\"><v>A_MEDIAN</v></c><c r=\"A4000000000\" t=\"str\"><v>15-1252</v></c><c r=\"B4000000000\"><v>1</v></c></sheetData>",
    ),
    (
        "skill-links",
        "## A\n* **\n  * [B at C](https://d.example)\n",
    ),
    (
        "skill-links",
        "## A\n* _ [B at C](https://d.example)\n  * x\n",
    ),
    (
        "testing-links",
        r#"{"companies": [{"name": "", "resources": [{"title": "A", "url": "https://a.example"}]}]}"#,
    ),
    (
        "testing-links",
        r#"{"companies": [{"name": "A", "industry": "", "resources": [{"title": " ", "url": "https://a.example"}]}]}"#,
    ),
    (
        "testing-links",
        r#"{"companies": [{"name": "A", "resources": [{"title": "A", "url": "https://a.example:99999"}, {"title": "A", "url": "https://a.example", "topics": [""]}]}]}"#,
    ),
    (
        "testing-links",
        r#"{"companies": [{"name": "A", "resources": [{"title": "A", "url": "https://a.example", "topics": ["-"]}]}]}"#,
    ),
    (
        "testing-links",
        r#"{"companies": [{"name": "A", "industry": "-", "resources": [{"title": "A", "url": "https://a.example"}]}]}"#,
    ),
    ("qualities", "---\ntitle: A\npermalink: /\n---\n"),
];

#[test]
fn what_once_broke_a_promise() {
    for (name, text) in ONCE {
        feed::parser(name, text.as_bytes());
    }
}

/// Files in which something long would be said again with each of many short things.
fn echoes() -> [(&'static str, String); 5] {
    let long = "x".repeat(20_000);
    let many = |of: usize, item: fn(usize) -> String| (0..of).map(item).collect::<String>();
    [
        (
            "adopters",
            format!(
                "# Who uses X?\n\n{}\n[b]: https://b.example/{long}\n",
                many(2_000, |i| format!("- [A{i}][b]\n"))
            ),
        ),
        (
            "profiles",
            format!(
                "---\nname: {long}\ntechnologies:\n{}---\n",
                many(2_000, |i| format!("- a{i}\n"))
            ),
        ),
        (
            "endoflife",
            format!(
                "---\ntitle: {long}\ncategory: app\nreleases:\n{}---\n",
                many(2_000, |i| format!("- releaseCycle: {i}\n"))
            ),
        ),
        (
            "startups",
            format!(
                "Company;now{}\nA;{};{}\n",
                many(500, |i| format!(";Source{i}")),
                many(1_000, |i| format!("L{i}/")),
                many(500, |i| format!("https://a{i}.example;"))
            ),
        ),
        (
            "qualities",
            format!(
                "---\ntitle: A\npermalink: /a\ntags: [{}]\naka: [{}]\n---\n",
                many(2_000, |i| format!("a{i}, ")),
                many(2_000, |i| format!("b{i}, "))
            ),
        ),
    ]
}

/// A claim, written out, is some hundred times as long as the shortest item that makes one.
#[test]
fn what_is_said_is_in_proportion_to_what_is_read() {
    for (name, text) in echoes() {
        let size = feed::size(name, text.as_bytes());
        assert!(size <= 200 * text.len(), "{name}: {size} of {}", text.len());
    }
}

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

/// Runs a test of some hundred cases for each parser.
fn for_each_parser<S: Strategy>(
    strategy: impl Fn(Vec<Vec<u8>>) -> S,
    bytes: impl Fn(S::Value) -> Vec<u8>,
) {
    for (name, parser) in feed::parsers() {
        // The same cases each time: searching for others is what fuzzing is for.
        let mut runner = TestRunner::new(Config {
            cases: 256,
            rng_seed: RngSeed::Fixed(7),
            ..Config::default()
        });
        let outcome = runner.run(&strategy(samples(name)), |value| {
            parser(name, &bytes(value));
            Ok(())
        });
        assert!(outcome.is_ok(), "{name}: {}", outcome.unwrap_err());
    }
}

#[test]
fn any_bytes() {
    for_each_parser(|_| vec(any::<u8>(), 0..400), |bytes| bytes);
}

#[test]
fn damaged_samples() {
    let change = || (any::<prop::sample::Index>(), 0..SCRAPS.len(), 0..4_usize);
    for_each_parser(
        |samples| (prop::sample::select(samples), vec(change(), 0..12)),
        |(mut bytes, changes)| {
            for (at, scrap, removed) in changes {
                let at = at.index(bytes.len() + 1);
                let end = bytes.len().min(at + removed);
                bytes.splice(at..end, SCRAPS[scrap].bytes());
            }
            bytes
        },
    );
}

/// A file full of each scrap, alone and repeated on each line: who needs more than time in
/// proportion to that would need minutes.
#[test]
fn a_hundred_kilobytes_of_anything() {
    for (name, parser) in feed::parsers() {
        let sample = samples(name).swap_remove(0);
        for scrap in SCRAPS {
            let bytes = scrap.repeat(50_000 / scrap.len());
            parser(name, &[&sample[..], bytes.as_bytes()].concat());
            let lines = format!("{scrap}a{scrap}\n").repeat(4_000);
            parser(name, &[&sample[..], lines.as_bytes()].concat());
        }
    }
}

/// How often each parser is fed, if nothing is said.
const RUNS: u64 = 1_000;

/// Says how often: by the count and not by the clock, so that each machine tries the same files.
const RUNS_VARIABLE: &str = "STACK_ATLAS_FUZZ_RUNS";

/// Changes each file at random, keeps what leads to something new, and goes on from there.
#[test]
fn files_changed_at_random() {
    #[expect(
        clippy::disallowed_methods,
        reason = "options of tests are not options of the program"
    )]
    let runs = std::env::var(RUNS_VARIABLE).map_or(RUNS, |runs| runs.parse().unwrap());
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for (name, parser) in feed::parsers() {
        let mut corpus = samples(name);
        let mut outcomes = std::collections::HashSet::new();
        for _ in 0..runs {
            let mut bytes = corpus[draw(&mut seed, corpus.len())].clone();
            for _ in 0..=draw(&mut seed, 6) {
                change(&mut bytes, &corpus, &mut seed);
            }
            bytes.truncate(4_000);
            if outcomes.insert(parser(name, &bytes)) && corpus.len() < 500 {
                corpus.push(bytes);
            }
        }
        println!("{name}: {} kept", corpus.len());
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
