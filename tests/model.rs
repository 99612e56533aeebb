//! The entities and the migrated schema must say the same, on both databases.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use migration::{Migrator, MigratorTrait};
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, EntityTrait,
    IdenStatic, Identity, Iterable, PrimaryKeyToColumn, QueryResult, RelationTrait, RelationType,
    Schema, Statement,
};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor, value::Error as SerdeError};

/// A table as its entity or its database describes it.
#[derive(Debug, Default, PartialEq)]
struct Table {
    /// Type and whether it may be null, by column.
    columns: BTreeMap<String, (Family, bool)>,
    primary_key: BTreeSet<String>,
    /// Sets of columns that are unique together.
    unique: BTreeSet<BTreeSet<String>>,
    /// Column, table and column that it refers to.
    foreign_keys: BTreeSet<[String; 3]>,
}

type Tables = BTreeMap<String, Table>;

/// What kind of values a column holds.
#[derive(Clone, Debug, PartialEq)]
enum Family {
    Bool,
    Int,
    BigInt,
    Float,
    Text,
    Date,
    Time,
    Json,
    Other(String),
}

impl Family {
    fn of_entity(column: &ColumnType, backend: DbBackend) -> Self {
        match column {
            ColumnType::Boolean => Self::Bool,
            // SQLite has one type for all integers.
            ColumnType::Integer if backend == DbBackend::Postgres => Self::Int,
            ColumnType::Integer | ColumnType::BigInteger => Self::BigInt,
            ColumnType::Double => Self::Float,
            ColumnType::String(_) | ColumnType::Text => Self::Text,
            ColumnType::Date => Self::Date,
            ColumnType::TimestampWithTimeZone => Self::Time,
            ColumnType::JsonBinary => Self::Json,
            other => Self::Other(format!("{other:?}")),
        }
    }

    /// Reads a type as `COLUMNS_*` spell it.
    fn of_database(declared: &str, backend: DbBackend) -> Self {
        match (declared, backend) {
            ("boolean", _) => Self::Bool,
            ("integer", DbBackend::Postgres) => Self::Int,
            ("integer", DbBackend::Sqlite) | ("bigint", DbBackend::Postgres) => Self::BigInt,
            ("double", DbBackend::Sqlite) | ("double precision", DbBackend::Postgres) => {
                Self::Float
            }
            // Text is ordered by bytes.
            ("text", DbBackend::Sqlite) | ("text C", DbBackend::Postgres) => Self::Text,
            ("date_text", DbBackend::Sqlite) | ("date", DbBackend::Postgres) => Self::Date,
            ("timestamp_with_timezone_text", DbBackend::Sqlite)
            | ("timestamp with time zone", DbBackend::Postgres) => Self::Time,
            ("jsonb_text", DbBackend::Sqlite) | ("jsonb", DbBackend::Postgres) => Self::Json,
            _ => Self::Other(declared.to_owned()),
        }
    }
}

/// Calls `$visit::<Entity>($argument…)` for every entity; each must be named here.
macro_rules! each_entity {
    ($visit:ident($($argument:expr),*)) => {
        each_entity!(@ $visit ($($argument),*)
            alias api_key article category category_parent change company evidence experience
            external_id framework framework_language idempotency language product release review_item role
            role_relation role_skill_area role_technology salary setting skill_area
            skill_area_experience skill_area_technology source technology technology_category
            technology_relation tool usage)
    };
    (@ $visit:ident $arguments:tt $($table:ident)*) => {
        [$(each_entity!(# $visit $arguments $table)),*]
    };
    (# $visit:ident ($($argument:expr),*) $table:ident) => {
        $visit::<entity::$table::Entity>($($argument),*)
    };
}

fn describe<E: EntityTrait>(backend: DbBackend) -> (String, Table) {
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        let family = Family::of_entity(definition.get_column_type(), backend);
        (column.as_str().to_owned(), (family, definition.is_null()))
    });
    let primary_key = E::PrimaryKey::iter().map(|key| key.into_column().as_str().to_owned());
    let single = E::Column::iter()
        .filter(|column| column.def().is_unique())
        .map(|column| BTreeSet::from([column.as_str().to_owned()]));
    let together = Schema::new(backend)
        .create_index_from_entity(E::default())
        .into_iter()
        .filter(sea_orm::sea_query::IndexCreateStatement::is_unique_key)
        .map(|index| {
            index
                .get_index_spec()
                .get_column_names()
                .into_iter()
                .collect()
        });
    let table = Table {
        columns: columns.collect(),
        primary_key: primary_key.collect(),
        unique: single.chain(together).collect(),
        foreign_keys: E::Relation::iter()
            .filter_map(|relation| foreign_key(&relation))
            .collect(),
    };
    (E::default().table_name().to_owned(), table)
}

/// What a `belongs_to` refers to; `None` for the other side of a relation.
fn foreign_key(relation: &impl RelationTrait) -> Option<[String; 3]> {
    let relation = relation.def();
    let belongs_to = relation.rel_type == RelationType::HasOne && !relation.is_owner;
    let name = |columns: &Identity| {
        let names: Vec<_> = columns.iter().map(ToString::to_string).collect();
        names.join(",")
    };
    belongs_to.then(|| {
        let parent = relation.to_tbl.sea_orm_table().to_string();
        [name(&relation.from_col), parent, name(&relation.to_col)]
    })
}

const COLUMNS_SQLITE: &str = r#"
    SELECT m.name AS tbl, c.name AS col, lower(c.type) AS type, NOT c."notnull" AS nullable
    FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"#;
const COLUMNS_POSTGRES: &str = "
    SELECT table_name::text AS tbl, column_name::text AS col, is_nullable = 'YES' AS nullable,
        data_type || coalesce(' ' || collation_name, '') AS type
    FROM information_schema.columns WHERE table_schema = 'public'";
const KEYS_SQLITE: &str = r#"
    SELECT m.name AS tbl, c.name AS name, TRUE AS is_primary, c.name AS cols
    FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0
    UNION ALL
    SELECT m.name, l.name, FALSE, group_concat(i.name)
    FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
    WHERE m.type = 'table' AND l."unique" AND l.origin <> 'pk' GROUP BY m.name, l.name"#;
const KEYS_POSTGRES: &str = "
    SELECT t.relname::text AS tbl, i.indisprimary AS is_primary,
        string_agg(a.attname::text, ',') AS cols
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace s ON s.oid = t.relnamespace AND s.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
    WHERE i.indisunique GROUP BY t.relname, i.indexrelid, i.indisprimary";
const FOREIGN_KEYS_SQLITE: &str = r#"
    SELECT m.name AS tbl, f."from" AS col, f."table" AS parent, f."to" AS parent_col
    FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"#;
const FOREIGN_KEYS_POSTGRES: &str = "
    SELECT t.relname::text AS tbl, a.attname::text AS col, p.relname::text AS parent,
        b.attname::text AS parent_col
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_class p ON p.oid = c.confrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
        JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = c.confkey[1]
    WHERE c.contype = 'f'";

async fn rows(
    db: &DatabaseConnection,
    sqlite: &str,
    postgres: &str,
) -> Result<Vec<QueryResult>, DbErr> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Postgres {
        postgres
    } else {
        sqlite
    };
    db.query_all_raw(Statement::from_string(backend, sql)).await
}

/// Reads the schema that the migrations have made.
async fn inspect(db: &DatabaseConnection) -> Result<Tables, DbErr> {
    let backend = db.get_database_backend();
    let mut tables = Tables::new();
    for row in rows(db, COLUMNS_SQLITE, COLUMNS_POSTGRES).await? {
        let declared: String = row.try_get("", "type")?;
        let described = (
            Family::of_database(&declared, backend),
            row.try_get("", "nullable")?,
        );
        let table = tables.entry(row.try_get("", "tbl")?).or_default();
        table.columns.insert(row.try_get("", "col")?, described);
    }
    for row in rows(db, KEYS_SQLITE, KEYS_POSTGRES).await? {
        let columns: String = row.try_get("", "cols")?;
        let columns = columns.split(',').map(str::to_owned);
        let table = tables.entry(row.try_get("", "tbl")?).or_default();
        if row.try_get("", "is_primary")? {
            table.primary_key.extend(columns);
        } else {
            table.unique.insert(columns.collect());
        }
    }
    for row in rows(db, FOREIGN_KEYS_SQLITE, FOREIGN_KEYS_POSTGRES).await? {
        let table = tables.entry(row.try_get("", "tbl")?).or_default();
        let [column, parent, parent_column] =
            ["col", "parent", "parent_col"].map(|name| row.try_get("", name));
        table
            .foreign_keys
            .insert([column?, parent?, parent_column?]);
    }
    tables.remove("seaql_migrations");
    Ok(tables)
}

/// Migrates up, down and up again, and compares the result with the entities.
async fn check_model(db: DatabaseConnection) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    Migrator::up(&db, None).await?;
    Migrator::down(&db, None).await?;
    assert_eq!(inspect(&db).await?, Tables::new(), "down leaves something");
    Migrator::up(&db, None).await?;

    let found = inspect(&db).await?;
    let expected: Tables = each_entity!(describe(backend)).into();
    let differences = compare(&expected, &found);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    db.close().await
}

/// What differs between the entities and the database, table by table.
fn compare(expected: &Tables, found: &Tables) -> Vec<String> {
    let mut differences = Vec::new();
    let names: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    for name in names {
        match (expected.get(name), found.get(name)) {
            (Some(entity), Some(table)) => differences.extend(differing(name, entity, table)),
            (Some(_), None) => differences.push(format!("{name}: an entity without a table")),
            _ => differences.push(format!("{name}: a table without an entity")),
        }
    }
    differences
}

fn differing(name: &str, entity: &Table, table: &Table) -> Vec<String> {
    let mut differences = Vec::new();
    let columns: BTreeSet<_> = entity.columns.keys().chain(table.columns.keys()).collect();
    for column in columns {
        let (one, other) = (entity.columns.get(column), table.columns.get(column));
        if one != other {
            differences.push(format!("{name}.{column}: entity {one:?}, table {other:?}"));
        }
    }
    if entity.primary_key != table.primary_key {
        let (one, other) = (&entity.primary_key, &table.primary_key);
        differences.push(format!(
            "{name}: primary key: entity {one:?}, table {other:?}"
        ));
    }
    // An entity cannot say that a column is unique with two others at once, as in `usage`.
    for columns in entity.unique.difference(&table.unique) {
        differences.push(format!("{name}: {columns:?} is unique only in the entity"));
    }
    for columns in table.unique.difference(&entity.unique) {
        if columns.len() == 1 {
            differences.push(format!("{name}: {columns:?} is unique only in the table"));
        }
    }
    for key in entity
        .foreign_keys
        .symmetric_difference(&table.foreign_keys)
    {
        differences.push(format!("{name}: foreign key {key:?} on one side only"));
    }
    differences
}

#[tokio::test]
async fn entities_match_sqlite() {
    let path = std::env::temp_dir().join(format!("stack-atlas-model-{}.db", std::process::id()));
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let outcome = with_database(url, check_model).await;
    std::fs::remove_file(path).expect("the database was a file");
    outcome.expect("no panic").expect("no database error");
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn entities_match_postgres() {
    let (server, url) = connect_postgres().await;
    let name = format!("stack_atlas_model_{}", std::process::id());
    let run = async |sql: String| server.execute_unprepared(&sql).await;
    let made = run(format!("CREATE DATABASE {name}")).await;
    made.expect("may create a database");
    let outcome = with_database(named(&url, &name), check_model).await;
    let dropped = run(format!("DROP DATABASE {name} WITH (FORCE)")).await;
    dropped.expect("may drop its own database");
    outcome.expect("no panic").expect("no database error");
}

/// Runs `check` where a panic does not keep the caller from clearing up.
async fn with_database<F>(
    url: String,
    check: fn(DatabaseConnection) -> F,
) -> Result<Result<(), DbErr>, tokio::task::JoinError>
where
    F: Future<Output = Result<(), DbErr>> + Send + 'static,
{
    tokio::spawn(async move { check(Database::connect(url).await?).await }).await
}

/// A server where databases may be created, and its URL.
#[expect(
    clippy::disallowed_methods,
    reason = "a test has no command line to take options from"
)]
async fn connect_postgres() -> (DatabaseConnection, String) {
    let urls = std::env::var("STACK_ATLAS_TEST_POSTGRES").map_or_else(
        |_| {
            vec![
                "postgres://root@localhost/postgres?host=/var/run/postgresql".to_owned(),
                "postgres://root@127.0.0.1:5432/postgres".to_owned(),
                "postgres://postgres@127.0.0.1:5432/postgres".to_owned(),
            ]
        },
        |url| vec![url],
    );
    for url in &urls {
        if let Ok(server) = Database::connect(url).await {
            return (server, url.clone());
        }
    }
    panic!("no PostgreSQL at any of {urls:?}; set STACK_ATLAS_TEST_POSTGRES");
}

/// The URL with another database's name.
fn named(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = address.rsplit_once('/').unwrap_or((address, ""));
    format!("{server}/{name}?{options}")
}

/// A deserialiser that only notes which fields a struct expects, in which order.
struct Fields<'a>(&'a Cell<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = SerdeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, SerdeError> {
        Err(SerdeError::custom("not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, SerdeError> {
        self.0.set(fields);
        Err(SerdeError::custom("noted"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn fields_and_columns<E: EntityTrait<Model: DeserializeOwned>>()
-> (Vec<&'static str>, Vec<&'static str>) {
    let fields = Cell::default();
    let _ = E::Model::deserialize(Fields(&fields));
    let columns = E::Column::iter().map(|column| column.as_str());
    (fields.get().to_vec(), columns.collect())
}

/// Rows travel as JSON arrays in the order of the columns.
#[test]
fn models_read_their_columns_in_order() {
    for (fields, columns) in each_entity!(fields_and_columns()) {
        assert!(!fields.is_empty());
        assert_eq!(fields, columns);
    }
}
