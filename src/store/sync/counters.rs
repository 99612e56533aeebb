//! Counters that lists are ordered by.

use entity::enums::EntityKind;
use sea_orm::ConnectionTrait as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};

use super::Sync;
use super::rows::BATCH;
use crate::store::StoreError;

impl Sync {
    /// Sets a column of all known rows of one kind to the number of rows that refer to them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(
        &mut self,
        kind: EntityKind,
        counter: (&'static str, &'static str),
        reference: (&'static str, &'static str),
    ) -> Result<(), StoreError> {
        let ((table, counter), (referrer, column)) = (counter, reference);
        let known = self.names.0.keys().filter(|(known, _)| *known == kind);
        let ids: Vec<i64> = known.map(|(_, id)| *id).collect();
        for ids in ids.chunks(BATCH) {
            let amount = Query::select()
                .expr(Expr::col(column).count())
                .from(referrer)
                .and_where(Expr::col((referrer, column)).equals((table, "id")))
                .to_owned();
            let amount = || Expr::SubQuery(None, Box::new(amount.clone().into()));
            let update = Query::update()
                .table(table)
                .value(counter, amount())
                .and_where(Expr::col("id").is_in(ids.iter().copied()))
                .and_where(Expr::col(counter).ne(amount()))
                .to_owned();
            self.transaction.execute(&update).await?;
        }
        Ok(())
    }
}
