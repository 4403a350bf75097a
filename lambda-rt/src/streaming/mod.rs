//! Answers that leave piece by piece: the first bytes reach the caller while the rest is still being made.
//!
//! A handler answers with a [`Body`], or with a [`StreamResponse`] around any stream of bytes. A body is
//! the receiving half of a [`channel`], any [`http_body::Body`], or any stream.
//!
//! - **Back-pressure.** A chunk is asked for when the one before it has left. An answer of 100 MB takes no more memory than one
//!   of its chunks.
//! - **Failures.** What fails before the first byte is an ordinary invocation error. What fails later, an error of the stream, a
//!   panic in it, its deadline, tells the caller in the two trailers that the Runtime API has for it; the bytes that have left
//!   stay sent.
//! - **The end.** A stream ends well when it is over, and a [`Sender`] when it is dropped. One that is dropped by a panic, or in the
//!   middle of a chunk, tells the caller of a failure; a task that is aborted between two chunks looks like one that is done, unless its
//!   sender [must finish](Sender::must_finish).
//! - **The end of interest.** When the service refuses the answer or closes the connection, the stream is dropped, and a
//!   [`Sender`] learns it from its next call.
//!
//! The function must be invoked for a stream, by a function URL in the mode `RESPONSE_STREAM`, by API Gateway with response
//! streaming, or by `InvokeWithResponseStream`. Whatever else invokes it gets all bytes at the end, and at most 6 MB.
//!
//! Source: AWS Lambda developer guide, "Response streaming" and "Building a custom runtime".
//!
//! # Examples
//!
//! ```
//! use lambda_rt::{Error, LambdaEvent, streaming};
//!
//! async fn count(event: LambdaEvent<u32>) -> Result<streaming::Body, Error> {
//!     let (mut sender, body) = streaming::channel();
//!     tokio::spawn(async move {
//!         for number in 0..event.payload {
//!             sender.send_data(format!("{number}\n").into()).await?;
//!         }
//!         Ok::<_, streaming::Closed>(())
//!     });
//!     Ok(body)
//! }
//! # let _ = lambda_rt::Runtime::new(count);
//! ```

mod body;
mod channel;
mod prelude;
mod producer;
mod response;

pub use body::Body;
pub use channel::{Closed, Sender, channel};
pub use prelude::MetadataPrelude;
#[cfg(feature = "http")]
pub(crate) use prelude::{push_cookies, push_headers, push_text, text};
pub(crate) use producer::Producer;
pub use response::StreamResponse as Response;
pub use response::{FunctionResponse, StreamResponse};
