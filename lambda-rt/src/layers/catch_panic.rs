//! Turns a panic into a failure of the one invocation it happened in.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::panic;

/// Applies [`CatchPanic`].
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct CatchPanicLayer;

impl CatchPanicLayer {
    /// A layer that catches panics.
    pub fn new() -> Self {
        Self
    }
}

impl<S> Layer<S> for CatchPanicLayer {
    type Service = CatchPanic<S>;

    fn layer(&self, inner: S) -> CatchPanic<S> {
        panic::install();
        CatchPanic { inner }
    }
}

/// A service whose panics are failures, with message and location, and with a backtrace if `RUST_BACKTRACE` is set.
///
/// It has no effect in builds with `panic = "abort"`: there the runtime's panic hook reports before the process ends.
#[derive(Clone, Copy, Debug)]
pub struct CatchPanic<S> {
    inner: S,
}

impl<S> Service<Invocation> for CatchPanic<S>
where
    S: Service<Invocation>,
    S::Error: Into<Failure>,
{
    type Response = S::Response;
    type Error = Failure;
    type Future = CatchPanicFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        match catch_unwind(AssertUnwindSafe(|| self.inner.poll_ready(cx))) {
            Ok(ready) => ready.map_err(Into::into),
            Err(_) => Poll::Ready(Err(panic::take())),
        }
    }

    fn call(&mut self, invocation: Invocation) -> CatchPanicFuture<S::Future> {
        let future = catch_unwind(AssertUnwindSafe(|| self.inner.call(invocation)));
        CatchPanicFuture { future: future.ok() }
    }
}

pin_project! {
    /// The future of [`CatchPanic`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct CatchPanicFuture<F> {
        // `None` when the call itself panicked, and once the future has.
        #[pin]
        future: Option<F>,
    }
}

impl<F, R, E> Future for CatchPanicFuture<F>
where
    F: Future<Output = Result<R, E>>,
    E: Into<Failure>,
{
    type Output = Result<R, Failure>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        // Unwind safety: after a panic the future is dropped and never polled again.
        let polled = match this.future.as_mut().as_pin_mut() {
            Some(future) => catch_unwind(AssertUnwindSafe(|| future.poll(cx))),
            None => return Poll::Ready(Err(panic::take())),
        };
        match polled {
            Ok(polled) => polled.map_err(Into::into),
            Err(_) => {
                let failure = panic::take();
                // Dropping what panicked may panic again; that must not undo the report of the first.
                let _ = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
                Poll::Ready(Err(failure))
            }
        }
    }
}
