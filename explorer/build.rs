//! Builds the explorer from `web/` with Node, if there is one, and writes the tables of files and
//! example questions that the crate embeds. A build without Node embeds the plain console alone.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script has no options but the environment"
)]

#[path = "build/bundle.rs"]
mod bundle;
#[path = "build/node.rs"]
mod node;
#[path = "build/tables.rs"]
mod tables;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

/// Whether to build the explorer: `auto` (if it can be done), `require` or `skip`.
const SWITCH: &str = "STACK_ATLAS_UI";

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets the folder")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets the output")?);
    let root = here.parent().ok_or("the crate lies in the workspace")?;
    println!("cargo:rerun-if-env-changed={SWITCH}");
    for input in ["plain", "build", "build.rs"] {
        println!("cargo:rerun-if-changed={input}");
    }
    let web = root.join("web");
    for input in bundle::INPUTS {
        println!("cargo:rerun-if-changed={}", web.join(input).display());
    }
    let questions = root.join("tests/questions");
    println!("cargo:rerun-if-changed={}", questions.display());

    let dist = out.join("dist");
    let full = match env::var(SWITCH).as_deref() {
        Ok("skip") => false,
        Ok("require") => {
            bundle::build(&web, &dist).map_err(|reason| format!("{SWITCH}=require: {reason}"))?;
            true
        }
        Ok("auto") | Err(_) => match bundle::build(&web, &dist) {
            Ok(()) => true,
            Err(reason) => {
                println!(
                    "cargo:warning=the plain console stands in for the explorer: {reason} \
                     To try again, build with {SWITCH}=require; to be content, with {SWITCH}=skip."
                );
                false
            }
        },
        Ok(other) => return Err(format!("{SWITCH} is auto, require or skip, not {other}").into()),
    };
    let bundle = full.then_some(dist.as_path());
    fs::write(
        out.join("assets.rs"),
        tables::assets(&here.join("plain"), bundle)?,
    )?;
    fs::write(out.join("questions.rs"), tables::questions(&questions)?)?;
    Ok(())
}
