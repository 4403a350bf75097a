//! Functions as processes: the examples as a new user starts them, and the loop in our own emulator.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod batches;
mod clients;
mod examples;
mod extensions;
mod http;
mod http_streaming_invoke;
mod lifecycle;
mod release;
mod supervised;
