//! The loop under programs that nobody here wrote, AWS's Runtime Interface Emulator and cargo lambda, and events that nobody here wrote.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod cargo_lambda;
mod extensions;
mod lifecycle;
mod opt;
mod rie;
mod samples;
mod streaming;
