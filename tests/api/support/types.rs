//! The schema as clients see it.

use std::collections::HashMap;

use serde_json::Value;

use super::TestApp;

/// The object types and interfaces of the schema.
pub struct Types(pub HashMap<String, Value>);

const TYPES: &str = "{ __schema { types { name kind possibleTypes { name } fields { name
    args { name type { kind } } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

impl Types {
    pub async fn read(app: &TestApp) -> Self {
        let reply = app.query(TYPES).await;
        let types = reply.at("/__schema/types").as_array().unwrap().iter();
        Self(
            types
                .map(|of| (of["name"].as_str().unwrap().to_owned(), of.clone()))
                .collect(),
        )
    }

    /// The type of a field without its wrapping.
    pub fn bare<'a>(&'a self, mut of: &'a Value) -> &'a Value {
        while of["ofType"].is_object() {
            of = &of["ofType"];
        }
        &self.0[of["name"].as_str().unwrap()]
    }
}
