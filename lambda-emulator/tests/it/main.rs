//! The emulator over its sockets. Numbers in the names are those of the conformance cases it is built to.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod answers;
#[cfg(feature = "command")]
mod command;
mod connections;
mod environment;
mod errors;
mod events;
mod extensions;
#[cfg(feature = "command")]
mod external;
#[cfg(feature = "command")]
mod freeze;
mod front;
mod invoke_api;
mod listener;
mod managed;
mod metadata;
#[cfg(feature = "command")]
mod player;
#[cfg(feature = "command")]
mod process;
mod robustness;
mod snap_start;
mod streaming;
mod streaming_invoke;
mod support;
mod telemetry;
