//! What the floor asks the database, and the answers as structs.
//!
//! Each level of an answer has one statement, which is run for each parent: inside SQLite a
//! prepared statement that seeks costs less than to pack and unpack a list of parents.

use rusqlite::{Connection, OptionalExtension as _, Params, Row, Statement};
use serde::{Deserialize, Serialize};

/// What names one thing.
#[derive(Deserialize)]
pub struct BySlug {
    slug: String,
}

/// What names several things.
#[derive(Deserialize)]
pub struct BySlugs {
    slugs: Vec<String>,
}

#[derive(Serialize)]
struct List<T> {
    nodes: Vec<T>,
}

#[derive(Serialize)]
struct Named {
    name: String,
}

/// The answer to Q1.
#[derive(Serialize)]
pub struct TechnologyData {
    technology: Option<Technology>,
}

#[derive(Serialize)]
struct Technology {
    slug: String,
    name: String,
    usages: List<TechnologyUsage>,
}

#[derive(Serialize)]
struct TechnologyUsage {
    status: String,
    confidence: f64,
    since: Option<String>,
}

/// Answers Q1.
pub fn technology(db: &Connection, key: BySlug) -> rusqlite::Result<TechnologyData> {
    let mut find = db.prepare_cached("SELECT id, slug, name FROM technology WHERE slug = ?1")?;
    let mut usages = db.prepare_cached(
        "SELECT status, confidence, since FROM usage WHERE technology_id = ?1 ORDER BY id LIMIT 10",
    )?;
    let usage = |row: &Row<'_>| {
        Ok(TechnologyUsage {
            status: row.get(0)?,
            confidence: row.get(1)?,
            since: row.get(2)?,
        })
    };
    let technology = find.query_row([key.slug], |row| {
        Ok(Technology {
            slug: row.get(1)?,
            name: row.get(2)?,
            usages: list(&mut usages, [id(row)?], usage)?,
        })
    });
    Ok(TechnologyData {
        technology: technology.optional()?,
    })
}

/// The answer to Q2.
#[derive(Serialize)]
pub struct LanguagesData {
    languages: List<Language>,
}

#[derive(Serialize)]
struct Language {
    slug: String,
    name: String,
    frameworks: List<Framework>,
}

#[derive(Serialize)]
struct Framework {
    slug: String,
    name: String,
    usages: List<FrameworkUsage>,
}

#[derive(Serialize)]
struct FrameworkUsage {
    status: String,
    confidence: f64,
    since: Option<String>,
    company: Named,
}

/// Answers Q2.
pub fn languages(db: &Connection, key: BySlugs) -> rusqlite::Result<LanguagesData> {
    let mut languages = db.prepare_cached(
        "SELECT id, slug, name FROM technology WHERE kind = 'LANGUAGE' \
         AND slug IN (SELECT value FROM json_each(?1)) ORDER BY name_key, id LIMIT 20",
    )?;
    let mut frameworks = db.prepare_cached(
        "SELECT t.id, t.slug, t.name FROM framework_language l \
         JOIN technology t ON t.id = l.framework_id \
         WHERE l.language_id = ?1 ORDER BY l.framework_id LIMIT 5",
    )?;
    let mut usages = db.prepare_cached(
        "SELECT u.status, u.confidence, u.since, c.name FROM usage u \
         JOIN company c ON c.id = u.company_id \
         WHERE u.technology_id = ?1 ORDER BY u.id LIMIT 5",
    )?;
    let usage = |row: &Row<'_>| {
        Ok(FrameworkUsage {
            status: row.get(0)?,
            confidence: row.get(1)?,
            since: row.get(2)?,
            company: Named { name: row.get(3)? },
        })
    };
    let mut framework = |row: &Row<'_>| {
        Ok(Framework {
            slug: row.get(1)?,
            name: row.get(2)?,
            usages: list(&mut usages, [id(row)?], usage)?,
        })
    };
    let language = |row: &Row<'_>| {
        Ok(Language {
            slug: row.get(1)?,
            name: row.get(2)?,
            frameworks: list(&mut frameworks, [id(row)?], &mut framework)?,
        })
    };
    let slugs = serde_json::json!(key.slugs).to_string();
    Ok(LanguagesData {
        languages: list(&mut languages, [slugs], language)?,
    })
}

/// The answer to Q3.
#[derive(Serialize)]
pub struct CompanyData {
    company: Option<Company>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Company {
    name: String,
    technology_count: i64,
    usages: List<CompanyUsage>,
}

#[derive(Serialize)]
struct CompanyUsage {
    status: String,
    confidence: f64,
    since: Option<String>,
    technology: UsedTechnology,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UsedTechnology {
    slug: String,
    name: String,
    skill_areas: List<Relevance>,
    /// Of a framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    languages: Option<List<Named>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relevance {
    skill_area: Named,
}

/// Answers Q3.
pub fn company(db: &Connection, key: BySlug) -> rusqlite::Result<CompanyData> {
    let mut find =
        db.prepare_cached("SELECT id, name, technology_count FROM company WHERE slug = ?1")?;
    let mut usages = db.prepare_cached(
        "SELECT t.id, t.kind, t.slug, t.name, u.status, u.confidence, u.since FROM usage u \
         JOIN technology t ON t.id = u.technology_id \
         WHERE u.company_id = ?1 ORDER BY u.id LIMIT 30",
    )?;
    let mut areas = db.prepare_cached(
        "SELECT a.name FROM skill_area_technology l JOIN skill_area a ON a.id = l.skill_area_id \
         WHERE l.technology_id = ?1 ORDER BY l.skill_area_id LIMIT 3",
    )?;
    let mut languages = db.prepare_cached(
        "SELECT t.name FROM framework_language l JOIN technology t ON t.id = l.language_id \
         WHERE l.framework_id = ?1 ORDER BY l.language_id LIMIT 3",
    )?;
    let mut usage = |row: &Row<'_>| {
        let is_framework = row.get_ref(1)?.as_str()? == "FRAMEWORK";
        Ok(CompanyUsage {
            status: row.get(4)?,
            confidence: row.get(5)?,
            since: row.get(6)?,
            technology: UsedTechnology {
                slug: row.get(2)?,
                name: row.get(3)?,
                skill_areas: list(&mut areas, [id(row)?], relevance)?,
                languages: match is_framework {
                    true => Some(list(&mut languages, [id(row)?], named)?),
                    false => None,
                },
            },
        })
    };
    let company = find.query_row([key.slug], |row| {
        Ok(Company {
            name: row.get(1)?,
            technology_count: row.get(2)?,
            usages: list(&mut usages, [id(row)?], &mut usage)?,
        })
    });
    Ok(CompanyData {
        company: company.optional()?,
    })
}

fn relevance(row: &Row<'_>) -> rusqlite::Result<Relevance> {
    let skill_area = named(row)?;
    Ok(Relevance { skill_area })
}

fn named(row: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named { name: row.get(0)? })
}

fn id(row: &Row<'_>) -> rusqlite::Result<i64> {
    row.get(0)
}

/// All rows of a statement.
fn list<T>(
    statement: &mut Statement<'_>,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<List<T>> {
    let rows = statement.query_map(values, read)?;
    Ok(List {
        nodes: rows.collect::<Result<_, _>>()?,
    })
}
