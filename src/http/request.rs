//! From a query string or a JSON body to GraphQL requests.

use async_graphql::{Value as GraphqlValue, Variables};
use axum::extract::Query;
use axum::http::Uri;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::graphql::DocumentName;

/// Bytes of path and query at most: what common proxies let through, doubled.
const URI_BYTES: usize = 16 * 1024;

/// Values in a body at most, more than twice what the arguments of a query may have. An object of
/// seven bytes takes nearly a kilobyte once it is parsed: a limit of bytes alone is none.
const VALUES: usize = 50_000;

/// What GraphQL over HTTP calls a well-formed request. Of its `extensions` only `persistedQuery`
/// means something here.
#[derive(Debug, PartialEq)]
pub(super) struct Operation {
    /// Empty if the document is only named.
    pub query: String,
    pub document: Option<DocumentName>,
    pub name: Option<String>,
    pub variables: Variables,
}

/// What a body holds.
#[derive(Debug)]
pub(super) enum Content {
    Single(Operation),
    /// One malformed part does not spoil the others.
    Batch(Vec<Result<Operation, Refusal>>),
}

/// Whether an address carries a query, even an empty one, or names one.
pub(super) fn has_document(uri: &Uri) -> bool {
    let names = ["query", "documentId", "extensions"];
    pairs(uri).is_ok_and(|pairs| pairs.iter().any(|(key, _)| names.contains(&key.as_str())))
}

/// Reads the parameters of a GET. An empty optional one is as good as none.
pub(super) fn from_uri(uri: &Uri) -> Result<Operation, Refusal> {
    if uri
        .path_and_query()
        .is_some_and(|text| text.as_str().len() > URI_BYTES)
    {
        return Err(Refusal::UriTooLong(URI_BYTES));
    }
    let mut members = Map::new();
    for (key, text) in pairs(uri)? {
        let value = match key.as_str() {
            _ if text.is_empty() => Value::Null,
            "query" | "documentId" | "operationName" => Value::String(text),
            "variables" | "extensions" => serde_json::from_str(&text)
                .map_err(|error| Refusal::bad(format!("`{key}` is not JSON: {error}.")))?,
            _ => continue,
        };
        if members.insert(key.clone(), value).is_some() {
            return Err(Refusal::bad(format!("`{key}` is given twice.")));
        }
    }
    operation(members)
}

fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Refusal> {
    match Query::try_from_uri(uri) {
        Ok(Query(pairs)) => Ok(pairs),
        Err(_) => Err(Refusal::bad("The address is not properly encoded.")),
    }
}

/// Reads a JSON body: one request, or an array of at most `limit`. Of members with the same name
/// the last one counts, as in every JSON parser of the web.
pub(super) fn from_body(body: &[u8], limit: usize) -> Result<Content, Refusal> {
    if values(body) > VALUES {
        return Err(Refusal::TooManyValues(VALUES));
    }
    if !is_array(body) {
        let members = json(body, "The body must be an object with a `query`.")?;
        return operation(members).map(Content::Single);
    }
    let shape = "The batch must be an array of objects with a `query` each.";
    let parts: Vec<Map<String, Value>> = json(body, shape)?;
    match parts.len() {
        0 => Err(Refusal::bad("The batch is empty.")),
        sent if sent > limit => Err(Refusal::BatchTooLarge { sent, limit }),
        _ => Ok(Content::Batch(parts.into_iter().map(operation).collect())),
    }
}

/// How many values a body holds at most. Each but the first begins behind one of these; those
/// that stand in texts are counted as well, which costs nothing but room.
fn values(body: &[u8]) -> usize {
    body.iter()
        .filter(|byte| matches!(byte, b'{' | b'[' | b','))
        .count()
}

fn is_array(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}

fn json<T: serde::de::DeserializeOwned>(body: &[u8], shape: &'static str) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        if error.is_data() {
            Refusal::bad(shape)
        } else {
            Refusal::bad(format!("The body is not JSON: {error}."))
        }
    })
}

/// Checks the parameters; unknown ones are ignored.
fn operation(mut members: Map<String, Value>) -> Result<Operation, Refusal> {
    let extensions = match members.remove("extensions").unwrap_or_default() {
        Value::Null => Map::new(),
        Value::Object(extensions) => extensions,
        _ => return Err(Refusal::bad("`extensions` must be an object or null.")),
    };
    let query = text(&mut members, "query")?;
    let document = document(text(&mut members, "documentId")?, extensions)?;
    match (&query, &document) {
        (None, None) => {
            return Err(Refusal::bad("`query` is missing: send a GraphQL document."));
        }
        (Some(_), Some(DocumentName::Id(_))) => {
            return Err(Refusal::bad(
                "Send either `query` or `documentId`, not both.",
            ));
        }
        _ => {}
    }
    let name = text(&mut members, "operationName")?.filter(|name| !name.is_empty());
    let variables = match members.remove("variables").unwrap_or_default() {
        Value::Null => Variables::default(),
        object @ Value::Object(_) => variables(object)?,
        _ => return Err(Refusal::bad("`variables` must be an object or null.")),
    };
    Ok(Operation {
        query: query.unwrap_or_default(),
        document,
        name,
        variables,
    })
}

fn text(members: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match members.remove(name).unwrap_or_default() {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ if name == "query" => Err(Refusal::bad("`query` must be a string.")),
        _ => Err(Refusal::bad(format!("`{name}` must be a string or null."))),
    }
}

/// What the request calls its document, by either of the two conventions.
fn document(
    id: Option<String>,
    mut extensions: Map<String, Value>,
) -> Result<Option<DocumentName>, Refusal> {
    let persisted = match extensions.remove("persistedQuery").unwrap_or_default() {
        Value::Null => return Ok(id.map(DocumentName::Id)),
        persisted => persisted,
    };
    if id.is_some() {
        let message = "Send either `documentId` or `extensions.persistedQuery`, not both.";
        return Err(Refusal::bad(message));
    }
    match (&persisted["version"], &persisted["sha256Hash"]) {
        (Value::Number(version), Value::String(hash)) if version.as_u64() == Some(1) => {
            Ok(Some(DocumentName::Hash(hash.clone())))
        }
        _ => Err(Refusal::bad(
            "`extensions.persistedQuery` must be an object with `version` 1 and the text \
             `sha256Hash`.",
        )),
    }
}

fn variables(object: Value) -> Result<Variables, Refusal> {
    GraphqlValue::from_json(object)
        .map(Variables::from_value)
        .map_err(|_| Refusal::bad("`variables` holds what GraphQL cannot."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn get(query: &str) -> Result<Operation, Refusal> {
        from_uri(&format!("/graphql?{query}").parse().expect("an address"))
    }

    fn post(body: &str) -> Result<Content, Refusal> {
        from_body(body.as_bytes(), 2)
    }

    #[test]
    fn every_parameter_is_read() {
        let expected = Operation {
            query: "{ a }".into(),
            document: None,
            name: Some("A".into()),
            variables: Variables::from_json(
                json!({"big": 9_007_199_254_740_993_u64, "x y": [null]}),
            ),
        };
        let by_get = get("query=%7B+a%20%7D&operationName=A&extensions={}&future=1\
             &variables=%7B%22big%22:9007199254740993,%22x%20y%22:%5Bnull%5D%7D");
        assert_eq!(by_get.expect("well-formed"), expected);
        let body = r#" {"query": "{ a }", "operationName": "A", "future": 1, "extensions": {"a": 1},
            "variables": {"big": 9007199254740993, "x y": [null]}}"#;
        let Ok(Content::Single(by_post)) = post(body) else {
            panic!("well-formed")
        };
        assert_eq!(by_post, expected);
    }

    #[test]
    fn optional_parameters_may_be_null_or_empty() {
        let by_get = get("query={a}&operationName=&variables=&extensions=").expect("well-formed");
        assert_eq!(
            (by_get.name, by_get.variables),
            (None, Variables::default())
        );
        assert!(get("query={a}&variables=null").is_ok());
        assert!(
            post(r#"{"query":"","operationName":null,"variables":null,"extensions":null}"#).is_ok()
        );
    }

    #[test]
    fn a_malformed_get_is_told_why() {
        for (query, reason) in [
            ("", "`query` is missing"),
            ("query=", "`query` is missing"),
            ("query={a}&query={b}", "`query` is given twice"),
            ("query={a}&variables=[]", "`variables` must be an object"),
            ("query={a}&variables={", "`variables` is not JSON"),
            ("query={a}&extensions=1", "`extensions` must be an object"),
        ] {
            let error = get(query).expect_err(query).to_string();
            assert!(error.contains(reason), "{query}: {error}");
        }
        let long = get(&format!("query={}", "a".repeat(URI_BYTES)));
        assert!(matches!(long, Err(Refusal::UriTooLong(_))));
    }

    #[test]
    fn a_malformed_body_is_told_why() {
        for (body, reason) in [
            ("", "not JSON"),
            ("{\"query\"", "not JSON"),
            ("{} {}", "not JSON"),
            ("{\"query\":\"\u{0}\"}", "not JSON"),
            ("1", "must be an object"),
            ("null", "must be an object"),
            ("\"{ a }\"", "must be an object"),
            ("{}", "`query` is missing"),
            (r#"{"query":null}"#, "`query` is missing"),
            (r#"{"query":["a"]}"#, "`query` must be a string"),
            (
                r#"{"query":"{a}","operationName":1}"#,
                "`operationName` must be a string",
            ),
            (
                r#"{"query":"{a}","variables":[1]}"#,
                "`variables` must be an object",
            ),
            (
                r#"{"query":"{a}","extensions":"x"}"#,
                "`extensions` must be an object",
            ),
            ("[]", "The batch is empty"),
            (
                r#"[{"query":"{a}"}, 1]"#,
                "The batch must be an array of objects",
            ),
            (r#"[["{a}"]]"#, "The batch must be an array of objects"),
            ("[{},{},{}]", "The batch has 3 requests; at most 2"),
            (
                &format!("{{\"variables\":{}", "[".repeat(10_000)),
                "not JSON: recursion limit",
            ),
        ] {
            let error = post(body).expect_err(body).to_string();
            assert!(error.contains(reason), "{body}: {error}");
        }
        assert!(from_body(b"{\"query\":\"\xff\"}", 2).is_err());
    }

    #[test]
    fn values_are_limited() {
        let array = |size: usize| {
            let items = vec!["0"; size].join(",");
            post(&format!(
                r#"{{"query":"a","extensions":{{"a":[{items}]}}}}"#
            ))
        };
        // Three brackets and a comma, besides those within the array.
        assert!(array(VALUES - 3).is_ok());
        assert!(matches!(array(VALUES - 2), Err(Refusal::TooManyValues(_))));
    }

    #[test]
    fn the_last_of_two_members_counts() {
        let Ok(Content::Single(operation)) = post(r#"{"query":"{a}","query":"{b}"}"#) else {
            panic!("well-formed")
        };
        assert_eq!(operation.query, "{b}");
    }

    #[test]
    fn a_malformed_part_does_not_spoil_its_batch() {
        let Ok(Content::Batch(parts)) = post(r#"[{"query":"{a}"},{"query":1}]"#) else {
            panic!("well-formed")
        };
        assert!(parts[0].is_ok() && parts[1].is_err());
    }

    #[test]
    fn a_document_is_named_by_either_convention() {
        let hash = "ab".repeat(32);
        let persisted = format!(
            "{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{hash}\"}},\"other\":1}}"
        );
        let encoded = persisted.replace('"', "%22");
        let named = Some(DocumentName::Hash(hash));
        let by_get = get(&format!("extensions={encoded}")).expect("well-formed");
        assert_eq!((by_get.query.as_str(), &by_get.document), ("", &named));
        let both = get(&format!("query={{a}}&extensions={encoded}")).expect("well-formed");
        assert_eq!((both.query.as_str(), &both.document), ("{a}", &named));
        let by_id = get("documentId=sha256:ab").expect("well-formed");
        assert_eq!(by_id.document, Some(DocumentName::Id("sha256:ab".into())));
        let Ok(Content::Single(by_post)) = post(r#"{"documentId":"a b","query":null}"#) else {
            panic!("well-formed")
        };
        assert_eq!(by_post.document, Some(DocumentName::Id("a b".into())));
        assert_eq!(by_post.query, "");
    }

    #[test]
    fn a_name_that_is_none_is_told_why() {
        let persisted = |value: &str| format!(r#"{{"extensions":{{"persistedQuery":{value}}}}}"#);
        let shape = "must be an object with `version` 1";
        for (body, reason) in [
            (
                r#"{"documentId":1}"#.to_owned(),
                "`documentId` must be a string",
            ),
            (
                r#"{"documentId":"a","query":"{a}"}"#.to_owned(),
                "either `query` or `documentId`",
            ),
            (
                r#"{"documentId":"a","extensions":{"persistedQuery":{}}}"#.to_owned(),
                "either `documentId` or",
            ),
            (persisted("1"), shape),
            (persisted("{}"), shape),
            (persisted(r#"{"version":2,"sha256Hash":"a"}"#), shape),
            (persisted(r#"{"version":1,"sha256Hash":null}"#), shape),
            (persisted("null"), "`query` is missing"),
        ] {
            let error = post(&body).expect_err(&body).to_string();
            assert!(error.contains(reason), "{body}: {error}");
        }
    }

    #[test]
    fn an_empty_query_counts_as_one() {
        let has = |text: &str| has_document(&text.parse().expect("an address"));
        assert!(has("/graphql?query=") && has("/graphql?a=1&query={a}"));
        assert!(has("/graphql?documentId=a") && has("/graphql?extensions={}"));
        assert!(!has("/graphql") && !has("/graphql?variables={}"));
    }
}
