//! The extension beside a raw-socket Lambda. Numbers in the names are those of the conformance cases.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod bad_input;
mod events;
#[cfg(feature = "telemetry")]
mod listener;

#[cfg(all(feature = "logs", feature = "tracing"))]
mod moved_over;
mod registration;
mod support;
