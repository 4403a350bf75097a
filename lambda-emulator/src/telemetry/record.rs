//! One event of the stream.

use std::time::SystemTime;

use bytes::Bytes;
use serde_json::{Value, json};

use super::subscription::{Schema, Type};
use super::time;

/// An event: when, what, and of which stream.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) source: Type,
    kind: &'static str,
    time: String,
    record: Value,
    /// The record as an object, for schemas that have log lines as objects.
    object: Option<Value>,
}

impl Record {
    pub(super) fn platform(kind: &'static str, time: SystemTime, record: Value) -> Self {
        Self { source: Type::Platform, kind, time: time::iso(time), record, object: None }
    }

    /// A line of a log; with the log format JSON, an object is more than its text.
    #[cfg(any(feature = "command", test))]
    pub(super) fn line(source: Type, line: &str, json: bool) -> Self {
        let object = json.then(|| serde_json::from_str(line).ok()).flatten().filter(Value::is_object);
        let time = time::iso(SystemTime::now());
        Self { source, kind: source.as_str(), time, record: line.into(), object }
    }

    pub(super) fn encoded(&self, schema: Schema) -> Bytes {
        let record = match &self.object {
            Some(object) if schema.has_objects() => object,
            _ => &self.record,
        };
        json!({ "time": self.time, "type": self.kind, "record": record }).to_string().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, json: bool, schema: Schema) -> Value {
        let encoded = Record::line(Type::Function, text, json).encoded(schema);
        serde_json::from_slice::<Value>(&encoded).unwrap()["record"].clone()
    }

    #[test]
    fn case_95_a_line_is_an_object_only_in_json_format_and_a_newer_schema() {
        let text = r#"{"level":"INFO"}"#;
        assert_eq!(line(text, true, Schema::V20220701), text);
        assert_eq!(line(text, false, Schema::V20221213), text);
        for schema in [Schema::V20221213, Schema::V20250129] {
            assert_eq!(line(text, true, schema), json!({"level": "INFO"}));
            for plain in ["[1]", "INFO", "{", "1"] {
                assert_eq!(line(plain, true, schema), plain);
            }
        }
    }
}
