//! The generated database: made by the program's own migrations, filled once, then kept.

use std::path::{Path, PathBuf};

use migration::MigratorTrait as _;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use stack_atlas::store::{ConnectionOptions, connect, migrate};

use crate::Result;
use crate::data::Data;
use crate::options::{Engine, Options};
use crate::{postgres, sqlite};

/// Raise it whenever other rows are generated, so that old databases are not taken for new ones.
const VERSION: u32 = 1;

/// A database that is ready to be asked.
pub struct Database {
    pub url: String,
    /// The file, if it is one.
    pub path: Option<PathBuf>,
    /// What PostgreSQL calls it.
    pub name: Option<String>,
}

impl Database {
    /// The database with these facts, generated unless it is there already.
    pub async fn prepare(engine: Engine, data: &Data, options: &Options) -> Result<Self> {
        let name = format!("stack_atlas_bench_{}", data.usages.len());
        let this = match engine {
            Engine::Sqlite => Self::in_file(&options.keep, &name),
            Engine::Postgres => Self::on_server(&options.postgres, name)?,
        };
        let marker = marker(data);
        if !options.fresh && this.holds(&marker).await {
            return Ok(this);
        }
        this.create(&options.postgres).await?;
        let db = this.open().await?;
        migrate(&db).await?;
        match &this.path {
            Some(path) => {
                db.close().await?;
                sqlite::fill(path, data, &marker)?;
            }
            None => postgres::fill(&db, data, &marker).await?,
        }
        Ok(this)
    }

    fn in_file(folder: &Path, name: &str) -> Self {
        let path = folder.join(format!("{name}.db"));
        Self {
            url: format!("sqlite:{}", path.display()),
            path: Some(path),
            name: None,
        }
    }

    fn on_server(admin: &str, name: String) -> Result<Self> {
        let (address, settings) = admin.split_once('?').unwrap_or((admin, ""));
        let (server, _) = address
            .rsplit_once('/')
            .ok_or("--postgres must end in the name of a database")?;
        Ok(Self {
            url: format!("{server}/{name}?{settings}"),
            path: None,
            name: Some(name),
        })
    }

    async fn open(&self) -> Result<DatabaseConnection> {
        open(&self.url).await
    }

    /// Whether it was filled to the end, with the same rows in the same tables.
    async fn holds(&self, marker: &str) -> bool {
        if self.path.as_ref().is_some_and(|path| !path.exists()) {
            return false;
        }
        let Ok(db) = self.open().await else {
            return false;
        };
        let question = Statement::from_sql_and_values(
            db.get_database_backend(),
            "SELECT key FROM setting WHERE value = $1",
            [marker.into()],
        );
        db.query_one_raw(question)
            .await
            .is_ok_and(|row| row.is_some())
    }

    /// Makes it anew, without any tables.
    async fn create(&self, admin: &str) -> Result<()> {
        if let Some(path) = &self.path {
            return Ok(sqlite::remove(path)?);
        }
        let name = self.name.as_deref().unwrap_or_default();
        let db = open(admin).await?;
        db.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
            .await?;
        db.execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await?;
        Ok(())
    }
}

/// What says in the database that it holds these facts.
fn marker(data: &Data) -> String {
    let steps = migration::Migrator::migrations().len();
    format!(
        "load bench {VERSION}, {} usages, {steps} steps",
        data.usages.len()
    )
}

async fn open(url: &str) -> Result<DatabaseConnection> {
    let options = ConnectionOptions {
        url: url.to_owned(),
        create: true,
        // What is set for the connection must hold for every statement.
        connections: 1,
        statement_timeout: None,
    };
    Ok(connect(&options).await?)
}
