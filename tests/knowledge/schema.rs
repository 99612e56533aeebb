//! The JSON Schema that editors check the files by holds for the files.
//!
//! It is judged by the keywords that it uses; one that is not known here fails the test.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::{Map, Value, json};

struct Schema {
    root: Value,
    patterns: HashMap<String, Regex>,
}

impl Schema {
    fn read() -> Self {
        let text = fs::read_to_string(folder().join("schema.json")).unwrap();
        let root: Value = serde_json::from_str(&text).unwrap();
        let mut patterns = HashMap::new();
        collect(&root, &mut patterns);
        Self { root, patterns }
    }

    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let keywords = schema.as_object().unwrap();
        keywords
            .iter()
            .all(|(keyword, wanted)| self.keyword(keywords, keyword, wanted, value))
    }

    fn keyword(
        &self,
        all: &Map<String, Value>,
        keyword: &str,
        wanted: &Value,
        value: &Value,
    ) -> bool {
        match keyword {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer = wanted.as_str().unwrap().strip_prefix('#').unwrap();
                self.holds(self.root.pointer(pointer).unwrap(), value)
            }
            "type" => match wanted {
                Value::Array(names) => names.iter().any(|name| is(name, value)),
                name => is(name, value),
            },
            "enum" => wanted.as_array().unwrap().contains(value),
            "anyOf" => self.how_many(wanted, value) > 0,
            "oneOf" => self.how_many(wanted, value) == 1,
            "items" => items(value).iter().all(|item| self.holds(wanted, item)),
            "uniqueItems" => items(value)
                .iter()
                .enumerate()
                .all(|(at, item)| !items(value)[..at].contains(item)),
            "required" => value.as_object().is_none_or(|record| {
                items(wanted)
                    .iter()
                    .all(|name| record.contains_key(name.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|record| {
                record.iter().all(|(name, value)| {
                    wanted
                        .get(name)
                        .is_none_or(|schema| self.holds(schema, value))
                })
            }),
            "additionalProperties" => value.as_object().is_none_or(|record| {
                let others = record.iter().filter(|(name, _)| {
                    all.get("properties")
                        .is_none_or(|known| known.get(name).is_none())
                });
                others
                    .into_iter()
                    .all(|(_, value)| *wanted != json!(false) && self.holds(wanted, value))
            }),
            _ => self.bound(keyword, wanted, value),
        }
    }

    /// Keywords that bound texts, numbers and lists; values of other types are free.
    fn bound(&self, keyword: &str, wanted: &Value, value: &Value) -> bool {
        let count = || wanted.as_u64().unwrap();
        let number = || wanted.as_f64().unwrap();
        match keyword {
            "pattern" => text(value)
                .is_none_or(|text| self.patterns[wanted.as_str().unwrap()].is_match(text)),
            "minLength" => text(value).is_none_or(|text| text.chars().count() as u64 >= count()),
            "minimum" => value.as_f64().is_none_or(|value| value >= number()),
            "maximum" => value.as_f64().is_none_or(|value| value <= number()),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= count()),
            unknown => panic!("the keyword `{unknown}` is not known to this test"),
        }
    }

    fn how_many(&self, schemas: &Value, value: &Value) -> usize {
        items(schemas)
            .iter()
            .filter(|schema| self.holds(schema, value))
            .count()
    }
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"))
}

fn collect(schema: &Value, patterns: &mut HashMap<String, Regex>) {
    match schema {
        Value::Object(keywords) => {
            if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str) {
                patterns.insert(pattern.to_owned(), Regex::new(pattern).unwrap());
            }
            keywords
                .values()
                .for_each(|schema| collect(schema, patterns));
        }
        Value::Array(schemas) => schemas.iter().for_each(|schema| collect(schema, patterns)),
        _ => {}
    }
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        unknown => panic!("there is no type `{unknown}`"),
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn it_holds_for_every_record_of_every_file() {
    let schema = Schema::read();
    let record = &schema.root["items"];
    let mut files = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        files += 1;
        let text = fs::read_to_string(&path).unwrap();
        let records: Value = serde_saphyr::from_str(&text).unwrap();
        assert!(!items(&records).is_empty(), "{}", path.display());
        for value in items(&records) {
            assert!(schema.holds(record, value), "{}: {value}", path.display());
        }
    }
    assert_eq!(files, 15);
}

#[test]
fn it_refuses_what_the_program_refuses() {
    let schema = Schema::read();
    let record = &schema.root["items"];
    let usage = json!({"company": "acme", "uses": "redis",
        "evidence": [{"source": "survey", "locator": "page 8", "grade": "listed"}]});
    assert!(schema.holds(record, &usage));
    for (field, value) in [
        ("uses", json!("Redis 7")),
        ("evidence", json!([])),
        ("status", json!("often")),
        ("confidence", json!(1.5)),
        ("product", json!("shop")),
        ("used", json!("redis")),
    ] {
        let mut wrong = usage.clone();
        wrong[field] = value;
        assert!(!schema.holds(record, &wrong), "{wrong}");
    }
    let former = json!({"technology": "nodejs", "former_slugs": ["io-js"]});
    assert!(schema.holds(record, &former));
    assert!(!schema.holds(record, &json!({"technology": "nodejs"})));
}
