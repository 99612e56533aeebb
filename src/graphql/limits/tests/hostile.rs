//! What attackers send is refused at once, before the parser where the parser would die of it.

use std::time::{Duration, Instant};

use async_graphql::parser::parse_query;
use serde_json::json;

use super::{Limits, guard, measure, on_worker_stack, query, repeat, sample, unlimited};

/// Documents with `depth` brackets inside each other, one way each.
fn nested(depth: usize) -> Vec<String> {
    let around = |before: &str, open: &str, leaf: &str, close: &str, after: &str| {
        let (opens, closes) = (open.repeat(depth), close.repeat(depth));
        format!("{before}{opens}{leaf}{closes}{after}")
    };
    vec![
        around("{f(a:", "[", "1", "]", ")}"),
        around("{f(a:", "{a:", "1", "}", ")}"),
        around("{f(a:", "[{a:", "1", "}]", ")}"),
        around("query($a:Int=", "[", "1", "]", "){x}"),
        around("query($a:Int=", "{a:", "1", "}", "){x}"),
        around("query($a:", "[", "Int", "]", "){x}"),
        around("query($a:Int @d(a:", "[", "1", "]", ")){x}"),
        around("query @d(a:", "[", "1", "]", "){x}"),
        around("{__typename @include(if:", "[", "1", "]", ")}"),
        around("{...F @d(a:", "[", "1", "]", ")} fragment F on T{x}"),
        around("{...F} fragment F on T @d(a:", "[", "1", "]", "){x}"),
        around("{...@d(a:", "[", "1", "]", "){x}}"),
        around("{f(a:", "[ #]\n", "1", "]", ")}"),
        around("{f(a:", "[\"]\"", "1", "]", ")}"),
        around("", "{n", "", "}", ""),
        around("{", "...{", "x", "}", "}"),
        around("{", "...on T{", "x", "}", "}"),
        around("", "fragment F on T{", "x", "}", ""),
        around("", "{f(a:[", "1", "])}", ""),
    ]
}

#[test]
fn nothing_nested_reaches_the_parser() {
    for depth in [2_000, 5_000, 50_000] {
        for text in nested(depth) {
            let start = Instant::now();
            guard(&text, &Limits::default()).expect_err("it is refused");
            let limits = Limits {
                nesting: Limits::default().nesting,
                ..unlimited()
            };
            let refusal = guard(&text, &limits).expect_err("nesting alone refuses it");
            assert_eq!(refusal.code(), "NESTED_TOO_DEEPLY");
            assert!(start.elapsed() < Duration::from_millis(50));
        }
    }
}

#[test]
fn a_megabyte_is_refused_unread() {
    for unit in [
        "[", "{a:", "{n{", "[[Int", "#", "\"", "\"\"\"", " ", "a ", "a:b ", "\\\"\"\"", "@d",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let start = Instant::now();
        let refusal = guard(&text, &Limits::default()).expect_err("it is refused");
        assert_eq!(refusal.code(), "DOCUMENT_TOO_LARGE");
        assert!(start.elapsed() < Duration::from_millis(50));
        let refusal = guard(&text[..65_536], &Limits::default());
        assert!(refusal.is_err() || unit == "#" || unit == " ", "{unit}");
    }
}

/// Each way of nesting up to and past the limit, through the whole library.
#[test]
fn what_is_nested_to_the_limit_is_parsed_and_validated() {
    on_worker_stack(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let schema = sample::schema();
        for text in (20..80).flat_map(nested) {
            if guard(&text, &Limits::default()).is_err() {
                continue;
            }
            let Ok(document) = parse_query(&text) else {
                continue;
            };
            if measure(&document, &Limits::default()).is_ok() {
                let _ = runtime.block_on(schema.execute(text));
            }
        }
    });
}

/// Selection sets and fragments inside each other up to the limit of levels, validated and run.
#[test]
fn levels_to_the_limit_run() {
    let levels = Limits::default().levels;
    let chain = repeat(levels - 3, |at| {
        format!("fragment F{at} on Technology{{id ...F{}}}", at + 1)
    });
    let chain = format!(
        "{{technology(slug:\"\"){{...F0}}}} {chain} fragment F{} on Technology{{id}}",
        levels - 3
    );
    let inline = format!(
        "{{{}__typename{}}}",
        "...{".repeat(levels - 1),
        "}".repeat(levels - 1)
    );
    for text in [chain, inline] {
        assert_eq!(query(&text).passes().0.levels, levels);
        on_worker_stack(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .expect("a runtime");
            let response = runtime.block_on(sample::schema().execute(text));
            assert!(response.errors.is_empty(), "{:?}", response.errors);
        });
    }
}

#[test]
fn fragment_bombs() {
    let twice = |at: usize| format!("fragment f{at} on Query{{...f{0} ...f{0}}}", at + 1);
    let chain = format!(
        "{{...f0}}{}fragment f24 on Query{{__typename}}",
        repeat(24, twice)
    );
    query(chain).refused("TOO_MANY_SELECTIONS");
    let wide = |at: usize| {
        format!(
            "fragment f{at} on Query{{{}}}",
            format!("...f{}", at + 1).repeat(16)
        )
    };
    let wide = format!(
        "{{...f0}}{}fragment f6 on Query{{__typename}}",
        repeat(6, wide)
    );
    query(wide).refused("TOO_MANY_SELECTIONS");
    // Not used by the operation, but validated all the same.
    let unused = format!(
        "{{__typename}}{}fragment f24 on Query{{__typename}}",
        repeat(24, twice)
    );
    query(unused).refused("TOO_MANY_SELECTIONS");
}

#[test]
fn floods_of_ten_thousand() {
    let flood = |code, text: String| query(text).refused(code);
    flood(
        "DOCUMENT_TOO_LARGE",
        format!("{{{}}}", repeat(10_000, |at| format!("a{at}:__typename "))),
    );
    flood("TOO_MANY_TOKENS", format!("{{{}}}", "a:b ".repeat(10_000)));
    flood(
        "TOO_MANY_TOKENS",
        format!("{{{}}}", "__typename ".repeat(5_900)),
    );
    flood("TOO_MANY_TOKENS", format!("{{a{}}}", "@d ".repeat(10_000)));
    flood(
        "TOO_MANY_TOKENS",
        format!("query({}){{a}}", "$a:B ".repeat(10_000)),
    );
    flood(
        "TOO_MANY_TOKENS",
        format!("{{a(b:[{}])}}", "0".repeat(10_000)),
    );
    flood(
        "TOO_MANY_ALIASES",
        format!("{{{}}}", "...{a:b}".repeat(201)),
    );
    flood("TOO_MANY_DIRECTIVES", format!("{{a{}}}", "@d ".repeat(51)));
    flood(
        "TOO_MANY_ROOT_FIELDS",
        format!("{{{}}}", "__typename ".repeat(21)),
    );
    flood(
        "TOO_MANY_VARIABLES",
        format!("query({}){{a}}", "$a:B ".repeat(101)),
    );
    let unknown = repeat(2_000, |at| format!("unknown{at} "));
    flood(
        "TOO_MANY_UNKNOWN_FIELDS",
        format!("{{technology(slug:\"\"){{{unknown}}}}}"),
    );
}

/// A few kilobytes that would make a million errors.
#[test]
fn merging_of_fields() {
    let sets = "a{...F}".repeat(300);
    query(format!(
        "{{a{{{sets}}}}} fragment F on T{{a(b:1) {}}}",
        "a ".repeat(1_800)
    ))
    .refused("TOO_MANY_SELECTIONS");
    let inline = |depth: usize, fields: usize| {
        let (open, close) = ("...{".repeat(depth), "}".repeat(depth));
        query(format!("{{a{{{open}{}{close}}}}}", "a ".repeat(fields)))
    };
    inline(28, 3_800).refused("TOO_MANY_COMPARISONS");
    let arguments = repeat(30, |at| format!("a{at}:1 "));
    query(format!("{{a{{a({arguments}) {}}}}}", "a ".repeat(3_000)))
        .refused("TOO_MANY_COMPARISONS");
}

/// One large variable that many fields use is copied by the library for each.
#[test]
fn large_variables_used_often() {
    let text = format!(
        "query($v:[ID!]!){{technology{{{}}}}}",
        "nodes(ids:$v){id} ".repeat(300)
    );
    query(text)
        .variables(json!({"v": vec!["x"; 1_000]}))
        .refused("TOO_MANY_INPUT_VALUES");
}

#[test]
fn circular_introspection() {
    let fields = "fields{type{ofType{".repeat(5) + "name" + &"}}}".repeat(5);
    query(format!("{{__type(name:\"Query\"){{{fields}}}}}")).refused("INTROSPECTION_TOO_EXPENSIVE");
    query(format!("{{__schema{{queryType{{{fields}}}}}}}")).refused("INTROSPECTION_TOO_EXPENSIVE");
    let members = "possibleTypes{interfaces{".repeat(5) + "name" + &"}}".repeat(5);
    query(format!("{{__schema{{types{{{members}}}}}}}")).refused("INTROSPECTION_TOO_EXPENSIVE");
    let types = "types{fields{args{name type{name}} type{name}}}";
    let often = repeat(20, |at| format!("a{at}:__schema{{{types}}}"));
    query(format!("{{{often}}}")).refused("INTROSPECTION_TOO_EXPENSIVE");
}

#[test]
fn connections_inside_each_other() {
    let text =
        "{technologies(first:100){nodes{usages(first:50){nodes{technology{frameworks(first:20){
        nodes{usages(first:50){nodes{id}}}}}}}}}}";
    query(text).refused("TOO_EXPENSIVE");
    query(
        "{technologies(first:2147483647){nodes{frameworks(first:2147483647){nodes{
        frameworks(first:2147483647){nodes{id}}}}}}}",
    )
    .refused("TOO_EXPENSIVE");
}
