//! Cancels a handler shortly before Lambda would kill the whole environment.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use pin_project_lite::pin_project;
use tokio::time::{Instant, Sleep};
use tower_layer::Layer;
use tower_service::Service;

use crate::failure::Failure;
use crate::invocation::Invocation;

/// Enough to post a failure to an endpoint on the same machine, even on the smallest function's share of a CPU.
pub(crate) const MARGIN: Duration = Duration::from_millis(100);

/// Applies [`Deadline`].
#[derive(Clone, Copy, Debug)]
pub struct DeadlineLayer {
    margin: Duration,
}

impl DeadlineLayer {
    /// Cancels 100 ms before the deadline.
    pub fn new() -> Self {
        Self::with_margin(MARGIN)
    }

    /// Cancels `margin` before the deadline; in an invocation with less than twice as much time, halfway through.
    pub fn with_margin(margin: Duration) -> Self {
        Self { margin }
    }
}

impl Default for DeadlineLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadline<S>;

    fn layer(&self, inner: S) -> Deadline<S> {
        Deadline::new(inner, Some(self.margin))
    }
}

/// A service that gives up in time to say so: the caller learns what happened, and the environment survives.
///
/// Cancelling drops the handler's future at its next `await`; a handler that blocks its thread is not interrupted.
/// An invocation without a deadline is not limited, nor one whose deadline has passed when it arrives: that is a clock
/// that differs from Lambda's rather than a late event.
///
/// # Cancel safety
///
/// The handler must be prepared to stop at any `await`, as every future must.
#[derive(Clone, Copy, Debug)]
pub struct Deadline<S> {
    inner: S,
    margin: Option<Duration>,
}

impl<S> Deadline<S> {
    /// `None` lets every invocation run on.
    pub(crate) fn new(inner: S, margin: Option<Duration>) -> Self {
        Self { inner, margin }
    }
}

impl<S> Service<Invocation> for Deadline<S>
where
    S: Service<Invocation>,
    S::Error: Into<Failure>,
{
    type Response = S::Response;
    type Error = Failure;
    type Future = DeadlineFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, invocation: Invocation) -> DeadlineFuture<S::Future> {
        let limit = self.margin.and_then(|margin| Limit::of(invocation.context.deadline()?, margin));
        DeadlineFuture { future: self.inner.call(invocation), limit, timer: None }
    }
}

/// What remains of an invocation when it arrives, and how much of that the handler gets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    arrived: Instant,
    remaining: Duration,
    allowed: Duration,
}

impl Limit {
    pub(crate) fn of(deadline: SystemTime, margin: Duration) -> Option<Self> {
        let remaining = deadline.duration_since(SystemTime::now()).ok()?;
        let allowed = remaining - margin.min(remaining / 2);
        Some(Self { arrived: Instant::now(), remaining, allowed })
    }

    /// When the handler is cancelled.
    pub(crate) fn end(&self) -> Instant {
        self.arrived + self.allowed
    }

    pub(crate) fn exceeded(&self) -> Failure {
        Failure::of_runtime(
            "Function.DeadlineExceeded",
            format!(
                "the handler was cancelled after {} ms, {} ms before its deadline; give the function a longer timeout \
                 or less to do per invocation",
                self.allowed.as_millis(),
                (self.remaining - self.allowed).as_millis(),
            ),
        )
    }
}

pin_project! {
    /// The future of [`Deadline`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct DeadlineFuture<F> {
        #[pin]
        future: F,
        limit: Option<Limit>,
        // Made when the handler first has to wait: one that answers at once pays for no timer.
        #[pin]
        timer: Option<Sleep>,
    }
}

impl<F, R, E> Future for DeadlineFuture<F>
where
    F: Future<Output = Result<R, E>>,
    E: Into<Failure>,
{
    type Output = Result<R, Failure>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Poll::Ready(answer) = this.future.poll(cx) {
            return Poll::Ready(answer.map_err(Into::into));
        }
        let Some(limit) = this.limit else { return Poll::Pending };
        if this.timer.is_none() {
            this.timer.set(Some(tokio::time::sleep_until(limit.end())));
        }
        match this.timer.as_mut().as_pin_mut().map(|timer| timer.poll(cx)) {
            Some(Poll::Ready(())) => Poll::Ready(Err(limit.exceeded())),
            _ => Poll::Pending,
        }
    }
}
