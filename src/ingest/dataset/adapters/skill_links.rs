//! Lists of articles by area of skill, nested: `area / subject / Title at Company`.

use super::{address, claim, ends_with_any, stem};
use crate::ingest::dataset::claim::{Article, Mention, Says, SkillArea};
use crate::ingest::dataset::markup::blocks::{Block, Kind, blocks};
use crate::ingest::dataset::markup::inline::{links, plain};
use crate::ingest::dataset::markup::text;
use crate::ingest::dataset::{About, Adapter, File, Sink, titles};

/// Sections of such lists that are no area of skill.
const NO_AREAS: [&str; 18] = [
    "contents",
    "content",
    "table of contents",
    "principle",
    "principles",
    "interview",
    "organization",
    "talk",
    "talks",
    "book",
    "books",
    "contributing",
    "license",
    "resources",
    "related",
    "community",
    "credits",
    "sponsors",
];

/// Lists of articles by area.
#[derive(Clone, Copy, Debug)]
pub struct SkillLinks;

impl Adapter for SkillLinks {
    fn name(&self) -> &'static str {
        "skill-links"
    }

    fn about(&self) -> About {
        About {
            reads: "A Markdown list of articles, nested by area and subject, whose titles end in `at Company`; the folder is \
                    called `awesome-…`.",
            from: "github.com/binhnguyennus/awesome-scalability (README.md)",
            licence: "MIT",
            attribution: "The contributors of awesome-scalability",
        }
    }

    fn reads(&self, path: &str) -> bool {
        let folder = path.rsplit('/').nth(1).unwrap_or_default().to_lowercase();
        ends_with_any(path, &[".md"]) && stem(path) == "readme" && folder.starts_with("awesome-")
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let text = text(file.bytes);
        for section in blocks(&text)
            .chunk_by(|_, next| !matches!(next.kind, Kind::Heading { level: 1..=2, .. }))
        {
            if let [
                Block {
                    line,
                    kind: Kind::Heading { level: 1..=2, text },
                },
                items @ ..,
            ] = section
                && !text.trim().is_empty()
                && has_articles(items)
                && !NO_AREAS.contains(&text.to_lowercase().as_str())
            {
                claim(sink, file.path, *line, Says::SkillArea(area(text, &[])));
                Area {
                    path: file.path,
                    name: text,
                }
                .read(items, sink);
            }
        }
    }
}

fn area(name: &str, within: &[&str]) -> SkillArea {
    let within = within.iter().map(|&name| name.to_owned()).collect();
    SkillArea {
        mention: Mention::named(name),
        within,
        ..SkillArea::default()
    }
}

/// Whether somebody's work is told of.
fn has_articles(items: &[Block]) -> bool {
    items.iter().any(|block| matches!(&block.kind, Kind::Item { text, .. } if titles::company(&plain(text)).is_some()))
}

struct Area<'a> {
    path: &'a str,
    name: &'a str,
}

impl Area<'_> {
    /// An item with others below is a subject; each that ends in a company is an article.
    fn read(&self, items: &[Block], sink: &mut dyn Sink) {
        // What the current item is below, with how far it is moved to the right.
        let mut above: Vec<(usize, String)> = Vec::new();
        for (at, block) in items.iter().enumerate() {
            let Kind::Item { indent, text } = &block.kind else {
                continue;
            };
            above.retain(|(other, _)| other < indent);
            let next = items.get(at + 1).map(|block| &block.kind);
            let has_below =
                matches!(next, Some(Kind::Item { indent: below, .. }) if below > indent);
            let title = plain(text);
            if title.is_empty() {
                continue;
            }
            if has_below {
                let names: Vec<&str> = above.iter().map(|(_, name)| name.as_str()).collect();
                let within = [&[self.name], &names[..]].concat();
                claim(
                    sink,
                    self.path,
                    block.line,
                    Says::SkillArea(area(&title, &within)),
                );
            }
            self.article(block.line, text, &title, &above, sink);
            above.push((*indent, title));
        }
    }

    fn article(
        &self,
        line: usize,
        text: &str,
        title: &str,
        above: &[(usize, String)],
        sink: &mut dyn Sink,
    ) {
        let found = links(text)
            .into_iter()
            .find(|(_, url)| address(url).is_some());
        let (Some((label, url)), Some(company)) = (found, titles::company(title)) else {
            return;
        };
        let label = if label.is_empty() {
            title.to_owned()
        } else {
            label
        };
        let subject = above.last().map_or(self.name, |(_, name)| name);
        let within = std::iter::once(self.name).chain(above.iter().map(|(_, name)| name.as_str()));
        let article = Article {
            experience: subject.to_owned(),
            within: within.map(str::to_owned).collect(),
            technologies: titles::technologies(&label, company),
            company: Some(Mention::named(company)),
            title: label,
            url,
        };
        claim(sink, self.path, line, Says::Article(article));
    }
}
