//! Reading as of now, inside the transaction.

use sea_orm::{EntityTrait, FromQueryResult, QuerySelect as _};

use super::Sync;
use crate::store::StoreError;

impl Sync {
    /// Some columns of every row of a table.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all<E: EntityTrait, R: FromQueryResult + Send + std::marker::Sync>(
        &self,
        columns: &[E::Column],
    ) -> Result<Vec<R>, StoreError> {
        let rows = E::find()
            .select_only()
            .columns(columns.iter().copied())
            .into_model::<R>()
            .all(&self.transaction);
        Ok(rows.await?)
    }

    /// Every row of a table.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows<E: EntityTrait>(&self) -> Result<Vec<E::Model>, StoreError> {
        Ok(E::find().all(&self.transaction).await?)
    }
}
