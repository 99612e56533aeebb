//! Running Node and npm, never longer than allowed.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What went wrong, as a sentence.
pub type Reason = String;

/// The oldest Node that the bundler runs on. Debian 12 has 18.
const OLDEST: (u32, u32) = (20, 19);

/// Complains about a Node that is missing or too old.
pub fn check(folder: &Path) -> Result<(), Reason> {
    let (major, minor) = OLDEST;
    let wanted = format!("Node {major}.{minor} or newer is needed");
    let output = run(folder, "node", &["--version"], Duration::from_secs(10))
        .map_err(|reason| format!("{wanted}: {reason}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.trim().trim_start_matches('v');
    let mut numbers = version
        .split('.')
        .map(|number| number.parse().unwrap_or_default());
    let found = (
        numbers.next().unwrap_or_default(),
        numbers.next().unwrap_or_default(),
    );
    if found < OLDEST {
        return Err(format!("{wanted}, and this is {version}."));
    }
    Ok(())
}

/// Runs a program to its end, or stops it when its time is up.
pub fn run(
    folder: &Path,
    program: &str,
    arguments: &[&str],
    limit: Duration,
) -> Result<Output, Reason> {
    let shown = format!(
        "`{program} {}`",
        arguments.first().copied().unwrap_or_default()
    );
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_remove("NODE_ENV")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{shown} cannot be started ({error})."))?;
    let started = Instant::now();
    let streams = (child.stdout.take(), child.stderr.take());
    // Read while it runs: a full pipe would stop it.
    let output = thread::spawn(move || read(streams.0));
    let errors = thread::spawn(move || read(streams.1));
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if started.elapsed() < limit => thread::sleep(Duration::from_millis(20)),
            Ok(None) | Err(_) => {
                drop(child.kill());
                drop(child.wait());
                return Err(format!("{shown} took longer than {limit:?}."));
            }
        }
    };
    let output = Output {
        status,
        stdout: output.join().unwrap_or_default(),
        stderr: errors.join().unwrap_or_default(),
    };
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
    let end: String = said.trim().chars().take(300).collect();
    Err(format!("{shown} failed: {end}."))
}

fn read(stream: Option<impl std::io::Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        drop(stream.read_to_end(&mut bytes));
    }
    bytes
}
