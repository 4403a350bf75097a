use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IntoDeserializer},
    ser::SerializeSeq,
};

use crate::encodings::Base64Data;

/// Bytes of a header, which are a list of numbers in the event.
///
/// The service writes bytes as Java has them, from -128 to 127. Numbers from 128 to 255 are read as well, and written so. A string
/// is read as base64.
#[derive(Clone, Default, Eq)]
pub struct KafkaHeaderValue {
    bytes: Vec<u8>,
    unsigned: bool,
}

impl KafkaHeaderValue {
    /// A header of these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), unsigned: false }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes as text, if they are UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

impl AsRef<[u8]> for KafkaHeaderValue {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl PartialEq for KafkaHeaderValue {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl fmt::Debug for KafkaHeaderValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.bytes.escape_ascii())
    }
}

impl Serialize for KafkaHeaderValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.bytes.len()))?;
        for &byte in &self.bytes {
            if self.unsigned {
                seq.serialize_element(&byte)?;
            } else {
                seq.serialize_element(&byte.cast_signed())?;
            }
        }
        seq.end()
    }
}

impl<'de> Deserialize<'de> for KafkaHeaderValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BytesVisitor)
    }
}

struct BytesVisitor;

impl<'de> de::Visitor<'de> for BytesVisitor {
    type Value = KafkaHeaderValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of bytes")
    }

    // Events that a library for Java has written anew have base64 here.
    fn visit_str<E: de::Error>(self, text: &str) -> Result<KafkaHeaderValue, E> {
        let data = Base64Data::deserialize(text.into_deserializer())?;
        data.into_bytes().map(KafkaHeaderValue::new).map_err(E::custom)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<KafkaHeaderValue, A::Error> {
        let mut value = KafkaHeaderValue::default();
        while let Some(number) = seq.next_element::<i64>()? {
            let byte = match (u8::try_from(number), i8::try_from(number)) {
                (Ok(byte), _) => byte,
                (_, Ok(byte)) => byte.cast_unsigned(),
                _ => {
                    return Err(de::Error::invalid_value(
                        de::Unexpected::Signed(number),
                        &"a byte, from -128 to 255",
                    ));
                }
            };
            value.unsigned |= number > 127;
            value.bytes.push(byte);
        }
        Ok(value)
    }
}
