//! Rows compared, inserted and changed, whatever their table.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Query, Value};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IdenStatic as _,
    IntoActiveModel, Iterable as _, ModelTrait, PrimaryKeyToColumn as _, PrimaryKeyTrait as _,
    QueryFilter as _,
};

use crate::store::StoreError;

/// Columns that the store keeps by itself: never compared.
const KEPT_BY_STORE: [&str; 6] = [
    "id",
    "created_at",
    "updated_at",
    "revision",
    "adopter_count",
    "technology_count",
];

/// Values that one statement may bind, safely below what SQLite (32,766) and PostgreSQL (65,535)
/// allow.
const MOST_BINDS: usize = 30_000;

/// Keys, or rows, in one statement.
pub(super) const BATCH: usize = 500;

/// Conditions joined by `or` in one statement: SQLite's parser nests them.
const MOST_ALTERNATIVES: usize = 200;

/// The values of the key columns of a row, as one text.
pub(super) fn key<M: ModelTrait>(
    row: &M,
    columns: &[<M::Entity as EntityTrait>::Column],
) -> String {
    let values: Vec<Value> = columns.iter().map(|column| row.get(*column)).collect();
    format!("{values:?}")
}

/// The primary key of a row, which is one number or several, as a text.
pub(super) fn number<M: ModelTrait>(row: &M) -> String {
    let columns = <M::Entity as EntityTrait>::PrimaryKey::iter();
    let numbers = columns.map(|column| match row.get(column.into_column()) {
        Value::BigInt(Some(number)) => number.to_string(),
        other => format!("{other:?}"),
    });
    numbers.collect::<Vec<_>>().join(":")
}

/// The values of the key columns of a row, for a person.
pub(super) fn words<M: ModelTrait>(
    row: &M,
    columns: &[<M::Entity as EntityTrait>::Column],
) -> String {
    let words = columns.iter().filter_map(|column| match row.get(*column) {
        Value::String(Some(text)) => Some(format!("`{text}`")),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The columns in which `wanted` differs from `found`, with their wanted values.
pub(super) fn differences<M: ModelTrait>(
    found: &M,
    wanted: &M,
    except: Option<<M::Entity as EntityTrait>::Column>,
) -> Vec<(<M::Entity as EntityTrait>::Column, Value)> {
    let except = except.map(|column| column.as_str());
    <M::Entity as EntityTrait>::Column::iter()
        .filter(|column| !KEPT_BY_STORE.contains(&column.as_str()))
        .filter(|column| Some(column.as_str()) != except)
        .filter(|column| found.get(*column) != wanted.get(*column))
        .map(|column| (column, wanted.get(column)))
        .collect()
}

/// Sets what changes with every change of a row; links have nothing of it.
pub(super) fn touch<M: ModelTrait>(
    row: &M,
    now: DateTime<Utc>,
) -> Vec<(<M::Entity as EntityTrait>::Column, Value)> {
    <M::Entity as EntityTrait>::Column::iter()
        .filter_map(|column| match (column.as_str(), row.get(column)) {
            ("revision", Value::BigInt(Some(revision))) => Some((column, (revision + 1).into())),
            ("updated_at", _) => Some((column, now.into())),
            _ => None,
        })
        .collect()
}

/// Writes these values into the row, and returns how it reads then.
pub(super) async fn update<E: EntityTrait>(
    db: &impl ConnectionTrait,
    row: &E::Model,
    values: Vec<(E::Column, Value)>,
) -> Result<E::Model, StoreError> {
    let mut after = row.clone();
    let mut statement = Query::update();
    statement.table(E::default()).cond_where(identity::<E>(row));
    for (column, value) in values {
        after.try_set(column, value.clone())?;
        statement.value(column, column.save_as(Expr::val(value)));
    }
    db.execute(&statement).await?;
    Ok(after)
}

/// Inserts rows and returns them as they are stored, by their key. Rows that break a unique key
/// are left out.
pub(super) async fn insert<E>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
    columns: &[E::Column],
) -> Result<HashMap<String, E::Model>, StoreError>
where
    E: EntityTrait<
            Model: IntoActiveModel<E::ActiveModel>,
            ActiveModel: ActiveModelTrait<Entity = E>,
        >,
{
    let mut stored = HashMap::with_capacity(rows.len());
    let batch = BATCH.min(MOST_BINDS / E::Column::iter().count());
    let mut rows = rows.into_iter().map(without_number::<E>).peekable();
    while rows.peek().is_some() {
        let inserted = E::insert_many(rows.by_ref().take(batch))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_with_returning(db)
            .await?;
        stored.extend(inserted.into_iter().map(|row| (key(&row, columns), row)));
    }
    Ok(stored)
}

/// The row for an insert; the database numbers it.
fn without_number<E>(row: E::Model) -> E::ActiveModel
where
    E: EntityTrait<
            Model: IntoActiveModel<E::ActiveModel>,
            ActiveModel: ActiveModelTrait<Entity = E>,
        >,
{
    let mut row = row.into_active_model();
    if E::PrimaryKey::auto_increment() {
        for column in E::PrimaryKey::iter() {
            row.not_set(column.into_column());
        }
    }
    row
}

/// Deletes rows.
pub(super) async fn delete<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: &[E::Model],
) -> Result<(), StoreError> {
    for rows in rows.chunks(MOST_ALTERNATIVES) {
        let any = rows
            .iter()
            .fold(Condition::any(), |any, row| any.add(identity::<E>(row)));
        E::delete_many().filter(any).exec(db).await?;
    }
    Ok(())
}

/// The condition that holds for this row alone.
fn identity<E: EntityTrait>(row: &E::Model) -> Condition {
    E::PrimaryKey::iter().fold(Condition::all(), |all, column| {
        let column = column.into_column();
        all.add(Expr::col(column).eq(row.get(column)))
    })
}

/// The rows in which the column has one of these values.
pub(super) async fn find<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    values: Vec<Value>,
    also: Condition,
) -> Result<Vec<E::Model>, StoreError> {
    let mut found = Vec::new();
    for values in values.chunks(BATCH) {
        let rows = E::find()
            .filter(column.is_in(values.to_vec()))
            .filter(also.clone());
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}
