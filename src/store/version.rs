//! The data version: a text that is another one after every transaction that has written.
//!
//! It is drawn by lot and not counted, so that no two databases share one: neither one that was made
//! anew, nor one that was brought back from a copy and went another way from there.

use std::hash::{BuildHasher as _, RandomState};

use entity::setting;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ConnectionTrait, EntityTrait as _, Statement};

use super::{Store, StoreError};

const KEY: &str = "data.version";

/// The version as a value. In a statement that reads data, too, both are of one state.
pub(super) const SUBQUERY: &str = "(SELECT value FROM setting WHERE key = 'data.version')";

/// Draws a new version. Belongs into every transaction that writes what the API shows.
///
/// # Errors
/// When the database fails.
pub async fn renew(transaction: &impl ConnectionTrait) -> Result<(), StoreError> {
    // Each state is seeded by the system's randomness and differs from all before it.
    let drawn = [(); 2].map(|()| RandomState::new().hash_one(KEY));
    let row = setting::ActiveModel {
        key: ActiveValue::Set(KEY.to_owned()),
        value: ActiveValue::Set(format!("{:016x}{:016x}", drawn[0], drawn[1])),
    };
    let replace = OnConflict::column(setting::Column::Key)
        .update_column(setting::Column::Value)
        .to_owned();
    setting::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

impl Store {
    /// The version of the data; none if nothing has been written since versions were introduced.
    /// Read it before the data: data that are newer than their version are asked for again, data
    /// that are older would be kept for ever.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn version(&self) -> Result<Option<String>, StoreError> {
        let text = format!("SELECT {SUBQUERY} AS value");
        let statement = Statement::from_string(self.backend(), text);
        let rows = self.read(statement, true).await?;
        let value = rows.first().map(|row| row.try_get("", "value"));
        Ok(value.transpose()?.flatten())
    }
}
