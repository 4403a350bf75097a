//! The real loop against a Runtime API that does exactly what a test tells it to, byte by byte.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod answers;
mod bad_input;
mod context;
mod deadline;
mod errors;
mod handlers;
mod layers;
mod polling;
mod support;
