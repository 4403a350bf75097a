//! The function as a process, over TLS, against endpoints that forget their connections, and against those that do worse.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod bad_input;
mod credentials;
mod freeze;
mod local;
mod peer;
