//! The function as a process, over TLS, against endpoints that forget their connections, and against those that do worse.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod bad_input;
mod credentials;
mod cut;
mod freeze;
mod local;
mod peer;
mod scene;
mod thaw;
mod vault;

#[path = "../../../../tests/local/clients/proxy.rs"]
mod proxy;
#[path = "../../../../tests/local/clients/server.rs"]
mod server;
