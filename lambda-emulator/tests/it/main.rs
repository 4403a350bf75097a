//! The emulator over its sockets. Numbers in the names are those of the conformance cases it is built to.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod answers;
#[cfg(feature = "command")]
mod command;
mod environment;
mod errors;
mod events;
mod extensions;
#[cfg(feature = "command")]
mod external;
mod invoke_api;
mod listener;
#[cfg(feature = "command")]
mod player;
#[cfg(feature = "command")]
mod process;
mod robustness;
mod streaming;
mod support;
mod telemetry;
