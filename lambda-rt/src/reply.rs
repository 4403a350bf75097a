//! What goes back to the service when a handler succeeds.

use bytes::Bytes;
use serde::Serialize;

use crate::failure::Failure;
use crate::payload;

/// The largest answer that the service takes unstreamed: 6 MiB and 100 bytes.
///
/// Source: AWS Lambda quotas; the Runtime API refuses one byte more with 413.
pub const LARGEST_REPLY: usize = 6 * 1024 * 1024 + 100;

/// An answer as bytes, or as a stream of them.
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
#[derive(Debug)]
pub struct Reply {
    content: Content,
}

/// The two ways to answer. A stream is behind a box: it is the rarer, and would make the other one larger.
#[derive(Debug)]
pub(crate) enum Content {
    Buffered(Buffered),
    #[cfg(feature = "streaming")]
    Streamed(Box<Streamed>),
}

/// An answer that is there as a whole.
#[derive(Debug, PartialEq)]
pub(crate) struct Buffered {
    pub(crate) body: Bytes,
    pub(crate) content_type: &'static str,
}

/// An answer that is still being made.
#[cfg(feature = "streaming")]
#[derive(Debug)]
pub(crate) struct Streamed {
    pub(crate) content_type: &'static str,
    /// Goes out as a chunk of its own, before the body; empty if there is none.
    pub(crate) prelude: Bytes,
    pub(crate) body: crate::streaming::Body,
}

impl Reply {
    /// An answer that is JSON text already. It is not checked.
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self::buffered(body.into(), "application/json")
    }

    /// An answer of bytes that need not be JSON.
    pub fn bytes(body: impl Into<Bytes>) -> Self {
        Self::buffered(body.into(), "application/octet-stream")
    }

    fn buffered(body: Bytes, content_type: &'static str) -> Self {
        Self { content: Content::Buffered(Buffered { body, content_type }) }
    }

    #[cfg(feature = "streaming")]
    pub(crate) fn streamed(streamed: Streamed) -> Self {
        Self { content: Content::Streamed(Box::new(streamed)) }
    }

    /// The bytes of the answer, or `None` if it is streamed.
    pub fn body(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Buffered(buffered) => Some(&buffered.body),
            #[cfg(feature = "streaming")]
            Content::Streamed(_) => None,
        }
    }

    /// The media type the service is told.
    pub fn content_type(&self) -> &'static str {
        match &self.content {
            Content::Buffered(buffered) => buffered.content_type,
            #[cfg(feature = "streaming")]
            Content::Streamed(streamed) => streamed.content_type,
        }
    }

    pub(crate) fn into_content(self) -> Content {
        self.content
    }
}

/// Answers of the same bytes and media type are equal. A streamed one is equal to none.
impl PartialEq for Reply {
    fn eq(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Buffered(one), Content::Buffered(other)) => one == other,
            #[cfg(feature = "streaming")]
            _ => false,
        }
    }
}

/// What a handler may answer with: anything that is [`Serialize`], a [`Reply`], or with the feature `streaming` a stream.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_as_small_as_its_bytes_and_its_type() {
        assert_eq!(size_of::<Reply>(), size_of::<Buffered>());
        fn crosses_threads<T: Send>() {}
        crosses_threads::<Reply>();
    }
}
