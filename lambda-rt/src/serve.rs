//! From a service to its pollers: the check every start ends with, then one loop, or several in one task.

use std::cell::RefCell;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use tokio::task::JoinSet;
use tower_layer::Layer;
use tower_service::Service;

use crate::api::client::Client;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::launch::Launch;
use crate::layers::{CatchPanic, CatchPanicLayer, Deadline};
use crate::poller::{Activity, Pause, Poller};
use crate::reply::Reply;
use crate::{join, log, panic};

/// A service in the layers that every one runs in: traced, its panics caught, its deadlines kept.
#[cfg(feature = "tracing")]
pub(crate) type Layered<S> = crate::layers::Trace<CatchPanic<Deadline<S>>>;
/// A service in the layers that every one runs in: its panics caught, its deadlines kept.
#[cfg(not(feature = "tracing"))]
pub(crate) type Layered<S> = CatchPanic<Deadline<S>>;

pub(crate) fn layered<S>(service: S, margin: Option<Duration>) -> Layered<S> {
    let service = CatchPanicLayer::new().layer(Deadline::new(service, margin));
    #[cfg(feature = "tracing")]
    let service = crate::layers::TraceLayer::new().layer(service);
    service
}

/// Waits for the service to be ready, so that a start that fails is reported as one.
///
/// # Errors
///
/// [`is_init`](RuntimeError::is_init) once the failure has been reported.
pub(crate) async fn ready<S>(client: &mut Client, service: &mut S) -> Result<(), RuntimeError>
where
    S: Service<Invocation, Error = Failure>,
{
    panic::owe_init(client.endpoint());
    let ready = poll_fn(|cx| service.poll_ready(cx)).await;
    if let Err(failure) = ready {
        return Err(cannot_start(client, &failure).await);
    }
    panic::owe_nothing();
    Ok(())
}

/// Reports a failed init; the error to end with is the report's own, if that fails too.
pub(crate) async fn cannot_start(client: &mut Client, failure: &Failure) -> RuntimeError {
    log::error("", format_args!("the function cannot start: {failure}"));
    match client.fail_init(failure).await {
        Ok(()) => RuntimeError::init(format!("the function cannot start: {failure}")),
        Err(error) => error,
    }
}

/// Polls with as many loops as the environment takes invocations at once, all in this task.
///
/// Without concurrency there may be a `pause` between invocations. Managed instances are never frozen.
///
/// # Errors
///
/// The error of the last loop to end; a loop's end leaves the others running.
pub(crate) async fn in_one_task<S, P>(
    launch: &Launch,
    client: Client,
    service: S,
    margin: Option<Duration>,
    pause: P,
    activity: &Arc<Activity>,
) -> Result<(), RuntimeError>
where
    S: Service<Invocation, Response = Reply, Error = Failure>,
    P: Pause,
{
    let service = RefCell::new(service);
    let alone = launch.pollers == 1;
    let mut pause = Some(pause).filter(|_| alone);
    let mut poller = |client| Poller::new(launch, client, Shared(&service), margin, pause.take(), activity);
    let first = poller(client);
    if alone {
        return first.run().await;
    }
    let more = (1..launch.pollers).map(|_| poller(launch.client()));
    let pollers: Vec<_> = std::iter::once(first).chain(more).map(|poller| Box::pin(poller.run())).collect();
    join::until_none_is_left(pollers, ended).await
}

/// Polls with as many loops as the environment takes invocations at once, each a task of its own.
///
/// # Errors
///
/// As for [`in_one_task`].
///
/// # Panics
///
/// When the last loop to end did so by a panic.
pub(crate) async fn over_threads<S, P>(
    launch: &Launch,
    client: Client,
    service: S,
    margin: Option<Duration>,
    pause: P,
    activity: &Arc<Activity>,
) -> Result<(), RuntimeError>
where
    S: Service<Invocation, Response = Reply, Error = Failure, Future: Send> + Clone + Send + 'static,
    P: Pause,
{
    if launch.pollers == 1 {
        return Poller::new(launch, client, service, margin, pause, activity).run().await;
    }
    let mut pollers = JoinSet::new();
    let mut client = Some(client);
    for _ in 0..launch.pollers {
        let client = client.take().unwrap_or_else(|| launch.client());
        pollers.spawn(Poller::new(launch, client, service.clone(), margin, (), activity).run());
    }
    loop {
        let result = match pollers.join_next().await {
            Some(Ok(result)) => result,
            Some(Err(error)) => match error.try_into_panic() {
                Ok(panic) if pollers.is_empty() => std::panic::resume_unwind(panic),
                // The panic hook has said why.
                _ => continue,
            },
            None => return Ok(()),
        };
        ended(pollers.len(), &result);
        if pollers.is_empty() {
            return result;
        }
    }
}

/// Notes the end of one loop among several; the last one's is the end of all.
fn ended(left: usize, result: &Result<(), RuntimeError>) {
    if let Err(error) = result
        && left > 0
    {
        log::error("", format_args!("one of several pollers ended, {left} go on: {error}"));
    }
}

/// One service, called by several loops of one task.
#[derive(Debug)]
struct Shared<'s, S>(&'s RefCell<S>);

impl<S: Service<Invocation>> Service<Invocation> for Shared<'_, S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    // Invariant: both borrows end before anything is awaited, and a loop calls in the same poll in which it found the
    // service ready, so that no other loop comes between.
    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), S::Error>> {
        self.0.borrow_mut().poll_ready(cx)
    }

    fn call(&mut self, invocation: Invocation) -> S::Future {
        self.0.borrow_mut().call(invocation)
    }
}

/// Nothing happens where there is nothing.
impl<P: Pause> Pause for Option<P> {
    fn begins(&mut self) {
        if let Some(pause) = self {
            pause.begins();
        }
    }

    async fn ended(&mut self) {
        if let Some(pause) = self {
            pause.ended().await;
        }
    }
}
