//! Bringing the database in step with the knowledge, in one transaction.

use std::fmt;

use chrono::{DateTime, Utc};
use entity::enums::EntityKind;
use sea_orm::{ActiveEnum as _, DatabaseConnection};

use super::Knowledge;
use super::steps::Load;
use crate::store::StoreError;
use crate::store::sync::{Finish, Sync, Tally, setting};

/// Who changes are logged under.
pub const ACTOR: &str = "knowledge";

/// The setting with the digest of the knowledge that was loaded last. Renamed when loads began to
/// keep count of parts, so that the first such load looks at everything.
pub(in crate::ingest) const DIGEST: &str = "knowledge.loaded";

/// Why the knowledge could not be loaded; the database is as it was before.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the knowledge could not be loaded: {0}")]
pub struct LoadError(#[from] StoreError);

/// What a load did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether the same knowledge was loaded before, so that nothing had to be looked at.
    pub unchanged: bool,
    /// What was done, by kind.
    pub tallies: Vec<(EntityKind, Tally)>,
    /// What was left as it is because somebody else has changed it, one sentence each.
    pub kept: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unchanged {
            return writeln!(f, "the knowledge is unchanged");
        }
        writeln!(
            f,
            "{:<12} {:>8} {:>8} {:>8}",
            "kind", "created", "updated", "retired"
        )?;
        for (kind, tally) in &self.tallies {
            let kind = kind.to_value().to_lowercase();
            let Tally {
                created,
                updated,
                retired,
            } = tally;
            writeln!(f, "{kind:<12} {created:>8} {updated:>8} {retired:>8}")?;
        }
        self.kept
            .iter()
            .try_for_each(|sentence| writeln!(f, "kept: {sentence}"))
    }
}

/// Whether the knowledge with this digest is what was loaded last: then [`load`] has nothing to
/// do, and its files need not even be parsed. Costs one statement.
///
/// # Errors
/// When the database fails.
pub async fn is_loaded(db: &DatabaseConnection, digest: &str) -> Result<bool, LoadError> {
    Ok(setting(db, DIGEST).await?.as_deref() == Some(digest))
}

/// Brings the database, whose tables must be up to date, in step with the knowledge.
///
/// Rows keep their ids. Rows that others have made or changed are left as they are and reported.
/// If the same knowledge was loaded last, nothing is looked at and nothing is written.
///
/// # Errors
/// When the database fails; then it is as it was before.
pub async fn load(
    db: &DatabaseConnection,
    knowledge: &Knowledge,
    now: DateTime<Utc>,
) -> Result<Report, LoadError> {
    let unchanged = Report {
        unchanged: true,
        ..Report::default()
    };
    if is_loaded(db, &knowledge.digest).await? {
        return Ok(unchanged);
    }
    let sync = Sync::begin(db, ACTOR, now).await?;
    if sync.setting(DIGEST).await?.as_deref() == Some(&knowledge.digest) {
        // Another instance that started together with this one was faster.
        return Ok(unchanged);
    }
    let mut load = Load::new(sync, &knowledge.book, now);
    load.run().await?;
    let outcome = load
        .sync
        .finish(&[(DIGEST, &knowledge.digest)], Finish::Commit)
        .await?;
    Ok(Report {
        unchanged: false,
        tallies: outcome.tallies,
        kept: outcome.kept,
    })
}
