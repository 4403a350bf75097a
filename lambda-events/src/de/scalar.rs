//! Maps of strings whose values somebody else than the service may have written as numbers, booleans or lists: emulators,
//! and people who write an event by hand.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de};

use super::Lenient;
use crate::encodings::{Map, Text};

/// What headers of a request come to. Room for more is made when there are more.
const USUAL_HEADERS: usize = 16;

/// Reads a map of strings. Numbers and booleans are their text, lists are joined by commas, `null` is empty.
pub(crate) fn scalars<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String>, D::Error> {
    Map::read::<Scalar<String>, D>(deserializer, 0)
}

/// The same for headers, most of which are short.
pub(crate) fn headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<Text>, D::Error> {
    Map::read::<Scalar<Text>, D>(deserializer, USUAL_HEADERS)
}

/// Reads a string that may be absent. A number or a boolean is its text.
pub(crate) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Scalar<String>>::deserialize(deserializer)?.map(|Scalar(text)| text))
}

/// Reads a map of numbers, each as [`number`](super::number) reads one.
pub(crate) fn numbers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<i64>, D::Error> {
    Map::read::<Lenient<i64>, D>(deserializer, 0)
}

/// Reads a map of lists of strings. A single value is a list of one.
pub(crate) fn lists<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<Vec<String>>, D::Error> {
    Map::read::<List, D>(deserializer, 0)
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
pub(crate) struct Scalar<T>(T);

impl From<Scalar<Self>> for String {
    fn from(Scalar(text): Scalar<Self>) -> Self {
        text
    }
}

impl From<Scalar<Self>> for Text {
    fn from(Scalar(text): Scalar<Self>) -> Self {
        text
    }
}

impl<'de, T: for<'a> From<&'a str> + From<String>> Deserialize<'de> for Scalar<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor(PhantomData))
    }
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<'de, T: for<'a> From<&'a str> + From<String>> de::Visitor<'de> for ScalarVisitor<T> {
    type Value = Scalar<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar<T>, E> {
        Ok(Scalar(text.into()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Scalar<T>, E> {
        Ok(Scalar(text.into()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar<T>, E> {
        Ok(Scalar(value.to_string().into()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar<T>, E> {
        Ok(Scalar(value.to_string().into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar<T>, E> {
        Ok(Scalar(value.to_string().into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar<T>, E> {
        Ok(Scalar(value.to_string().into()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Scalar<T>, E> {
        Ok(Scalar("".into()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Scalar<T>, A::Error> {
        Ok(Scalar(strings(seq)?.join(",").into()))
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
    while let Some(Scalar::<String>(value)) = seq.next_element()? {
        values.push(value);
    }
    Ok(values)
}
