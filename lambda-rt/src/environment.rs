//! The one place that writes the process environment.
//!
//! `_X_AMZN_TRACE_ID` is how the X-Ray and AWS SDKs learn the trace of the running invocation, so a sequential runtime
//! must publish it there; and a local Lambda gives the function the variables that the real one sets before `exec`.

#![expect(
    unsafe_code,
    reason = "writing the environment is unsafe in edition 2024 and has no safe equivalent"
)]

/// The variable that carries the X-Ray header of the running invocation.
const TRACE_ID: &str = "_X_AMZN_TRACE_ID";

/// Publishes the trace of an invocation, or withdraws the one before when this has none.
///
/// Only the sequential loop may call it: with several invocations at once the process has no one trace.
#[derive(Debug, Default)]
pub(crate) struct TraceVariable {
    published: Option<String>,
}

impl TraceVariable {
    pub(crate) fn publish(&mut self, trace_id: Option<&str>) {
        if self.published.as_deref() == trace_id {
            return;
        }
        match trace_id {
            // A value with a NUL byte cannot be in an environment, and `set_var` would panic.
            Some(value) if !value.contains('\0') => {
                set(TRACE_ID, value);
                self.published = Some(value.to_owned());
            }
            _ => {
                unset(TRACE_ID);
                self.published = None;
            }
        }
    }
}

/// Sets a variable that the environment does not have yet, as Lambda would have before the process started.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) fn set_if_absent(name: &str, value: &str) {
    if std::env::var_os(name).is_none() {
        set(name, value);
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the named place")]
fn set(name: &str, value: &str) {
    // SAFETY: the standard library serialises this with every access made through `std::env`. What remains is C code
    // that calls `getenv` on another thread at this very moment. The loop calls it only between invocations, when no
    // handler runs, and a local Lambda only before the first one; this is the contract every Lambda runtime that
    // publishes the trace through the environment works under.
    unsafe { std::env::set_var(name, value) }
}

#[expect(clippy::disallowed_methods, reason = "this is the named place")]
fn unset(name: &str) {
    // SAFETY: as for `set`.
    unsafe { std::env::remove_var(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_101_the_trace_is_published_byte_for_byte_and_withdrawn_for_an_invocation_without_one() {
        let read = || std::env::var(TRACE_ID).ok();
        let mut variable = TraceVariable::default();
        let trace =
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:1|b:2";
        variable.publish(Some(trace));
        assert_eq!(read().as_deref(), Some(trace));
        variable.publish(Some("nul\0"));
        assert_eq!(read(), None);
        variable.publish(Some(trace));
        variable.publish(None);
        assert_eq!(read(), None);
    }
}
