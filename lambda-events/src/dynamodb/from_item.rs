//! Attributes decoded into a type of the user's, as `serde_dynamo` does.

use std::{fmt, str::FromStr};

use serde::{
    Deserialize,
    de::{self, DeserializeOwned, Deserializer as _, value::SeqDeserializer},
    forward_to_deserialize_any,
};

use super::{AttributeValue, Item};
use crate::encodings::{Base64Data, Iter, Text};

/// Attributes that are not what was expected. The message begins with the path to the attribute: `lines[3].price`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttributeError {
    path: String,
    message: String,
}

impl AttributeError {
    /// Where in the item: `lines[3].price`. Empty for the item itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    fn under(mut self, step: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{dot}{}", self.path);
        self
    }
}

impl fmt::Display for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for AttributeError {}

impl de::Error for AttributeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { path: String::new(), message: message.to_string() }
    }
}

/// Makes a `T` of the attributes of an item.
///
/// Numbers become whatever number is asked for, or text; sets become lists or sets; bytes become bytes
/// (`serde_bytes` and its like) or a list of numbers; null is `None`; an attribute that is missing is missing.
///
/// # Errors
///
/// Fails if the item is not a `T`. The error names the attribute.
///
/// ```
/// use lambda_events::dynamodb::{Item, from_item};
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     id: u64,
///     total: f64,
///     tags: Vec<String>,
/// }
///
/// let item: Item = serde_json::from_str(r#"{"id": {"N": "7"}, "total": {"N": "12.50"}, "tags": {"SS": ["a", "b"]}}"#)?;
/// let order: Order = from_item(&item)?;
/// assert_eq!((order.id, order.total, order.tags.len()), (7, 12.5, 2));
///
/// let item: Item = serde_json::from_str(r#"{"id": {"S": "seven"}, "total": {"N": "1"}, "tags": {"SS": []}}"#)?;
/// assert_eq!(from_item::<Order>(&item).err().map(|error| error.path().to_owned()), Some("id".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_item<T: DeserializeOwned>(item: &Item) -> Result<T, AttributeError> {
    T::deserialize(Node::Map(item))
}

/// Makes a `T` of one value.
///
/// # Errors
///
/// As [`from_item`].
pub fn from_attribute<T: DeserializeOwned>(value: &AttributeValue) -> Result<T, AttributeError> {
    T::deserialize(Node::of(value))
}

/// An attribute value, or an element of a set, which has no value of its own.
#[derive(Clone, Copy)]
enum Node<'de> {
    Text(&'de str),
    Number(&'de str),
    Bytes(&'de Base64Data),
    Map(&'de Item),
    List(&'de [AttributeValue]),
    Texts(&'de [String]),
    Numbers(&'de [Text]),
    BytesSet(&'de [Base64Data]),
    Bool(bool),
    Null,
    Unknown(&'de str),
}

impl<'de> Node<'de> {
    fn of(value: &'de AttributeValue) -> Self {
        match value {
            AttributeValue::S(text) => Self::Text(text),
            AttributeValue::N(text) => Self::Number(text),
            AttributeValue::B(bytes) => Self::Bytes(bytes),
            AttributeValue::Bool(value) => Self::Bool(*value),
            AttributeValue::Null(_) => Self::Null,
            AttributeValue::M(item) => Self::Map(item),
            AttributeValue::L(values) => Self::List(values),
            AttributeValue::Ss(texts) => Self::Texts(texts),
            AttributeValue::Ns(texts) => Self::Numbers(texts),
            AttributeValue::Bs(values) => Self::BytesSet(values),
            AttributeValue::Unknown(name, _) => Self::Unknown(name),
        }
    }

    fn wrong(self, expected: &str) -> AttributeError {
        let found = match self {
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::Bytes(_) => "bytes",
            Self::Map(_) => "a map",
            Self::List(_) => "a list",
            Self::Texts(_) => "a set of strings",
            Self::Numbers(_) => "a set of numbers",
            Self::BytesSet(_) => "a set of bytes",
            Self::Bool(_) => "a boolean",
            Self::Null => "null",
            Self::Unknown(name) => {
                return de::Error::custom(format_args!("expected {expected}, found the type {name}"));
            }
        };
        de::Error::custom(format_args!("expected {expected}, found {found}"))
    }

    /// A number of the kind that is asked for. Text that is one will do: the keys of maps are text.
    fn parse<T: FromStr>(self, expected: &str) -> Result<T, AttributeError> {
        match self {
            Self::Number(text) | Self::Text(text) => {
                text.parse().map_err(|_| de::Error::custom(format_args!("`{text}` is not {expected}")))
            }
            other => Err(other.wrong(expected)),
        }
    }
}

/// Visits the elements of a list or a set.
fn seq<'de, V: de::Visitor<'de>>(
    nodes: impl Iterator<Item = Node<'de>>,
    visitor: V,
) -> Result<V::Value, AttributeError> {
    visitor.visit_seq(Elements { nodes, at: 0 })
}

macro_rules! numbers {
    ($($method:ident $visit:ident $expected:literal)+) => {$(
        fn $method<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
            visitor.$visit(self.parse($expected)?)
        }
    )+};
}

impl<'de> de::Deserializer<'de> for Node<'de> {
    type Error = AttributeError;

    fn deserialize_any<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Number(text) => number(text, visitor),
            Self::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes.bytes().map_err(de::Error::custom)?),
            Self::Map(item) => visitor.visit_map(Entries { entries: item.iter(), value: None }),
            Self::List(values) => seq(values.iter().map(Node::of), visitor),
            Self::Texts(texts) => seq(texts.iter().map(|text| Node::Text(text)), visitor),
            Self::Numbers(texts) => seq(texts.iter().map(|text| Node::Number(text)), visitor),
            Self::BytesSet(values) => seq(values.iter().map(Node::Bytes), visitor),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Null => visitor.visit_unit(),
            Self::Unknown(_) => Err(self.wrong("a type that is known")),
        }
    }

    numbers! {
        deserialize_i8 visit_i8 "a whole number from -128 to 127"
        deserialize_i16 visit_i16 "a whole number of 16 bits"
        deserialize_i32 visit_i32 "a whole number of 32 bits"
        deserialize_i64 visit_i64 "a whole number of 64 bits"
        deserialize_i128 visit_i128 "a whole number of 128 bits"
        deserialize_u8 visit_u8 "a whole number from 0 to 255"
        deserialize_u16 visit_u16 "a whole number of 16 bits that is not negative"
        deserialize_u32 visit_u32 "a whole number of 32 bits that is not negative"
        deserialize_u64 visit_u64 "a whole number of 64 bits that is not negative"
        deserialize_u128 visit_u128 "a whole number of 128 bits that is not negative"
        deserialize_f32 visit_f32 "a number"
        deserialize_f64 visit_f64 "a number"
    }

    fn deserialize_str<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
        match self {
            Self::Text(text) | Self::Number(text) => visitor.visit_borrowed_str(text),
            other => Err(other.wrong("a string")),
        }
    }

    fn deserialize_string<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
        match self {
            Self::Bytes(bytes) => {
                let bytes = bytes.bytes().map_err(de::Error::custom)?;
                visitor.visit_seq(SeqDeserializer::new(bytes.iter().copied()))
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
        if matches!(self, Self::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, AttributeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, AttributeError> {
        match self {
            Self::Text(name) => visitor.visit_enum(Variant { name, content: None }),
            Self::Map(item) if item.len() == 1 => {
                let (name, value) = item.iter().next().ok_or_else(|| self.wrong("a variant"))?;
                visitor.visit_enum(Variant { name, content: Some(Node::of(value)) })
            }
            other => Err(other.wrong("the name of a variant, or a map of one with its content")),
        }
    }

    fn deserialize_ignored_any<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, AttributeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool char bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier
    }
}

/// A number whose kind was not asked for: the smallest that holds it.
fn number<'de, V: de::Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, AttributeError> {
    if let Ok(number) = text.parse() {
        visitor.visit_u64(number)
    } else if let Ok(number) = text.parse() {
        visitor.visit_i64(number)
    } else if let Ok(number) = text.parse() {
        visitor.visit_f64(number)
    } else {
        visitor.visit_borrowed_str(text)
    }
}

struct Entries<'de> {
    entries: Iter<'de, AttributeValue>,
    value: Option<(&'de str, &'de AttributeValue)>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = AttributeError;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, AttributeError> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some((name, value));
        seed.deserialize(Node::Text(name)).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, AttributeError> {
        let (name, value) = self.value.take().ok_or_else(|| de::Error::custom("a value before its key"))?;
        seed.deserialize(Node::of(value)).map_err(|error: AttributeError| error.under(name))
    }

    fn size_hint(&self) -> Option<usize> {
        self.entries.size_hint().1
    }
}

struct Elements<I> {
    nodes: I,
    at: usize,
}

impl<'de, I: Iterator<Item = Node<'de>>> de::SeqAccess<'de> for Elements<I> {
    type Error = AttributeError;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, AttributeError> {
        let Some(node) = self.nodes.next() else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        seed.deserialize(node).map(Some).map_err(|error: AttributeError| error.under(&format!("[{at}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        self.nodes.size_hint().1
    }
}

struct Variant<'de> {
    name: &'de str,
    content: Option<Node<'de>>,
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = AttributeError;
    type Variant = Self;

    fn variant_seed<V: de::DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), AttributeError> {
        Ok((seed.deserialize(Node::Text(self.name))?, self))
    }
}

impl<'de> Variant<'de> {
    fn content(self) -> Result<Node<'de>, AttributeError> {
        self.content.ok_or_else(|| de::Error::custom(format_args!("the variant `{}` has content", self.name)))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = AttributeError;

    fn unit_variant(self) -> Result<(), AttributeError> {
        self.content.map_or(Ok(()), <()>::deserialize)
    }

    fn newtype_variant_seed<T: de::DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, AttributeError> {
        let name = self.name;
        seed.deserialize(self.content()?).map_err(|error: AttributeError| error.under(name))
    }

    fn tuple_variant<V: de::Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, AttributeError> {
        self.content()?.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: de::Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, AttributeError> {
        self.content()?.deserialize_struct("", fields, visitor)
    }
}
