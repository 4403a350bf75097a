//! Maps of strings whose values somebody else than the service may have written as numbers, booleans or lists: emulators,
//! and people who write an event by hand.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

use crate::encodings::Map;

/// Reads a map of strings. Numbers and booleans are their text, lists are joined by commas, `null` is empty.
pub(crate) fn scalars<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String>, D::Error> {
    Map::read::<Scalar, D>(deserializer)
}

/// Reads a map of lists of strings. A single value is a list of one.
pub(crate) fn lists<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<Vec<String>>, D::Error> {
    Map::read::<List, D>(deserializer)
}

/// Reads a list of strings. A single value is a list of one, `null` an empty one.
pub(crate) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    List::deserialize(deserializer).map(|List(values)| values)
}

/// As [`list`], for a field that may be absent.
pub(crate) fn optional_list<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    Ok(Option::<List>::deserialize(deserializer)?.map(|List(values)| values))
}

/// A string, or what can be read as one.
pub(crate) struct Scalar(String);

impl From<Scalar> for String {
    fn from(Scalar(text): Scalar) -> Self {
        text
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> de::Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar(text))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Scalar, E> {
        Ok(Scalar(String::new()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Scalar, A::Error> {
        Ok(Scalar(strings(seq)?.join(",")))
    }
}

/// A list of strings, or a string.
pub(crate) struct List(Vec<String>);

impl From<List> for Vec<String> {
    fn from(List(values): List) -> Self {
        values
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor)
    }
}

struct ListVisitor;

impl<'de> de::Visitor<'de> for ListVisitor {
    type Value = List;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of strings, or a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<List, E> {
        Ok(List(vec![text.to_owned()]))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<List, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<List, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<List, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<List, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_unit<E: de::Error>(self) -> Result<List, E> {
        Ok(List(Vec::new()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<List, A::Error> {
        strings(seq).map(List)
    }
}

fn strings<'de, A: de::SeqAccess<'de>>(mut seq: A) -> Result<Vec<String>, A::Error> {
    let mut values = Vec::new();
    while let Some(Scalar(value)) = seq.next_element()? {
        values.push(value);
    }
    Ok(values)
}
