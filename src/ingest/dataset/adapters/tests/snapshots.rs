//! The published data sets, in the folder that `STACK_ATLAS_DATASETS` names.

use std::collections::BTreeSet;
use std::path::Path;

use entity::enums::LanguageKind;

use super::super::folded;
use super::{EndOfLife, Found, Frameworks, Landscape, Linguist};
use crate::ingest::dataset::bundle::{Bundle, BundleError, Limits};
use crate::ingest::dataset::claim::Says;
use crate::ingest::dataset::{Adapter, Claim};

/// How many files of a published data set an adapter reads, and what it finds in them.
fn read_all(adapter: &dyn Adapter, archive: &str) -> (usize, Found) {
    #[expect(
        clippy::disallowed_methods,
        reason = "options of tests are not options of the program"
    )]
    let folder = std::env::var("STACK_ATLAS_DATASETS").expect("the folder of the data sets");
    let bundle = Bundle::open(&Path::new(&folder).join(archive), Limits::default());
    let (mut files, mut found) = (0, Found::default());
    let walked = bundle.expect("an archive").walk::<BundleError>(
        &mut |path| adapter.reads(path),
        &mut |file| {
            files += 1;
            adapter.read(&file?, &mut found);
            Ok(())
        },
    );
    walked.expect("a whole archive");
    (files, found)
}

#[test]
#[ignore = "needs the data sets"]
fn all_of_linguist() {
    let (files, found) = read_all(&Linguist, "linguist.tar.gz");
    let languages = found.technologies();
    let of = |kind| {
        languages
            .iter()
            .filter(|l| l.language_kind == Some(kind))
            .count()
    };
    assert_eq!((files, languages.len(), found.problems()), (1, 829, vec![]));
    assert_eq!(of(LanguageKind::Programming), 558);
    assert_eq!(of(LanguageKind::Data), 182);
    assert_eq!(of(LanguageKind::Markup), 71 + 18);
    assert_eq!(
        languages.iter().filter(|l| !l.aliases.is_empty()).count(),
        255
    );
    assert_eq!(
        languages
            .iter()
            .filter(|l| !l.file_extensions.is_empty())
            .count(),
        782
    );
}

#[test]
#[ignore = "needs the data sets"]
fn all_of_endoflife() {
    let (files, found) = read_all(&EndOfLife, "endoflife.tar.gz");
    let releases = found.releases();
    assert_eq!(
        (files, found.technologies().len(), found.problems()),
        (464, 464, vec![])
    );
    assert_eq!(releases.len(), 8_351);
    assert_eq!(
        releases
            .iter()
            .filter(|r| r.end_of_life_on.is_some())
            .count(),
        7_228
    );
    assert_eq!(
        releases
            .iter()
            .filter(|r| r.is_end_of_life.is_some())
            .count(),
        1_123
    );
    assert_eq!(
        releases
            .iter()
            .filter(|r| r.latest_version.is_some())
            .count(),
        6_232 - 9,
        "nine are empty texts"
    );
    assert_eq!(
        releases
            .iter()
            .filter(|r| r.latest_released_on.is_some())
            .count(),
        6_084
    );
}

#[test]
#[ignore = "needs the data sets"]
fn all_of_the_landscapes() {
    let (files, found) = read_all(&Landscape, "landscape.tar.gz");
    assert_eq!((files, found.problems()), (2, vec![]));
    let in_cncf = |claim: &&Claim| claim.place.path.contains("cncf");
    let is_technology = |claim: &&Claim| matches!(claim.says, Says::Technology(_));
    let cncf = || found.claims.iter().filter(in_cncf);
    assert_eq!(cncf().filter(is_technology).count(), 1_440 + 6);
    assert_eq!(cncf().count(), 2_413);
    assert_eq!(found.companies().len(), 722 + 245 + 13 + 103);
    assert_eq!(found.usages().len(), 103);
}

#[test]
#[ignore = "needs the data sets"]
fn all_of_techempower() {
    let (files, found) = read_all(&Frameworks, "techempower.tar.gz");
    assert_eq!((files, found.problems()), (407, vec![]));
    let integrated = found.relations();
    let names: BTreeSet<_> = found
        .technologies()
        .iter()
        .map(|technology| folded(&technology.mention.name))
        .collect();
    assert_eq!(names.len(), 410);
    assert_eq!(integrated.len(), 864);
}

#[test]
#[ignore = "needs the data sets"]
fn all_of_the_benchmarker() {
    let (files, found) = read_all(&Frameworks, "web-frameworks.tar.gz");
    let technologies = found.technologies();
    assert_eq!(
        (files, technologies.len(), found.problems()),
        (347, 347, vec![])
    );
    let has = |scheme: &str| {
        technologies
            .iter()
            .filter(|t| t.mention.ids.iter().any(|id| id.0 == scheme))
            .count()
    };
    assert_eq!(has("github"), 166 + 1);
    assert_eq!(
        technologies
            .iter()
            .filter(|t| t.mention.website.is_some())
            .count(),
        207
    );
}
