//! The table: a request to a line, and what must come of it.

const JSON: &str = "application/json; charset=utf-8";
const OURS: &str = "application/graphql-response+json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
/// What browsers accept when they follow a link.
pub const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// What a body must look like.
#[derive(Clone, Copy)]
pub enum Shape {
    /// `data` that is not null, and no `errors`.
    Data,
    /// No `data`; one error or more, each with this code, a message and a request id.
    Refused(&'static str),
    /// An array of so many responses.
    Batch(usize),
    /// A text that holds this.
    Text(&'static str),
}

use Shape::{Batch, Data, Refused, Text};

/// Method and path, headers, body; then status, media type and shape of the answer.
pub type Row = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    u16,
    &'static str,
    Shape,
);

const POST: &str = "POST /graphql";
const GET: &str = "GET /graphql?query=%7B__typename%7D";
const TYPED: (&str, &str) = ("content-type", "application/json");
const NEW: (&str, &str) = ("accept", "application/graphql-response+json");
const OLD: (&str, &str) = ("accept", "application/json");
const UNSUPPORTED: &str = "UNSUPPORTED_MEDIA_TYPE";
/// A body that is answered.
pub const GOOD: &str = r#"{"query":"{ __typename }"}"#;

/// Which media type an answer gets.
#[rustfmt::skip]
pub const NEGOTIATION: &[Row] = &[
    (POST, &[TYPED], GOOD, 200, JSON, Data),
    (POST, &[TYPED, OLD], GOOD, 200, JSON, Data),
    (POST, &[TYPED, NEW], GOOD, 200, OURS, Data),
    (POST, &[TYPED, ("accept", "*/*")], GOOD, 200, JSON, Data),
    (POST, &[TYPED, ("accept", "application/*;q=0.5")], GOOD, 200, JSON, Data),
    (POST, &[TYPED, ("accept", "application/graphql-response+json, application/json;q=0.9")], GOOD, 200, OURS, Data),
    (POST, &[TYPED, ("accept", "application/graphql-response+json;q=0.8, application/json")], GOOD, 200, JSON, Data),
    (POST, &[TYPED, ("accept", "application/json;q=0, */*")], GOOD, 200, OURS, Data),
    (POST, &[TYPED, ("accept", "text/html")], GOOD, 406, JSON, Refused("NOT_ACCEPTABLE")),
    (POST, &[TYPED, ("accept", "application/json;charset=latin1")], GOOD, 406, JSON, Refused("NOT_ACCEPTABLE")),
    (GET, &[], "", 200, JSON, Data),
    (GET, &[NEW], "", 200, OURS, Data),
    (GET, &[("accept", BROWSER)], "", 200, JSON, Data),
    (GET, &[("accept", "image/png")], "", 406, JSON, Refused("NOT_ACCEPTABLE")),
];

/// Which requests are well-formed.
#[rustfmt::skip]
pub const REQUESTS: &[Row] = &[
    (POST, &[TYPED], r#"{"query":"{ technology(by: {slug: \"rust\"}) { name } }"}"#, 200, JSON, Data),
    (POST, &[("content-type", "application/json; charset=utf-8")], GOOD, 200, JSON, Data),
    (POST, &[("content-type", "application/json; charset=utf-16")], GOOD, 415, JSON, Refused(UNSUPPORTED)),
    (POST, &[], GOOD, 415, JSON, Refused(UNSUPPORTED)),
    (POST, &[("content-type", "text/plain"), NEW], GOOD, 415, OURS, Refused(UNSUPPORTED)),
    (POST, &[("content-type", "application/graphql")], "{ __typename }", 415, JSON, Refused(UNSUPPORTED)),
    (POST, &[("content-type", "application/x-www-form-urlencoded")], "query={__typename}", 415, JSON, Refused(UNSUPPORTED)),
    (POST, &[("content-type", "multipart/form-data; boundary=x")], "--x--", 415, JSON, Refused(UNSUPPORTED)),
    (POST, &[TYPED, ("content-encoding", "gzip")], GOOD, 415, JSON, Refused(UNSUPPORTED)),
    (POST, &[TYPED], "", 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED, NEW], r#"{"query":"#, 400, OURS, Refused("BAD_REQUEST")),
    (POST, &[TYPED], "42", 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"qeury":"{ __typename }"}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"query":{"a":1}}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"query":"{ __typename }","variables":[1]}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"query":"{ __typename }","operationName":7}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"query":"{ __typename }","extensions":"x"}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}"#, 200, JSON, Data),
    (POST, &[TYPED], r#"{"query":"query A { __typename }","operationName":"A","extensions":{"x":1},"future":1}"#, 200, JSON, Data),
    (POST, &[TYPED], r#"{"documentId":7}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"documentId":"a","query":"{ __typename }"}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"a"}}}"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED, NEW], r#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}}"#, 200, OURS, Refused("PERSISTED_QUERY_NOT_FOUND")),
    ("GET /graphql?documentId=a", &[OLD], "", 200, JSON, Refused("PERSISTED_QUERY_NOT_FOUND")),
    ("GET /graphql?documentId=a", &[("accept", BROWSER)], "", 200, JSON, Refused("PERSISTED_QUERY_NOT_FOUND")),
    ("GET /graphql?documentId=a", &[NEW], "", 400, OURS, Refused("PERSISTED_QUERY_NOT_FOUND")),
    ("GET /graphql", &[], "", 400, JSON, Refused("BAD_REQUEST")),
    ("GET /graphql?query=", &[NEW], "", 400, OURS, Refused("BAD_REQUEST")),
    ("GET /graphql?query=%7B__typename%7D&query=%7Ba%7D", &[], "", 400, JSON, Refused("BAD_REQUEST")),
    ("GET /graphql?query=%7B__typename%7D&variables=%5B%5D", &[], "", 400, JSON, Refused("BAD_REQUEST")),
    ("GET /graphql?query=%7B__typename%7D&variables=%7B", &[], "", 400, JSON, Refused("BAD_REQUEST")),
    ("GET /graphql?query=query+A($s:String!)%7Btechnology(by:%7Bslug:$s%7D)%7Bname%7D%7D&operationName=A&variables=%7B%22s%22:%22rust%22%7D", &[], "", 200, JSON, Data),
    ("GET /graphql?query=%7B__typename%7D&operationName=&variables=&extensions=", &[], "", 200, JSON, Data),
];

/// What comes of documents that cannot be run, and of batches.
#[rustfmt::skip]
pub const OUTCOMES: &[Row] = &[
    (POST, &[TYPED, OLD], r#"{"query":"{"}"#, 200, JSON, Refused("GRAPHQL_PARSE_FAILED")),
    (POST, &[TYPED, NEW], r#"{"query":"{"}"#, 400, OURS, Refused("GRAPHQL_PARSE_FAILED")),
    (POST, &[TYPED, OLD], r#"{"query":"{ nope }"}"#, 200, JSON, Refused("GRAPHQL_VALIDATION_FAILED")),
    (POST, &[TYPED, NEW], r#"{"query":"{ nope }"}"#, 400, OURS, Refused("GRAPHQL_VALIDATION_FAILED")),
    (POST, &[TYPED, NEW], r#"{"query":"query($s:String!){technology(by:{slug:$s}){name}}","variables":{"s":1}}"#, 400, OURS, Refused("GRAPHQL_VALIDATION_FAILED")),
    ("GET /graphql?query=%7Bnope%7D", &[NEW], "", 400, OURS, Refused("GRAPHQL_VALIDATION_FAILED")),
    (POST, &[TYPED], r#"[{"query":"{ __typename }"},{"query":"{"},{"query":1}]"#, 200, JSON, Batch(3)),
    (POST, &[TYPED, NEW], r#"[{"query":"{ __typename }"}]"#, 200, OURS, Batch(1)),
    (POST, &[TYPED], "[{},{},{},{},{},{},{},{},{},{}]", 200, JSON, Batch(10)),
    (POST, &[TYPED], "[{},{},{},{},{},{},{},{},{},{},{}]", 400, JSON, Refused("BATCH_TOO_LARGE")),
    (POST, &[TYPED], "[]", 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED], r#"[{"query":"{ __typename }"}, 1]"#, 400, JSON, Refused("BAD_REQUEST")),
    (POST, &[TYPED, ("cookie", "a=b"), ("origin", "https://evil.example")], GOOD, 403, JSON, Refused("CSRF_REFUSED")),
    (POST, &[TYPED, ("cookie", "a=b"), ("sec-fetch-site", "cross-site")], GOOD, 403, JSON, Refused("CSRF_REFUSED")),
    (GET, &[("cookie", "a=b"), ("sec-fetch-site", "cross-site")], "", 403, JSON, Refused("CSRF_REFUSED")),
    (POST, &[TYPED, ("origin", "https://evil.example")], GOOD, 200, JSON, Data),
    (GET, &[("sec-fetch-site", "cross-site")], "", 200, JSON, Data),
    (POST, &[TYPED, ("cookie", "a=b"), ("sec-fetch-site", "same-origin")], GOOD, 200, JSON, Data),
];

/// Other methods and other paths.
#[rustfmt::skip]
pub const PLACES: &[Row] = &[
    ("PUT /graphql", &[TYPED], GOOD, 405, JSON, Refused("METHOD_NOT_ALLOWED")),
    ("DELETE /graphql", &[], "", 405, JSON, Refused("METHOD_NOT_ALLOWED")),
    ("POST /schema.graphql", &[TYPED], GOOD, 405, JSON, Refused("METHOD_NOT_ALLOWED")),
    ("GET /nothing", &[("accept", "text/html")], "", 404, JSON, Refused("NOT_FOUND")),
    ("POST /", &[TYPED], GOOD, 405, JSON, Refused("METHOD_NOT_ALLOWED")),
    ("GET /graphql", &[("accept", BROWSER)], "", 200, HTML, Text("assets/")),
    ("GET /", &[], "", 200, HTML, Text("<h1>Stack Atlas</h1>")),
    ("GET /", &[("accept", BROWSER)], "", 200, HTML, Text("<h1>Stack Atlas</h1>")),
    ("GET /", &[OLD], "", 200, "application/json", Text("\"explorer\"")),
    ("GET /explorer", &[], "", 200, HTML, Text("assets/")),
    ("GET /graphiql", &[], "", 200, HTML, Text("assets/")),
    ("GET /questions.json", &[], "", 200, "application/json", Text("TechnologyCard")),
    ("GET /assets/nothing.js", &[], "", 404, JSON, Refused("NOT_FOUND")),
    ("GET /schema.graphql", &[], "", 200, TEXT, Text("type Query")),
    ("GET /health/live", &[], "", 200, "application/json", Text("live")),
    ("GET /health/ready", &[], "", 200, "application/json", Text("ready")),
];
