//! The heart: what Lambda does, as a pure state machine. Inputs in, actions out; no clock and no socket.
//!
//! [`Machine`] knows the phases of one execution environment with one poller; [`event`] is what goes in and out;
//! [`refusal`] holds the words in which the service refuses; [`error_type`] decides which error types it keeps.

pub(crate) mod error_type;
pub(crate) mod event;
mod machine;
pub(crate) mod refusal;
#[cfg(test)]
mod tests;

#[cfg(feature = "command")]
pub(crate) use event::Exit;
pub(crate) use event::{Action, Input, Invocation, Outcome};
pub(crate) use machine::{Machine, Mode};
