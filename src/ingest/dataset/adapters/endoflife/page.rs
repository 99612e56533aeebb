//! A page of the repository: YAML between `---`, then text that is not read.

use super::super::{file_name, is_name, label, line_of_text};
use super::product::{Cycle, Product, day, when};
use crate::ingest::dataset::claim::{Mention, Release};
use crate::ingest::dataset::markup::tree;
use crate::ingest::yaml::{Node, Value};

/// The product of a page, or the line and what is wrong with it.
pub(super) fn product(path: &str, text: &str) -> Result<Product, (usize, String)> {
    let head = tree(&format!("\n{}", head(text)?))
        .map_err(|(line, what)| (line, format!("is not YAML: {what}")))?;
    let slug = file_name(path).trim_end_matches(".md");
    let needed = |key: &str| {
        let text = line_of_text(&head, key).filter(|text| is_name(text));
        text.ok_or_else(|| (2, format!("`{key}` is missing, or too long")))
    };
    let mut product = Product {
        line: head.line_of("title"),
        slug: slug.to_owned(),
        title: needed("title")?,
        category: needed("category")?,
        tags: head.text("tags").map(words).unwrap_or_default(),
        ..Product::default()
    };
    let others = ["alternate_urls", "alternative_urls"].map(|key| items(&head, key));
    let others = others.into_iter().flatten().filter_map(label);
    product.aliases = others
        .map(|path| path.trim_matches('/').to_owned())
        .filter(|path| is_name(path))
        .collect();
    for entry in items(&head, "identifiers").iter().flat_map(Node::entries) {
        if let Value::Text(value) = &entry.value.value {
            product.identify(&entry.key, value);
        }
    }
    let methods = head
        .get("auto")
        .map_or(&[][..], |auto| items(auto, "methods"));
    for address in methods.iter().filter_map(|method| method.text("git")) {
        product.identify("git", address);
    }
    product.cycles = items(&head, "releases").iter().map(cycle).collect();
    Ok(product)
}

/// What stands between the first two lines of dashes.
fn head(text: &str) -> Result<&str, (usize, String)> {
    let rest = text.strip_prefix("---").unwrap_or_default();
    let Some((blank, rest)) = rest.split_once('\n') else {
        return Err((
            1,
            "does not begin with `---` and the product's fields".into(),
        ));
    };
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" && blank.trim().is_empty() {
            return Ok(&rest[..end]);
        }
        end += line.len();
    }
    Err((
        1,
        "the fields that begin here have no `---` after them".into(),
    ))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn items<'a>(record: &'a Node, key: &str) -> &'a [Node] {
    record.get(key).map_or(&[], Node::items)
}

fn cycle(record: &Node) -> Result<Cycle, (usize, String)> {
    let label = record.get("releaseCycle").and_then(label);
    let label = label.ok_or_else(|| (record.line, "`releaseCycle` is missing".to_owned()))?;
    let end = when(record, "eol")?;
    let support = when(record, "eoas")?;
    let lts = when(record, "lts")?;
    let release = Release {
        technology: Mention::default(),
        label,
        released_on: day(record, "releaseDate")?,
        active_support_until: support.day,
        security_support_until: end.day,
        end_of_life_on: end.day,
        is_end_of_life: end.has_come,
        latest_version: record.get("latest").and_then(super::super::label),
        latest_released_on: day(record, "latestReleaseDate")?,
        // A day is the one from which the cycle is supported for long.
        is_lts: lts.day.is_some() || lts.has_come == Some(true),
    };
    Ok(Cycle {
        line: record.line_of("releaseCycle"),
        release,
    })
}
