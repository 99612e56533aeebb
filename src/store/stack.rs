//! What a company uses, by shelf.

use std::collections::HashMap;
use std::sync::Arc;

use super::StoreError;
use super::loaders::Question;
use super::reader::Reader;

/// A shelf of a company's stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// The category; none for what stands on no shelf.
    pub category: Option<i64>,
    /// How many of the company's usages stand there.
    pub usages: i64,
}

/// The question for the shelves of a company, the fullest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StackOf(pub i64);

impl Question for StackOf {
    type Answer = Arc<[Shelf]>;

    async fn ask(reader: &Reader, batch: &[Self]) -> Result<Vec<(Self, Self::Answer)>, StoreError> {
        let mut sql = reader.sql();
        sql.push("SELECT u.company_id AS company, s.category_id AS category, COUNT(*) AS amount ");
        sql.push(
            "FROM usage u LEFT JOIN technology_category s ON s.technology_id = u.technology_id ",
        );
        sql.push("WHERE u.company_id");
        let companies: Vec<_> = batch
            .iter()
            .map(|StackOf(company)| (*company).into())
            .collect();
        sql.is_one_of(&companies);
        sql.push(" GROUP BY u.company_id, s.category_id ");
        sql.push("ORDER BY amount DESC, s.category_id IS NULL, s.category_id");

        let mut shelves: HashMap<i64, Vec<Shelf>> = HashMap::new();
        for row in reader.rows(sql).await? {
            let shelf = Shelf {
                category: row.try_get("", "category")?,
                usages: row.try_get("", "amount")?,
            };
            shelves
                .entry(row.try_get("", "company")?)
                .or_default()
                .push(shelf);
        }
        let answers = batch.iter().map(|question| {
            let shelves = shelves.remove(&question.0).unwrap_or_default();
            (*question, Arc::from(shelves))
        });
        Ok(answers.collect())
    }
}
