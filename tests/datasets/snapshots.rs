//! The published data sets, in `STACK_ATLAS_DATASETS`.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use entity::enums::Importance;
use stack_atlas::ingest::dataset::Adapter;
use stack_atlas::ingest::dataset::adapters::adopters::Adopters;
use stack_atlas::ingest::dataset::adapters::oews::Oews;
use stack_atlas::ingest::dataset::adapters::onet::Onet;
use stack_atlas::ingest::dataset::adapters::profiles::Profiles;
use stack_atlas::ingest::dataset::adapters::qualities::Qualities;
use stack_atlas::ingest::dataset::adapters::skill_links::SkillLinks;
use stack_atlas::ingest::dataset::adapters::startups::Startups;
use stack_atlas::ingest::dataset::adapters::testing_links::TestingLinks;
use stack_atlas::ingest::dataset::claim::Says;

use super::support::{Found, read_bytes};

/// What an adapter finds in an archive, by file.
fn snapshot(archive: &str, adapter: &dyn Adapter) -> BTreeMap<String, Found> {
    #[expect(
        clippy::disallowed_methods,
        reason = "options of tests are not options of the program"
    )]
    let folder = std::env::var("STACK_ATLAS_DATASETS").unwrap();
    let place = tempfile::tempdir().unwrap();
    let archive = Path::new(&folder).join(archive);
    let tar = Command::new("tar")
        .arg("xzf")
        .arg(&archive)
        .arg("-C")
        .arg(place.path())
        .status();
    assert!(tar.unwrap().success(), "{}", archive.display());
    let mut found = BTreeMap::new();
    for file in files(place.path()) {
        let path = file
            .strip_prefix(place.path())
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        if adapter.reads(&path) {
            let read = read_bytes(adapter, &path, &fs::read(&file).unwrap());
            found.insert(path, read);
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn all(files: &BTreeMap<String, Found>) -> impl Iterator<Item = &Says> {
    files
        .values()
        .flat_map(|found| found.claims.iter().map(|claim| &claim.says))
}

fn problems(files: &BTreeMap<String, Found>) -> Vec<String> {
    files.values().flat_map(Found::problems).collect()
}

/// Adopters that are taken, and entries that are left out as advertising.
const LISTS: [(&str, usize, usize); 17] = [
    ("argo-cd/USERS.md", 445, 1),
    ("argo-rollouts/USERS.md", 85, 0),
    ("argo-workflows/USERS.md", 214, 0),
    // Three people below `Individuals` are no adopters.
    ("cert-manager/USERS.md", 11, 0),
    ("containerd/adopters.yaml", 14, 0),
    ("coredns/ADOPTERS.md", 36, 1),
    ("crossplane/ADOPTERS.md", 84, 1),
    ("dapr/ADOPTERS.md", 53, 0),
    // Twelve without a link stand before the others.
    ("falco/ADOPTERS.md", 50, 0),
    ("flux/1-flux-v2.yaml", 123, 0),
    ("kubevirt/ADOPTERS.md", 42, 1),
    ("kyverno/ADOPTERS.md", 51, 0),
    ("linkerd/ADOPTERS.md", 100, 1),
    ("longhorn/ADOPTERS.md", 5, 0),
    ("openfga/ADOPTERS.md", 45, 0),
    ("rook/ADOPTERS.md", 22, 1),
    ("thanos/adopters.yml", 88, 0),
];

#[test]
#[ignore = "needs the data sets"]
fn adopters() {
    let files = snapshot("company-usage.tar.gz", &Adopters);
    for (list, adopters, problems) in LISTS {
        let found = &files[&format!("company-usage/adopters/{list}")];
        let counted = (found.usages().count(), found.problems.len());
        assert_eq!(counted, (adopters, problems), "{list}");
    }
    let haskell = &files["company-usage/haskell-companies/README.md"];
    assert_eq!(haskell.usages().count(), 171);
    assert_eq!(haskell.problems(), [""; 0]);
}

#[test]
#[ignore = "needs the data sets"]
fn profiles() {
    let files = snapshot("company-usage.tar.gz", &Profiles);
    let of = |folder: &str| files.keys().filter(|path| path.contains(folder)).count();
    assert_eq!((of("remote-jobs/"), of("elixir-companies/")), (882, 327));
    assert_eq!(problems(&files), [""; 0]);
    let companies = files
        .values()
        .filter(|found| found.companies().count() == 1);
    assert_eq!(companies.count(), 1_209);
}

#[test]
#[ignore = "needs the data sets"]
fn startups() {
    let files = snapshot("company-usage.tar.gz", &Startups);
    let companies: usize = files.values().map(|found| found.companies().count()).sum();
    assert_eq!(companies, 150);
    assert_eq!(problems(&files), [""; 0]);
}

#[test]
#[ignore = "needs the data sets"]
fn roles() {
    let files = snapshot("roles.tar.gz", &Onet);
    assert_eq!(problems(&files), [""; 0]);
    let of = |file: &str| {
        let found = &files[&format!("roles/onet-29.2/{file}.txt")];
        let roles = found.claims.iter().filter_map(|claim| match &claim.says {
            Says::Role(role) => Some(role),
            _ => None,
        });
        roles.fold((0, 0, 0), |(roles, titles, tasks), role| {
            (
                roles + 1,
                titles + role.aliases.len(),
                tasks + role.tasks.len(),
            )
        })
    };
    assert_eq!(of("Occupation Data"), (28, 0, 0));
    assert_eq!(of("Alternate Titles"), (28, 1_296, 0));
    assert_eq!(of("Task Statements"), (27, 0, 611));
    let technologies = all(&files).filter_map(|says| match says {
        Says::RoleTechnology(technology) => Some(technology),
        _ => None,
    });
    let importance: Vec<Importance> = technologies.map(|claim| claim.importance).collect();
    assert_eq!(importance.len(), 5_438);
    let essential = importance
        .iter()
        .filter(|importance| **importance == Importance::Essential);
    assert_eq!(essential.count(), 442);
}

#[test]
#[ignore = "needs the data sets"]
fn salaries() {
    let files = snapshot("roles.tar.gz", &Oews);
    let salaries: Vec<_> = all(&files)
        .filter_map(|says| match says {
            Says::Salary(salary) => Some((
                salary.role.ids[0].1.as_str(),
                salary.low,
                salary.median,
                salary.high,
            )),
            _ => None,
        })
        .collect();
    assert_eq!(salaries.len(), 15, "one for each code of seven characters");
    assert!(salaries.contains(&("15-1252", Some(79_850), Some(133_080), Some(211_450))));
    assert!(salaries.contains(&("15-1254", Some(48_560), Some(90_930), Some(162_870))));
}

#[test]
#[ignore = "needs the data sets"]
fn skills() {
    let files = snapshot("skill-areas.tar.gz", &TestingLinks);
    let articles = all(&files).filter_map(|says| match says {
        Says::Article(article) => Some(article),
        _ => None,
    });
    let companies: HashSet<_> = articles
        .map(|article| article.company.as_ref().unwrap().name.clone())
        .collect();
    assert_eq!((companies.len(), problems(&files)), (103, Vec::new()));
    let files = snapshot("skill-areas.tar.gz", &Qualities);
    let areas = all(&files).filter_map(|says| match says {
        Says::SkillArea(area) => Some(&area.mention),
        _ => None,
    });
    let (named, other): (Vec<_>, Vec<_>) = areas.partition(|mention| !mention.name.is_empty());
    let named: HashSet<_> = named.iter().map(|mention| &mention.ids).collect();
    assert_eq!((named.len(), other.len()), (189, 33));
    let files = snapshot("skill-areas.tar.gz", &SkillLinks);
    assert_eq!(problems(&files), [""; 0]);
    assert!(all(&files).any(|says| matches!(says, Says::Article(_))));
}
