//! Trees have no cycles.

use std::collections::{HashMap, HashSet};

use super::book::Book;
use super::mistake::Sink;

/// Parents by slug.
type Parents<'a> = HashMap<&'a str, Vec<&'a str>>;

pub(super) fn check(book: &Book, sink: &mut Sink) {
    let parents = book.categories.values().map(|category| {
        let parents = category.parents.iter().map(String::as_str);
        (category.slug.as_str(), parents.collect())
    });
    let cycles = cycles(&parents.collect());
    for record in &book.categories.records {
        if let Some(cycle) = cycles.get(record.value.slug.as_str()) {
            record.note(sink, "parents", format!("stand in a circle: {cycle}"));
        }
    }

    let parents = book.skill_areas.values().map(|area| {
        let parents = area.parent.iter().map(String::as_str);
        (area.slug.as_str(), parents.collect())
    });
    let cycles = self::cycles(&parents.collect());
    for record in &book.skill_areas.records {
        if let Some(cycle) = cycles.get(record.value.slug.as_str()) {
            record.note(sink, "parent", format!("stands in a circle: {cycle}"));
        }
    }
}

/// The circles, each under the first of its slugs and written as "a, b, a".
fn cycles<'a>(parents: &Parents<'a>) -> HashMap<&'a str, String> {
    let mut slugs: Vec<&str> = parents.keys().copied().collect();
    slugs.sort_unstable();
    let mut cycles = HashMap::new();
    let mut reported = HashSet::new();
    for slug in slugs {
        if reported.contains(slug) {
            continue;
        }
        if let Some(circle) = circle(slug, parents) {
            reported.extend(circle.iter().copied());
            cycles.insert(slug, format!("{}, {slug}", circle.join(", ")));
        }
    }
    cycles
}

/// A way from `start` over parents back to it.
fn circle<'a>(start: &'a str, parents: &Parents<'a>) -> Option<Vec<&'a str>> {
    let mut came_from: HashMap<&str, &str> = HashMap::new();
    let mut waiting = vec![start];
    while let Some(slug) = waiting.pop() {
        for parent in parents.get(slug).into_iter().flatten().copied() {
            if parent == start {
                let mut way = vec![slug];
                while let Some(previous) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(previous);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(parent) {
                came_from.insert(parent, slug);
                waiting.push(parent);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once_and_shared_parents_are_none() {
        let diamond = HashMap::from([("a", vec!["b", "c"]), ("b", vec!["d"]), ("c", vec!["d"])]);
        assert!(cycles(&diamond).is_empty());
        let circle = HashMap::from([("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["a"])]);
        assert_eq!(
            cycles(&circle),
            HashMap::from([("a", "a, b, c, a".to_owned())])
        );
        let own = HashMap::from([("a", vec!["a"]), ("b", vec!["a"])]);
        assert_eq!(cycles(&own), HashMap::from([("a", "a, a".to_owned())]));
    }
}
