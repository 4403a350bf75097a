use std::{fmt, ops::Deref};

use ::base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use crate::PayloadError;

/// What services write, and what they read: the standard alphabet. Padding that is missing is forgiven.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes that are base64 in the event. They are decoded while the event is.
///
/// Text that is not base64 does not fail the event, but asking for these bytes: one bad record leaves the rest of its batch
/// alone. It is written as it was read.
///
/// ```
/// use lambda_events::encodings::Base64Data;
///
/// let data: Base64Data = serde_json::from_str(r#""aGVsbG8=""#)?;
/// assert_eq!(data.bytes()?, b"hello");
///
/// let bad: Base64Data = serde_json::from_str(r#""%%%""#)?;
/// assert!(bad.bytes().is_err_and(|error| error.is_base64()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Base64Data(Repr);

#[derive(Clone, Eq, PartialEq)]
enum Repr {
    Bytes(Vec<u8>),
    Invalid(Box<str>),
}

impl Base64Data {
    /// Bytes to be written as base64.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Repr::Bytes(bytes.into()))
    }

    /// The decoded bytes.
    ///
    /// # Errors
    ///
    /// Fails if the text of the event is not base64: [`PayloadError::is_base64`].
    pub fn bytes(&self) -> Result<&[u8], PayloadError> {
        match &self.0 {
            Repr::Bytes(bytes) => Ok(bytes),
            Repr::Invalid(text) => Err(not_base64(text)),
        }
    }

    /// The decoded bytes, owned.
    ///
    /// # Errors
    ///
    /// As [`Base64Data::bytes`].
    pub fn into_bytes(self) -> Result<Vec<u8>, PayloadError> {
        match self.0 {
            Repr::Bytes(bytes) => Ok(bytes),
            Repr::Invalid(text) => Err(not_base64(&text)),
        }
    }

    /// The decoded bytes, as the text they are.
    ///
    /// # Errors
    ///
    /// As [`Base64Data::bytes`], and if they are not UTF-8: [`PayloadError::is_utf8`].
    pub fn text(&self) -> Result<&str, PayloadError> {
        std::str::from_utf8(self.bytes()?).map_err(PayloadError::utf8)
    }

    /// What the decoded bytes say in JSON.
    ///
    /// # Errors
    ///
    /// As [`Base64Data::bytes`], and if they are not the JSON of a `T`: [`PayloadError::is_json`].
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        serde_json::from_slice(self.bytes()?).map_err(PayloadError::json)
    }

    fn read(text: &str) -> Self {
        match BASE64.decode(text) {
            Ok(bytes) => Self(Repr::Bytes(bytes)),
            Err(_) => Self(Repr::Invalid(text.into())),
        }
    }
}

/// The reason is found again instead of kept: it is asked for once, if ever.
fn not_base64(text: &str) -> PayloadError {
    let error = BASE64.decode(text).expect_err("the same text was refused when the event was read");
    PayloadError::base64(error)
}

/// The bytes themselves, as programs have them whose event type holds plain bytes.
///
/// # Panics
///
/// If the text of the event is not base64. Within `try_each` that fails the one record. Ask [`Base64Data::bytes`] wherever a sender
/// may be wrong.
impl Deref for Base64Data {
    type Target = [u8];

    #[track_caller]
    fn deref(&self) -> &[u8] {
        self.bytes().unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Default for Base64Data {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl From<Vec<u8>> for Base64Data {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Base64Data {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for Base64Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Bytes(bytes) => write!(f, "Base64Data({} bytes)", bytes.len()),
            Repr::Invalid(text) => write!(f, "Base64Data(invalid, {} characters)", text.len()),
        }
    }
}

impl Serialize for Base64Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Bytes(bytes) => serializer.serialize_str(&BASE64.encode(bytes)),
            Repr::Invalid(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Base64Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::de::string(deserializer).map(|Read(data)| data)
    }
}

/// Reads the text of the event. Not conversions of `Base64Data` itself: there a string would be taken for the bytes.
struct Read(Base64Data);

impl From<&str> for Read {
    fn from(text: &str) -> Self {
        Self(Base64Data::read(text))
    }
}

impl From<String> for Read {
    fn from(text: String) -> Self {
        Self(Base64Data::read(&text))
    }
}
