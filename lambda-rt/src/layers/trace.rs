//! A `tracing` span around each invocation.

use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;
use tracing::instrument::{Instrument, Instrumented};

use crate::invocation::Invocation;

/// Applies [`Trace`].
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct TraceLayer;

impl TraceLayer {
    /// A layer that opens a span per invocation.
    pub fn new() -> Self {
        Self
    }
}

impl<S> Layer<S> for TraceLayer {
    type Service = Trace<S>;

    fn layer(&self, inner: S) -> Trace<S> {
        Trace { inner }
    }
}

/// A service whose invocations run in a span `invocation` with the fields `requestId`, and where they are known
/// `xrayTraceId` and `tenantId`. Without a subscriber it costs one comparison.
#[derive(Clone, Copy, Debug)]
pub struct Trace<S> {
    inner: S,
}

impl<S: Service<Invocation>> Service<Invocation> for Trace<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = Instrumented<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, invocation: Invocation) -> Instrumented<S::Future> {
        let span = span(&invocation.context);
        let future = span.in_scope(|| self.inner.call(invocation));
        future.instrument(span)
    }
}

/// The span of an invocation.
pub(crate) fn span(context: &crate::Context) -> tracing::Span {
    tracing::info_span!(
        target: "lambda_rt",
        "invocation",
        requestId = context.request_id.as_str(),
        xrayTraceId = context.xray_trace_id.as_deref(),
        tenantId = context.tenant_id.as_deref(),
    )
}
