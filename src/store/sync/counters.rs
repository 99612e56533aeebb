//! Counters that lists are ordered by.

use entity::enums::EntityKind;
use sea_orm::ConnectionTrait as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};

use super::Sync;
use super::rows::BATCH;
use crate::store::StoreError;

/// Counters of usages: kind, table, column, and the column of `usage` that refers to it.
const OF_USAGES: [(EntityKind, &str, &str, &str); 3] = [
    (
        EntityKind::Technology,
        "technology",
        "adopter_count",
        "technology_id",
    ),
    (
        EntityKind::Company,
        "company",
        "technology_count",
        "company_id",
    ),
    (
        EntityKind::Product,
        "product",
        "technology_count",
        "product_id",
    ),
];

impl Sync {
    /// Brings the counters of usages of all known rows up to date; call it when all usages are
    /// written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_usages(&mut self) -> Result<(), StoreError> {
        for (kind, table, counter, column) in OF_USAGES {
            self.count(kind, (table, counter), ("usage", column))
                .await?;
        }
        Ok(())
    }

    /// Sets a column of all known rows of one kind to the number of rows that refer to them.
    async fn count(
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
