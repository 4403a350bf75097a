//! JSON inside a string, read without owning the string first.

use serde::{Deserializer, de::DeserializeOwned};

use crate::encodings::Embedded;

pub(crate) fn embedded_json<'de, D, T>(deserializer: D) -> Result<Embedded<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    super::string(deserializer).map(|Read(embedded)| embedded)
}

struct Read<T>(Embedded<T>);

impl<T: DeserializeOwned> From<&str> for Read<T> {
    fn from(text: &str) -> Self {
        Self(match serde_json::from_str(text) {
            Ok(value) => Embedded::new(value),
            Err(error) => Embedded::refused(text.to_owned(), error.to_string()),
        })
    }
}

impl<T: DeserializeOwned> From<String> for Read<T> {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}
