//! Bodies of requests as types.

use std::error::Error as StdError;
use std::fmt;

use http::Request;
use serde::de::DeserializeOwned;

use super::super::body::Body;
use super::super::pairs::{InvalidParameters, QueryMap};

/// A body that is not what its `Content-Type` says.
#[derive(Debug)]
#[non_exhaustive]
pub enum PayloadError {
    /// It was to be JSON.
    Json(serde_json::Error),
    /// It was to be a form.
    WwwFormUrlEncoded(InvalidParameters),
}

/// A body that is not the JSON that was asked for.
#[derive(Debug)]
#[non_exhaustive]
pub enum JsonPayloadError {
    /// It is no JSON, or that of another type.
    Parsing(serde_json::Error),
}

/// A body that is not the form that was asked for.
#[derive(Debug)]
#[non_exhaustive]
pub enum FormUrlEncodedPayloadError {
    /// Its parameters are those of another type.
    Parsing(InvalidParameters),
}

impl From<JsonPayloadError> for PayloadError {
    fn from(error: JsonPayloadError) -> Self {
        let JsonPayloadError::Parsing(error) = error;
        Self::Json(error)
    }
}

impl From<FormUrlEncodedPayloadError> for PayloadError {
    fn from(error: FormUrlEncodedPayloadError) -> Self {
        let FormUrlEncodedPayloadError::Parsing(error) = error;
        Self::WwwFormUrlEncoded(error)
    }
}

const NOT_JSON: &str = "the body is not the JSON that was expected";
const NO_FORM: &str = "the body is not the form that was expected";

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json(_) => NOT_JSON,
            Self::WwwFormUrlEncoded(_) => NO_FORM,
        })
    }
}

impl fmt::Display for JsonPayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NOT_JSON)
    }
}

impl fmt::Display for FormUrlEncodedPayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NO_FORM)
    }
}

impl StdError for PayloadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            Self::WwwFormUrlEncoded(error) => Some(error),
        }
    }
}

impl StdError for JsonPayloadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let Self::Parsing(error) = self;
        Some(error)
    }
}

impl StdError for FormUrlEncodedPayloadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let Self::Parsing(error) = self;
        Some(error)
    }
}

/// Decodes the body of a request.
pub trait RequestPayloadExt {
    /// The body as a type of yours, decoded as its `Content-Type` says: JSON or a form. `None` without a body, and for any other
    /// content type.
    ///
    /// # Errors
    ///
    /// [`PayloadError`] when the body is not what its type says.
    fn payload<T: DeserializeOwned>(&self) -> Result<Option<T>, PayloadError>;

    /// The body as JSON, whatever its `Content-Type`; `None` without a body.
    ///
    /// # Errors
    ///
    /// [`JsonPayloadError`], which says where.
    fn json<T: DeserializeOwned>(&self) -> Result<Option<T>, JsonPayloadError>;

    /// The body as a form, whatever its `Content-Type`; `None` without a body.
    ///
    /// # Errors
    ///
    /// [`FormUrlEncodedPayloadError`], which names the parameter.
    fn form_url_encoded<T: DeserializeOwned>(&self) -> Result<Option<T>, FormUrlEncodedPayloadError>;
}

impl RequestPayloadExt for Request<Body> {
    fn payload<T: DeserializeOwned>(&self) -> Result<Option<T>, PayloadError> {
        let kind = self.headers().get(http::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind =
            kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/x-www-form-urlencoded" => Ok(self.form_url_encoded()?),
            "application/json" => Ok(self.json()?),
            kind if kind.ends_with("+json") => Ok(self.json()?),
            _ => Ok(None),
        }
    }

    fn json<T: DeserializeOwned>(&self) -> Result<Option<T>, JsonPayloadError> {
        if self.body().is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(self.body()).map(Some).map_err(JsonPayloadError::Parsing)
    }

    fn form_url_encoded<T: DeserializeOwned>(&self) -> Result<Option<T>, FormUrlEncodedPayloadError> {
        if self.body().is_empty() {
            return Ok(None);
        }
        let form = String::from_utf8_lossy(self.body());
        let form: QueryMap = form.parse().unwrap_or_default();
        form.decode().map(Some).map_err(FormUrlEncodedPayloadError::Parsing)
    }
}
