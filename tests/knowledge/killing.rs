//! The program, killed while it imports: the database is as before, or complete.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::database::Base;
use crate::importing::Folder;
use crate::world::World;

/// Milliseconds after which the program is killed: from before its first statement to after its last.
const MOMENTS: [u64; 12] = [5, 20, 40, 60, 80, 110, 140, 180, 230, 300, 400, 2_000];

/// Usages of the list.
const MANY: usize = 2_000;

fn program(folder: &Folder, url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stack-atlas"));
    command
        .args(["import", "adopters", "--json", "--from"])
        .arg(folder.path().join("redis"))
        .args(["--database-url", url, "--knowledge"])
        .arg(folder.path().join("knowledge"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Kills imports at all moments; each leaves all or nothing, and the next goes on from there.
async fn check(url: &str) {
    let folder = Folder::new();
    World::new().write(&folder.path().join("knowledge"));
    let firms = (0..MANY).map(|n| format!("* [Firm {n}](https://firm{n}.test)"));
    let firms = firms.collect::<Vec<_>>().join("\n");
    folder.write(
        "redis/ADOPTERS.md",
        &format!("# Who uses Redis?\n\n{firms}\n"),
    );
    let base = Base::open(url).await;
    base.load(&World::new()).await;
    let counts = "SELECT (SELECT COUNT(*) FROM usage) * 100000 + (SELECT COUNT(*) FROM source)";
    let before = base.number(counts).await;
    let complete = before + 100_000 * i64::try_from(MANY).unwrap() + 1;
    for moment in MOMENTS {
        let mut child = program(&folder, url).spawn().unwrap();
        sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        let after = base.number(counts).await;
        assert!(
            [before, complete].contains(&after),
            "{after} after {moment} ms"
        );
    }
    assert!(program(&folder, url).status().unwrap().success());
    assert_eq!(base.number(counts).await, complete);
}

#[tokio::test]
async fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    check(&format!(
        "sqlite:{}",
        folder.path().join("atlas.db").display()
    ))
    .await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn postgres() {
    let (name, url) = crate::database::create().await;
    let outcome = tokio::spawn(async move { check(&url).await }).await;
    crate::database::drop(&name).await;
    outcome.unwrap();
}
