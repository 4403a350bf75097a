//! What is worth telling of an environment's life. The machine says what, telemetry says when and how long.

/// Which init: the environment's own, or one within an invocation ("suppressed").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InitPhase {
    Init,
    Invoke,
}

/// How something ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Success,
    /// The function or its runtime failed, with this type.
    Error(String),
    /// The platform failed, with this type.
    Failure(String),
    Timeout,
}

impl Status {
    /// The status of what ends with this category.
    pub(crate) fn of(category: &str) -> Self {
        match category {
            "Sandbox.Timedout" => Self::Timeout,
            _ if category.starts_with("Sandbox.") => Self::Failure(category.to_owned()),
            _ => Self::Error(category.to_owned()),
        }
    }
}

/// How an extension is at the end of an init.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) name: String,
    pub(crate) state: &'static str,
    pub(crate) events: Vec<&'static str>,
    pub(crate) error_type: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Milestone {
    InitStarted(InitPhase),
    /// The runtime polled for the first time, or will not.
    RuntimeInitialised(Status),
    InitEnded(Status, Vec<Report>),
    /// A restore from the snapshot begins.
    RestoreStarted,
    /// The runtime polled after its restore, or will not.
    Restored(Status),
    /// An invocation begins.
    Started {
        request_id: String,
        tenant_id: Option<String>,
        trace_id: Option<String>,
    },
    /// Its caller has an answer of so many bytes.
    Answered {
        status: Status,
        bytes: usize,
    },
    /// The runtime is through with it: it polled, or it is no more.
    RuntimeDone(Status),
    /// The runtime and all extensions are through with it.
    Ended(Status),
    /// An invocation of a managed instance is over; others may be under way.
    Handled {
        request_id: String,
        status: Status,
    },
    /// The environment says goodbye.
    Leaving,
    /// All that ran is gone.
    Gone,
}
