//! Both sides of every limit: at the limit a query passes, one past it is refused.

use serde_json::json;

use super::{Limits, Query, query, repeat, unlimited};

/// `make(n)` is a query with exactly `n` of what `set` limits.
#[track_caller]
fn edge(code: &str, set: fn(&mut Limits, usize), make: impl Fn(usize) -> Query) {
    let limit = 9;
    let mut limits = unlimited();
    set(&mut limits, limit);
    make(limit).limits(&limits).passes();
    let text = make(limit + 1).limits(&limits).refused(code).to_string();
    assert!(
        text.contains("10") && text.contains("the limit is 9. "),
        "{text}"
    );
}

#[test]
fn document_bytes() {
    let make = |bytes| query(format!("{:bytes$}", "{a}"));
    edge(
        "DOCUMENT_TOO_LARGE",
        |limits, limit| limits.document_bytes = limit,
        make,
    );
}

#[test]
fn tokens() {
    let make = |tokens| query(format!("{{{}}}", "a ".repeat(tokens - 2)));
    edge(
        "TOO_MANY_TOKENS",
        |limits, limit| limits.tokens = limit,
        make,
    );
}

#[test]
fn name_bytes() {
    let make = |bytes| query(format!("{{{}}}", "a".repeat(bytes)));
    edge(
        "NAME_TOO_LONG",
        |limits, limit| limits.name_bytes = limit,
        make,
    );
}

#[test]
fn nesting() {
    let make = |depth| {
        query(format!(
            "{{a(b:{}{})}}",
            "[".repeat(depth - 2),
            "]".repeat(depth - 2)
        ))
    };
    edge(
        "NESTED_TOO_DEEPLY",
        |limits, limit| limits.nesting = limit,
        make,
    );
}

#[test]
fn depth() {
    let make = |depth| {
        query(format!(
            "{}a{}",
            "{a".repeat(depth - 1) + "{",
            "}".repeat(depth)
        ))
    };
    edge("TOO_DEEP", |limits, limit| limits.depth = limit, make);
}

#[test]
fn levels_of_fields_inline_fragments_and_spreads() {
    let make = |levels| {
        let (open, close) = ("a{...{".repeat(levels / 2 - 1), "}}".repeat(levels / 2 - 1));
        let odd = ["{b}", "{...{b}}"][levels % 2];
        query(format!("{{{open}...F{close}}} fragment F on T{odd}"))
    };
    edge(
        "TOO_MANY_LEVELS",
        |limits, limit| limits.levels = limit,
        make,
    );
}

#[test]
fn operations() {
    let make = |count| query(repeat(count, |at| format!("query Q{at}{{a}}")));
    edge(
        "TOO_MANY_OPERATIONS",
        |limits, limit| limits.operations = limit,
        make,
    );
}

#[test]
fn fragments() {
    let make = |count| query(repeat(count, |at| format!("fragment F{at} on T{{a}}")) + "{a}");
    edge(
        "TOO_MANY_FRAGMENTS",
        |limits, limit| limits.fragments = limit,
        make,
    );
}

#[test]
fn selections() {
    let make = |count| {
        query(format!(
            "{{{}...F}} fragment F on T{{a b}}",
            "a ".repeat(count - 3)
        ))
    };
    edge(
        "TOO_MANY_SELECTIONS",
        |limits, limit| limits.selections = limit,
        make,
    );
}

#[test]
fn aliases() {
    let make = |count| {
        let aliases = "a:b ".repeat(count - 4);
        query(format!(
            "query A{{{aliases} ...F}} query B{{...F}} fragment F on T{{a:b b:a}}"
        ))
    };
    edge(
        "TOO_MANY_ALIASES",
        |limits, limit| limits.aliases = limit,
        make,
    );
}

#[test]
fn directives() {
    let make = |count| {
        let directives = "@d ".repeat(count - 4);
        query(format!(
            "query A($a:T@d)@d{{a {directives} ...F}} query B{{...F @d}} fragment F on T@d{{a @d}}"
        ))
    };
    edge(
        "TOO_MANY_DIRECTIVES",
        |limits, limit| limits.directives = limit,
        make,
    );
}

#[test]
fn root_fields() {
    let make = |count| {
        let fields = "a ".repeat(count - 3);
        query(format!(
            "query A{{a{{a a a a}}}} query B{{{fields} ...{{a}} ...F}} fragment F on T{{a b}}"
        ))
    };
    edge(
        "TOO_MANY_ROOT_FIELDS",
        |limits, limit| limits.root_fields = limit,
        make,
    );
}

#[test]
fn variables() {
    let make = |count| {
        let variables = repeat(count - 1, |at| format!("$v{at}:T"));
        query(format!("query A($v:T){{a}} query B({variables}){{a}}"))
    };
    edge(
        "TOO_MANY_VARIABLES",
        |limits, limit| limits.variables = limit,
        make,
    );
}

#[test]
fn arguments() {
    let set: fn(&mut Limits, usize) = |limits, limit| limits.arguments = limit;
    let arguments = |count| repeat(count, |at| format!("a{at}:1 "));
    edge("TOO_MANY_ARGUMENTS", set, |count| {
        query(format!("{{a({})}}", arguments(count)))
    });
    edge("TOO_MANY_ARGUMENTS", set, |count| {
        query(format!("{{a @d({})}}", arguments(count)))
    });
}

#[test]
fn comparisons() {
    let set: fn(&mut Limits, usize) = |limits, limit| limits.comparisons = limit;
    edge("TOO_MANY_COMPARISONS", set, |count| {
        query(format!("{{{}}}", "a ".repeat(count)))
    });
    // Fields of a fragment are compared in the fragment and wherever it is spread.
    edge("TOO_MANY_COMPARISONS", set, |count| {
        query(format!(
            "{{{}...F}} fragment F on T{{a b}}",
            "a ".repeat(count - 4)
        ))
    });
    // A field with arguments is compared with each later one, argument by argument.
    edge("TOO_MANY_COMPARISONS", set, |count| {
        query(format!("{{a(a:1) a b{{{}}}}}", "a ".repeat(count - 3 * 2)))
    });
    // Each operation looks up the variables that fragments use.
    edge("TOO_MANY_COMPARISONS", set, |count| {
        let more = "a ".repeat(count - 9);
        query(format!(
            "query A{{...F {more}}} query B{{...F}} fragment F on T{{a @d(a:[$a $a $a])}}"
        ))
    });
}

#[test]
fn unknown_fields() {
    let set: fn(&mut Limits, usize) = |limits, limit| limits.unknown_fields = limit;
    let make = |count| {
        query(format!(
            "{{__typename technology{{id name {}}}}}",
            "a ".repeat(count)
        ))
    };
    edge("TOO_MANY_UNKNOWN_FIELDS", set, make);
    // Below unknown fields, in other operations and in fragments of other types too.
    let text = "query A{a} query B{b{c{...on Usage{d}}} ...F} fragment F on Company{id e name{f}}";
    let limits = |limit| Limits {
        unknown_fields: limit,
        ..unlimited()
    };
    query(text).limits(&limits(4)).passes();
    let refusal = query(text)
        .limits(&limits(3))
        .refused("TOO_MANY_UNKNOWN_FIELDS");
    assert!(
        refusal
            .to_string()
            .starts_with("Fields that the schema does not have: 4; "),
        "{refusal}"
    );
}

#[test]
fn list_items() {
    let set: fn(&mut Limits, usize) = |limits, limit| limits.list_items = limit;
    let ones = |count| "1 ".repeat(count);
    edge("LIST_TOO_LONG", set, |count| {
        query(format!("{{a(b:{{c:[{}]}})}}", ones(count)))
    });
    edge("LIST_TOO_LONG", set, |count| {
        query(format!("{{a @d(b:[{}])}}", ones(count)))
    });
    edge("LIST_TOO_LONG", set, |count| {
        query(format!("query($a:T=[{}]){{a}}", ones(count)))
    });
    edge("LIST_TOO_LONG", set, |count| {
        query("{a}").variables(json!({ "unused": { "list": vec![1; count] } }))
    });
    let limits = Limits {
        list_items: 2,
        ..unlimited()
    };
    let text = query("{a}")
        .variables(json!({"v": [1, 2, 3]}))
        .limits(&limits)
        .refused("LIST_TOO_LONG");
    let expected = "Items of a list in the variable `$v`: 3; the limit is 2. \
                    Send the rest in another request.";
    assert_eq!(text.to_string(), expected);
}

#[test]
fn input_values() {
    let set: fn(&mut Limits, usize) = |limits, limit| limits.input_values = limit;
    let code = "TOO_MANY_INPUT_VALUES";
    edge(code, set, |count| {
        query(format!("{{a(b:[{}])}}", "1 ".repeat(count - 1)))
    });
    edge(code, set, |count| {
        query(format!("{{a @d(b:\"{}\")}}", "x".repeat(64 * (count - 1))))
    });
    edge(code, set, |count| {
        query(format!("query($a:T=[{}]){{a}}", "1 ".repeat(count - 1)))
    });
    // Two uses, each 1 for itself and 2 for the object; a third below a fragment.
    edge(code, set, |count| {
        let text = format!(
            "{{a(b:$v) a(b:$v) ...F}} fragment F on T{{a @d(e:[{}])}}",
            "1 ".repeat(count - 7)
        );
        query(text).variables(json!({"v": {"c": 1}}))
    });
    let text = "x".repeat(64 * 9);
    edge(code, set, |count| {
        query("{a(b:$v)}").variables(json!({ "v": text[..64 * (count - 2)] }))
    });
}

#[test]
fn cost() {
    let set: fn(&mut Limits, usize) = |limits, limit| limits.cost = limit as u64;
    edge("TOO_EXPENSIVE", set, |count| {
        query(format!(
            "{{technologies(first:{}){{nodes{{id}}}}}}",
            count - 1
        ))
    });
}

#[test]
fn introspections() {
    let standard = include_str!("../introspection.graphql");
    let more = standard.replacen("__schema", "__type(name: \"Query\") { kind } __schema", 1);
    let limits = Limits {
        introspections: 1,
        ..Limits::default()
    };
    query(standard).limits(&limits).passes();
    query(more)
        .limits(&limits)
        .refused("INTROSPECTION_TOO_EXPENSIVE");
}
