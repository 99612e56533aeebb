//! The guard against the parser's own grammar.

use async_graphql::parser::{
    parse_query,
    types::{BaseType, ExecutableDocument, Selection, SelectionSet, Type},
};
use async_graphql_value::{ConstValue, Value};
use proptest::prelude::*;

use super::{Limits, guard, on_worker_stack, unlimited};

fn nesting(limit: usize) -> Limits {
    Limits {
        nesting: limit,
        ..unlimited()
    }
}

fn code(text: &str, limits: &Limits) -> Option<&'static str> {
    guard(text, limits).err().map(|refusal| refusal.code())
}

#[test]
fn brackets_in_strings_and_comments_do_not_count() {
    for text in [
        r#"{f(a:"[[[{{{(((")}"#,
        r#"{f(a:"\"[[[[\\")}"#,
        "{f(a:\"\"\"[[[ \" \"\" [[[ \\\"\"\" {{{\n[[[\"\"\")}",
        "{f #[[[[{{{{\r }",
        "#\"\n{f}",
    ] {
        assert_eq!(code(text, &nesting(2)), None, "{text}");
        parse_query(text).expect(text);
    }
}

#[test]
fn brackets_after_strings_and_comments_count() {
    for text in [
        r#"{f(a:["" [1]])}"#,
        r#"{f(a:["\\" [1]])}"#,
        "{f(a:[\"\"\"\"\"\" [1]])}",
        "{f(a:[\"\"\"\\\"\"\"\"\"\" [1]])}",
        "{f(a:[#\r[1]])}",
        "{f(a:[#\u{2028}\n[1]])}",
        "\u{feff}{f(a:[\u{feff}[1]])}",
    ] {
        assert_eq!(code(text, &nesting(4)), None, "{text}");
        assert_eq!(code(text, &nesting(3)), Some("NESTED_TOO_DEEPLY"), "{text}");
        parse_query(text).expect(text);
    }
}

#[test]
fn closing_brackets_too_many_do_not_lend_depth() {
    assert_eq!(code("}}}}{{{", &nesting(2)), Some("NESTED_TOO_DEEPLY"));
}

#[test]
fn strings_must_end() {
    for text in [
        "\"",
        "\"a\n\"",
        "\"a\r\"",
        "\"\\\n\"",
        "\"\\",
        "\"\\\"",
        "\"\"\"a\"\"",
        "\"\"\"\\\"\"\"",
    ] {
        assert_eq!(
            code(text, &unlimited()),
            Some("UNTERMINATED_STRING"),
            "{text}"
        );
    }
    let refusal = guard("{f(a:\"x)}", &unlimited()).expect_err("the string is open");
    let text = "The string that opens at byte 5 is not closed. \
                Close it with a double quote on the same line.";
    assert_eq!(refusal.to_string(), text);
}

/// The parser reads an open block string as an empty string and the start of another, and looks
/// for the end of each such start in the whole rest: 56 kB take it seconds.
#[test]
fn open_block_strings_do_not_make_the_parser_quadratic() {
    let text = format!("{{f(a:[\"\"\"{}])}}", "a\\\\\"\"\"\"".repeat(8_000));
    assert_eq!(code(&text, &unlimited()), Some("UNTERMINATED_STRING"));
}

#[test]
fn tokens_count_as_in_the_specification() {
    for (text, tokens) in [
        ("", 0),
        (" ,\t\r\n\u{feff}# comment", 0),
        ("{a}", 3),
        ("{ a : b }", 5),
        ("{...a}", 4),
        ("query($a:[Int!]=1)@d{a}", 17),
        ("-1.5e+10", 1),
        ("1.e 1e", 5),
        ("007", 3),
        ("1-1", 2),
        ("\"a b\" \"\"\"c d\"\"\"", 2),
    ] {
        let limit = |tokens| Limits {
            tokens,
            ..unlimited()
        };
        assert_eq!(code(text, &limit(tokens)), None, "{text}");
        if tokens > 0 {
            assert_eq!(
                code(text, &limit(tokens - 1)),
                Some("TOO_MANY_TOKENS"),
                "{text}"
            );
        }
    }
}

/// Pieces that the guard and the grammar could cut differently.
const PIECES: [&str; 44] = [
    "\"", "\"\"", "\"\"\"", "\\", "\\\"", "\\\"\"\"", "\\\\", "\\n", "\\u0041", "\\ud800", "#",
    "\n", "\r", "\r\n", " ", ",", "\t", "\u{feff}", "\u{2028}", "é", "[", "[", "[", "]", "]", "{",
    "}", "(", ")", "{a:", "[[[", "]]]", "a", ":", "$", "...", ".", "-", "0", "1", "e", "true",
    "on ", "@",
];

fn soup(pieces: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES), pieces).prop_map(|soup| soup.concat())
}

/// What lies in a string, in a block string, and between tokens, without ending it too early.
const IN_STRING: [&str; 10] = [
    "a", "[", "]", "{", "#", "\\\"", "\\\\", "\\n", "\\u0041", "é",
];
const IN_BLOCK: [&str; 11] = [
    "a", "[", "]", "{", "#", "\n", "\r", "\\\"\"\"", "\\", "\" ", "\"\" ",
];
const IGNORED: [&str; 11] = [
    " ",
    ",",
    "\n",
    "\r",
    "\u{feff}",
    "#[\n",
    "#]\r",
    "#\"\r",
    "#\\\n",
    "#\"\"\"\r\n",
    "#\u{2028}{\n",
];

fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(of), 0..4).prop_map(|pieces| pieces.concat())
}

/// Well-formed values of any depth, with strings and comments between them.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("1".to_owned()),
        Just("-1.5e3".to_owned()),
        Just("$a".to_owned()),
        pieces(&IN_STRING).prop_map(|text| format!("\"{text}\"")),
        pieces(&IN_BLOCK).prop_map(|text| format!("\"\"\"{text} \"\"\"")),
    ];
    leaf.prop_recursive(12, 60, 4, |inner| {
        let item = (inner.clone(), pieces(&IGNORED)).prop_map(|(item, gap)| item + " " + &gap);
        let items = prop::collection::vec(item, 0..4).prop_map(|items| items.concat());
        let field = (inner, pieces(&IGNORED));
        prop_oneof![
            (items, pieces(&IGNORED)).prop_map(|(items, gap)| format!("[{gap}{items}]")),
            field.prop_map(|(value, gap)| format!("{{a{gap}:{gap}{value}{gap}}}")),
        ]
    })
}

fn well_formed() -> impl Strategy<Value = String> {
    prop_oneof![
        value().prop_map(|value| format!("{{f(a:{value})}}")),
        value().prop_map(|value| format!("{{f @d(a:{value}) {{g}}}}")),
        value().prop_map(|value| format!("query($a:[[Int]]={value}){{f}}")),
    ]
}

fn document() -> impl Strategy<Value = String> {
    prop_oneof![
        well_formed(),
        soup(0..400),
        soup(0..60).prop_map(|soup| format!("{{f(a:[{soup}])}}")),
        (value(), soup(0..8)).prop_map(|(value, soup)| format!("{{f(a:[{value} {soup}])}}")),
    ]
}

proptest! {
    /// No bracket that the parser sees is hidden from the guard.
    #[test]
    fn what_passes_is_not_deeper_than_the_limit(text in document(), limit in 2_usize..9) {
        let passes = guard(&text, &nesting(limit)).is_ok();
        if let (true, Ok(document)) = (passes, parse_query(&text)) {
            prop_assert!(deepest(&document) <= limit, "{text}");
        }
    }

    /// The guard refuses nothing that is well-formed.
    #[test]
    fn what_is_well_formed_passes(text in well_formed()) {
        if let Ok(document) = parse_query(&text) {
            let code = code(&text, &nesting(deepest(&document)));
            prop_assert_eq!(code, None, "{}", text);
        }
    }

    /// Of all that the parser takes, only open block strings are refused.
    #[test]
    fn what_the_parser_takes_passes(text in document()) {
        if let Ok(document) = parse_query(&text) {
            let code = code(&text, &nesting(deepest(&document)));
            prop_assert!(code.is_none() || code == Some("UNTERMINATED_STRING"), "{text}: {code:?}");
        }
    }

    /// The parser survives whatever passes the default limits.
    #[test]
    fn what_passes_does_not_overflow_the_stack(
        text in document(),
        deep in 0_usize..80,
        open in prop::sample::select(&["[", "{a:", "[{a:", "n{", "...{"][..]),
    ) {
        let text = format!("{{f(a:{}{text}", open.repeat(deep));
        if guard(&text, &Limits::default()).is_ok() {
            on_worker_stack(move || drop(parse_query(&text)));
        }
    }
}

/// Brackets that are open at once in a parsed document.
fn deepest(document: &ExecutableDocument) -> usize {
    let operations = document.operations.iter().map(|(_, operation)| {
        let definitions = operation.node.variable_definitions.iter().map(|variable| {
            let default = variable.node.default_value.as_ref();
            let default = default.map_or(0, |value| constant(&value.node));
            1 + ty(&variable.node.var_type.node).max(default)
        });
        definitions
            .max()
            .unwrap_or(0)
            .max(set(&operation.node.selection_set.node))
    });
    operations.max().unwrap_or(0)
}

fn set(selections: &SelectionSet) -> usize {
    let inner = selections.items.iter().map(|selection| {
        let directives = selection.node.directives().iter();
        let arguments = directives.flat_map(|directive| &directive.node.arguments);
        let arguments = arguments.map(|(_, argument)| 1 + value_depth(&argument.node));
        let below = match &selection.node {
            Selection::Field(field) => {
                let own = field.node.arguments.iter();
                let own = own
                    .map(|(_, argument)| 1 + value_depth(&argument.node))
                    .max();
                own.unwrap_or(0).max(set(&field.node.selection_set.node))
            }
            Selection::InlineFragment(inline) => set(&inline.node.selection_set.node),
            Selection::FragmentSpread(_) => 0,
        };
        arguments.max().unwrap_or(0).max(below)
    });
    inner.max().map_or(0, |inner| inner + 1)
}

fn value_depth(value: &Value) -> usize {
    match value {
        Value::List(items) => 1 + items.iter().map(value_depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(value_depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn constant(value: &ConstValue) -> usize {
    value_depth(&value.clone().into_value())
}

fn ty(of: &Type) -> usize {
    match &of.base {
        BaseType::Named(_) => 0,
        BaseType::List(item) => 1 + ty(item),
    }
}
