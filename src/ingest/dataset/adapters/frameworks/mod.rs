//! Web frameworks: `TechEmpower`'s `benchmark_config.json` and the-benchmarker's `config.yaml`.

mod benchmarker;
mod techempower;

use super::file_name;
use crate::ingest::dataset::{About, Adapter, File, Sink};

/// Reads the two lists of web frameworks.
#[derive(Clone, Copy, Debug)]
pub struct Frameworks;

impl Adapter for Frameworks {
    fn name(&self) -> &'static str {
        "frameworks"
    }

    fn about(&self) -> About {
        About {
            reads: "web frameworks with their languages, from the settings of benchmarks \
                    (benchmark_config.json, LANGUAGE/FRAMEWORK/config.yaml)",
            from: "https://github.com/TechEmpower/FrameworkBenchmarks and \
                   https://github.com/the-benchmarker/web-frameworks",
            licence: "BSD-3-Clause OR MIT",
            attribution: "TechEmpower Framework Benchmarks, © TechEmpower, Inc.; \
                          The Benchmarker, © its authors",
        }
    }

    fn reads(&self, path: &str) -> bool {
        file_name(path) == "benchmark_config.json" || benchmarker::place(path).is_some()
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        match benchmarker::place(file.path) {
            Some((language, name)) => benchmarker::read(file, language, name, sink),
            None => techempower::read(file, sink),
        }
    }
}
