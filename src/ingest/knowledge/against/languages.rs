//! Languages beside linguist's: ids, kinds, file extensions, names.

use sea_orm::ActiveEnum as _;

use super::super::format::Nature;
use super::{Comparison, index};
use crate::ingest::dataset::Place;
use crate::ingest::dataset::claim::Technology as Theirs;

pub(super) fn compare(comparison: &mut Comparison<'_>, theirs: &Theirs, place: &Place) {
    let Some(record) = comparison.index.by_id(&theirs.mention, "linguist") else {
        return without_id(comparison, theirs, place);
    };
    let slug = &*record.value.fields.slug;
    comparison.met.insert(slug);
    let Nature::Language(ours) = &record.value.nature else {
        let kind = "is not a language";
        return comparison.contradict(record, "ids.linguist", kind, "is a language", place);
    };
    if let Some(kind) = theirs.language_kind
        && kind != ours.kind
    {
        let word = |kind: entity::enums::LanguageKind| kind.to_value().to_lowercase();
        comparison.contradict(record, "kind", word(ours.kind), word(kind), place);
    }
    for extension in &ours.extensions {
        if !theirs.file_extensions.contains(extension) {
            let field = format!("extensions[{extension}]");
            let known = "not of this language";
            comparison.contradict(record, &field, extension, known, place);
        }
    }
    names(comparison, theirs, slug, place);
}

/// A language of ours that goes by their name ought to have their id.
fn without_id(comparison: &mut Comparison<'_>, theirs: &Theirs, place: &Place) {
    let name = &*theirs.mention.name;
    let Some(record) = comparison.index.named(name) else {
        return;
    };
    let is_language = matches!(record.value.nature, Nature::Language(_));
    if let Some((_, id)) = theirs.mention.ids.first().filter(|_| is_language) {
        let ours = index::id(record, "linguist").unwrap_or("nothing");
        let theirs = format!("{name} is {id}");
        comparison.contradict(record, "ids.linguist", ours, theirs, place);
    }
}

/// Their names have to lead to the same language, if they lead to a language at all.
fn names(comparison: &mut Comparison<'_>, theirs: &Theirs, slug: &str, place: &Place) {
    let own = &theirs.mention.name;
    for name in std::iter::once(own).chain(&theirs.aliases) {
        let Some(other) = comparison.index.named(name) else {
            if name == own
                && let Some(record) = comparison.index.by_id(&theirs.mention, "linguist")
            {
                let ours = record.value.fields.name.clone();
                comparison.contradict(record, "name", ours, name, place);
            }
            continue;
        };
        let is_language = matches!(other.value.nature, Nature::Language(_));
        if other.value.fields.slug != slug && is_language {
            comparison.contradict(other, "names", name, format!("a name of {own}"), place);
        }
    }
}
