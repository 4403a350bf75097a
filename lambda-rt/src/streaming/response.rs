//! Streamed answers as handlers return them.

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

use super::{Body, MetadataPrelude};
use crate::error::Error;
use crate::failure::Failure;
use crate::payload;
use crate::reply::{IntoReply, Reply, Streamed};

/// The media type of a stream that begins with a prelude.
const WITH_PRELUDE: &str = "application/vnd.awslambda.http-integration-response";
const OF_BYTES: &str = "application/octet-stream";

/// An answer that is streamed, with what HTTP callers are told before its bytes.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Error, LambdaEvent, MetadataPrelude, StreamResponse, streaming};
///
/// async fn handler(event: LambdaEvent<String>) -> Result<StreamResponse<streaming::Body>, Error> {
///     let mut metadata_prelude = MetadataPrelude::default();
///     metadata_prelude.headers.insert("content-type", "text/plain".parse()?);
///     Ok(StreamResponse { metadata_prelude, stream: event.payload.into() })
/// }
/// # let _ = lambda_rt::Runtime::new(handler);
/// ```
#[derive(Debug)]
pub struct StreamResponse<S> {
    /// The status, headers and cookies; not sent if it is the default.
    pub metadata_prelude: MetadataPrelude,
    /// The bytes: any stream of them, such as a [`Body`].
    pub stream: S,
}

/// A stream without a prelude.
impl<S, D, E> From<S> for StreamResponse<S>
where
    S: Stream<Item = Result<D, E>> + Send + 'static,
    D: Into<Bytes>,
    E: Into<Error>,
{
    fn from(stream: S) -> Self {
        Self { metadata_prelude: MetadataPrelude::default(), stream }
    }
}

/// An answer that is decided upon from case to case: buffered or streamed.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Error, FunctionResponse, LambdaEvent, streaming};
///
/// async fn handler(event: LambdaEvent<usize>) -> Result<FunctionResponse<String, streaming::Body>, Error> {
///     let text = "all work and no play".repeat(event.payload);
///     Ok(match text.len() {
///         0..1_000_000 => FunctionResponse::BufferedResponse(text),
///         _ => FunctionResponse::StreamingResponse(streaming::Body::from(text).into()),
///     })
/// }
/// # let _ = lambda_rt::Runtime::new(handler);
/// ```
#[derive(Debug)]
pub enum FunctionResponse<B, S> {
    /// Encoded and sent in one piece, as any other answer.
    BufferedResponse(B),
    /// Streamed.
    StreamingResponse(StreamResponse<S>),
}

impl Reply {
    /// An answer that is streamed, without a prelude.
    ///
    /// # Examples
    ///
    /// ```
    /// let reply = lambda_rt::Reply::stream("piece by piece");
    /// assert!(reply.body().is_none());
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "streaming")))]
    pub fn stream(body: impl Into<Body>) -> Self {
        Self::streamed(Streamed { content_type: OF_BYTES, prelude: Bytes::new(), body: body.into() })
    }

    /// An HTTP answer that is streamed: its prelude is sent whatever it says.
    pub(crate) fn http_stream(prelude: &MetadataPrelude, body: Body) -> Self {
        Self::streamed(Streamed { content_type: WITH_PRELUDE, prelude: prelude.encode(), body })
    }
}

impl IntoReply for Body {
    fn into_reply(self) -> Result<Reply, Failure> {
        Ok(Reply::stream(self))
    }
}

impl<S, D, E> IntoReply for StreamResponse<S>
where
    S: Stream<Item = Result<D, E>> + Send + 'static,
    D: Into<Bytes>,
    E: Into<Error>,
{
    fn into_reply(self) -> Result<Reply, Failure> {
        let body = Body::from_stream(self.stream);
        Ok(match self.metadata_prelude.says_nothing() {
            true => Reply::stream(body),
            false => Reply::http_stream(&self.metadata_prelude, body),
        })
    }
}

impl<B, S, D, E> IntoReply for FunctionResponse<B, S>
where
    B: Serialize,
    S: Stream<Item = Result<D, E>> + Send + 'static,
    D: Into<Bytes>,
    E: Into<Error>,
{
    fn into_reply(self) -> Result<Reply, Failure> {
        match self {
            Self::BufferedResponse(answer) => payload::encode(&answer),
            Self::StreamingResponse(answer) => answer.into_reply(),
        }
    }
}
