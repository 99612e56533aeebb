//! `LANGUAGE/FRAMEWORK/config.yaml` of the-benchmarker/web-frameworks.

use entity::enums::{FrameworkKind, TechnologyKind};

use super::super::{address, claim, problem, repository, yaml};
use crate::ingest::dataset::claim::{Mention, Says, Technology};
use crate::ingest::dataset::{File, Sink};

/// Language and framework, by the folders in which a file stands.
pub(super) fn place(path: &str) -> Option<(&str, &str)> {
    let mut steps = path.rsplit('/');
    let file = steps.next()?;
    let framework = steps.next()?;
    let language = steps.next()?;
    // The settings of a language stand above, right below the folder of the repository.
    let is_above = language.starts_with("web-frameworks");
    let is_place = file == "config.yaml" && !is_above && !language.is_empty();
    (is_place && !framework.is_empty()).then_some((language, framework))
}

pub(super) fn read(file: &File<'_>, language: &str, name: &str, sink: &mut dyn Sink) {
    let Some(root) = yaml(file, sink) else { return };
    let Some(framework) = root.get("framework") else {
        problem(sink, file.path, root.line, "has no `framework`");
        return;
    };
    let language = Mention {
        kind: Some(TechnologyKind::Language),
        ..Mention::named(language)
    };
    let mut mention = Mention::named(name);
    mention.kind = Some(TechnologyKind::Framework);
    mention.language = Some(language.name.clone());
    // One of the files has it misspelt.
    let github = framework.text("github").or_else(|| framework.text("gihub"));
    let github = github.and_then(repository);
    let website = framework.text("website");
    mention.website = website.and_then(|website| {
        if website.contains("://") {
            address(website)
        } else {
            address(&format!("https://{website}"))
        }
    });
    let is_substantial = github.is_some() || mention.website.is_some();
    let repository = github
        .as_ref()
        .map(|path| format!("https://github.com/{path}"));
    mention
        .ids
        .extend(github.map(|path| ("github".into(), path)));
    let mut technology = Technology::new(mention, TechnologyKind::Framework);
    technology.repository = repository;
    technology.languages = vec![language];
    technology.framework_kind = Some(FrameworkKind::Framework);
    technology.is_substantial = is_substantial;
    let line = root.line_of("framework");
    claim(
        sink,
        file.path,
        line,
        Says::Technology(Box::new(technology)),
    );
}
