//! One run of the bench: every database, every shape, every number of connections.

use std::io::Write as _;
use std::process::Command;

use serde_json::Value;

use crate::check::{check, deep_cursors};
use crate::client::graphql;
use crate::data::Data;
use crate::database::Database;
use crate::measure::{Requests, by_turns};
use crate::options::{Engine, Options};
use crate::other::Other;
use crate::process::Service;
use crate::report::{Line, Report};
use crate::shapes::Shape;
use crate::{Result, note, ways};

/// Measures everything that was chosen and prints a table for each database.
pub async fn all(options: &Options) -> Result<()> {
    for &usages in &options.usages {
        note(&format!("Making up {usages} usages"));
        let data = Data::with_usages(usages);
        for &engine in options.database.engines() {
            let report = database(engine, &data, options).await?;
            std::io::stdout().write_all(report.as_bytes())?;
        }
    }
    Ok(())
}

async fn database(engine: Engine, data: &Data, options: &Options) -> Result<String> {
    note(&format!("Preparing {}", engine.name()));
    let database = Database::prepare(engine, data, options).await?;
    let service = match &options.url {
        Some(url) => Service::running(url, options.pid, database.name.clone())?,
        None => start(&database).await?,
    };
    if options.ways {
        let table = ways::compare(&service, data, options).await?;
        return Ok(format!(
            "\n## {}, {} usages\n{table}",
            engine.name(),
            data.usages.len()
        ));
    }
    let other = Other::start(&database, options).await?;
    let cursors = deep_cursors(&service, data).await?;
    let other_name = other.as_ref().map_or("other", Other::name);
    let mut report = Report::new(engine.name(), data.usages.len(), other_name);
    for &shape in &options.shapes {
        note(&format!("Measuring {}", shape.name()));
        let variables = shape.variables(options.requests, data, &cursors);
        let contest = Contest::new(shape, &variables, &service, other.as_ref()).await?;
        for &connections in &options.connections {
            report.add(&contest.measure(connections, options).await?);
        }
    }
    let other = other.as_ref().and_then(|other| other.service.memory());
    Ok(report.finish(service.memory(), other))
}

async fn start(database: &Database) -> Result<Service> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stack-atlas"));
    // The database is ready, and no facts but its own belong into it.
    command.args(["serve", "--host", "127.0.0.1", "--prepare", "nothing"]);
    command.args(["--database-url", &database.url]);
    Service::start(&mut command, database.name.clone()).await
}

/// A shape, and who is asked for it.
struct Contest<'a> {
    shape: Shape,
    statements: Option<u64>,
    service: (&'a Service, Requests),
    other: Option<(&'a Other, Requests)>,
}

impl<'a> Contest<'a> {
    /// Checks the answers before anything is measured.
    async fn new(
        shape: Shape,
        variables: &[Value],
        service: &'a Service,
        other: Option<&'a Other>,
    ) -> Result<Self> {
        let statements = check(shape, &variables[0], service, other).await?;
        let of_service = |keys| graphql(shape.document(), keys, false);
        let other = other.and_then(|other| {
            let requests = variables.iter().map(|keys| other.request(shape, keys));
            Some((other, requests.collect::<Option<_>>()?))
        });
        Ok(Self {
            shape,
            statements,
            service: (service, variables.iter().map(of_service).collect()),
            other,
        })
    }

    async fn measure(&self, connections: usize, options: &Options) -> Result<Line> {
        let (service, requests) = &self.service;
        let mut asked = vec![(*service, requests)];
        asked.extend(
            self.other
                .iter()
                .map(|(other, requests)| (&other.service, requests)),
        );
        let samples = by_turns(&asked, connections, options).await?;
        let other = self.other.as_ref().map(|(other, _)| other);
        Ok(Line {
            shape: self.shape,
            connections,
            statements: self.statements,
            service: samples[0],
            other: samples.get(1).copied(),
            target: other.and_then(|other| other.target(self.shape)),
        })
    }
}
