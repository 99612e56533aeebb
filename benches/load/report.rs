//! What is printed.

use std::fmt::Write as _;

use crate::measure::Sample;
use crate::shapes::Shape;

/// The table of one database.
pub struct Report {
    text: String,
    other: &'static str,
}

/// A shape at one number of connections.
pub struct Line {
    pub shape: Shape,
    pub connections: usize,
    /// SQL statements per request; unknown if the server does not tell.
    pub statements: Option<u64>,
    pub service: Sample,
    pub other: Option<Sample>,
    /// How many times the other's CPU time it may be.
    pub target: Option<f64>,
}

impl Report {
    /// `other` is what the service is compared with.
    pub fn new(engine: &str, usages: usize, other: &'static str) -> Self {
        let heads = [
            "shape",
            "connections",
            "statements",
            "requests/s",
            "p50 ms",
            "p99 ms",
            "CPU µs/request",
            &format!("{other} p50 ms"),
            &format!("{other} CPU µs"),
            &format!("× {other}"),
            "target",
        ];
        let rule = "|--:".repeat(heads.len());
        let heads = heads.join(" | ");
        let text = format!("\n## {engine}, {usages} usages\n\n| {heads} |\n{rule}|\n");
        Self { text, other }
    }

    pub fn add(&mut self, line: &Line) {
        let Line { service, other, .. } = line;
        let other_cpu = other.and_then(|other| other.cpu);
        let ratio = service.cpu.zip(other_cpu).map(|(own, other)| own / other);
        let cells = [
            line.shape.name().to_owned(),
            line.connections.to_string(),
            shown(line.statements, |count| count.to_string()),
            format!("{:.0}", service.rate),
            format!("{:.2}", service.median),
            format!("{:.2}", service.p99),
            shown(service.cpu, |cpu| format!("{cpu:.0}")),
            shown(*other, |other| format!("{:.2}", other.median)),
            shown(other_cpu, |cpu| format!("{cpu:.0}")),
            shown(ratio, |ratio| format!("{ratio:.2}")),
            shown(line.target, |target| format!("≤ {target:.2}")),
        ];
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    /// The table with the memory that each process held at the end, in MiB.
    pub fn finish(mut self, service: Option<u64>, other: Option<u64>) -> String {
        let sizes = [("service", service), (self.other, other)];
        let known = sizes
            .into_iter()
            .filter_map(|(name, size)| Some((name, size?)));
        let sizes: Vec<_> = known
            .map(|(name, size)| format!("{name} {size} MiB"))
            .collect();
        if !sizes.is_empty() {
            let _ = writeln!(self.text, "\nMemory after the load: {}.", sizes.join(", "));
        }
        self.text
    }
}

fn shown<T>(value: Option<T>, show: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), show)
}
