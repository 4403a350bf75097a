//! An invocation as a test makes it, and how it ended.

use bytes::Bytes;

use crate::id;
use crate::state::Invocation;

/// An invocation to make, as a caller of the Invoke API would.
#[derive(Clone, Debug)]
#[must_use = "give it to `Emulator::invoke`"]
pub struct Invoke {
    pub(crate) invocation: Invocation,
}

impl Invoke {
    /// An invocation with this event.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self {
            invocation: Invocation {
                request_id: id::unique(),
                invocation_id: id::unique(),
                payload: payload.into(),
                trace_id: Some(id::trace()),
                ..Invocation::default()
            },
        }
    }

    /// The request id; a random one by default. While an invocation of the same id is under way, another is taken.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.invocation.request_id = id.into();
        self
    }

    /// The client context, JSON text without line breaks. As with all of these, a value that no HTTP header can hold does
    /// not reach the function.
    pub fn client_context(mut self, json: impl Into<String>) -> Self {
        self.invocation.client_context = Some(json.into());
        self
    }

    /// The Cognito identity, JSON text.
    pub fn cognito_identity(mut self, json: impl Into<String>) -> Self {
        self.invocation.cognito_identity = Some(json.into());
        self
    }

    /// The tenant.
    pub fn tenant_id(mut self, id: impl Into<String>) -> Self {
        self.invocation.tenant_id = Some(id.into());
        self
    }

    /// The X-Ray header, or `None` for an invocation without one; a fresh one by default.
    pub fn trace_id(mut self, header: Option<String>) -> Self {
        self.invocation.trace_id = header;
        self
    }
}

/// How an invocation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invoked {
    /// The request's id.
    pub request_id: String,
    /// The answer, or the error document of a failure.
    pub payload: Bytes,
    /// The category of the failure, as the service keeps it: `Function.…` or `Runtime.…`, or, where the platform itself says
    /// no, `Sandbox.…` or `Client.…`. `None` for a success.
    pub error_type: Option<String>,
    /// The X-Ray cause that came with a failure, if the service would keep it.
    pub xray_cause: Option<String>,
}
