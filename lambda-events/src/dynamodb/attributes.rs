use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};
use serde_json::Value;

use crate::{
    de::Lenient,
    encodings::{Base64Data, Map, Text, text::Key},
};

/// An item, or a part of one: attributes by name.
pub type Item = Map<AttributeValue>;

/// A value of an attribute, with its type: `{"N": "101"}`.
///
/// Numbers are text, because they have up to 38 digits. [`from_item`](super::from_item) makes a type of yours of them.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html>
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeValue {
    /// A string.
    S(String),
    /// A number, in decimal.
    N(Text),
    /// Bytes: base64.
    B(Base64Data),
    /// A boolean.
    Bool(bool),
    /// Null. Always `true`.
    Null(bool),
    /// Attributes by name.
    M(Map<AttributeValue>),
    /// Values in order.
    L(Vec<AttributeValue>),
    /// A set of strings.
    Ss(Vec<String>),
    /// A set of numbers, in decimal.
    Ns(Vec<Text>),
    /// A set of bytes: base64.
    Bs(Vec<Base64Data>),
    /// A type that this crate does not know, and the value it came with.
    Unknown(Text, Value),
}

impl AttributeValue {
    /// The string, if it is one.
    pub fn as_s(&self) -> Option<&str> {
        match self {
            Self::S(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the number, if it is one.
    pub fn as_n(&self) -> Option<&str> {
        match self {
            Self::N(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The attributes, if it has some.
    pub fn as_m(&self) -> Option<&Item> {
        match self {
            Self::M(item) => Some(item),
            _ => None,
        }
    }

    /// The values, if it is a list.
    pub fn as_l(&self) -> Option<&[AttributeValue]> {
        match self {
            Self::L(values) => Some(values),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null(_))
    }

    pub(super) fn type_name(&self) -> &str {
        match self {
            Self::S(_) => "S",
            Self::N(_) => "N",
            Self::B(_) => "B",
            Self::Bool(_) => "BOOL",
            Self::Null(_) => "NULL",
            Self::M(_) => "M",
            Self::L(_) => "L",
            Self::Ss(_) => "SS",
            Self::Ns(_) => "NS",
            Self::Bs(_) => "BS",
            Self::Unknown(name, _) => name,
        }
    }
}

/// Null.
impl Default for AttributeValue {
    fn default() -> Self {
        Self::Null(true)
    }
}

impl From<&str> for AttributeValue {
    fn from(text: &str) -> Self {
        Self::S(text.to_owned())
    }
}

impl From<String> for AttributeValue {
    fn from(text: String) -> Self {
        Self::S(text)
    }
}

impl From<bool> for AttributeValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! from_numbers {
    ($($type:ty),+) => {$(
        impl From<$type> for AttributeValue {
            fn from(number: $type) -> Self {
                Self::N(number.to_string().into())
            }
        }
    )+};
}

from_numbers!(i32, u32, i64, u64, i128, u128, f64);

impl From<Item> for AttributeValue {
    fn from(item: Item) -> Self {
        Self::M(item)
    }
}

impl From<Vec<AttributeValue>> for AttributeValue {
    fn from(values: Vec<AttributeValue>) -> Self {
        Self::L(values)
    }
}

impl Serialize for AttributeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        let name = self.type_name();
        match self {
            Self::S(text) => map.serialize_entry(name, text)?,
            Self::N(text) => map.serialize_entry(name, text)?,
            Self::B(bytes) => map.serialize_entry(name, bytes)?,
            Self::Bool(value) | Self::Null(value) => map.serialize_entry(name, value)?,
            Self::M(item) => map.serialize_entry(name, item)?,
            Self::L(values) => map.serialize_entry(name, values)?,
            Self::Ss(texts) => map.serialize_entry(name, texts)?,
            Self::Ns(texts) => map.serialize_entry(name, texts)?,
            Self::Bs(values) => map.serialize_entry(name, values)?,
            Self::Unknown(_, value) => map.serialize_entry(name, value)?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AttributeVisitor)
    }
}

struct AttributeVisitor;

impl<'de> de::Visitor<'de> for AttributeVisitor {
    type Value = AttributeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attribute value with its type, such as {\"S\": \"text\"}")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<AttributeValue, A::Error> {
        let Some(Key(name)) = map.next_key()? else {
            return Err(de::Error::invalid_length(0, &self));
        };
        let value = value_of(name, &mut map)?;
        // Some writers of samples name every type, and give `null` for all but one.
        while let Some(Key(second)) = map.next_key()? {
            if map.next_value::<Option<de::IgnoredAny>>()?.is_some() {
                return Err(de::Error::custom(format_args!(
                    "an attribute value has one type, not `{second}` as well"
                )));
            }
        }
        Ok(value)
    }
}

/// The value of the type `name`. `null` is an empty one; numbers and booleans of hand-written samples are read in whatever form.
fn value_of<'de, A: de::MapAccess<'de>>(name: Text, map: &mut A) -> Result<AttributeValue, A::Error> {
    Ok(match name.as_str() {
        "S" => AttributeValue::S(map.next_value::<Option<_>>()?.unwrap_or_default()),
        "N" => AttributeValue::N(map.next_value::<Decimal>()?.0),
        "B" => AttributeValue::B(map.next_value::<Option<_>>()?.unwrap_or_default()),
        "BOOL" => AttributeValue::Bool(map.next_value::<Lenient<bool>>()?.0),
        "NULL" => AttributeValue::Null(map.next_value::<Lenient<bool>>()?.0),
        "M" => AttributeValue::M(map.next_value()?),
        "L" => AttributeValue::L(map.next_value::<Option<_>>()?.unwrap_or_default()),
        "SS" => AttributeValue::Ss(map.next_value::<Option<_>>()?.unwrap_or_default()),
        "NS" => {
            let numbers: Option<Vec<Decimal>> = map.next_value()?;
            AttributeValue::Ns(numbers.unwrap_or_default().into_iter().map(|Decimal(text)| text).collect())
        }
        "BS" => AttributeValue::Bs(map.next_value::<Option<_>>()?.unwrap_or_default()),
        _ => AttributeValue::Unknown(name, map.next_value()?),
    })
}

/// The text of a number, which may be a number.
struct Decimal(Text);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl de::Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, as a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        Ok(Decimal(text.into()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(Decimal(value.to_string().into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(Decimal(value.to_string().into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        Ok(Decimal(value.to_string().into()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Decimal, E> {
        Ok(Decimal(Text::default()))
    }
}
