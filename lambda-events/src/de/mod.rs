//! Private helpers for serde: what more than one service needs.

mod embedded;
mod number;
pub(crate) mod scalar;
pub(crate) mod text;

pub(crate) use self::{
    embedded::embedded_json,
    number::{Lenient, Number, number, optional_number},
};

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, de};

/// Reads `null` as the default value.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a string without owning it first; `null`, and a member that is missing, are the empty string.
pub(crate) fn string<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str> + From<String>,
{
    deserializer.deserialize_option(StringVisitor(PhantomData))
}

/// The same for a field with a default, which is only read when it is there: one look at what comes instead of two.
pub(crate) fn present_string<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str> + From<String>,
{
    deserializer.deserialize_any(StringVisitor(PhantomData))
}

/// The same for the key of a map, which is not `null`.
pub(crate) fn key<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str> + From<String>,
{
    deserializer.deserialize_str(StringVisitor(PhantomData))
}

struct StringVisitor<T>(PhantomData<T>);

impl<'de, T: for<'a> From<&'a str> + From<String>> de::Visitor<'de> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Ok(T::from(""))
    }

    fn visit_none<E: de::Error>(self) -> Result<T, E> {
        Ok(T::from(""))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

/// Whether a value is written as `null`.
pub(crate) fn is_null<T: Serialize>(value: &T) -> bool {
    serde_json::to_value(value).is_ok_and(|value| value.is_null())
}

/// Whether a value is the one that stands for "not there".
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
