//! The crates that are linked into the program, and on which terms. `UPDATE_LICENCES=1` writes the
//! list anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const HEAD: &str = "# Licences

The program is made of the crates below, in the language Rust, each under the licence named beside it;
their texts are in the crates. A build for another system than Linux may link a few others. If the
explorer is built in, its libraries follow, with the texts of their licences.

| crate | version | licence | source |
|---|---|---|---|
";

/// One row to each crate of the program itself: none of the tests, of the build or of macros.
fn rows() -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "stack-atlas"])
        .args(["--target", "x86_64-unknown-linux-gnu"])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(["--format", "{p}|{l}|{r}|", "--manifest-path"])
        .arg(manifest)
        .output()
        .unwrap_or_else(|error| panic!("cargo cannot be started: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(row).collect()
}

/// A crate with a path is one of ours.
fn row(line: &str) -> Option<String> {
    let mut parts = line.split('|');
    let (package, licence, source) = (parts.next()?, parts.next()?, parts.next()?);
    let (name, version) = package.split_once(" v")?;
    if version.contains("(/") {
        return None;
    }
    Some(format!("| {name} | {version} | {licence} | {source} |\n"))
}

#[test]
#[ignore = "needs the crates of Linux"]
fn the_list_of_crates_is_that_of_the_lock_file() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("plain/licences.md");
    let rows: String = rows().into_iter().collect();
    let wanted = format!("{HEAD}{rows}");
    if env::var_os("UPDATE_LICENCES").is_some() {
        fs::write(&file, &wanted).expect("the list can be written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "{} is not up to date: UPDATE_LICENCES=1 cargo test -p explorer -- --ignored writes it",
        file.display()
    );
    assert!(found.contains("| axum | "), "the server is among them");
}
