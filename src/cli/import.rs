//! `import` and `review`: public data sets, and the names in them that nobody could make out.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{ActiveEnum as _, DatabaseConnection};

use super::{DatabaseArgs, Failure, KnowledgeArgs, knowledge_files, now, say, writer};
use crate::ingest::dataset::Adapter;
use crate::ingest::dataset::adapters::registry;
use crate::ingest::dataset::bundle::Limits;
use crate::ingest::dataset::import::{
    Aliases, Licences, Options, Plan, Progress, Report, SetReport, import,
};
use crate::ingest::knowledge::{self, Knowledge};
use crate::store::sync::noun;
use crate::store::{self, review};

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub struct ImportArgs {
    /// Which format to read; `--list` shows them
    #[arg(
        required_unless_present_any = ["all", "list"],
        conflicts_with_all = ["all", "list"],
        value_parser = registry::ALL.map(Adapter::name)
    )]
    adapter: Option<String>,
    /// Where the data set is: a file, a folder, a .tar.gz, or an https address
    #[arg(long, value_name = "PLACE", required_unless_present = "list")]
    from: Option<String>,
    /// Read whatever any of the formats knows; archives in a folder are looked into
    #[arg(long)]
    all: bool,
    /// Show the formats: what each reads, where it is had, under which licence
    #[arg(long, conflicts_with = "from")]
    list: bool,
    /// Look again at what was imported before: what others have brought may lead names elsewhere
    #[arg(long)]
    again: bool,
    /// Tell what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// What happens when a place cannot be read
    #[arg(long, value_enum, default_value_t = OnError::Skip)]
    on_error: OnError,
    /// Licences under which data may be read: all, no-share-alike, or SPDX ids with commas between
    #[arg(long, value_name = "LICENCES", default_value = "all")]
    licences: Licences,
    /// Names that you teach, in a file like knowledge/aliases.yaml
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// End usages that are gone even if most of a data set is
    #[arg(long)]
    allow_shrinking: bool,
    /// Repository that the data set is from, OWNER/NAME, where no SOURCE.md says so
    #[arg(long, value_name = "OWNER/NAME", conflicts_with = "all")]
    repository: Option<String>,
    /// Commit or version of the data set, where no SOURCE.md says so
    #[arg(long, value_name = "VERSION", conflicts_with = "all")]
    snapshot: Option<String>,
    /// Day of the data set, where no SOURCE.md says so
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "all")]
    date: Option<NaiveDate>,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

/// What happens when a place of a data set cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OnError {
    /// It is told, and the rest is imported
    Skip,
    /// Nothing of the data set is imported, and none after it
    Stop,
}

#[derive(Args, Debug)]
pub struct ReviewArgs {
    /// Show so many names, the most used first
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: u64,
    /// Only of this data set: the slug of its source
    #[arg(long, value_name = "SLUG")]
    source: Option<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: &ImportArgs) -> Result<(), Failure> {
    if args.list {
        return say(&formats());
    }
    let adapters: Vec<&'static dyn Adapter> = match &args.adapter {
        Some(name) => registry::named(name).into_iter().collect(),
        None => registry::ALL.to_vec(),
    };
    let from = args.from.as_deref().unwrap_or_default();
    let options = Options {
        licences: args.licences.clone(),
        aliases: args.aliases()?,
        allow_shrinking: args.allow_shrinking,
        again: args.again,
        rehearse: args.dry_run,
        stop_on_error: args.on_error == OnError::Stop,
    };
    let mut plan = Plan::of(from, &adapters, Limits::default()).await?;
    if plan.sets.is_empty() {
        return Err(format!(
            "there is nothing in {from} that {} reads; `stack-atlas import --list` shows what is read",
            args.adapter.as_deref().unwrap_or("any format")
        )
        .into());
    }
    args.tell_origin(&mut plan)?;
    let db = args.prepare().await?;
    let mut screen = Screen::new();
    #[expect(clippy::cast_precision_loss, reason = "far below what a float holds")]
    let clock = || now().timestamp_micros() as f64 / 1e6;
    let report = import(&db, &plan, &options, now(), &clock, &mut screen).await;
    screen.clear();
    db.close().await?;
    if args.json {
        say(&format!("{}\n", serde_json::to_string_pretty(&report)?))?;
    } else {
        say(&table(&report))?;
    }
    match report.failed() {
        0 => Ok(()),
        1 => Err("one data set was not imported".into()),
        failed => Err(format!("{failed} data sets were not imported").into()),
    }
}

impl ImportArgs {
    fn aliases(&self) -> Result<Aliases, Failure> {
        let Some(path) = &self.aliases else {
            return Ok(Aliases::default());
        };
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{name} cannot be read: {error}"))?;
        Ok(Aliases::parse(&name, &text)?)
    }

    /// Fills in what the user says of the origin.
    fn tell_origin(&self, plan: &mut Plan) -> Result<(), Failure> {
        if self.repository.is_none() && self.snapshot.is_none() && self.date.is_none() {
            return Ok(());
        }
        let [set] = &mut plan.sets[..] else {
            let count = plan.sets.len();
            return Err(format!(
                "--repository, --snapshot and --date are for one data set, and there are {count}"
            )
            .into());
        };
        let origin = &mut set.origin;
        origin.repository = self.repository.clone().or(origin.repository.take());
        origin.version = self.snapshot.clone().or(origin.version.take());
        origin.date = self.date.or(origin.date);
        Ok(())
    }

    /// The database with its tables and the curated facts, which data sets only add to.
    async fn prepare(&self) -> Result<DatabaseConnection, Failure> {
        let files = knowledge_files(self.knowledge.knowledge.as_deref());
        let db = writer(&self.database.database_url, !self.dry_run).await?;
        if self.dry_run {
            let is_ready = store::pending_steps(&db).await? == 0
                && knowledge::is_loaded(&db, &files.digest()).await?;
            if !is_ready {
                return Err(
                    "a dry run changes nothing, and the database is not up to date: \
                            run `stack-atlas load` first"
                        .into(),
                );
            }
            return Ok(db);
        }
        store::migrate(&db).await?;
        if !knowledge::is_loaded(&db, &files.digest()).await? {
            let knowledge = Knowledge::parse(&files, now().date_naive())?;
            knowledge::load(&db, &knowledge, now()).await?;
        }
        Ok(db)
    }
}

fn formats() -> String {
    let mut text = String::new();
    for adapter in registry::ALL {
        let about = adapter.about();
        // A `String` takes everything.
        let _ = writeln!(
            text,
            "{}\n  reads    {}\n  from     {}\n  licence  {}\n",
            adapter.name(),
            about.reads,
            about.from,
            about.licence
        );
    }
    text
}

/// The report for a person.
fn table(report: &Report) -> String {
    let mut text = format!(
        "{:<52} {:>6} {:>7} {:>8} {:>6} {:>7} {:>8} {:>8} {:>6} {:>7}\n",
        "data set",
        "files",
        "claims",
        "resolved",
        "new",
        "queued",
        "created",
        "updated",
        "ended",
        "seconds"
    );
    for set in &report.sets {
        let names = [set.names.technologies, set.names.companies];
        let claims: usize = set.claims.values().sum();
        let (created, updated) = set.totals();
        // A `String` takes everything.
        let _ = writeln!(
            text,
            "{:<52} {:>6} {claims:>7} {:>8} {:>6} {:>7} {created:>8} {updated:>8} {:>6} {:>7.2}",
            format!("{} {}", set.adapter, set.title),
            set.files,
            names.iter().map(|names| names.resolved).sum::<usize>(),
            names.iter().map(|names| names.stub).sum::<usize>(),
            names.iter().map(|names| names.queued).sum::<usize>(),
            set.ended,
            set.seconds
        );
        text.push_str(&remarks(set));
    }
    if report.rehearsal {
        text.push_str("nothing was written: this was a dry run\n");
    }
    text
}

fn remarks(set: &SetReport) -> String {
    const SHOWN: usize = 5;
    let mut text = String::new();
    let problems = set.problems.iter().take(SHOWN).cloned();
    let more = set.problem_count.saturating_sub(SHOWN);
    let more = (more > 0)
        .then(|| format!("and {more} more places that cannot be read (--json shows 100)"));
    let same = set
        .unchanged
        .then(|| "is what was imported before (--again looks at it again)".to_owned());
    let skipped = set.skipped.as_ref().map(|why| format!("left out: {why}"));
    let failed = set.error.as_ref().map(|why| format!("not imported: {why}"));
    for remark in problems
        .chain(more)
        .chain(same)
        .chain(skipped)
        .chain(failed)
    {
        // A `String` takes everything.
        let _ = writeln!(text, "    {remark}");
    }
    text
}

/// Shows how far it is: a bar on a terminal, plain lines elsewhere.
struct Screen {
    bar: Option<ProgressBar>,
}

impl Screen {
    fn new() -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            let style = "{msg:40!} {wide_bar} {pos}/{len} files, {per_sec}, {eta} left";
            bar.with_style(
                ProgressStyle::with_template(style)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            )
        });
        Self { bar }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(line: &str) {
        // Nothing is left to be done if standard error is closed.
        let _ = writeln!(io::stderr(), "{line}");
    }
}

impl Progress for Screen {
    fn begin(&mut self, title: &str, files: usize) {
        match &self.bar {
            Some(bar) => {
                bar.reset();
                bar.set_length(files as u64);
                bar.set_message(title.to_owned());
            }
            None if files == 1 => Self::line(&format!("{title}: reading one file")),
            None => Self::line(&format!("{title}: reading {files} files")),
        }
    }

    fn file(&mut self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    fn write(&mut self, claims: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("writing {claims} claims"));
        }
    }

    fn end(&mut self, report: &SetReport) {
        let (created, updated) = report.totals();
        let outcome = match (&report.error, &report.skipped) {
            (Some(error), _) => format!("not imported: {error}"),
            (None, Some(why)) => format!("left out: {why}"),
            (None, None) if report.unchanged => "is what was imported before".to_owned(),
            (None, None) => format!(
                "{created} created, {updated} updated in {:.2} s",
                report.seconds
            ),
        };
        let line = format!("{}: {outcome}", report.title);
        match &self.bar {
            Some(bar) => bar.suspend(|| Self::line(&line)),
            None => Self::line(&line),
        }
    }
}

/// Shows names that nobody could make out.
pub async fn review(args: &ReviewArgs) -> Result<(), Failure> {
    let db = writer(&args.database.database_url, false).await?;
    if store::pending_steps(&db).await? > 0 {
        return Err("the database is not up to date: run `stack-atlas migrate`".into());
    }
    let items = review::most_used(&db, args.source.as_deref(), args.limit).await?;
    db.close().await?;
    if args.json {
        return say(&format!("{}\n", serde_json::to_string_pretty(&items)?));
    }
    let mut text = String::new();
    for item in items {
        let candidates = match &item.candidates.0[..] {
            [] => String::new(),
            some => format!("; perhaps {}", some.join(", ")),
        };
        // A `String` takes everything.
        let _ = writeln!(
            text,
            "{:>5} × {} `{}`, {}{candidates} ({}, {})",
            item.mention_count,
            noun(item.entity_kind),
            item.name,
            item.reason.to_value().to_lowercase(),
            item.source,
            item.locator.as_deref().unwrap_or_default()
        );
    }
    say(&text)
}
