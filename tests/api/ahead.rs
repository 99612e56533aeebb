//! What is read ahead is answered without the library's resolvers, and no different for it. A
//! request that wants to be timed field by field is answered by them alone: so the same
//! queries are asked with and without. A server that keeps rows is asked, too, until it has what
//! it keeps.

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::support::{Backend, TestApp, Types, on_both};

/// An answer, to the letter.
#[derive(Debug, Deserialize)]
struct Answer {
    data: Option<Box<RawValue>>,
    #[serde(default)]
    errors: Vec<Value>,
}

impl Answer {
    async fn of(app: &TestApp, query: &str, is_timed: bool) -> Self {
        let mut request = app.client.post(app.url("/graphql"));
        if is_timed {
            request = request.header("apollo-federation-include-trace", "ftv1");
        }
        let response = request.json(&json!({ "query": query })).send().await;
        let mut answer: Self =
            serde_json::from_str(&response.unwrap().text().await.unwrap()).unwrap();
        for error in &mut answer.errors {
            error["extensions"]
                .as_object_mut()
                .unwrap()
                .remove("requestId");
        }
        answer.errors.sort_by_key(ToString::to_string);
        answer
    }

    fn text(&self) -> &str {
        self.data.as_ref().map_or("", |data| data.get())
    }
}

/// Two servers over one database, of which one keeps rows.
struct Servers {
    reading: TestApp,
    keeping: TestApp,
}

impl Servers {
    async fn start(backend: Backend) -> Self {
        let reading = TestApp::with_knowledge(backend).await;
        let keeping = reading.keeping(5_000).await;
        Self { reading, keeping }
    }

    /// Checks that all ways give the same, and returns it.
    async fn same_each_way(&self, query: &str) -> Result<Answer, TestCaseError> {
        let theirs = Answer::of(&self.reading, query, true).await;
        let ours = Answer::of(&self.reading, query, false).await;
        let mut answers = vec![ours];
        for is_timed in [false, false, false, true] {
            answers.push(Answer::of(&self.keeping, query, is_timed).await);
        }
        for ours in &answers {
            prop_assert_eq!(ours.text(), theirs.text(), "{}", query);
            prop_assert_eq!(&ours.errors, &theirs.errors, "{}", query);
        }
        Ok(theirs)
    }
}

/// Writes a query at random, the same for the same dice.
struct Writer<'a> {
    types: &'a Types,
    dice: Vec<u8>,
    thrown: usize,
    fragments: Vec<String>,
}

impl Writer<'_> {
    /// A number below `sides`.
    fn throw(&mut self, sides: usize) -> usize {
        self.thrown += 1;
        usize::from(self.dice[self.thrown % self.dice.len()]) % sides
    }

    fn pick<'v>(&mut self, of: &'v [Value]) -> &'v Value {
        &of[self.throw(of.len())]
    }

    fn selection(&mut self, on: &Value, depth: usize) -> String {
        let is_on_interface = on["kind"] == "INTERFACE";
        let mut parts = Vec::new();
        for _ in 0..=self.throw(4) {
            let part = match self.throw(8) {
                0 => "__typename".to_owned(),
                1 if is_on_interface => {
                    let possible = on["possibleTypes"].as_array().unwrap();
                    let name = self.pick(possible)["name"].as_str().unwrap();
                    let inner = self.field(&self.types.0[name], depth);
                    format!("... on {name} {{ {inner} }}")
                }
                2 => format!("... {{ {} }}", self.field(on, depth)),
                3 => {
                    let name = format!("F{}", self.thrown);
                    let inner = self.field(on, depth);
                    let on = on["name"].as_str().unwrap();
                    self.fragments
                        .push(format!("fragment {name} on {on} {{ {inner} }}"));
                    format!("...{name}")
                }
                4 => {
                    // Selected again, it has to be merged.
                    let field = self.field(on, depth);
                    format!("{field} {field}")
                }
                _ => self.field(on, depth),
            };
            parts.push(part);
        }
        parts.join(" ")
    }

    /// A field under a name of its own, so that no two conflict.
    fn field(&mut self, on: &Value, depth: usize) -> String {
        let fields = on["fields"].as_array().unwrap();
        let field = self.pick(fields);
        let (name, args) = (
            field["name"].as_str().unwrap(),
            field["args"].as_array().unwrap(),
        );
        let returned = self.types.bare(&field["type"]);
        let needs = args.iter().any(|arg| arg["type"]["kind"] == "NON_NULL");
        let has_fields = returned["fields"].is_array();
        if needs || (has_fields && depth == 0) || name.starts_with('_') {
            return "__typename".to_owned();
        }
        let alias = format!("x{}", self.thrown);
        let args = match args.first() {
            None => String::new(),
            Some(arg) if arg["name"] == "atMost" => ["", "(atMost: 2)"][self.throw(2)].to_owned(),
            Some(_) => match self.throw(4) {
                0 => "(last: 2)".to_owned(),
                _ => format!("(first: {})", self.throw(4)),
            },
        };
        let when =
            ["", " @include(if: true)", " @skip(if: true)"][self.throw(9) % 3 * (self.throw(2))];
        let selection = if has_fields {
            format!(" {{ {} }}", self.selection(returned, depth - 1))
        } else {
            String::new()
        };
        format!("{alias}: {name}{args}{when}{selection}")
    }
}

fn write(types: &Types, dice: Vec<u8>) -> String {
    let mut writer = Writer {
        types,
        dice,
        thrown: 0,
        fragments: Vec::new(),
    };
    let query = writer.selection(&types.0["Query"], 6);
    format!("{{ {query} }} {}", writer.fragments.join(" "))
}

fn differ_in_nothing(backend: Backend, cases: u32) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let servers = runtime.block_on(Servers::start(backend));
    let types = runtime.block_on(Types::read(&servers.reading));
    let answered = std::cell::Cell::new(0);
    let dice = proptest::collection::vec(any::<u8>(), 24..160);
    proptest!(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }, |(dice in dice)| {
        let query = write(&types, dice);
        let answer = runtime.block_on(servers.same_each_way(&query))?;
        answered.set(answered.get() + u32::from(answer.text().len() > 2));
    });
    assert!(
        answered.get() * 2 > cases,
        "only {} of {cases} were answered",
        answered.get()
    );
}

#[test]
fn a_random_query_has_one_answer() {
    differ_in_nothing(Backend::Sqlite, 600);
}

#[test]
#[ignore = "needs PostgreSQL: STACK_ATLAS_TEST_POSTGRES"]
fn a_random_query_has_one_answer_on_postgres() {
    differ_in_nothing(Backend::Postgres, 300);
}

on_both! {
    async fn hard_cases_have_one_answer(backend) {
        let servers = Servers::start(backend).await;
        for query in [
            // Objects that have to be merged, at each level.
            "{ a: companies(first: 2) { nodes { slug } } a: companies(first: 2) { nodes { name } totalCount } }",
            "{ companies(first: 2) { nodes { usages(first: 1) { nodes { id } } usages(first: 1) { totalCount } } } }",
            "{ usages(first: 2) { nodes { technology { slug } technology { name } } } }",
            // The same list twice with other arguments.
            "{ companies(first: 3) { nodes { a: usages(first: 1) { nodes { id } } b: usages(last: 2) { edges { cursor node { id } } } } } }",
            // One list in a fragment, reached in two ways.
            "{ languages(first: 2) { nodes { ...T } } tools(first: 2) { nodes { ...T } } } fragment T on Technology { usages(first: 2) { nodes { scope adopter { slug } } } }",
            // Arguments that are wrong, below parents.
            "{ companies(first: 2) { nodes { name usages(first: 1, last: 1) { nodes { id } } } } }",
            "{ companies(first: 2) { nodes { name usages(first: 101) { totalCount } } } }",
            "{ companies(first: 2) { nodes { name usages(first: 1, after: \"x\") { nodes { id } } } } }",
            "{ companies(first: 2) { nodes { usages { totalCount(atMost: -1) } } } }",
            // Things that are missing, and keys that are wrong.
            "{ technologiesByKeys(keys: [{slug: \"rust\"}, {slug: \"none\"}, {id: \"x\"}]) { slug usages(first: 1) { nodes { id } } } }",
            "{ nodes(ids: [\"x\"]) { id } }",
            "{ _entities(representations: [{__typename: \"Company\", slug: \"shopify\"}, {__typename: \"Language\", slug: \"rust\"}, {__typename: \"Company\", slug: \"none\"}]) { ... on Company { name products { nodes { name } } } ... on Language { typing frameworks(first: 2) { nodes { name } } } } }",
            // Of companies and products, some have the same number.
            "{ usages(first: 100, orderBy: {field: ADDED, direction: DESC}) { nodes { company { slug } product { slug } adopter { __typename slug } } } }",
            "{ usages(first: 100) { edges { node { company { slug } product { slug } adopter { __typename slug } } } } }",
            // One thing by its slug, with whose first list it comes.
            "{ technology(by: {slug: \"rust\"}) { name usages(first: 3) { nodes { company { name } product { name maker { name } } } } } }",
            "{ technology(by: {slug: \"golang\"}) { usages(last: 2) { edges { cursor node { id } } pageInfo { hasPreviousPage hasNextPage startCursor } totalCount } slug } }",
            "{ technology(by: {slug: \"none\"}) { name usages(first: 3) { nodes { id } } } }",
            "{ technology(by: {slug: \"rust\"}) { usages(filter: {or: []}) { nodes { id } totalCount } name } }",
            "{ technology(by: {slug: \"rust\"}) { usages(first: 0) { nodes { id } } usages(first: 1) { nodes { id } } } }",
            "{ technology(by: {slug: \"rust\"}) { usages(first: 101) { nodes { id } } name } }",
            "{ technology(by: {slug: \"rust\"}) { usages(first: 2, after: \"x\") { nodes { id } } releases { nodes { label } } } }",
            "{ technology(by: {slug: \"react\"}) { usages(first: 50, orderBy: [{field: SINCE, direction: DESC}]) { edges { cursor node { since } } pageInfo { endCursor } } } }",
            "{ technology(by: {slug: \"react\"}) { usages(first: 50, orderBy: [{field: COMPANY_NAME}, {field: SINCE}]) { nodes { since company { name } } } } }",
            "{ technology(by: {slug: \"react\"}) { relations { nodes { from { slug } to { slug } } } aliases { nodes { text } } } }",
            "{ technology(by: {slug: \"react\"}) { aliases(first: 2) { nodes { text entity { id } } } } }",
            "{ technology(by: {slug: \"react\"}) { categories(first: 2) { edges { cursor node { slug } } } } }",
            "{ technology(by: {slug: \"react\"}) { ... on Framework { languages { nodes { name } } } skillAreas { nodes { skillArea { name } technology { name } } } } }",
            "{ language(by: {slug: \"react\"}) { name usages(first: 2) { nodes { id } } } }",
            "{ language(by: {slug: \"javascript\"}) { frameworks(first: 3) { edges { cursor node { slug languages(first: 2) { nodes { name } } } } } typing } }",
            "{ company(by: {slug: \"shopify\"}) { usages(first: 2) { nodes { company { slug usages(first: 1) { nodes { id } } } } } } }",
            "{ role(by: {slug: \"backend-developer\"}) { related { nodes { role { slug } related { slug } } } } }",
            // Empty lists, and lists of nothing.
            "{ companies(first: 0) { nodes { usages { nodes { id } } } pageInfo { hasNextPage endCursor } } }",
            "{ technologies(first: 3, filter: {slug: {eq: \"none\"}}) { nodes { usages { totalCount } } edges { cursor } totalCount } }",
        ] {
            servers.same_each_way(query).await.unwrap();
        }
    }

    async fn what_cannot_be_read_has_one_answer(backend) {
        let servers = Servers::start(backend).await;
        for table in ["language", "evidence"] {
            servers.reading.sql(&format!("ALTER TABLE {table} RENAME TO {table}_lost")).await;
        }
        for query in [
            // A column that fails twice takes no other one's place.
            "{ language(by: {slug: \"rust\"}) { typing name typing } }",
            "{ languages(first: 2) { nodes { typing name a: typing typing } } }",
            "{ usages(first: 2) { nodes { evidence(first: 1) { nodes { url } } scope technology { name } } } }",
        ] {
            let answer = servers.same_each_way(query).await.unwrap();
            assert!(!answer.errors.is_empty(), "{query}");
        }
    }
}
