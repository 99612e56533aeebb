//! Answers of the API, version 1: `/api/v1/products/full`, or one product.

use serde_json::Value as Json;

use super::super::is_name;
use super::product::{Cycle, Product};
use crate::ingest::dataset::claim::{Mention, Release};
use chrono::NaiveDate;

/// The products of an answer, or the line and what is wrong with it.
pub(super) fn products(text: &str) -> Result<Vec<Product>, (usize, String)> {
    let answer: Json = serde_json::from_str(text)
        .map_err(|error| (error.line(), format!("is not JSON: {error}")))?;
    match &answer["result"] {
        Json::Array(list) => list.iter().map(product).collect(),
        result @ Json::Object(_) => Ok(vec![product(result)?]),
        _ => Err((
            1,
            "has no `result`: give an answer of /api/v1/products/full".into(),
        )),
    }
}

fn product(record: &Json) -> Result<Product, (usize, String)> {
    let text = |key: &str| record[key].as_str().unwrap_or_default().trim().to_owned();
    let (slug, title) = (text("name"), text("label"));
    if !is_name(&slug) || !is_name(&title) || !record["releases"].is_array() {
        let what = "a product lacks `name`, `label` or `releases`: the list without details is \
                    not enough, give the answer of /api/v1/products/full";
        return Err((1, what.into()));
    }
    let mut product = Product {
        slug,
        title,
        category: text("category"),
        tags: texts(&record["tags"]),
        aliases: texts(&record["aliases"]),
        ..Product::default()
    };
    for identifier in items(&record["identifiers"]) {
        if let (Some(scheme), Some(value)) =
            (identifier["type"].as_str(), identifier["id"].as_str())
        {
            product.identify(scheme, value);
        }
    }
    product.cycles = items(&record["releases"]).iter().map(cycle).collect();
    Ok(product)
}

fn items(list: &Json) -> &[Json] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn texts(list: &Json) -> Vec<String> {
    let texts = items(list).iter().filter_map(Json::as_str);
    texts
        .filter(|text| is_name(text))
        .map(str::to_owned)
        .collect()
}

fn cycle(record: &Json) -> Result<Cycle, (usize, String)> {
    let label = record["name"].as_str().unwrap_or_default().trim();
    if label.is_empty() {
        return Err((0, "a release has no `name`".to_owned()));
    }
    let day = |record: &Json, key: &str| match &record[key] {
        Json::Null => Ok(None),
        Json::String(text) if text.parse::<NaiveDate>().is_ok() => Ok(text.parse().ok()),
        _ => Err((0, format!("{label}: `{key}` is not a day, YYYY-MM-DD"))),
    };
    let end = day(record, "eolFrom")?;
    let latest = &record["latest"];
    let release = Release {
        technology: Mention::default(),
        label: label.to_owned(),
        released_on: day(record, "releaseDate")?,
        active_support_until: day(record, "eoasFrom")?,
        security_support_until: end,
        end_of_life_on: end,
        is_end_of_life: record["isEol"].as_bool().filter(|_| end.is_none()),
        latest_version: latest["name"].as_str().map(str::to_owned),
        latest_released_on: day(latest, "date")?,
        is_lts: record["isLts"] == true || day(record, "ltsFrom")?.is_some(),
    };
    Ok(Cycle { line: 0, release })
}
