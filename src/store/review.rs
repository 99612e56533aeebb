//! Names in data sets that nobody could make out.

use entity::enums::{EntityKind, ReviewReason};
use entity::string_list::StringList;
use entity::{review_item, source};
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _,
};
use serde::Serialize;

use super::StoreError;

/// A name that leads to nothing, or to several things.
#[derive(Clone, Debug, FromQueryResult, Serialize)]
pub struct ReviewItem {
    /// The slug of the data set's source.
    pub source: String,
    /// What the name stands for.
    pub entity_kind: EntityKind,
    /// The name.
    pub name: String,
    /// Why it leads nowhere.
    pub reason: ReviewReason,
    /// How often the data set uses it.
    pub mention_count: i64,
    /// Where it uses it first.
    pub locator: Option<String>,
    /// Slugs of what may be meant, the likeliest first.
    pub candidates: StringList,
}

/// The names that are used most, of one data set or of all.
///
/// # Errors
/// When the database fails.
pub async fn most_used(
    db: &DatabaseConnection,
    source: Option<&str>,
    limit: u64,
) -> Result<Vec<ReviewItem>, StoreError> {
    use review_item::Column::{Candidates, EntityKind, Id, Locator, MentionCount, Name, Reason};

    let mut items = review_item::Entity::find()
        .select_only()
        .columns([EntityKind, Name, Reason, MentionCount, Locator, Candidates])
        .column_as(source::Column::Slug, "source")
        .join(JoinType::InnerJoin, review_item::Relation::Source.def())
        .order_by_desc(MentionCount)
        .order_by_asc(Id)
        .limit(limit);
    if let Some(slug) = source {
        items = items.filter(source::Column::Slug.eq(slug));
    }
    Ok(items.into_model::<ReviewItem>().all(db).await?)
}
