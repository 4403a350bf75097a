use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, ser};

use crate::{PayloadError, de};

/// A document of JSON inside a string of the event, decoded while the event is: `"body": "{\"id\": 7}"`.
///
/// One that does not decode does not fail the event, but [`Embedded::get`]: one bad message leaves the rest of its batch
/// alone. Such a string is written as it was read; one that decoded is written anew from the value.
///
/// Fields of the value are had without `get` where every sender is trusted: `message.body.id`.
///
/// ```
/// use lambda_events::encodings::Embedded;
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     id: u32,
/// }
///
/// let good: Embedded<Order> = serde_json::from_str(r#""{\"id\": 7}""#)?;
/// assert_eq!(good.get()?.id, 7);
///
/// let bad: Embedded<Order> = serde_json::from_str(r#""{\"id\": \"seven\"}""#)?;
/// assert!(bad.get().is_err());
/// assert_eq!(bad.raw(), Some(r#"{"id": "seven"}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Embedded<T>(Result<T, Box<Refused>>);

#[derive(Clone, Debug, PartialEq)]
struct Refused {
    text: String,
    reason: String,
}

impl<T> Embedded<T> {
    /// A value to be written as a string of JSON.
    pub const fn new(value: T) -> Self {
        Self(Ok(value))
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// Fails if the string was not the JSON of a `T`: [`PayloadError::is_json`].
    pub fn get(&self) -> Result<&T, PayloadError> {
        self.0.as_ref().map_err(|refused| PayloadError::json_text(&refused.reason))
    }

    /// The value, owned.
    ///
    /// # Errors
    ///
    /// As [`Embedded::get`].
    pub fn into_inner(self) -> Result<T, PayloadError> {
        self.0.map_err(|refused| PayloadError::json_text(&refused.reason))
    }

    /// The string of the event, if it did not decode. One that did is not kept.
    pub fn raw(&self) -> Option<&str> {
        self.0.as_ref().err().map(|refused| refused.text.as_str())
    }

    pub(crate) fn refused(text: String, reason: String) -> Self {
        Self(Err(Box::new(Refused { text, reason })))
    }
}

/// The value itself, as programs have it whose event type holds a plain `T`.
///
/// # Panics
///
/// If the string was not the JSON of a `T`, with the reason. Within `try_each` that fails the one record. Ask [`Embedded::get`]
/// wherever a sender may be wrong.
impl<T> Deref for Embedded<T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.0.as_ref().unwrap_or_else(|refused| {
            panic!(
                "the text of the event is no JSON of a `{}`: {}",
                std::any::type_name::<T>(),
                refused.reason
            )
        })
    }
}

impl<T: Default> Default for Embedded<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Embedded<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Embedded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(value) => fmt::Debug::fmt(value, f),
            Err(refused) => fmt::Debug::fmt(refused, f),
        }
    }
}

impl<T: Serialize> Serialize for Embedded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(value) => serializer.serialize_str(&serde_json::to_string(value).map_err(ser::Error::custom)?),
            Err(refused) => serializer.serialize_str(&refused.text),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Embedded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::embedded_json(deserializer)
    }
}
