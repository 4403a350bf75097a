//! The refusals of the Runtime API and the errors that callers get from the platform, word for word.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes", and the behaviour of AWS's own
//! Runtime Interface Emulator where the guide is silent.

use bytes::Bytes;

use super::event::{Exit, Outcome};
use super::extensions::MOST;

/// The largest buffered response: 6 MiB and 100 bytes.
pub(crate) const LARGEST_RESPONSE: usize = 6 * 1024 * 1024 + 100;

/// An error answer of the Runtime API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, kind, message: message.into() }
    }

    pub(crate) fn invalid_request_id() -> Self {
        Self::new(400, "InvalidRequestID", "Invalid request ID")
    }

    pub(crate) fn invalid_response_mode() -> Self {
        Self::new(400, "InvalidFunctionResponseMode", "Invalid function response mode")
    }

    pub(crate) fn truncated() -> Self {
        Self::new(400, "TruncatedHTTPRequest", "HTTP request detected as truncated")
    }

    pub(crate) fn invalid_transition(from: &str, to: &str) -> Self {
        let text = format!(
            "State transition from {from} to {to} failed for runtime. Error: State transition is not allowed"
        );
        Self::new(403, "InvalidStateTransition", text)
    }

    pub(crate) fn invoke_timeout() -> Self {
        Self::new(410, "InvokeTimeout", "Invoke timeout")
    }

    pub(crate) fn too_large() -> Self {
        let text = format!("Exceeded maximum allowed payload size ({LARGEST_RESPONSE} bytes).");
        Self::new(413, "RequestEntityTooLarge", text)
    }

    pub(crate) fn empty_extension_name() -> Self {
        Self::new(403, "Extension.InvalidExtensionName", "Empty extension name")
    }

    pub(crate) fn invalid_request_format(message: &str) -> Self {
        Self::new(403, "InvalidRequestFormat", message)
    }

    pub(crate) fn invalid_event_type(message: String) -> Self {
        Self::new(403, "Extension.InvalidEventType", message)
    }

    pub(crate) fn registration_closed() -> Self {
        Self::new(403, "Extension.RegistrationClosed", "Extension registration closed already")
    }

    pub(crate) fn extension_name_taken() -> Self {
        let text = "Extension with this name already registered";
        Self::new(403, "Extension.InvalidExtensionState", text)
    }

    pub(crate) fn invalid_extension_state(from: &str, to: &str, name: &str) -> Self {
        let text = format!(
            "State transition from {from} to {to} failed for extension {name}. Error: State transition is not allowed"
        );
        Self::new(403, "Extension.InvalidExtensionState", text)
    }

    pub(crate) fn too_many_extensions() -> Self {
        Self::new(403, "Extension.TooManyExtensions", format!("Extension limit ({MOST}) reached"))
    }

    pub(crate) fn missing_extension_identifier() -> Self {
        let text = "Missing Lambda-Extension-Identifier header";
        Self::new(403, "Extension.MissingExtensionIdentifier", text)
    }

    pub(crate) fn invalid_extension_identifier() -> Self {
        Self::new(403, "Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier")
    }

    pub(crate) fn unknown_extension_identifier(id: &str) -> Self {
        Self::new(403, "Extension.UnknownExtensionIdentifier", format!("Unknown extension {id}"))
    }

    pub(crate) fn missing_extension_header() -> Self {
        let text = "Lambda-Extension-Function-Error-Type not found";
        Self::new(403, "Extension.MissingHeader", text)
    }

    pub(crate) fn subscription_closed() -> Self {
        Self::new(403, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed")
    }

    pub(crate) fn invalid_subscription(message: String) -> Self {
        Self::new(400, "ValidationError", message)
    }

    /// The service's "container error", after which a runtime ends.
    pub(crate) fn internal() -> Self {
        Self::new(500, "InternalServerError", "Internal Server Error")
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> Bytes {
        document(self.kind, &self.message)
    }
}

/// Why an environment cannot go on: an extension failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: String,
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn new(kind: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { kind: kind.into(), reason: reason.into() }
    }

    /// An extension's process that ends before it is told to is a crash, whatever its code.
    pub(crate) fn of_extension(name: &str, exit: &Exit) -> Self {
        match exit {
            Exit::Status(0) => Self::new("Extension.Crash", "exit code 0"),
            Exit::Status(code) => Self::new("Extension.Crash", format!("exit status {code}")),
            Exit::Signal(9) => Self::new("Extension.Crash", "signal: killed"),
            Exit::Signal(signal) => Self::new("Extension.Crash", format!("signal: {signal}")),
            Exit::NotStarted(reason) => {
                Self::new("Extension.LaunchError", format!("cannot start the extension {name}: {reason}"))
            }
        }
    }
}

/// `{"errorType":…,"errorMessage":…}`.
pub(crate) fn document(kind: &str, message: &str) -> Bytes {
    serde_json::json!({ "errorType": kind, "errorMessage": message }).to_string().into()
}

impl Outcome {
    /// An error that the platform, not the function, tells the caller.
    pub(crate) fn platform(kind: &str, message: &str) -> Self {
        Self::FunctionError { category: kind.to_owned(), body: document(kind, message), xray_cause: None }
    }

    pub(crate) fn too_large(size: usize) -> Self {
        Self::platform(
            "Function.ResponseSizeTooLarge",
            &format!(
                "Response payload size ({size} bytes) exceeded maximum allowed payload size ({LARGEST_RESPONSE} bytes)."
            ),
        )
    }

    pub(crate) fn invalid_response_mode() -> Self {
        let category = "Runtime.InvalidResponseModeHeader".to_owned();
        Self::FunctionError { category, body: Bytes::new(), xray_cause: None }
    }

    pub(crate) fn truncated() -> Self {
        Self::platform("Runtime.TruncatedResponse", "Response payload is truncated")
    }

    pub(crate) fn timed_out(request_id: &str, seconds: f64) -> Self {
        Self::platform(
            "Sandbox.Timedout",
            &format!("RequestId: {request_id} Error: Task timed out after {seconds:.2} seconds"),
        )
    }

    /// The hooks after a restore took too long.
    pub(crate) fn restore_timed_out(seconds: f64) -> Self {
        Self::platform(
            "Runtime.RestoreHookUserTimeout",
            &format!("Error: the restore and its hooks timed out after {seconds:.2} seconds"),
        )
    }

    /// The init of a managed instance took too long; it is not tried again.
    pub(crate) fn init_timed_out(seconds: f64) -> Self {
        Self::platform("Sandbox.Timedout", &format!("Error: Init timed out after {seconds:.2} seconds"))
    }

    /// All workers of a managed instance are busy.
    pub(crate) fn unavailable() -> Self {
        let message = "no worker of the function is polling; invoke again when one is";
        Self::Rejected { kind: "Runtime.Unavailable", message }
    }

    /// Two invocations under one id could not be told apart.
    pub(crate) fn duplicated() -> Self {
        let message = "an invocation with this request id is under way";
        Self::Rejected { kind: "Client.DuplicatedInvokeId", message }
    }

    /// The process of a managed instance has ended, or its init has failed.
    pub(crate) fn unhealthy() -> Self {
        let message = "the environment has ended; start another";
        Self::Rejected { kind: "Client.ExecutionEnvironmentUnhealthy", message }
    }

    /// A managed instance is no longer wanted.
    pub(crate) fn environment_shut_down() -> Self {
        let message = "the environment has been shut down";
        Self::Rejected { kind: "Client.ExecutionEnvironmentShutDown", message }
    }

    pub(crate) fn shut_down() -> Self {
        Self::platform("Sandbox.Failure", "the environment has been shut down")
    }

    /// An extension failed, and the invocation with it.
    pub(crate) fn fault(request_id: &str, fault: &Fault) -> Self {
        Self::platform(&fault.kind, &format!("RequestId: {request_id} Error: {}", fault.reason))
    }

    pub(crate) fn exited(request_id: &str, exit: &Exit) -> Self {
        let (kind, reason) = match exit {
            Exit::Status(0) => ("Runtime.ExitError", "Runtime exited without providing a reason".to_owned()),
            Exit::Status(code) => {
                ("Runtime.ExitError", format!("Runtime exited with error: exit status {code}"))
            }
            Exit::Signal(9) => ("Runtime.ExitError", "Runtime exited with error: signal: killed".to_owned()),
            Exit::Signal(signal) => {
                ("Runtime.ExitError", format!("Runtime exited with error: signal: {signal}"))
            }
            Exit::NotStarted(reason) => {
                ("Runtime.InvalidEntrypoint", format!("Couldn't find valid bootstrap(s): {reason}"))
            }
        };
        Self::platform(kind, &format!("RequestId: {request_id} Error: {reason}"))
    }
}
