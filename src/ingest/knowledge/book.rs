//! All records of all files, each with the place where it is written.

use super::decode::{Decode, Reader};
use super::format::{
    Aliases, Category, Company, Difference, Experience, Nature, Product, Relation, Releases, Role,
    SkillArea, Source, Technology, Usage,
};
use super::mistake::Sink;
use super::read::Files;
use crate::ingest::yaml::{Node, Value};

/// The records of all files, in the order in which they are written.
#[derive(Clone, Debug)]
pub(super) struct Book {
    pub sources: Section<Source>,
    pub categories: Section<Category>,
    pub companies: Section<Company>,
    pub technologies: Section<Technology>,
    pub products: Section<Product>,
    pub usages: Section<Usage>,
    pub relations: Section<Relation>,
    pub releases: Section<Releases>,
    pub experiences: Section<Experience>,
    pub skill_areas: Section<SkillArea>,
    pub roles: Section<Role>,
    pub aliases: Section<Aliases>,
    pub differences: Section<Difference>,
}

/// The records of one kind.
#[derive(Clone, Debug)]
pub(super) struct Section<T> {
    pub records: Vec<Record<T>>,
    /// All slugs, also of records that cannot be used.
    pub slugs: Vec<Slug>,
    /// Whether all records could be found, be they right or wrong.
    pub is_complete: bool,
}

/// A record and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Record<T> {
    pub value: T,
    file: &'static str,
    node: Node,
}

/// A slug and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Slug {
    pub text: String,
    pub file: &'static str,
    pub line: usize,
}

impl<T> Record<T> {
    /// Notes a mistake at the field `path`, such as `evidence[0].url`.
    pub fn note(&self, sink: &mut Sink, path: &str, message: impl Into<String>) {
        sink.note(self.file, self.line(path), path, message);
    }

    /// The file and the line in which the field `path` begins.
    pub fn place(&self, path: &str) -> String {
        format!("{}:{}", self.file, self.line(path))
    }

    /// The line in which the field `path` begins.
    pub fn line(&self, path: &str) -> usize {
        self.node.line_of(path)
    }
}

impl Book {
    /// Reads all files and notes what cannot be read.
    pub fn read(files: &Files, sink: &mut Sink) -> Self {
        Self {
            sources: Section::read(files, "sources.yaml", sink, Source::decode),
            categories: Section::read(files, "categories.yaml", sink, Category::decode),
            companies: Section::read(files, "companies.yaml", sink, Company::decode),
            technologies: technologies(files, sink),
            products: Section::read(files, "products.yaml", sink, Product::decode),
            usages: Section::read(files, "usages.yaml", sink, Usage::decode),
            relations: Section::read(files, "relations.yaml", sink, Relation::decode),
            releases: Section::read(files, "releases.yaml", sink, Releases::decode),
            experiences: Section::read(files, "experiences.yaml", sink, Experience::decode),
            skill_areas: Section::read(files, "skill-areas.yaml", sink, SkillArea::decode),
            roles: Section::read(files, "roles.yaml", sink, Role::decode),
            aliases: Section::read(files, "aliases.yaml", sink, Aliases::decode),
            differences: Section::read(files, "differences.yaml", sink, Difference::decode),
        }
    }
}

/// Languages, frameworks and tools share one space of slugs.
fn technologies(files: &Files, sink: &mut Sink) -> Section<Technology> {
    let languages = Section::read(files, "languages.yaml", sink, |node, reader| {
        Technology::decode(node, reader, Nature::Language)
    });
    let frameworks = Section::read(files, "frameworks.yaml", sink, |node, reader| {
        Technology::decode(node, reader, Nature::Framework)
    });
    let tools = Section::read(files, "tools.yaml", sink, |node, reader| {
        Technology::decode(node, reader, Nature::Tool)
    });
    languages.followed_by(frameworks).followed_by(tools)
}

impl<T> Section<T> {
    fn read(
        files: &Files,
        file: &'static str,
        sink: &mut Sink,
        decode: impl Fn(&Node, &mut Reader<'_>) -> Option<T>,
    ) -> Self {
        let nodes = files.text(file).and_then(|text| list(file, text, sink));
        let mut section = Self {
            records: Vec::new(),
            slugs: Vec::new(),
            is_complete: nodes.is_some(),
        };
        let mut reader = Reader::new(file, sink);
        for node in nodes.unwrap_or_default() {
            if let Some(slug) = node.text("slug") {
                section.slugs.push(Slug {
                    text: slug.to_owned(),
                    file,
                    line: node.line_of("slug"),
                });
            }
            if let Some(value) = decode(&node, &mut reader) {
                section.records.push(Record { value, file, node });
            }
        }
        section
    }

    fn followed_by(mut self, other: Self) -> Self {
        self.records.extend(other.records);
        self.slugs.extend(other.slugs);
        self.is_complete &= other.is_complete;
        self
    }

    /// The values alone.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.records.iter().map(|record| &record.value)
    }
}

/// The items of a file, which is a list; `None` after noting why it is not.
fn list(file: &'static str, text: &str, sink: &mut Sink) -> Option<Vec<Node>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    match Node::parse(text) {
        Ok(Node {
            value: Value::List(nodes),
            ..
        }) => return Some(nodes),
        Ok(Node {
            value: Value::Nothing,
            ..
        }) => return Some(Vec::new()),
        Ok(node) => sink.note(file, node.line, "", "expected a list of records"),
        Err((line, message)) => sink.note(file, line, "", format!("is not YAML: {message}")),
    }
    None
}
