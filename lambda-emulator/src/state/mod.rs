//! The heart: what Lambda does, as a pure state machine. Inputs in, actions out; no clock and no socket.
//!
//! [`Machine`] knows the phases of one execution environment with one poller, `restore` those of SnapStart; [`event`] is
//! what goes in and out;
//! [`verdict`] judges an answer; [`refusal`] holds the words in which the service refuses; [`error_type`] decides which
//! error types it keeps.

pub(crate) mod error_type;
pub(crate) mod event;
mod machine;
#[cfg(test)]
mod properties;
pub(crate) mod refusal;
pub(crate) mod restore;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use event::{Action, Exit, Input, Invocation, Outcome, Timer};
pub(crate) use machine::{Machine, Mode};
