//! What a request was answered, with the questions that tests ask of it.

use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Reply {
    pub async fn read(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, body }
    }

    /// The data, of an answer without errors.
    #[track_caller]
    pub fn data(&self) -> &Value {
        assert!(self.body.get("errors").is_none(), "{:#}", self.body);
        assert_eq!(self.status, 200, "{:#}", self.body);
        &self.body["data"]
    }

    /// The value at a JSON pointer into the data, of an answer without errors.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &Value {
        let data = self.data();
        data.pointer(pointer)
            .unwrap_or_else(|| panic!("no {pointer} in {data:#}"))
    }

    /// The values of a field of the objects at a pointer.
    #[track_caller]
    pub fn all(&self, pointer: &str, field: &str) -> Vec<String> {
        let list = self.at(pointer).as_array().unwrap().iter();
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        list.map(|item| text(item.pointer(field).unwrap()))
            .collect()
    }

    /// The codes of all errors.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        errors
            .iter()
            .filter_map(|error| error["extensions"]["code"].as_str())
            .collect()
    }

    /// The message of the first error.
    #[track_caller]
    pub fn message(&self) -> &str {
        self.body["errors"][0]["message"]
            .as_str()
            .unwrap_or_else(|| panic!("{:#}", self.body))
    }

    /// How many SQL statements it took.
    #[track_caller]
    pub fn statements(&self) -> u64 {
        self.cost("statements")
    }

    /// How many rows were read for it.
    #[track_caller]
    pub fn rows(&self) -> u64 {
        self.cost("rows")
    }

    #[track_caller]
    fn cost(&self, field: &str) -> u64 {
        let cost = &self.body["extensions"]["cost"][field];
        cost.as_u64().unwrap_or_else(|| panic!("{:#}", self.body))
    }
}
