//! The same facts asked for in other ways: again by those who have the answer already, and a
//! thousand things by their keys.

use std::fmt::Write as _;
use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::client::{Client, get, graphql};
use crate::data::Data;
use crate::measure::{Requests, by_turns};
use crate::options::Options;
use crate::process::Service;
use crate::rows::technology_slug;
use crate::shapes::Shape;
use crate::{Result, note};

/// Different requests of each way.
const VARIANTS: usize = 200;

/// Things that are asked for at once.
const THINGS: usize = 1_000;

/// Largest page.
const PAGE: usize = 100;

/// A way to ask for something.
struct Way {
    name: &'static str,
    requests: Requests,
}

/// Measures each way beside the usual one and returns a table.
pub async fn compare(service: &Service, data: &Data, options: &Options) -> Result<String> {
    let mut table = String::from(
        "\n| what | way | connections | requests/s | p50 ms | CPU µs/request |\n|---|---|--:|--:|--:|--:|\n",
    );
    for (what, ways) in [
        ("Q1", again(service, Shape::Q1, data).await?),
        ("Q2", again(service, Shape::Q2, data).await?),
        ("1,000 technologies", thousand(data)),
    ] {
        for &connections in &options.connections {
            compete(service, what, &ways, connections, options, &mut table).await?;
        }
    }
    Ok(table)
}

/// Asks in all ways.
async fn compete(
    service: &Service,
    what: &str,
    ways: &[Way],
    connections: usize,
    options: &Options,
    table: &mut String,
) -> Result<()> {
    note(&format!("Measuring {what}"));
    let asked: Vec<_> = ways.iter().map(|way| (service, &way.requests)).collect();
    let samples = by_turns(&asked, connections, options).await?;
    for (way, sample) in ways.iter().zip(&samples) {
        let cpu = sample.cpu.map_or("–".to_owned(), |cpu| format!("{cpu:.0}"));
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| {what} | {} | {connections} | {:.0} | {:.2} | {cpu} |",
            way.name, sample.rate, sample.median,
        );
    }
    Ok(())
}

/// A shape by POST, by GET, and by GET of those who have the answer.
async fn again(service: &Service, shape: Shape, data: &Data) -> Result<[Way; 3]> {
    let variables = &shape.variables(VARIANTS, data, &[]);
    let document = shape.document();
    let posts = variables.iter().map(|keys| graphql(document, keys, false));
    let gets = variables.iter().map(|keys| get(document, keys, ""));
    let mut known = Vec::with_capacity(VARIANTS);
    for keys in variables {
        let tag = tag(service.address, &get(document, keys, "")).await?;
        known.push(get(document, keys, &format!("If-None-Match: {tag}\r\n")));
    }
    Ok([
        Way {
            name: "POST",
            requests: posts.collect(),
        },
        Way {
            name: "GET",
            requests: gets.collect(),
        },
        Way {
            name: "GET with the tag of the answer (304)",
            requests: known.into(),
        },
    ])
}

/// The tag of an answer.
async fn tag(address: SocketAddr, request: &[u8]) -> Result<String> {
    let mut client = Client::connect(address).await?;
    let answer = client.ask(request).await?;
    let tag = answer.header("etag").ok_or("an answer has no ETag")?;
    Ok(tag.to_owned())
}

/// The same things as a gateway asks for them, by keys, and as pages of a list.
fn thousand(data: &Data) -> [Way; 3] {
    let ids = data.adopted_by(1);
    let windows = (0..VARIANTS).map(|start| {
        let ids = ids.iter().cycle().skip(start * 37).take(THINGS);
        ids.map(|&id| technology_slug(id)).collect::<Vec<_>>()
    });
    let windows: Vec<_> = windows.collect();
    let ask = |make: fn(&[String]) -> (String, Value)| {
        let requests = windows.iter().map(|slugs| {
            let (document, variables) = make(slugs);
            graphql(&document, &variables, false)
        });
        requests.collect()
    };
    [
        Way {
            name: "`_entities`",
            requests: ask(entities),
        },
        Way {
            name: "`technologiesByKeys`",
            requests: ask(keys),
        },
        Way {
            name: "ten lists of 100",
            requests: ask(lists),
        },
    ]
}

fn entities(slugs: &[String]) -> (String, Value) {
    let things = slugs.iter();
    let things = things.map(|slug| json!({ "__typename": "Technology", "slug": slug }));
    let document = "query($things: [_Any!]!) { _entities(representations: $things) { \
        ... on Technology { slug name } } }";
    (
        document.to_owned(),
        json!({ "things": things.collect::<Vec<_>>() }),
    )
}

fn keys(slugs: &[String]) -> (String, Value) {
    let keys = slugs.iter().map(|slug| json!({ "slug": slug }));
    let document =
        "query($keys: [TechnologyKey!]!) { technologiesByKeys(keys: $keys) { slug name } }";
    (
        document.to_owned(),
        json!({ "keys": keys.collect::<Vec<_>>() }),
    )
}

fn lists(slugs: &[String]) -> (String, Value) {
    let mut variables = serde_json::Map::new();
    let (mut head, mut body) = (String::new(), String::new());
    for (number, page) in slugs.chunks(PAGE).enumerate() {
        let _ = write!(head, "$p{number}: [String!]! ");
        let _ = write!(
            body,
            "p{number}: technologies(first: {PAGE}, filter: {{slug: {{in: $p{number}}}}}) {{ nodes {{ slug name }} }} "
        );
        variables.insert(format!("p{number}"), json!(page));
    }
    (format!("query({head}) {{ {body}}}"), variables.into())
}
