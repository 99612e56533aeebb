//! How the rows of one table belong to the rows of another.

use super::sql::Sql;

/// A relation from parents to the rows of `table`.
///
/// Relations are statics in `relations.rs`: each has one address, by which it is compared.
#[derive(Debug)]
pub struct Relation {
    /// The table of the related rows.
    pub(super) table: &'static str,
    /// The parent's column that identifies it in this relation.
    pub(super) parent_key: &'static str,
    pub(super) link: Link,
}

/// Where the parent's key stands.
#[derive(Debug)]
pub(super) enum Link {
    /// In a column of the related row.
    Column(&'static str),
    /// In either of two columns of the related row.
    Either(&'static str, &'static str),
    /// In the column `entity_id`, for rows of this `entity_kind`.
    Filed(&'static str),
    /// In the row's `company_id`; the parent's second key names the category of what is used,
    /// or is 0 for what has none.
    Shelf,
    /// In a junction table beside the related row's id.
    Through {
        junction: &'static str,
        parent: &'static str,
        child: &'static str,
    },
}

impl PartialEq for Relation {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Relation {
    /// Rows of `table` that name their parent in `column`.
    pub const fn children(table: &'static str, column: &'static str) -> Self {
        Self {
            table,
            parent_key: "id",
            link: Link::Column(column),
        }
    }

    /// The one row of `table` that the parent names in its own `column`.
    pub const fn belongs_to(table: &'static str, column: &'static str) -> Self {
        Self {
            table,
            parent_key: column,
            link: Link::Column("id"),
        }
    }

    /// Rows of `table` that are filed under a kind of entity, as it is stored, and its id.
    pub const fn filed(table: &'static str, kind: &'static str) -> Self {
        Self {
            table,
            parent_key: "id",
            link: Link::Filed(kind),
        }
    }

    /// Rows of `table` that name their parent in one of two columns.
    pub const fn either(table: &'static str, one: &'static str, other: &'static str) -> Self {
        Self {
            table,
            parent_key: "id",
            link: Link::Either(one, other),
        }
    }

    /// Rows of `table` that a `junction` ties to their parents: `parent` and `child` are its
    /// columns.
    pub const fn through(
        table: &'static str,
        junction: &'static str,
        parent: &'static str,
        child: &'static str,
    ) -> Self {
        Self {
            table,
            parent_key: "id",
            link: Link::Through {
                junction,
                parent,
                child,
            },
        }
    }

    /// Usages of a company whose technology stands on one shelf.
    pub const fn shelf() -> Self {
        Self {
            table: "usage",
            parent_key: "id",
            link: Link::Shelf,
        }
    }

    /// Whether parents have a second key.
    pub(super) fn has_pairs(&self) -> bool {
        matches!(self.link, Link::Shelf)
    }

    /// The column by which a parent names the one row that it belongs to, if it does.
    pub(super) fn owner(&self) -> Option<&'static str> {
        match self.link {
            Link::Column("id") => Some("id"),
            _ => None,
        }
    }

    /// Writes `table alias … WHERE …`, true for the children of the parent whose key `parent`
    /// writes. More conditions may follow with AND.
    pub(super) fn write_children(
        &self,
        sql: &mut Sql,
        alias: &str,
        mut parent: impl FnMut(&mut Sql),
    ) {
        match self.link {
            Link::Column(column) => {
                sql.name(self.table).push(" ").push(alias).push(" WHERE ");
                sql.column(alias, column).push(" = ");
                parent(sql);
            }
            Link::Shelf => {
                sql.name(self.table).push(" ").push(alias).push(" WHERE ");
                sql.column(alias, "company_id").push(" = ");
                parent(sql);
                sql.push(SHELF);
            }
            Link::Filed(kind) => {
                sql.name(self.table).push(" ").push(alias).push(" WHERE ");
                sql.column(alias, "entity_kind")
                    .push(" = '")
                    .push(kind)
                    .push("' AND ");
                sql.column(alias, "entity_id").push(" = ");
                parent(sql);
            }
            Link::Either(one, other) => {
                sql.name(self.table).push(" ").push(alias).push(" WHERE (");
                sql.column(alias, one).push(" = ");
                parent(sql);
                sql.push(" OR ").column(alias, other).push(" = ");
                parent(sql);
                sql.push(")");
            }
            Link::Through {
                junction,
                parent: parent_column,
                child,
            } => {
                // CROSS JOIN keeps SQLite from starting at the other end.
                let link = format!("j{alias}");
                sql.name(junction).push(" ").push(&link);
                sql.push(if sql.is_postgres() {
                    " JOIN "
                } else {
                    " CROSS JOIN "
                });
                sql.name(self.table).push(" ").push(alias).push(" ON ");
                sql.column(alias, "id").push(" = ").column(&link, child);
                sql.push(" WHERE ").column(&link, parent_column).push(" = ");
                parent(sql);
            }
        }
    }
}

/// The condition on the shelf of the usage `c`, for the parent `p`.
const SHELF: &str = " AND CASE WHEN p.other = 0 THEN NOT EXISTS \
    (SELECT 1 FROM technology_category s WHERE s.technology_id = c.technology_id) \
    ELSE EXISTS (SELECT 1 FROM technology_category s \
    WHERE s.technology_id = c.technology_id AND s.category_id = p.other) END";
