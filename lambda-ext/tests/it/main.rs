//! The extension beside a raw-socket Lambda. Numbers in the names are those of the conformance cases.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod bad_input;
mod events;
#[cfg(feature = "telemetry")]
mod listener;

mod registration;
mod support;
