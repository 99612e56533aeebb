//! The languages that GitHub knows: `languages.yml` of linguist.

use entity::enums::{LanguageKind, TechnologyKind};

use super::{claim, file_name, label, problem, yaml};
use crate::ingest::dataset::claim::{Mention, Says, Technology};
use crate::ingest::dataset::{About, Adapter, File, Sink};
use crate::ingest::yaml::{Entry, Node, Value};

/// Reads linguist's list of languages.
#[derive(Clone, Copy, Debug)]
pub struct Linguist;

impl Adapter for Linguist {
    fn name(&self) -> &'static str {
        "linguist"
    }

    fn about(&self) -> About {
        About {
            reads: "languages with their kinds, other names and file extensions (languages.yml)",
            from: "https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml",
            licence: "MIT",
            attribution: "GitHub Linguist, © GitHub, Inc.",
        }
    }

    fn reads(&self, path: &str) -> bool {
        file_name(path) == "languages.yml"
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let Some(root) = yaml(file, sink) else { return };
        if !matches!(root.value, Value::Record(_)) {
            problem(sink, file.path, root.line, "expected languages by name");
            return;
        }
        for entry in root.entries() {
            match language(entry) {
                Ok(technology) => {
                    let says = Says::Technology(Box::new(technology));
                    claim(sink, file.path, entry.line, says);
                }
                Err(what) => problem(sink, file.path, entry.line, what),
            }
        }
    }
}

/// A language, or why it is none.
fn language(entry: &Entry) -> Result<Technology, String> {
    let record = &entry.value;
    let name = entry.key.trim();
    if name.is_empty() {
        return Err("a language has no name".to_owned());
    }
    let kind = match record.text("type") {
        Some("programming") => LanguageKind::Programming,
        Some("data") => LanguageKind::Data,
        // Text with light marks, such as Markdown.
        Some("markup" | "prose") => LanguageKind::Markup,
        _ => {
            return Err(format!(
                "{name}: `type` is not programming, data, markup or prose"
            ));
        }
    };
    let mut mention = Mention::named(name);
    mention.kind = Some(TechnologyKind::Language);
    match record.get("language_id").map(|id| &id.value) {
        Some(Value::Whole(id)) => mention.ids.push(("linguist".into(), id.to_string())),
        _ => return Err(format!("{name}: `language_id` is not a whole number")),
    }
    let mut technology = Technology::new(mention, TechnologyKind::Language);
    technology.language_kind = Some(kind);
    technology.aliases = texts(record, "aliases");
    technology.file_extensions = texts(record, "extensions");
    technology.is_substantial = true;
    Ok(technology)
}

fn texts(record: &Node, key: &str) -> Vec<String> {
    let items = record.get(key).map_or(&[][..], Node::items);
    items.iter().filter_map(label).collect()
}
