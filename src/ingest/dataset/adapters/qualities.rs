//! The quality model of arc42: front matter alone, because the bodies quote standards.

use super::{claim, ends_with_any, problem};
use crate::ingest::dataset::claim::{Mention, Says, SkillArea};
use crate::ingest::dataset::markup::front;
use crate::ingest::dataset::markup::text;
use crate::ingest::dataset::{About, Adapter, File, Sink};
use crate::ingest::yaml::Node;

/// The scheme of the ids.
const SCHEME: &str = "arc42";

/// Texts of a list that are read: every dimension is told with every other name.
const MOST_TEXTS: usize = 20;

/// Qualities of software.
#[derive(Clone, Copy, Debug)]
pub struct Qualities;

impl Adapter for Qualities {
    fn name(&self) -> &'static str {
        "qualities"
    }

    fn about(&self) -> About {
        About {
            reads: "The front matter of the quality model: qualities in up to nine dimensions, and their other names.",
            from: "github.com/arc42/quality.arc42.org-site (_qualities)",
            licence: "CC-BY-SA-4.0",
            attribution: "arc42 quality model, quality.arc42.org, CC BY-SA 4.0",
        }
    }

    fn reads(&self, path: &str) -> bool {
        ends_with_any(path, &[".md"])
            && path
                .rsplit('/')
                .skip(1)
                .any(|folder| folder == "_qualities")
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let text = text(file.bytes);
        let head = match front::split(&text) {
            Some(Ok(page)) => page.head,
            Some(Err((line, what))) => return problem(sink, file.path, line, what),
            None => return problem(sink, file.path, 1, "has no front matter between `---`"),
        };
        let field = |key: &str| head.get(key).and_then(Node::as_text);
        let (Some(title), Some(link)) = (field("title"), field("permalink")) else {
            return problem(sink, file.path, 1, "says neither `title` nor `permalink`");
        };
        if let Some(of) = field("alias_of") {
            let mention = Mention {
                also: vec![title.to_owned()],
                ids: id(of),
                ..Mention::default()
            };
            return claim(
                sink,
                file.path,
                2,
                Says::SkillArea(SkillArea {
                    mention,
                    ..SkillArea::default()
                }),
            );
        }
        hand_over(file.path, title, link, &head, sink);
    }
}

/// Hands over a quality, once for each of its dimensions.
fn hand_over(path: &str, title: &str, link: &str, head: &Node, sink: &mut dyn Sink) {
    let slug = link
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(link);
    let also = texts(head, "aka");
    let mention = Mention {
        also,
        ids: id(slug),
        ..Mention::named(title)
    };
    let mut dimensions = texts(head, "tags");
    if dimensions.is_empty() {
        dimensions.push(String::new());
    }
    for dimension in dimensions {
        let within = Some(dimension)
            .filter(|name| !name.is_empty())
            .into_iter()
            .collect();
        let area = SkillArea {
            mention: mention.clone(),
            within,
            ..SkillArea::default()
        };
        claim(sink, path, 2, Says::SkillArea(area));
    }
}

fn id(slug: &str) -> Vec<(String, String)> {
    let slug = Some(slug).filter(|slug| !slug.is_empty());
    let id = slug.map(|slug| (SCHEME.to_owned(), slug.to_owned()));
    id.into_iter().collect()
}

/// The texts of a list, or of a field that is one.
fn texts(head: &Node, key: &str) -> Vec<String> {
    let Some(node) = head.get(key) else {
        return Vec::new();
    };
    let one = node.as_text().into_iter().flat_map(str::split_whitespace);
    let many = node.items().iter().filter_map(Node::as_text);
    one.chain(many)
        .take(MOST_TEXTS)
        .map(str::to_owned)
        .collect()
}
