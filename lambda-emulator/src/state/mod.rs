//! The heart: what Lambda does, as a pure state machine. Inputs in, actions out; no clock and no socket.
//!
//! [`Machine`] knows the phases of one execution environment with one poller, [`extensions`] who is there beside it;
//! `leaving` is how both end. [`event`] is what goes in and out, [`milestone`] what telemetry tells of it. [`verdict`]
//! judges an answer; [`refusal`] holds the words in which the service refuses; [`error_type`] decides which error types it
//! keeps.

pub(crate) mod error_type;
pub(crate) mod event;
#[cfg(test)]
mod extension_tests;
pub(crate) mod extensions;
mod leaving;
mod machine;
pub(crate) mod milestone;
#[cfg(test)]
mod properties;
pub(crate) mod refusal;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use event::{Action, Exit, Input, Invocation, Outcome, Timer};
pub(crate) use machine::{Machine, Mode};
