//! A fixture, and what its type makes of it.

use std::path::PathBuf;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A fixture, `tests/fixtures/<service>/<name>.json`, and what its type makes of it.
pub(crate) struct Case {
    pub(crate) service: &'static str,
    pub(crate) name: &'static str,
    /// Path of the type.
    pub(crate) of: &'static str,
    /// Decodes and encodes again.
    pub(crate) again: fn(&[u8]) -> Result<Value, serde_json::Error>,
    /// Decodes, and says where that fails.
    pub(crate) refused: fn(&[u8]) -> Option<Refusal>,
}

/// Why a text is no event: `Records[0].kinesis`, and what is wrong there.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) path: String,
    pub(crate) error: serde_json::Error,
}

impl Case {
    pub(crate) fn path(&self) -> PathBuf {
        fixtures().join(self.service).join(format!("{}.json", self.name))
    }

    pub(crate) fn text(&self) -> String {
        let path = self.path();
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(&self.text())
            .unwrap_or_else(|error| panic!("{}: {error}", self.path().display()))
    }
}

pub(crate) fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The event of a fixture: `sqs/full.json`.
pub(crate) fn decode<T: DeserializeOwned>(fixture: &str) -> T {
    let text = std::fs::read(fixtures().join(fixture)).expect("a fixture");
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{fixture}: {error}"))
}

pub(crate) fn again<T: DeserializeOwned + Serialize>(text: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_slice::<T>(text)?)
}

/// Decodes a text that is no event of this type, and says where that fails.
pub(crate) fn refused<T: DeserializeOwned>(text: &[u8]) -> Option<Refusal> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let error = serde_path_to_error::deserialize::<_, T>(&mut deserializer).err()?;
    Some(Refusal { path: error.path().to_string(), error: error.into_inner() })
}
