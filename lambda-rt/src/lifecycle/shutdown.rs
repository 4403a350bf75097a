//! The end of an environment: the signal, the last invocation, the hooks, all within the time there is.

use std::future::{Future, pending, poll_fn};
use std::io::Write;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::Instant;

use super::hooks::{self, Hooks};
use crate::api::endpoint::Endpoint;
use crate::error::RuntimeError;
use crate::log;
use crate::poller::Activity;

/// What Lambda leaves between SIGTERM and SIGKILL when only internal extensions are registered.
///
/// Source: AWS Lambda developer guide, "Lambda execution environment lifecycle", shutdown phase.
pub(super) const BUDGET: Duration = Duration::from_millis(300);

/// By this name the service knows the extension that there is only to earn SIGTERM.
const EXTENSION: &str = "_lambda-rt-graceful-shutdown";

/// Why the environment ends, and how much time there is.
#[derive(Clone, Copy, Debug)]
pub struct Shutdown {
    reason: ShutdownReason,
    /// Hooks are limited by the monotonic clock: nothing is frozen between the signal and the end.
    end: Instant,
}

/// Why the environment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShutdownReason {
    /// Lambda sent SIGTERM: it takes the environment out of service.
    Sigterm,
    /// Ctrl-C, under `cargo run`.
    Interrupted,
    /// The runtime cannot go on; `run` returns the error after the hooks.
    Failed,
}

impl Shutdown {
    /// Why.
    pub fn reason(&self) -> ShutdownReason {
        self.reason
    }

    /// How long this hook may take. What is left is shared evenly among the hooks that have not run.
    pub fn remaining_time(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }
}

/// SIGTERM, and where there is a terminal Ctrl-C.
pub(super) struct Signals {
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
    interrupt: bool,
}

impl Signals {
    /// From now on the signals do not end the process.
    pub(super) fn listen(interrupt: bool) -> Self {
        Self {
            #[cfg(unix)]
            terminate: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
                .inspect_err(|error| log::warn("", format_args!("SIGTERM cannot be handled: {error}")))
                .ok(),
            interrupt,
        }
    }

    /// Waits for the first of them. Later ones change nothing: the shutdown is under way.
    pub(super) async fn received(&mut self) -> ShutdownReason {
        let interrupt = self.interrupt;
        let terminated = async {
            #[cfg(unix)]
            if let Some(signal) = &mut self.terminate
                && signal.recv().await.is_some()
            {
                return;
            }
            pending().await
        };
        let interrupted = async {
            if !interrupt || tokio::signal::ctrl_c().await.is_err() {
                pending().await
            }
        };
        let (mut terminated, mut interrupted) = (pin!(terminated), pin!(interrupted));
        poll_fn(|cx| match terminated.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(ShutdownReason::Sigterm),
            Poll::Pending => interrupted.as_mut().poll(cx).map(|()| ShutdownReason::Interrupted),
        })
        .await
    }
}

/// Registers the extension that earns SIGTERM. A function that is refused it runs all the same.
pub(super) async fn register(endpoint: &Endpoint) -> Option<lambda_ext::RegisteredExtension> {
    let extension = lambda_ext::Extension::internal(EXTENSION).with_events(&[]).with_endpoint(format!(
        "{}{}",
        endpoint.authority(),
        endpoint.prefix()
    ));
    match extension.register().await {
        Ok(registered) => Some(registered),
        Err(error) => {
            log::warn(
                "",
                format_args!(
                    "shutdown hooks run only if something else earns the function SIGTERM, because no extension could be \
                     registered for it: {error}"
                ),
            );
            None
        }
    }
}

/// Polls for events that never come: only extensions that poll let the init end.
pub(super) async fn park(extension: Option<lambda_ext::RegisteredExtension>) {
    let Some(mut extension) = extension else { return pending().await };
    loop {
        if let Err(error) = extension.next().await {
            log::warn(
                "",
                format_args!("the extension that earns SIGTERM cannot wait for its event: {error}"),
            );
            return pending().await;
        }
    }
}

/// `None` when a signal comes before the end of `future`.
pub(super) async fn unless_signalled<F: Future>(
    future: F,
    signals: Option<&mut Signals>,
) -> Option<F::Output> {
    let Some(signals) = signals else { return Some(future.await) };
    let (mut future, mut signal) = (pin!(future), pin!(signals.received()));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => signal.as_mut().poll(cx).map(|_| None),
    })
    .await
}

/// Runs `work` to its end, and `other` as long.
pub(super) async fn beside<F: Future>(work: F, other: impl Future<Output = ()>) -> F::Output {
    let (mut work, mut other) = (pin!(work), pin!(other));
    poll_fn(|cx| {
        let polled = work.as_mut().poll(cx);
        // It never ends; so it is not polled after its end.
        let _ = other.as_mut().poll(cx);
        polled
    })
    .await
}

/// What to do at the end.
pub(super) struct AtShutdown<'a, T: 'static> {
    pub(super) hooks: Hooks<'a, T, Shutdown>,
    pub(super) budget: Duration,
}

impl<T> AtShutdown<'_, T> {
    /// Lets `work` run until it ends or a signal comes; then lets the invocations under way finish, and runs the hooks.
    ///
    /// # Errors
    ///
    /// Those of `work`.
    pub(super) async fn watch(
        self,
        work: impl Future<Output = Result<(), RuntimeError>>,
        signals: &mut Signals,
        activity: &Activity,
        state: &'static T,
    ) -> Result<(), RuntimeError> {
        let mut work = pin!(work);
        let (reason, result) = {
            let mut signal = pin!(signals.received());
            poll_fn(|cx| {
                if let Poll::Ready(result) = work.as_mut().poll(cx) {
                    return Poll::Ready((ShutdownReason::Failed, Some(result)));
                }
                signal.as_mut().poll(cx).map(|reason| (reason, None))
            })
            .await
        };
        let end = Instant::now() + self.budget;
        let result = match result {
            Some(result) => result,
            None => {
                activity.stop();
                let idle = poll_fn(|cx| match work.as_mut().poll(cx) {
                    Poll::Ready(result) => Poll::Ready(result),
                    Poll::Pending if activity.is_idle() => Poll::Ready(Ok(())),
                    Poll::Pending => Poll::Pending,
                });
                // The hooks get at least half of the time: they save what all invocations left.
                tokio::time::timeout(self.budget / 2, idle).await.unwrap_or_else(|_| {
                    log::warn(
                        "",
                        format_args!("an invocation was still running when the environment was shut down"),
                    );
                    Ok(())
                })
            }
        };
        self.run_hooks(reason, end, state).await;
        // Whatever writes log lines may buffer them.
        let _ = std::io::stdout().flush();
        result
    }

    /// Last registered first, each with an even share of what time is left.
    async fn run_hooks(&self, reason: ShutdownReason, end: Instant, state: &'static T) {
        for (left, hook) in self.hooks.iter().enumerate().rev() {
            let now = Instant::now();
            let share = end.saturating_duration_since(now) / (left as u32 + 1);
            let shutdown = Shutdown { reason, end: now + share };
            match tokio::time::timeout(share, hooks::call(hook, state, shutdown)).await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => hooks::failed("on_shutdown", &failure),
                Err(_) => log::warn(
                    "",
                    format_args!(
                        "a hook of on_shutdown was dropped: it took longer than the {} ms it had",
                        share.as_millis()
                    ),
                ),
            }
        }
    }
}
