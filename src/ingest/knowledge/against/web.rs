//! Frameworks beside those of web benchmarks: the languages that they are for.

use entity::enums::TechnologyKind;

use super::super::format::Nature;
use super::Comparison;
use crate::ingest::dataset::Place;
use crate::ingest::dataset::claim::Technology as Theirs;

pub(super) fn compare(comparison: &mut Comparison<'_>, theirs: &Theirs, place: &Place) {
    if theirs.mention.kind != Some(TechnologyKind::Framework) {
        return;
    }
    let index = comparison.index;
    let record = index.by_id(&theirs.mention, "github");
    let Some(record) = record.or_else(|| index.named(&theirs.mention.name)) else {
        return;
    };
    let Nature::Framework(ours) = &record.value.nature else {
        return;
    };
    comparison.met.insert(&record.value.fields.slug);
    for language in &theirs.languages {
        let known = index.named(&language.name);
        let slug = known.map_or(&*language.name, |known| &*known.value.fields.slug);
        if !ours.languages.iter().any(|other| other == slug) {
            let ours = ours.languages.join(", ");
            comparison.contradict(record, "languages", ours, slug, place);
        }
    }
}
