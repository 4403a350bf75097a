//! The span that OpenTelemetry's conventions ask for, and a flush before the environment may be frozen.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;
use tracing::instrument::{Instrument, Instrumented};

use crate::invocation::Invocation;

/// Applies [`OpenTelemetry`].
///
/// # Examples
///
/// ```
/// use lambda_rt::Runtime;
/// use lambda_rt::layers::{OpenTelemetryFaasTrigger, OpenTelemetryLayer};
/// # async fn handler(event: lambda_rt::LambdaEvent<u8>) -> Result<u8, lambda_rt::Error> { Ok(event.payload) }
///
/// let flush = || { /* force_flush of the tracer provider */ };
/// # let _ =
/// Runtime::new(handler).layer(OpenTelemetryLayer::new(flush).with_trigger(OpenTelemetryFaasTrigger::Http));
/// ```
#[derive(Clone)]
pub struct OpenTelemetryLayer<F> {
    flush: F,
    trigger: OpenTelemetryFaasTrigger,
}

impl<F: Fn() + Clone> OpenTelemetryLayer<F> {
    /// A layer that calls `flush` when an invocation has ended and its span is closed, before it is answered.
    pub fn new(flush: F) -> Self {
        Self { flush, trigger: OpenTelemetryFaasTrigger::default() }
    }

    /// What `faas.trigger` says; [`Datasource`](OpenTelemetryFaasTrigger::Datasource) by default.
    #[must_use]
    pub fn with_trigger(self, trigger: OpenTelemetryFaasTrigger) -> Self {
        Self { trigger, ..self }
    }
}

impl<F> fmt::Debug for OpenTelemetryLayer<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTelemetryLayer").field("trigger", &self.trigger).finish_non_exhaustive()
    }
}

impl<S, F: Fn() + Clone> Layer<S> for OpenTelemetryLayer<F> {
    type Service = OpenTelemetry<S, F>;

    fn layer(&self, inner: S) -> OpenTelemetry<S, F> {
        OpenTelemetry { inner, flush: self.flush.clone(), trigger: self.trigger, cold: true }
    }
}

/// What called a function, in the words of OpenTelemetry.
///
/// Source: OpenTelemetry semantic conventions, attribute registry, `faas.trigger`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenTelemetryFaasTrigger {
    /// A change in a database, a bucket or the like: `datasource`.
    #[default]
    Datasource,
    /// A request that waits for its answer: `http`.
    Http,
    /// Messages: `pubsub`.
    PubSub,
    /// A schedule: `timer`.
    Timer,
    /// Anything else: `other`.
    Other,
}

impl OpenTelemetryFaasTrigger {
    fn name(self) -> &'static str {
        match self {
            Self::Datasource => "datasource",
            Self::Http => "http",
            Self::PubSub => "pubsub",
            Self::Timer => "timer",
            Self::Other => "other",
        }
    }
}

/// A service whose invocations run in a span with the attributes of OpenTelemetry's conventions for functions (`faas.name`,
/// `faas.trigger`, `faas.invocation_id`, `faas.coldstart`), and which flushes after each.
#[derive(Clone)]
pub struct OpenTelemetry<S, F> {
    inner: S,
    flush: F,
    trigger: OpenTelemetryFaasTrigger,
    cold: bool,
}

impl<S: fmt::Debug, F> fmt::Debug for OpenTelemetry<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTelemetry").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<S: Service<Invocation>, F: Fn() + Clone> Service<Invocation> for OpenTelemetry<S, F> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = OpenTelemetryFuture<S::Future, F>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, invocation: Invocation) -> Self::Future {
        let context = &invocation.context;
        let span = tracing::info_span!(
            target: "lambda_rt",
            "Lambda function invocation",
            otel.name = context.env_config.function_name,
            otel.kind = "server",
            faas.name = context.env_config.function_name,
            faas.trigger = self.trigger.name(),
            faas.invocation_id = context.request_id,
            faas.coldstart = self.cold,
            tenant_id = context.tenant_id.as_deref(),
        );
        self.cold = false;
        let future = span.in_scope(|| self.inner.call(invocation));
        OpenTelemetryFuture { future: Some(future.instrument(span)), flush: self.flush.clone() }
    }
}

pin_project! {
    /// The future of [`OpenTelemetry`].
    #[must_use = "futures do nothing unless polled"]
    pub struct OpenTelemetryFuture<Fut, F> {
        // `None` once it has ended: what is dropped closes its span, so that the flush includes it.
        #[pin]
        future: Option<Instrumented<Fut>>,
        flush: F,
    }
}

impl<Fut, F> fmt::Debug for OpenTelemetryFuture<Fut, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTelemetryFuture").finish_non_exhaustive()
    }
}

impl<Fut: Future, F: Fn()> Future for OpenTelemetryFuture<Fut, F> {
    type Output = Fut::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        // Invariant: a future is not polled again after it has ended.
        let Some(future) = this.future.as_mut().as_pin_mut() else { return Poll::Pending };
        let output = ready!(future.poll(cx));
        this.future.set(None);
        (this.flush)();
        Poll::Ready(output)
    }
}
