//! What a handler is told about its invocation.

mod client;
mod current;
mod deferred;
mod trace;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use client::{ClientApplication, ClientContext, CognitoIdentity};
pub(crate) use current::{Current, of_thread};
pub(crate) use deferred::Deferred;
pub use deferred::Outcome;
pub use trace::TraceHeader;

use crate::config::Config;

/// What Lambda says about one invocation, beside its payload.
///
/// Every field that a service or a caller may leave out, or may send in a form that cannot be used, is an `Option`:
/// a header that cannot be read becomes `None` and a warning that names it, and the event is handled all the same.
///
/// Source: AWS Lambda developer guide, "Next invocation" of the Runtime API.
///
/// # Examples
///
/// A context for a unit test:
///
/// ```
/// use lambda_rt::Context;
///
/// let mut context = Context::default();
/// context.request_id = "test-1".to_owned();
/// assert_eq!(context.remaining_time(), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Context {
    /// The id of the request, the same on every retry of an asynchronous event. Opaque, usually a UUID.
    pub request_id: String,
    /// The ARN by which the function was invoked, with its alias or version; empty if the service sent none.
    pub invoked_function_arn: String,
    /// The X-Ray header, byte for byte; absent when there is no tracing data. [`trace`](Self::trace) takes it apart.
    pub xray_trace_id: Option<String>,
    /// What a caller passed as `ClientContext` (`X-Amz-Client-Context`).
    pub client_context: Option<ClientContext>,
    /// The Cognito identity of the caller, when it was invoked through the mobile SDK with one.
    pub identity: Option<CognitoIdentity>,
    /// The tenant, for functions with tenant isolation.
    pub tenant_id: Option<String>,
    /// One delivery attempt of the request, on services that number them. The runtime echoes it with the answer.
    pub invocation_id: Option<String>,
    /// The function's configuration, read from the environment once.
    pub env_config: Arc<Config>,
    deadline: Option<SystemTime>,
    pub(crate) deferred: Deferred,
}

impl Context {
    /// The wall-clock time at which Lambda stops this invocation, or `None` if the service did not say.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(lambda_rt::Context::default().deadline(), None);
    /// ```
    pub fn deadline(&self) -> Option<SystemTime> {
        self.deadline
    }

    /// Sets the deadline, for tests of code that reads it.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// let mut context = lambda_rt::Context::default();
    /// context.set_deadline(Some(SystemTime::now() + Duration::from_secs(3)));
    /// assert!(context.remaining_time() <= Some(Duration::from_secs(3)));
    /// ```
    pub fn set_deadline(&mut self, deadline: Option<SystemTime>) {
        self.deadline = deadline;
    }

    /// How long this invocation may still run by the wall clock: zero once the deadline has passed, `None` without one.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// let mut context = lambda_rt::Context::default();
    /// context.set_deadline(Some(SystemTime::UNIX_EPOCH));
    /// assert_eq!(context.remaining_time(), Some(Duration::ZERO));
    /// ```
    pub fn remaining_time(&self) -> Option<Duration> {
        let left = self.deadline?.duration_since(SystemTime::now());
        Some(left.unwrap_or(Duration::ZERO))
    }

    /// The parts of the X-Ray header, or `None` without one.
    ///
    /// # Examples
    ///
    /// ```
    /// let mut context = lambda_rt::Context::default();
    /// context.xray_trace_id = Some("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1".to_owned());
    /// assert!(context.trace().unwrap().sampled());
    /// ```
    pub fn trace(&self) -> Option<TraceHeader<'_>> {
        self.xray_trace_id.as_deref().map(TraceHeader::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_7_a_deadline_in_the_past_leaves_no_time_and_does_not_panic() {
        let mut context = Context::default();
        for past in [SystemTime::UNIX_EPOCH, SystemTime::now() - Duration::from_millis(1)] {
            context.set_deadline(Some(past));
            assert_eq!(context.remaining_time(), Some(Duration::ZERO));
        }
    }
}
