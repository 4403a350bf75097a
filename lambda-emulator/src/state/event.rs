//! What happens to an environment, and what it makes happen.

use bytes::Bytes;

use super::extensions::Registration;
use super::refusal::Refusal;
use crate::telemetry::Subscription;

/// An HTTP exchange that waits for its answer. The shell chooses the numbers.
pub(crate) type Call = u64;

/// An event on its way to the function, as its caller sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Invocation {
    pub(crate) request_id: String,
    /// One delivery attempt; a new one on every delivery of the same request.
    pub(crate) invocation_id: String,
    pub(crate) payload: Bytes,
    pub(crate) content_type: Option<String>,
    pub(crate) trace_id: Option<String>,
    pub(crate) client_context: Option<String>,
    pub(crate) cognito_identity: Option<String>,
    pub(crate) tenant_id: Option<String>,
}

/// What a runtime posts as an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) request_id: String,
    /// The echoed `Lambda-Runtime-Invocation-Id`; `Some("")` is an echo too, and a wrong one.
    pub(crate) invocation_id: Option<String>,
    pub(crate) body: Bytes,
    /// The body ended before its declared length.
    pub(crate) truncated: bool,
    /// `Lambda-Runtime-Function-Response-Mode`.
    pub(crate) mode: Option<String>,
    /// `Lambda-Runtime-Function-Error-Type`, from the head of an error or the trailers of a stream.
    pub(crate) error_type: Option<String>,
    /// `Lambda-Runtime-Function-Error-Body` of a stream, decoded.
    pub(crate) trailer_body: Option<Bytes>,
    /// `Lambda-Runtime-Function-XRay-Error-Cause`.
    pub(crate) xray_cause: Option<String>,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(any(feature = "command", test)),
    expect(dead_code, reason = "only a supervised process exits")
)]
pub(crate) enum Exit {
    Status(i32),
    Signal(i32),
    /// It could not be started at all, for this reason.
    NotStarted(String),
}

/// When an extension fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Init,
    Exit,
}

/// Why an environment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ShutdownReason {
    /// It is no longer needed.
    Spindown,
    /// The function or its init took too long.
    Timeout,
    /// The function or an extension crashed.
    Failure,
}

impl ShutdownReason {
    /// The word on the wire.
    ///
    /// ```
    /// assert_eq!(lambda_emulator::ShutdownReason::Spindown.as_str(), "spindown");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spindown => "spindown",
            Self::Timeout => "timeout",
            Self::Failure => "failure",
        }
    }
}

pub(crate) use ShutdownReason as Reason;

/// What an extension is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    Invoke(Invocation),
    Shutdown(Reason),
}

/// What time is running for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Timer {
    /// The init phase of the start with this number.
    Init(u64),
    /// The restore with this number, hooks included.
    Restore(u64),
    /// The delivery attempt with this invocation id.
    Invocation(String),
    /// What the runtime has left to end by itself, in the environment that began with the start of this number.
    Grace(u64),
    /// What extensions have left after that.
    Farewell(u64),
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(any(feature = "command", test)),
    expect(dead_code, reason = "only a supervised process exits")
)]
pub(crate) enum Input {
    /// The environment is wanted before anybody invokes the function.
    Prepare,
    /// Somebody invokes the function.
    Submitted(Invocation),
    /// The runtime calls `next`.
    Polled(Call),
    /// The connection of a `next` is gone before it was answered.
    PollGone(Call),
    /// The runtime posts a response.
    Responded(Call, Post),
    /// The runtime posts an error.
    Failed(Call, Post),
    /// The runtime posts an init error.
    InitFailed(Call, Post),
    /// The runtime has made itself ready for the snapshot and asks for the restore.
    RestorePolled(Call),
    /// The runtime posts that it cannot go on after the restore.
    RestoreFailed(Call, Post),
    /// The environment is to be restored from its snapshot, as soon as there is one.
    Restore,
    /// A time that was armed is up.
    Elapsed(Timer),
    /// The process ended.
    Exited(Exit),
    /// The process is to be stopped as soon as it is idle.
    Freeze,
    /// It is to go on.
    Thaw,
    /// An extension registers.
    Registered(Call, Registration),
    /// An extension, which gives this identifier, calls `event/next`.
    ExtensionPolled(Call, Option<String>),
    /// An extension posts an error, of this type.
    ExtensionFailed {
        call: Call,
        id: Option<String>,
        moment: Moment,
        kind: Option<String>,
        /// What it says of it.
        message: Option<String>,
    },
    /// An extension subscribes to telemetry, or would but for this mistake.
    Subscribed(Call, Option<String>, Result<Subscription, String>),
    /// The process of the extension of this name ended.
    ExtensionExited(String, Exit),
    /// The environment is to end in good order.
    Ending(Reason),
    /// The environment is no longer wanted, and ends at once.
    ShutDown,
}

/// What is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Let this time begin to run; where events come one by one, no longer the one armed before.
    Arm(Timer),
    /// This time is no longer of interest.
    Disarm(Timer),
    /// Answer a `next` with this event.
    Deliver(Call, Invocation),
    /// Answer a POST with 202.
    Accept(Call),
    /// Answer a `restore/next`; no connection of the runtime outlives it.
    Restore(Call),
    /// Answer a call with an error of the service.
    Refuse(Call, Refusal),
    /// The invocation is over; its caller is told.
    Complete(String, Outcome),
    /// The invocation that was submitted just now is not taken; its caller is told. Another may go by the same id.
    Reject(Outcome),
    /// Start the bootstrap.
    Start,
    /// Ask the bootstrap to end.
    Terminate,
    /// Kill the bootstrap and all it has started.
    Kill,
    /// Answer a registration: it goes by this name and identifier.
    Register { call: Call, name: String, id: String },
    /// Answer an `event/next`.
    Notify(Call, Notice),
    /// Answer a subscription, and let it take effect for the extension of this name.
    Subscribe(Call, String, Subscription),
    /// Start the external extensions.
    Launch,
    /// Kill the extension of this name and all it has started.
    KillExtension(String),
    /// All has ended.
    Ended,
    /// Stop it and all it has started, where they are.
    Freeze,
    /// Let them go on.
    Thaw,
}

/// What a caller is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Success(Bytes),
    /// A function error: the category for telemetry, the body for the caller.
    FunctionError {
        category: String,
        body: Bytes,
        xray_cause: Option<String>,
    },
    /// An error of the platform's front: the function has never seen the invocation, or nobody will see its end.
    Rejected {
        kind: &'static str,
        message: &'static str,
    },
}

impl Outcome {
    /// The category of a failure.
    pub(crate) fn category(&self) -> Option<&str> {
        match self {
            Self::Success(_) => None,
            Self::FunctionError { category, .. } => Some(category),
            Self::Rejected { kind, .. } => Some(kind),
        }
    }
}
