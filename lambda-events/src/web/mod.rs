//! What requests and answers over HTTP have in common, whichever service brings them.

#[cfg(any(feature = "apigw", feature = "lambda_function_urls"))]
pub(crate) mod prelude;

use std::borrow::Cow;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::de::DeserializeOwned;

use crate::PayloadError;

/// The bytes of a body. None if there is no body.
pub(crate) fn bytes(body: Option<&str>, is_base64: bool) -> Result<Cow<'_, [u8]>, PayloadError> {
    match body {
        None => Ok(Cow::Borrowed(&[])),
        Some(text) if is_base64 => BASE64_STANDARD.decode(text).map(Cow::Owned).map_err(PayloadError::base64),
        Some(text) => Ok(Cow::Borrowed(text.as_bytes())),
    }
}

/// The text of a body.
pub(crate) fn text(body: Option<&str>, is_base64: bool) -> Result<Cow<'_, str>, PayloadError> {
    match body {
        Some(text) if !is_base64 => Ok(Cow::Borrowed(text)),
        body => {
            let bytes = bytes(body, is_base64)?.into_owned();
            String::from_utf8(bytes).map(Cow::Owned).map_err(|error| PayloadError::utf8(error.utf8_error()))
        }
    }
}

/// What a body says in JSON.
pub(crate) fn json<T: DeserializeOwned>(body: Option<&str>, is_base64: bool) -> Result<T, PayloadError> {
    if body.is_none_or(str::is_empty) {
        return Err(PayloadError::absent());
    }
    serde_json::from_slice(&bytes(body, is_base64)?).map_err(PayloadError::json)
}

/// The value of a cookie, of a list of `name=value`.
pub(crate) fn cookie<'a>(cookies: Option<&'a [String]>, name: &str) -> Option<&'a str> {
    let pairs = cookies?.iter().filter_map(|cookie| cookie.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Ways to read the body of requests with the fields `body` and `is_base64_encoded`.
macro_rules! request_bodies {
    ($($request:ident),+) => {$(
        impl $request {
            /// The body as bytes, decoded if the service wrote it as base64. Empty if there is none.
            ///
            /// # Errors
            ///
            /// Fails if the body should be base64 and is not: [`is_base64`](crate::PayloadError::is_base64).
            pub fn bytes(&self) -> Result<std::borrow::Cow<'_, [u8]>, crate::PayloadError> {
                crate::web::bytes(self.body.as_deref(), self.is_base64_encoded)
            }

            /// The body as text, decoded if the service wrote it as base64. Empty if there is none.
            ///
            /// # Errors
            ///
            /// Fails if the body should be base64 and is not, [`is_base64`](crate::PayloadError::is_base64), or is no
            /// text: [`is_utf8`](crate::PayloadError::is_utf8).
            pub fn text(&self) -> Result<std::borrow::Cow<'_, str>, crate::PayloadError> {
                crate::web::text(self.body.as_deref(), self.is_base64_encoded)
            }

            /// What the body says in JSON, decoded if the service wrote it as base64.
            ///
            /// # Errors
            ///
            /// Fails if there is no body, [`is_absent`](crate::PayloadError::is_absent), if it should be base64 and is
            /// not, [`is_base64`](crate::PayloadError::is_base64), or is not the JSON of a `T`:
            /// [`is_json`](crate::PayloadError::is_json).
            pub fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T, crate::PayloadError> {
                crate::web::json(self.body.as_deref(), self.is_base64_encoded)
            }
        }
    )+};
}

/// Declares an answer over HTTP, with the fields `status_code`, `headers`, `body`, `is_base64_encoded` and others.
///
/// Unlike in [`event!`], its default is an answer of status 200, and it is written with `isBase64Encoded` if its body is bytes.
macro_rules! http_answer {
    (
        $(#[$meta:meta])*
        pub struct $answer:ident {
            $($fields:tt)*
        }
        others: $($other:ident),*
    ) => {
        event! { @fields {
            #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
            #[serde(rename_all = "camelCase", remote = "Self")]
            $(#[$meta])*
            pub struct $answer
        } {}
            /// Status code of HTTP: 200, 404.
            pub status_code: u16,
            /// Headers, one value per name.
            pub headers: Headers,
            $($fields)*
            /// The body. Bytes are sent as base64, which the client gets decoded.
            pub body: Option<Body>,
            /// Whether `body` is base64. When the body is [`Body::Binary`], it is written as `true` whatever it is here.
            #[serde(default, deserialize_with = "crate::de::null_as_default")]
            custom pub is_base64_encoded: bool,
        }

        /// Status 200, without headers and body.
        impl Default for $answer {
            fn default() -> Self {
                Self {
                    status_code: 200,
                    headers: Headers::new(),
                    body: None,
                    is_base64_encoded: false,
                    $($other: Default::default(),)*
                    #[cfg(feature = "catch-all-fields")]
                    other: serde_json::Map::new(),
                }
            }
        }

        impl serde::Serialize for $answer {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if !self.is_base64_encoded && self.body.as_ref().is_some_and(Body::is_binary) {
                    let encoded = Self { is_base64_encoded: true, ..self.clone() };
                    return Self::serialize(&encoded, serializer);
                }
                Self::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $answer {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }

        impl $answer {
            /// An answer of this status, without headers and body.
            pub fn new(status_code: u16) -> Self {
                Self { status_code, ..Self::default() }
            }

            /// An answer of status 200 with a text: `text/plain; charset=utf-8`.
            pub fn text(text: impl Into<String>) -> Self {
                Self::default().with_header("content-type", "text/plain; charset=utf-8").with_body(text.into())
            }

            /// An answer of status 200 with the JSON of a value: `application/json`.
            ///
            /// # Errors
            ///
            /// Fails if the value cannot be written as JSON: a map whose keys are no strings, for one.
            pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
                let text = serde_json::to_string(value)?;
                Ok(Self::default().with_header("content-type", "application/json").with_body(text))
            }

            /// The same answer with this status.
            #[must_use]
            pub fn with_status_code(mut self, status_code: u16) -> Self {
                self.status_code = status_code;
                self
            }

            /// The same answer with this header, which replaces the one of the same name.
            #[must_use]
            pub fn with_header(
                mut self,
                name: impl Into<crate::encodings::Text>,
                value: impl Into<String>,
            ) -> Self {
                self.headers.insert(name, value);
                self
            }

            /// The same answer with this body: text, bytes, or [`serde_json::Value`].
            #[must_use]
            pub fn with_body(mut self, body: impl Into<Body>) -> Self {
                let body = body.into();
                self.is_base64_encoded = body.is_binary();
                self.body = Some(body);
                self
            }
        }
    };
}
