use std::{borrow::Cow, fmt};

use ::base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The body of an HTTP answer.
///
/// Made of whatever it is: `"text".into()`, `vec![0, 1].into()`. Bytes are written as base64, for which the answer has to
/// say `isBase64Encoded`: the answers of this crate do when their body is bytes.
///
/// ```
/// use lambda_events::encodings::Body;
///
/// assert_eq!(Body::from("text"), Body::Text("text".to_owned()));
/// assert_eq!(serde_json::to_string(&Body::from(vec![0, 255]))?, r#""AP8=""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, Eq, PartialEq)]
pub enum Body {
    /// No body: `null`.
    #[default]
    Empty,
    /// Text, written as it is.
    Text(String),
    /// Bytes, written as base64.
    Binary(Vec<u8>),
}

impl Body {
    /// Whether it is written as base64.
    pub fn is_binary(&self) -> bool {
        matches!(self, Self::Binary(_))
    }

    /// The bytes: those of the text, or those that become base64.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Empty => &[],
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl From<()> for Body {
    fn from((): ()) -> Self {
        Self::Empty
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Cow<'_, str>> for Body {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Self::Binary(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Binary(bytes)
    }
}

impl From<Cow<'_, [u8]>> for Body {
    fn from(bytes: Cow<'_, [u8]>) -> Self {
        Self::Binary(bytes.into_owned())
    }
}

impl From<&serde_json::Value> for Body {
    /// The text of the JSON.
    fn from(value: &serde_json::Value) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<serde_json::Value> for Body {
    /// The text of the JSON.
    fn from(value: serde_json::Value) -> Self {
        Self::from(&value)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Text(text) => write!(f, "Text({text:?})"),
            Self::Binary(bytes) => write!(f, "Binary({} bytes)", bytes.len()),
        }
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Binary(bytes) => serializer.serialize_str(&BASE64_STANDARD.encode(bytes)),
        }
    }
}

/// Text is text: only the event around it knows whether it is base64.
impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map_or(Self::Empty, Self::Text))
    }
}
