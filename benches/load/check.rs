//! Whether what is measured is what was asked for.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::Result;
use crate::client::{Client, graphql};
use crate::data::Data;
use crate::other::Other;
use crate::process::Service;
use crate::shapes::{DEEP, Shape, deep_technologies};

/// Pages that are gone through in a long list.
const DEPTH: usize = 10;

/// Looks whether the answers are right; returns how many statements the service's took.
pub async fn check(
    shape: Shape,
    variables: &Value,
    service: &Service,
    other: Option<&Other>,
) -> Result<Option<u64>> {
    let name = shape.name();
    let request = graphql(shape.document(), variables, true);
    let answer = ask(service.address, &request).await?;
    complete(&answer, shape.expected()).map_err(|problem| format!("{name}: {problem}"))?;
    if let Some(other) = other
        && let Some(request) = other.request(shape, variables)
    {
        let same = ask(other.service.address, &request).await?;
        if !other.speaks_alike() {
            complete(&same, other.expected(shape))
                .map_err(|problem| format!("{name} of the peer: {problem}"))?;
        } else if same["data"] != answer["data"] {
            return Err(format!("{name}: the floor answers something else for {variables}").into());
        }
    }
    Ok(answer
        .pointer("/extensions/cost/statements")
        .and_then(Value::as_u64))
}

/// Says what an answer lacks.
fn complete(answer: &Value, expected: &[(&str, usize)]) -> std::result::Result<(), String> {
    if let Some(errors) = answer.get("errors") {
        return Err(errors.to_string());
    }
    for &(path, number) in expected {
        let found = count(&answer["data"], path);
        if found != number {
            return Err(format!("{found} instead of {number} at {path}"));
        }
    }
    Ok(())
}

/// How many items are at a path, through lists; null is none.
fn count(value: &Value, path: &str) -> usize {
    match value {
        Value::Null => 0,
        Value::Array(items) => items.iter().map(|item| count(item, path)).sum(),
        _ if path.is_empty() => 1,
        _ => {
            let (field, rest) = path.split_once('.').unwrap_or((path, ""));
            count(&value[field], rest)
        }
    }
}

/// Cursors deep in long lists, each with the technology whose usages the list has.
pub async fn deep_cursors(service: &Service, data: &Data) -> Result<Vec<(String, String)>> {
    let mut cursors = Vec::new();
    for technology in deep_technologies(data) {
        let mut pages: Vec<String> = Vec::new();
        while pages.len() < DEPTH {
            let variables = json!({ "technology": technology, "after": pages.last() });
            let answer = ask(service.address, &graphql(DEEP, &variables, false)).await?;
            match answer
                .pointer("/data/usages/pageInfo/endCursor")
                .and_then(Value::as_str)
            {
                Some(cursor) => pages.push(cursor.to_owned()),
                None => break,
            }
        }
        // A full page follows a cursor if another page follows that page.
        pages.truncate(pages.len().saturating_sub(2));
        cursors.extend(pages.into_iter().map(|cursor| (technology.clone(), cursor)));
    }
    match cursors.is_empty() {
        true => Err("no list is long enough for a deep page".into()),
        false => Ok(cursors),
    }
}

/// Asks once.
async fn ask(address: SocketAddr, request: &[u8]) -> Result<Value> {
    let mut client = Client::connect(address).await?;
    let answer = client.ask(request).await?;
    let text = String::from_utf8_lossy(answer.body);
    if answer.status != 200 {
        return Err(format!("status {}: {text:.1000}", answer.status).into());
    }
    Ok(serde_json::from_str(&text)?)
}
