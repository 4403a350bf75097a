//! The real loop against a Runtime API that does exactly what a test tells it to, byte by byte.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod answers;
mod bad_input;
#[cfg(feature = "client")]
mod client;
mod context;
mod deadline;
mod deferred;
mod errors;
mod handlers;
#[cfg(feature = "http")]
mod http;
mod init;
mod layers;
mod polling;
#[cfg(feature = "streaming")]
mod streaming;
mod support;
mod thaw;
