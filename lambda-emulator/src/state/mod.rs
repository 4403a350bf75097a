//! The heart: what Lambda does, as a pure state machine. Inputs in, actions out; no clock and no socket.
//!
//! [`Environment`] follows one of two sets of rules: `machine` knows the phases with one poller and `restore` those of
//! SnapStart, `managed` those with many pollers. [`extensions`] knows who is there beside the runtime, and `leaving` how all
//! of them end. [`event`] is what goes in and out, [`milestone`] what telemetry tells of it; `overdue` remembers what timed
//! out; [`verdict`] judges an answer; [`refusal`] holds the words in which the service refuses; [`error_type`] decides which
//! error types it keeps.

mod answering;
mod companions;
mod environment;
pub(crate) mod error_type;
pub(crate) mod event;
#[cfg(test)]
mod extension_tests;
pub(crate) mod extensions;
mod leaving;
mod machine;
mod managed;
mod managed_companions;
#[cfg(test)]
mod managed_properties;
#[cfg(test)]
mod managed_tests;
pub(crate) mod milestone;
mod overdue;
#[cfg(test)]
mod properties;
pub(crate) mod refusal;
pub(crate) mod restore;
mod starting;
#[cfg(test)]
mod tests;
mod timing;
mod verdict;

pub(crate) use environment::Environment;
pub(crate) use event::{Action, Exit, Input, Invocation, Outcome, Timer};
pub(crate) use machine::Mode;
