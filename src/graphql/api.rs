//! From a request to its answer: every limit is checked before the library does any work.

use std::hash::{DefaultHasher, Hasher as _};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::parser::{Error as ParseError, parse_query};
use async_graphql::{Response, Value, Variables};
use futures_util::FutureExt as _;

use super::caching::{Freshness, Tag, freshness};
use super::context::RequestData;
use super::documents::{DocumentName, DocumentOptions, Documents, Hash, Unresolved};
use super::error::{self, code};
use super::inputs::Inputs;
use super::limits::{Cost, CostModel, Limits, Refusal, guard, measure};
use super::mend::mend;
use super::prepared::{Preparations, Prepared};
use super::projection::projection;
use super::schema::{Query, Schema, schema, sdl, traced_schema, trusting_schema};
use super::sharing::shares;
use super::trace::Recorder;
use super::variables;
use crate::store::{Reader, Store};

/// One GraphQL request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The document; empty if it is named and not sent.
    pub query: String,
    /// What the document is called among those that the service knows.
    pub document: Option<DocumentName>,
    /// Which of its operations to run, if it has several.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Variables,
    /// Stands in the log and in errors.
    pub id: String,
    /// Whether mutations are refused, as they must be for GET.
    pub read_only: bool,
    /// What `extensions.cost` is to tell.
    pub explain: Explain,
    /// Whether `extensions.ftv1` is wanted: how long each field took.
    pub trace: bool,
}

/// What a request wants to be told of its cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Explain {
    /// Nothing.
    #[default]
    Nothing,
    /// Its price, in place of an answer: nothing is validated or run.
    Price,
    /// Its price and what it took, beside the answer.
    Run,
}

/// How far a request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was run; its data may be partial.
    Executed,
    /// It was refused before anything was run.
    Refused,
    /// Its document is not known by the name that was given; the client is to send the text.
    TextWanted,
    /// It was a mutation that came by GET.
    MutationByGet,
    /// It took too long and was stopped.
    TimedOut,
}

/// The response to one request.
#[derive(Debug)]
pub struct Answer {
    /// Data and errors; without data unless the request was executed.
    pub response: Response,
    /// How far it got.
    pub outcome: Outcome,
    /// How fresh everything that it shows stays; none if nothing was run.
    freshness: Option<Freshness>,
}

impl Answer {
    /// An answer that must not be kept.
    #[must_use]
    pub fn new(response: Response, outcome: Outcome) -> Self {
        Self {
            response,
            outcome,
            freshness: None,
        }
    }

    /// How long it may be used again; none if it must not be kept, for something failed or it
    /// tells about this very request.
    #[must_use]
    pub fn freshness(&self) -> Option<Freshness> {
        let keeps = self.outcome == Outcome::Executed
            && self.response.errors.is_empty()
            && self.response.extensions.is_empty();
        self.freshness.filter(|_| keeps)
    }
}

/// The API: a schema over a store, within limits. Cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    schema: Schema,
    /// Runs documents that are known to be valid.
    trusting: Schema,
    inputs: Inputs,
    /// Made when the first request asks for a trace.
    traced: OnceLock<Schema>,
    sdl: Arc<str>,
    /// Stands for everything that answers depend on besides data and request.
    build: u64,
    costs: CostModel,
    documents: Documents,
    preparations: Preparations,
    store: Store,
    limits: Limits,
    timeout: Duration,
}

/// What the API lets through, besides its schema.
#[derive(Clone, Debug)]
pub struct ApiOptions {
    /// What one request may ask.
    pub limits: Limits,
    /// Which documents are run.
    pub documents: DocumentOptions,
    /// How long a request may run. Default 10 s.
    pub timeout: Duration,
}

impl Default for ApiOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            documents: DocumentOptions::default(),
            timeout: Duration::from_secs(10),
        }
    }
}

/// A document that has passed every gate.
struct Admitted {
    prepared: Arc<Prepared>,
    /// Whether it was run before, and so is known to be valid.
    is_known: bool,
    /// Whether it is, for certain, with these variables.
    is_trusted: bool,
    cost: Cost,
}

/// A request that has passed every gate and may be run.
pub struct Ready {
    request: Request,
    admitted: Admitted,
    remember_as: Option<Hash>,
    started: Instant,
}

impl Ready {
    /// How long the answer may be used again, if nothing fails.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        self.admitted.prepared.freshness
    }
}

impl Api {
    /// Serves `store`.
    ///
    /// # Errors
    /// If the schema's own definition cannot be read back, which a test rules out.
    pub fn new(store: Store, options: ApiOptions) -> Result<Self, ParseError> {
        let ApiOptions {
            limits,
            documents,
            timeout,
        } = options;
        let schema = schema();
        let sdl = sdl(&schema);
        let costs = CostModel::from_sdl(&sdl)?;
        Ok(Self(Arc::new(Inner {
            schema,
            trusting: trusting_schema(),
            inputs: Inputs::of::<Query>(),
            build: hash((env!("CARGO_PKG_VERSION"), &sdl)),
            traced: OnceLock::new(),
            sdl: sdl.into(),
            costs,
            documents: Documents::new(documents),
            preparations: Preparations::default(),
            store,
            limits,
            timeout,
        })))
    }

    /// The schema in its definition language; nothing if clients are not to know it.
    #[must_use]
    pub fn sdl(&self) -> Option<&str> {
        (self.0.limits.introspections > 0).then_some(&self.0.sdl)
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        self.0.store.is_ready().await
    }

    /// Runs a request.
    pub async fn execute(&self, request: Request) -> Answer {
        match self.prepare(request) {
            Ok(ready) => self.run(ready).await,
            Err(answer) => *answer,
        }
    }

    /// Lets a request pass every gate without running it.
    ///
    /// # Errors
    /// The answer of a request that is refused.
    pub fn prepare(&self, mut request: Request) -> Result<Ready, Box<Answer>> {
        let started = Instant::now();
        let remember_as = self.resolve(&mut request)?;
        let admitted = self.admit(&request)?;
        Ok(Ready {
            request,
            admitted,
            remember_as,
            started,
        })
    }

    /// The tag of the answer that the request would get now. Costs one small statement; none if
    /// the version of the data is not known.
    pub async fn tag(&self, ready: &Ready) -> Option<Tag> {
        let version = tokio::time::timeout(self.0.timeout, self.0.store.version()).await;
        let version = version.ok()?.ok()??;
        let request = &ready.request;
        let variables = serde_json::to_string(&request.variables).ok()?;
        let asked = (&request.query, &request.operation_name, variables);
        Some(Tag(hash((self.0.build, version, asked))))
    }

    /// Runs a request that has passed every gate.
    pub async fn run(&self, ready: Ready) -> Answer {
        let Ready {
            request,
            admitted,
            remember_as,
            started,
        } = ready;
        if request.explain == Explain::Price {
            return self.estimate(&admitted.cost);
        }
        let projection = &admitted.prepared.projection;
        // What is asked once may never be asked again.
        let reader = if admitted.is_known && admitted.prepared.shares {
            self.0.store.sharing_reader(projection)
        } else {
            self.0.store.reader(Arc::clone(projection))
        };
        let (id, explain) = (request.id.clone(), request.explain);
        let run = self.run_document(request, remember_as, &admitted, reader.clone());
        let mut answer = match tokio::time::timeout(self.0.timeout, run).await {
            Ok(answer) => answer,
            Err(_) => timed_out(&id, self.0.timeout),
        };
        answer.freshness = Some(admitted.prepared.freshness);
        if explain == Explain::Run {
            let spent = self.explanation(&admitted.cost, &reader, started);
            answer.response.extensions.insert("cost".to_owned(), spent);
        }
        answer
    }

    /// Fetches the document of a request that names it. The hash is the one under which a valid
    /// document is to be remembered.
    fn resolve(&self, request: &mut Request) -> Result<Option<Hash>, Box<Answer>> {
        let name = request.document.as_ref();
        let resolved = self
            .0
            .documents
            .resolve(&request.query, name, &request.id)
            .map_err(|reason| unresolved(&reason, &request.id))?;
        if let Some(text) = resolved.text {
            text.as_ref().clone_into(&mut request.query);
        }
        Ok(resolved.remember_as)
    }

    /// Lets a request pass every gate, or says why not.
    fn admit(&self, request: &Request) -> Result<Admitted, Box<Answer>> {
        let limits = &self.0.limits;
        let refuse = |refusal: Refusal| refused(&refusal.to_string(), refusal.code(), &request.id);
        let known = self.0.preparations.get(&request.query);
        let is_known = known.is_some();
        let prepared = match known {
            Some(prepared) => prepared,
            None => Arc::new(self.read(request)?),
        };
        let document = &prepared.document;
        let name = request.operation_name.as_deref();
        let operation = chosen_operation(document, name)
            .map_err(|message| refused(&message, code::OPERATION_NOT_FOUND, &request.id))?;
        if request.read_only && operation.ty == OperationType::Mutation {
            let message = "A mutation must be sent by POST.";
            return Err(Box::new(Answer::new(
                error::refusal(message, code::MUTATION_BY_GET, &request.id),
                Outcome::MutationByGet,
            )));
        }
        if let Some(message) = variables::missing(operation, &request.variables) {
            return Err(refused(&message, code::BAD_USER_INPUT, &request.id));
        }
        let cost = self
            .0
            .costs
            .cost(document, name, &request.variables, limits)
            .map_err(refuse)?;
        let is_trusted = is_known && self.0.inputs.fit(operation, &request.variables);
        Ok(Admitted {
            prepared,
            is_known,
            is_trusted,
            cost,
        })
    }

    /// Reads a document, and all that depends on nothing but its text.
    fn read(&self, request: &Request) -> Result<Prepared, Box<Answer>> {
        let limits = &self.0.limits;
        let refuse = |refusal: Refusal| refused(&refusal.to_string(), refusal.code(), &request.id);
        guard(&request.query, limits).map_err(refuse)?;
        let mut document =
            parse_query(&request.query).map_err(|error| unparsed(&error, &request.id))?;
        measure(&document, limits).map_err(refuse)?;
        mend(&mut document)
            .map_err(|message| refused(&message, code::VALIDATION_FAILED, &request.id))?;
        let costs = &self.0.costs;
        let returned_type = |on: &str, field: &str| costs.returned_type(on, field);
        Ok(Prepared {
            projection: Arc::new(projection(&document, returned_type)),
            freshness: freshness(&document, returned_type),
            shares: shares(&document, returned_type),
            document,
        })
    }

    async fn run_document(
        &self,
        request: Request,
        remember_as: Option<Hash>,
        admitted: &Admitted,
        reader: Reader,
    ) -> Answer {
        let text = request.query;
        let recorder = request.trace.then(Recorder::start);
        let mut inner = async_graphql::Request::new("")
            .variables(request.variables)
            .data(RequestData::new(reader.clone(), Arc::clone(&self.0.sdl)));
        inner.operation_name = request.operation_name;
        inner.set_parsed_query(admitted.prepared.document.clone());
        let mut schema = if admitted.is_trusted {
            &self.0.trusting
        } else {
            &self.0.schema
        };
        if let Some(recorder) = &recorder {
            inner = inner.data(Arc::clone(recorder));
            schema = self.0.traced.get_or_init(traced_schema);
        }
        // Boxed: it is large, and would be copied along with each future around it.
        let run = Box::pin(schema.execute(inner));
        let run = AssertUnwindSafe(reader.drive(run)).catch_unwind();
        let Ok(mut response) = run.await else {
            // The panic hook has logged it.
            let message = "Something went wrong on our side; the request id helps us to find it.";
            return Answer::new(
                error::refusal(message, code::INTERNAL, &request.id),
                Outcome::Executed,
            );
        };
        // Validation errors stand alone; whatever was run has data, or an error with a path.
        let executed = response.data != Value::Null
            || response.errors.iter().any(|error| !error.path.is_empty());
        error::polish(&mut response, &request.id, executed);
        if let Some(recorder) = recorder {
            let trace = Value::String(recorder.finish(&response.errors));
            response.extensions.insert("ftv1".to_owned(), trace);
        }
        if executed && !admitted.is_known {
            self.0.preparations.keep(&text, &admitted.prepared);
        }
        if let Some(hash) = remember_as.filter(|_| executed) {
            self.0.documents.remember(hash, &text);
        }
        let outcome = if executed {
            Outcome::Executed
        } else {
            Outcome::Refused
        };
        Answer::new(response, outcome)
    }

    /// The price and nothing else: null data, without an error.
    fn estimate(&self, cost: &Cost) -> Answer {
        let price = async_graphql::value!({
            "estimated": cost.total,
            "limit": self.0.limits.cost,
        });
        let response = Response::default().extension("cost", price);
        Answer::new(response, Outcome::Executed)
    }

    fn explanation(&self, cost: &Cost, reader: &Reader, started: Instant) -> Value {
        let spent = reader.spent();
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        async_graphql::value!({
            "estimated": cost.total,
            "limit": self.0.limits.cost,
            "statements": spent.statements,
            "rows": spent.rows,
            "milliseconds": milliseconds,
        })
    }
}

fn hash(value: impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn refused(message: &str, code: &'static str, request: &str) -> Box<Answer> {
    Box::new(Answer::new(
        error::refusal(message, code, request),
        Outcome::Refused,
    ))
}

fn unresolved(reason: &Unresolved, request: &str) -> Box<Answer> {
    let outcome = if reason.is_invitation() {
        Outcome::TextWanted
    } else {
        Outcome::Refused
    };
    Box::new(Answer::new(
        error::refusal(reason.to_string(), reason.code(), request),
        outcome,
    ))
}

fn unparsed(error: &ParseError, request: &str) -> Box<Answer> {
    let mut response = error::refusal(error.to_string(), code::PARSE_FAILED, request);
    for shown in &mut response.errors {
        shown.locations = error.positions().collect();
    }
    Box::new(Answer::new(response, Outcome::Refused))
}

fn timed_out(request: &str, timeout: Duration) -> Answer {
    let message =
        format!("The answer took longer than {timeout:?} and was stopped. Ask for less at once.");
    tracing::warn!(request.id = request, "a request timed out");
    Answer::new(
        error::refusal(message, code::TIMEOUT, request),
        Outcome::TimedOut,
    )
}

/// The operation that is to run.
fn chosen_operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, String> {
    let mut operations = document.operations.iter();
    if let Some(name) = name {
        return operations
            .find(|(given, _)| given.is_some_and(|given| given.as_str() == name))
            .map(|(_, operation)| &operation.node)
            .ok_or_else(|| format!("The document has no operation `{name}`."));
    }
    match (operations.next(), operations.next()) {
        (Some((_, operation)), None) => Ok(&operation.node),
        _ => {
            Err("The document has several operations: say in `operationName` which to run.".into())
        }
    }
}
