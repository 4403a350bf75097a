//! What goes back to the service when a handler succeeds.

use bytes::Bytes;
use serde::Serialize;

use crate::failure::Failure;
use crate::payload;

/// The largest answer that the service takes unstreamed: 6 MiB and 100 bytes.
///
/// Source: AWS Lambda quotas; the Runtime API refuses one byte more with 413.
pub const LARGEST_REPLY: usize = 6 * 1024 * 1024 + 100;

/// An answer as bytes.
///
/// Handlers rarely need it: whatever they return is encoded. It is for answers that are bytes already, and what layers
/// around the bytes-level service see.
///
/// # Examples
///
/// ```
/// use lambda_rt::{LambdaEvent, Reply};
///
/// async fn handler(event: LambdaEvent<bytes::Bytes>) -> Result<Reply, lambda_rt::Error> {
///     Ok(Reply::json(event.payload)) // sent as it came, without decoding or a copy
/// }
/// # let _ = lambda_rt::Runtime::new(handler);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    body: Bytes,
    content_type: &'static str,
}

impl Reply {
    /// An answer that is JSON text already. It is not checked.
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), content_type: "application/json" }
    }

    /// An answer of bytes that need not be JSON.
    pub fn bytes(body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), content_type: "application/octet-stream" }
    }

    /// The bytes of the answer.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The media type the service is told.
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }
}

/// What a handler may answer with: anything that is [`Serialize`], or a [`Reply`].
///
/// A value that serialises as bytes at its top level, such as [`Bytes`], is sent as it is; everything else becomes JSON,
/// `()` being `null`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the answer of a Lambda handler",
    label = "it neither implements `serde::Serialize` nor is a `lambda_rt::Reply`",
    note = "derive `serde::Serialize` for it, or return `lambda_rt::Reply::bytes(..)` for bytes"
)]
pub trait IntoReply {
    /// Encodes the answer.
    ///
    /// # Errors
    ///
    /// A [`Failure`] of category `Runtime.MarshalError` when the value cannot be encoded.
    fn into_reply(self) -> Result<Reply, Failure>;
}

impl<T: Serialize> IntoReply for T {
    fn into_reply(self) -> Result<Reply, Failure> {
        payload::encode(&self)
    }
}

impl IntoReply for Reply {
    fn into_reply(self) -> Result<Reply, Failure> {
        Ok(self)
    }
}
