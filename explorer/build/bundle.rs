//! From `web/` to a folder of files to embed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::node::{Reason, check, run};

/// What of `web/` the bundle is made of.
pub const INPUTS: [&str; 6] = [
    ".npmrc",
    "explorer.html",
    "package-lock.json",
    "package.json",
    "src",
    "vite.config.js",
];

/// Says whether the registry answers: without one npm goes on trying for minutes.
const PROBE: &[&str] = &[
    "view",
    "vite",
    "version",
    "--fetch-retries=0",
    "--fetch-timeout=10000",
];
const PROBE_TIME: Duration = Duration::from_secs(20);
const INSTALL: &[&str] = &[
    "ci",
    "--ignore-scripts",
    "--include=dev",
    "--loglevel=error",
    "--fetch-retries=1",
    "--fetch-timeout=30000",
];
const INSTALL_TIME: Duration = Duration::from_mins(10);
const OFFLINE_TIME: Duration = Duration::from_secs(30);
const BUNDLE_TIME: Duration = Duration::from_mins(5);

/// Installs what is missing and bundles the explorer into `dist`.
pub fn build(web: &Path, dist: &Path) -> Result<(), Reason> {
    check(web)?;
    install(web)?;
    let out = dist.display().to_string();
    let vite = "node_modules/vite/bin/vite.js";
    let arguments = [
        vite,
        "build",
        "--logLevel",
        "warn",
        "--emptyOutDir",
        "--outDir",
        &out,
    ];
    run(web, "node", &arguments, BUNDLE_TIME).map(drop)
}

/// Runs `npm ci`, unless the modules are those of the lock file already.
fn install(web: &Path) -> Result<(), Reason> {
    let lock = fs::read(web.join("package-lock.json")).map_err(|error| error.to_string())?;
    let stamp = web.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let (mode, limit) = match run(web, "npm", PROBE, PROBE_TIME) {
        Ok(_) => ("--prefer-offline", INSTALL_TIME),
        // The cache may hold everything all the same.
        Err(_) => ("--offline", OFFLINE_TIME),
    };
    run(web, "npm", &[INSTALL, &[mode]].concat(), limit).map_err(|reason| match mode {
        "--offline" => {
            format!("npm's registry cannot be reached, and its cache does not do. {reason}")
        }
        _ => reason,
    })?;
    fs::write(stamp, lock).map_err(|error| error.to_string())
}
