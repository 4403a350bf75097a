//! The wire: the only code that knows the Runtime API's paths, header names and HTTP.
//!
//! [`client`] says what is asked and what is retried; [`connection`] moves bytes on one stream and knows exactly
//! which of them left and which arrived; `streaming` and `upload` are the two for answers that leave in pieces; [`head`] and [`chunked`] are the parts of HTTP/1.1 that the Runtime API uses;
//! [`parse`] turns a `next` response into a [`Context`](crate::Context). [`report`] posts without an executor, for
//! a process that is about to abort.

pub(crate) mod backoff;
pub(crate) mod chunked;
pub(crate) mod client;
pub(crate) mod connection;
#[cfg(test)]
mod differential;
pub(crate) mod endpoint;
pub(crate) mod head;
pub(crate) mod header;
pub(crate) mod parse;
pub(crate) mod report;
pub(crate) mod request;
#[cfg(feature = "streaming")]
pub(crate) mod streaming;
#[cfg(feature = "streaming")]
mod upload;
