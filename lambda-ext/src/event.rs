//! What Lambda tells an extension: an invocation begins, the environment shuts down.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// All the time an environment with external extensions has to shut down.
///
/// Source: AWS Lambda developer guide, "Understanding the Lambda execution environment lifecycle", shutdown phase.
const SHUTDOWN: Duration = Duration::from_millis(2000);
/// What a runtime, and with it an internal extension, has between SIGTERM and SIGKILL.
#[cfg(feature = "signal")]
const SIGTERM: Duration = Duration::from_millis(300);

/// What the events processor is called with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LambdaEvent {
    /// The event.
    pub next: NextEvent,
}

impl LambdaEvent {
    /// Wraps an event, as a test of an events processor does.
    pub fn new(next: NextEvent) -> Self {
        Self { next }
    }
}

/// An event. There is no third kind to match: one that this crate does not know is skipped with a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextEvent {
    /// An invocation has begun, and is handled by the function at the same time.
    Invoke(InvokeEvent),
    /// The environment shuts down. It is the last event.
    Shutdown(ShutdownEvent),
}

impl NextEvent {
    /// Whether it is an invocation.
    pub fn is_invoke(&self) -> bool {
        matches!(self, Self::Invoke(_))
    }
}

/// An invocation has begun.
///
/// The payload, the tenant and the client context are the function's alone. What the text of Lambda leaves out is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvokeEvent {
    /// When the function times out, in milliseconds since 1970. The function and its extensions share that time.
    pub deadline_ms: u64,
    /// The request's id, as the function sees it.
    pub request_id: String,
    /// The ARN that was invoked, with its version or alias.
    pub invoked_function_arn: String,
    /// The X-Ray trace; empty for an invocation without one.
    pub tracing: Tracing,
}

impl InvokeEvent {
    /// The time until the deadline; zero when it has passed.
    pub fn time_left(&self) -> Duration {
        left(self.deadline_ms)
    }
}

/// A trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tracing {
    /// `X-Amzn-Trace-Id`.
    pub r#type: String,
    /// The value of that header.
    pub value: String,
}

/// The environment shuts down.
///
/// # Examples
///
/// ```
/// use lambda_ext::{LambdaEvent, NextEvent, ShutdownReason};
///
/// async fn handle(event: LambdaEvent) -> Result<(), lambda_ext::Error> {
///     if let NextEvent::Shutdown(shutdown) = event.next {
///         if shutdown.reason() == ShutdownReason::Spindown {
///             println!("{:?} to say goodbye", shutdown.time_left());
///         }
///     }
///     Ok(())
/// }
/// # let _ = handle;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShutdownEvent {
    /// The reason, in Lambda's own spelling.
    pub shutdown_reason: String,
    /// When the process is killed, in milliseconds since 1970.
    pub deadline_ms: u64,
}

impl ShutdownEvent {
    /// The reason. Spelling and case do not matter, and one that is not known is [`Other`](ShutdownReason::Other).
    pub fn reason(&self) -> ShutdownReason {
        let is = |names: &[&str]| names.iter().any(|name| self.shutdown_reason.eq_ignore_ascii_case(name));
        // The second names are those of AWS's Runtime Interface Emulator.
        if is(&["spindown", "SandboxTerminated"]) {
            ShutdownReason::Spindown
        } else if is(&["timeout"]) {
            ShutdownReason::Timeout
        } else if is(&["failure", "ReleaseFail"]) {
            ShutdownReason::Failure
        } else if is(&["SIGTERM"]) {
            ShutdownReason::Signal
        } else {
            ShutdownReason::Other
        }
    }

    /// The time until the process is killed; zero when it should be gone. At most two seconds of it are ever given.
    pub fn time_left(&self) -> Duration {
        left(self.deadline_ms)
    }

    /// What SIGTERM amounts to.
    #[cfg(feature = "signal")]
    pub(crate) fn by_signal() -> Self {
        Self { shutdown_reason: "SIGTERM".to_owned(), deadline_ms: after(SIGTERM) }
    }
}

/// Why an environment shuts down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ShutdownReason {
    /// It is no longer needed.
    Spindown,
    /// The function timed out; the environment may be initialised again for the next invocation.
    Timeout,
    /// The function or an extension failed or ended; likewise.
    Failure,
    /// The process got SIGTERM. Internal extensions learn of the shutdown in this way only.
    Signal,
    /// Something else; [`ShutdownEvent::shutdown_reason`] has its name.
    Other,
}

/// What a poll brought.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    Known(NextEvent),
    /// An event of this type, which this crate does not know.
    Unknown(String),
}

/// Reads an event. Unknown fields, missing ones and fields of another type are no reason to fail.
pub(crate) fn decode(body: &[u8]) -> Result<Decoded, serde_json::Error> {
    let event: Value = serde_json::from_str(&String::from_utf8_lossy(body))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let deadline = event["deadlineMs"].as_u64();
    Ok(match event["eventType"].as_str() {
        Some("INVOKE") => Decoded::Known(NextEvent::Invoke(InvokeEvent {
            deadline_ms: deadline.unwrap_or_default(),
            request_id: text(&event["requestId"]),
            invoked_function_arn: text(&event["invokedFunctionArn"]),
            tracing: Tracing {
                r#type: text(&event["tracing"]["type"]),
                value: text(&event["tracing"]["value"]),
            },
        })),
        Some("SHUTDOWN") => Decoded::Known(NextEvent::Shutdown(ShutdownEvent {
            shutdown_reason: text(&event["shutdownReason"]),
            // Without a deadline, the documented one is the best guess.
            deadline_ms: deadline.unwrap_or_else(|| after(SHUTDOWN)),
        })),
        other => Decoded::Unknown(other.unwrap_or("(none)").to_owned()),
    })
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn after(time: Duration) -> u64 {
    u64::try_from((now() + time).as_millis()).unwrap_or(u64::MAX)
}

fn left(deadline_ms: u64) -> Duration {
    Duration::from_millis(deadline_ms).saturating_sub(now())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> NextEvent {
        match decode(text.as_bytes()).unwrap() {
            Decoded::Known(event) => event,
            other @ Decoded::Unknown(_) => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_invocation_is_read_whole() {
        let event = known(
            r#"{"eventType":"INVOKE","deadlineMs":99,"requestId":"a","invokedFunctionArn":"arn",
                "tracing":{"type":"X-Amzn-Trace-Id","value":"Root=1"}}"#,
        );
        let NextEvent::Invoke(invoke) = event else { panic!("{event:?}") };
        assert_eq!((invoke.deadline_ms, invoke.request_id.as_str()), (99, "a"));
        assert_eq!((invoke.invoked_function_arn.as_str(), invoke.tracing.value.as_str()), ("arn", "Root=1"));
        assert_eq!(invoke.time_left(), Duration::ZERO);
    }

    #[test]
    fn case_87_unknown_reasons_missing_fields_and_extra_ones_are_read() {
        for (text, reason) in [
            (
                r#"{"eventType":"SHUTDOWN","deadlineMs":1,"shutdownReason":"SPINDOWN"}"#,
                ShutdownReason::Spindown,
            ),
            (r#"{"eventType":"SHUTDOWN","shutdownReason":"Timeout","new":{}}"#, ShutdownReason::Timeout),
            (r#"{"eventType":"SHUTDOWN","shutdownReason":"ReleaseFail"}"#, ShutdownReason::Failure),
            (r#"{"eventType":"SHUTDOWN","shutdownReason":"eclipse"}"#, ShutdownReason::Other),
            (r#"{"eventType":"SHUTDOWN","shutdownReason":7,"deadlineMs":"soon"}"#, ShutdownReason::Other),
            (r#"{"eventType":"SHUTDOWN"}"#, ShutdownReason::Other),
        ] {
            let event = known(text);
            let NextEvent::Shutdown(shutdown) = event else { panic!("{event:?}") };
            assert_eq!(shutdown.reason(), reason, "{text}");
        }
    }

    #[test]
    fn a_shutdown_without_a_deadline_has_the_documented_two_seconds() {
        let NextEvent::Shutdown(shutdown) = known(r#"{"eventType":"SHUTDOWN"}"#) else {
            panic!("no shutdown")
        };
        assert!(shutdown.time_left() > Duration::from_millis(1500) && shutdown.time_left() <= SHUTDOWN);
    }

    #[test]
    fn an_unknown_event_is_named_and_what_is_no_json_is_an_error() {
        assert_eq!(decode(br#"{"eventType":"RESTORE"}"#).unwrap(), Decoded::Unknown("RESTORE".to_owned()));
        assert_eq!(decode(b"[]").unwrap(), Decoded::Unknown("(none)".to_owned()));
        assert!(decode(b"<html>").is_err() && decode(b"").is_err());
        assert!(known("{\"eventType\":\"INVOKE\",\"requestId\":\"a\"}").is_invoke());
        assert!(
            decode(b"{\"eventType\":\"INVOKE\",\"requestId\":\"\xff\"}").is_ok(),
            "invalid UTF-8 is replaced"
        );
    }
}
