//! Numbers, booleans and timestamps that the service writes as strings: `"ApproximateReceiveCount": "3"`.
//!
//! For `#[serde(with = "crate::de::text")]`. They are read as [`number`](super::number) reads them, and written as a string.

use std::fmt;

use serde::Serializer;

pub(crate) use super::number as deserialize;

pub(crate) fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: fmt::Display,
    S: Serializer,
{
    serializer.collect_str(value)
}

/// The same for a field that may be absent.
pub(crate) mod option {
    use super::{Serializer, fmt};

    pub(crate) use crate::de::optional_number as deserialize;

    pub(crate) fn serialize<T, S>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        T: fmt::Display,
        S: Serializer,
    {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }
}
