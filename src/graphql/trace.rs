//! How long each field took, for gateways that ask: `extensions.ftv1`, a trace in Apollo's format.
//!
//! An extension of the library costs every field of every answer, whether it is wanted or not.
//! Requests that ask for a trace are therefore run by a second instance of the schema.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo,
};
use async_graphql::{
    PathSegment, QueryPathNode, QueryPathSegment, ServerError, ServerResult, Value,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost::Message as _;

/// Fields in one trace at most; the rest is left out. A trace is for people to look at.
const MAX_FIELDS: usize = 10_000;

/// What is measured while a request runs.
pub(super) struct Recorder {
    began: Instant,
    at: SystemTime,
    fields: Mutex<Vec<Measured>>,
}

/// A field of the answer.
struct Measured {
    path: Vec<Step>,
    name: String,
    parent_type: String,
    return_type: String,
    start: Duration,
    end: Duration,
}

/// One step from the root of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Name(String),
    Index(u32),
}

impl Recorder {
    /// Measures from now on.
    pub fn start() -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            at: SystemTime::now(),
            fields: Mutex::default(),
        })
    }

    /// What was measured, as gateways read it; `errors` as the client will see them.
    pub fn finish(&self, errors: &[ServerError]) -> String {
        let took = self.began.elapsed();
        let mut fields = self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tree = Tree::default();
        // Parents have begun before their children.
        for field in fields.drain(..) {
            tree.add(field);
        }
        for error in errors {
            tree.fail(error);
        }
        let trace = message::Trace {
            start_time: Some(timestamp(self.at)),
            end_time: Some(timestamp(self.at + took)),
            duration_ns: nanoseconds(took),
            root: Some(tree.into_root()),
        };
        STANDARD.encode(trace.encode_to_vec())
    }

    /// A field begins. Returns its number, if there is room for it.
    fn begin(&self, info: &ResolveInfo<'_>) -> Option<usize> {
        let mut fields = self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        if fields.len() == MAX_FIELDS {
            return None;
        }
        fields.push(Measured {
            path: path(info.path_node),
            name: info.name.to_owned(),
            parent_type: info.parent_type.to_owned(),
            return_type: info.return_type.to_owned(),
            start: self.began.elapsed(),
            end: Duration::ZERO,
        });
        Some(fields.len() - 1)
    }

    /// A field has its value, with all that is below it.
    fn end(&self, number: usize) {
        let end = self.began.elapsed();
        let mut fields = self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(field) = fields.get_mut(number) {
            field.end = end;
        }
    }
}

/// Measures every field of requests that carry a [`Recorder`].
pub(super) struct Tracing;

impl ExtensionFactory for Tracing {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for Tracing {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let recorder = ctx.data_opt::<Arc<Recorder>>();
        // The items of a list are no fields of their own.
        let is_field = matches!(info.path_node.segment, QueryPathSegment::Name(_));
        let recorder = recorder.filter(|_| is_field);
        let begun = recorder.and_then(|recorder| Some((recorder, recorder.begin(&info)?)));
        let result = next.run(ctx, info).await;
        if let Some((recorder, number)) = begun {
            recorder.end(number);
        }
        result
    }
}

fn path(node: &QueryPathNode<'_>) -> Vec<Step> {
    let steps = std::iter::once(node).chain(node.parents());
    let steps = steps.map(|node| match node.segment {
        QueryPathSegment::Name(name) => Step::Name(name.to_owned()),
        QueryPathSegment::Index(index) => Step::index(index),
    });
    let mut steps: Vec<_> = steps.collect();
    steps.reverse();
    steps
}

impl Step {
    fn index(index: usize) -> Self {
        Self::Index(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// The answer's shape: fields, and the items of lists between them.
struct Tree {
    nodes: Vec<Node>,
}

/// A place in the answer, before its children are put into it.
#[derive(Default)]
struct Node {
    message: message::Node,
    children: Vec<usize>,
    index: HashMap<Step, usize>,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }
}

impl Tree {
    fn add(&mut self, field: Measured) {
        let place = field
            .path
            .into_iter()
            .fold(0, |parent, step| self.child(parent, step));
        let node = &mut self.nodes[place].message;
        if node.response_name.as_ref() != Some(&field.name) {
            node.original_field_name = field.name;
        }
        node.parent_type = field.parent_type;
        node.r#type = field.return_type;
        node.start_time = nanoseconds(field.start);
        node.end_time = nanoseconds(field.end);
    }

    fn child(&mut self, parent: usize, step: Step) -> usize {
        if let Some(known) = self.nodes[parent].index.get(&step) {
            return *known;
        }
        let place = self.nodes.len();
        let mut node = Node::default();
        match &step {
            Step::Name(name) => node.message.response_name = Some(name.clone()),
            Step::Index(index) => node.message.index = Some(*index),
        }
        self.nodes.push(node);
        self.nodes[parent].children.push(place);
        self.nodes[parent].index.insert(step, place);
        place
    }

    /// Files an error where it happened, or as near to it as the trace reaches.
    fn fail(&mut self, error: &ServerError) {
        let mut place = 0;
        for segment in &error.path {
            let step = match segment {
                PathSegment::Field(name) => Step::Name(name.clone()),
                PathSegment::Index(index) => Step::index(*index),
            };
            match self.nodes[place].index.get(&step) {
                Some(next) => place = *next,
                None => break,
            }
        }
        self.nodes[place].message.error.push(message::Error {
            message: error.message.clone(),
            location: error.locations.iter().map(location).collect(),
            json: serde_json::to_string(error).unwrap_or_default(),
        });
    }

    /// Puts children into their parents, the last ones first: a child comes after its parent.
    fn into_root(mut self) -> message::Node {
        let mut done: HashMap<usize, message::Node> = HashMap::new();
        while let Some(Node {
            mut message,
            children,
            ..
        }) = self.nodes.pop()
        {
            message.child = children
                .iter()
                .filter_map(|child| done.remove(child))
                .collect();
            done.insert(self.nodes.len(), message);
        }
        done.remove(&0).unwrap_or_default()
    }
}

fn location(pos: &async_graphql::Pos) -> message::Location {
    message::Location {
        line: u32::try_from(pos.line).unwrap_or(u32::MAX),
        column: u32::try_from(pos.column).unwrap_or(u32::MAX),
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn timestamp(at: SystemTime) -> message::Timestamp {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    message::Timestamp {
        seconds: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        nanos: i32::try_from(since.subsec_nanos()).unwrap_or(i32::MAX),
    }
}

/// The part of Apollo's trace format (`reports.proto`) that a service fills in.
mod message {
    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Trace {
        #[prost(message, optional, tag = "3")]
        pub end_time: Option<Timestamp>,
        #[prost(message, optional, tag = "4")]
        pub start_time: Option<Timestamp>,
        #[prost(uint64, tag = "11")]
        pub duration_ns: u64,
        #[prost(message, optional, tag = "14")]
        pub root: Option<Node>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Timestamp {
        #[prost(int64, tag = "1")]
        pub seconds: i64,
        #[prost(int32, tag = "2")]
        pub nanos: i32,
    }

    /// A field (with a name) or an item of a list (with an index).
    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Node {
        #[prost(string, optional, tag = "1")]
        pub response_name: Option<String>,
        #[prost(uint32, optional, tag = "2")]
        pub index: Option<u32>,
        #[prost(string, tag = "3")]
        pub r#type: String,
        /// In nanoseconds after the beginning of the trace, as is the end.
        #[prost(uint64, tag = "8")]
        pub start_time: u64,
        #[prost(uint64, tag = "9")]
        pub end_time: u64,
        #[prost(message, repeated, tag = "11")]
        pub error: Vec<Error>,
        #[prost(message, repeated, tag = "12")]
        pub child: Vec<Node>,
        #[prost(string, tag = "13")]
        pub parent_type: String,
        /// Empty if it is the response name.
        #[prost(string, tag = "14")]
        pub original_field_name: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Error {
        #[prost(string, tag = "1")]
        pub message: String,
        #[prost(message, repeated, tag = "2")]
        pub location: Vec<Location>,
        #[prost(string, tag = "4")]
        pub json: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Location {
        #[prost(uint32, tag = "1")]
        pub line: u32,
        #[prost(uint32, tag = "2")]
        pub column: u32,
    }
}
