//! A table under construction: what every table here has in common.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema;
use sea_orm_migration::sea_orm::DbBackend;

pub use ForeignKeyAction::{Cascade, Restrict, SetNull};

/// A table with its indexes, written the same for both databases.
pub struct NewTable<'a> {
    manager: &'a SchemaManager<'a>,
    name: &'static str,
    table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

impl<'a> NewTable<'a> {
    /// A table without columns.
    pub fn bare(manager: &'a SchemaManager<'a>, name: &'static str) -> Self {
        Self {
            manager,
            name,
            table: Table::create().table(name).take(),
            indexes: Vec::new(),
        }
    }

    /// A table whose rows have a number.
    pub fn numbered(manager: &'a SchemaManager<'a>, name: &'static str) -> Self {
        Self::bare(manager, name).column(schema::big_pk_auto("id"))
    }

    /// A table whose rows have a number, a slug and a name.
    pub fn named(manager: &'a SchemaManager<'a>, name: &'static str) -> Self {
        Self::numbered(manager, name)
            .text_unique("slug")
            .text("name")
            .text("name_key")
            .text_null("description")
            .index(&["name_key", "id"])
            .index(&["created_at", "id"])
            .index(&["updated_at", "id"])
    }

    /// The times and the revision that stand at the end of most tables.
    pub fn stamped(self) -> Self {
        self.column(schema::timestamp_with_time_zone("created_at"))
            .column(schema::timestamp_with_time_zone("updated_at"))
            .column(schema::big_integer("revision").default(1))
    }

    pub fn column(mut self, column: impl IntoColumnDef) -> Self {
        self.table.col(column);
        self
    }

    pub fn text(self, name: &'static str) -> Self {
        let column = self.collated(schema::text(name));
        self.column(column)
    }

    pub fn text_null(self, name: &'static str) -> Self {
        let column = self.collated(schema::text_null(name));
        self.column(column)
    }

    pub fn text_unique(self, name: &'static str) -> Self {
        let column = self.collated(schema::text_uniq(name));
        self.column(column)
    }

    /// Text is ordered by bytes.
    fn collated(&self, mut column: ColumnDef) -> ColumnDef {
        // SQLite does so anyway, PostgreSQL follows the server's language.
        if self.manager.get_database_backend() == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        column
    }

    /// A column that names a row of `parent`.
    pub fn reference(
        self,
        column: &'static str,
        parent: &'static str,
        on_delete: ForeignKeyAction,
    ) -> Self {
        self.column(schema::big_integer(column))
            .foreign_key(column, parent, on_delete)
    }

    /// A column that may name a row of `parent`.
    pub fn reference_null(
        self,
        column: &'static str,
        parent: &'static str,
        on_delete: ForeignKeyAction,
    ) -> Self {
        self.column(schema::big_integer_null(column))
            .foreign_key(column, parent, on_delete)
    }

    fn foreign_key(
        mut self,
        column: &'static str,
        parent: &'static str,
        on_delete: ForeignKeyAction,
    ) -> Self {
        self.table.foreign_key(
            ForeignKey::create()
                .from(self.name, column)
                .to(parent, "id")
                .on_delete(on_delete),
        );
        self
    }

    pub fn primary_key(mut self, columns: &[&'static str]) -> Self {
        let mut key = Index::create();
        for column in columns {
            key.col(*column);
        }
        self.table.primary_key(&mut key);
        self
    }

    /// Two columns that are the primary key, found quickly from either end.
    pub fn link(self, one: &'static str, other: &'static str) -> Self {
        self.primary_key(&[one, other]).index(&[other, one])
    }

    pub fn check(mut self, condition: Expr) -> Self {
        self.table.check(condition);
        self
    }

    pub fn index(mut self, columns: &[&'static str]) -> Self {
        let index = self.new_index("idx", columns);
        self.indexes.push(index);
        self
    }

    pub fn unique(mut self, columns: &[&'static str]) -> Self {
        let index = self.new_index("unique", columns).unique().take();
        self.indexes.push(index);
        self
    }

    fn new_index(&self, prefix: &str, columns: &[&'static str]) -> IndexCreateStatement {
        let name = format!("{prefix}_{}_{}", self.name, columns.join("_"));
        let mut index = Index::create().name(name).table(self.name).take();
        for column in columns {
            index.col(*column);
        }
        index
    }

    /// Creates the table and then its indexes.
    pub async fn create(self) -> Result<(), DbErr> {
        self.manager.create_table(self.table).await?;
        for index in self.indexes {
            self.manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Drops tables in this order, with their indexes.
pub async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(*table).take())
            .await?;
    }
    Ok(())
}

/// True if exactly one of the columns is not null.
pub fn exactly_one(columns: &[&'static str]) -> Expr {
    let given = columns.iter().map(|column| {
        let absent = Expr::col(*column).is_null();
        Expr::Case(Box::new(CaseStatement::new().case(absent, 0).finally(1)))
    });
    given
        .reduce(ExprTrait::add)
        .unwrap_or_else(|| Expr::val(0))
        .eq(1)
}

/// True if the column is between 0 and 1, both included.
pub fn is_share(column: &'static str) -> Expr {
    Expr::col(column).between(0, 1)
}
