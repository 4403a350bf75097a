//! Handlers for many invocations at once: cloned for each poller, sent to whatever thread has time for it.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use serde::de::DeserializeOwned;
use tower_service::Service;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::failure::Failure;
use crate::handler::{Closure, HandlerOutput, Tower};
use crate::invocation::{Invocation, LambdaEvent};
use crate::payload;
use crate::reply::{IntoReply, Reply};
use crate::runtime::Runtime;

/// Runs `handler` for every event until the environment ends, on managed instances for many at once and on all threads.
///
/// There `AWS_LAMBDA_MAX_CONCURRENCY` says how many: each has a poller with a connection, a clone of the handler and a tokio task of
/// its own. Everywhere else it is [`run`](crate::run). Use it for handlers that compute; handlers that mostly wait lose nothing by
/// [`run`](crate::run), which keeps all pollers in one task and asks neither for `Send` nor for `Clone`.
///
/// An invocation that fails, panics or runs out of time leaves the others alone. Its [`Context`](crate::Context) is found anywhere in
/// its task by [`Context::current`](crate::Context::current); `_X_AMZN_TRACE_ID` is not set, because the process has no one trace.
///
/// Source: AWS Lambda developer guide, "Lambda Managed Instances", runtimes.
///
/// # Errors
///
/// As for [`run`](crate::run): a poller that cannot go on ends alone and is logged; the error is the last one's.
///
/// # Cancel safety
///
/// Dropping the future aborts the pollers' tasks and leaves their invocations unanswered.
///
/// # Examples
///
/// ```no_run
/// use lambda_rt::{Error, LambdaEvent};
///
/// async fn double(event: LambdaEvent<i64>) -> Result<i64, Error> {
///     Ok(2 * event.payload)
/// }
///
/// fn main() -> Result<(), Error> {
///     lambda_rt::block_on(lambda_rt::run_concurrent(double))
/// }
/// ```
pub async fn run_concurrent<M>(handler: impl ConcurrentHandler<M>) -> Result<(), Error> {
    Runtime::concurrent(handler).run_concurrent().await
}

/// What [`run_concurrent`] accepts: an async function or closure from [`LambdaEvent<T>`](LambdaEvent) to `Result<R, E>`, or a tower
/// [`Service`] of that shape, which is `Clone`, `Send` and `'static`, and whose futures are `Send` and `'static`.
///
/// `T`, `R` and `E` are as for [`Handler`](crate::Handler). `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot handle several Lambda events at once",
    label = "not a handler for `run_concurrent`",
    note = "it must be `Clone + Send + 'static`, and so must its futures be `Send + 'static`: hold shared state in an `Arc`",
    note = "a closure is `move |event: LambdaEvent<T>| {{ let state = state.clone(); async move {{ .. }} }}`",
    note = "`lambda_rt::run` handles several events at once too, and asks for none of this"
)]
pub trait ConcurrentHandler<M>: Sized {
    /// Erases the types.
    #[doc(hidden)]
    fn into_service(self) -> ConcurrentService;
}

impl<F, Fut, T, R, E> ConcurrentHandler<(Closure, T, R, E)> for F
where
    F: Fn(LambdaEvent<T>) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = Result<R, E>> + Send + 'static,
    T: DeserializeOwned + 'static,
    R: IntoReply,
    E: Into<Diagnostic> + 'static,
{
    fn into_service(self) -> ConcurrentService {
        ConcurrentService::of_function(self)
    }
}

impl<S, T> ConcurrentHandler<(Tower, T)> for S
where
    S: Service<
            LambdaEvent<T>,
            Response: IntoReply,
            Error: Into<Diagnostic> + 'static,
            Future: Send + 'static,
        >,
    S: Clone + Send + 'static,
    T: DeserializeOwned + 'static,
{
    fn into_service(self) -> ConcurrentService {
        ConcurrentService { erased: Box::new(TowerService { service: self, event: PhantomData::<fn(T)> }) }
    }
}

/// The bytes-level [`Service`] that a [`ConcurrentHandler`] becomes, around which layers are put.
#[derive(Clone)]
pub struct ConcurrentService {
    erased: Box<dyn Erased>,
}

impl ConcurrentService {
    /// Erases the types of a function that has all it needs already.
    pub(crate) fn of_function<T, F, O>(function: F) -> Self
    where
        F: Fn(LambdaEvent<T>) -> O + Clone + Send + 'static,
        T: DeserializeOwned + 'static,
        O: Future<Output: HandlerOutput> + Send + 'static,
    {
        Self { erased: Box::new(FunctionService { function, event: PhantomData::<fn(T)> }) }
    }
}

impl fmt::Debug for ConcurrentService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConcurrentService").finish_non_exhaustive()
    }
}

impl Service<Invocation> for ConcurrentService {
    type Response = Reply;
    type Error = Failure;
    type Future = ConcurrentFuture;

    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), Failure>> {
        self.erased.poll_ready(cx)
    }

    fn call(&mut self, invocation: Invocation) -> ConcurrentFuture {
        ConcurrentFuture { pending: self.erased.call(invocation) }
    }
}

/// A handler at work on whatever thread has time for it.
#[must_use = "futures do nothing unless polled"]
pub struct ConcurrentFuture {
    pending: Pending,
}

impl fmt::Debug for ConcurrentFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConcurrentFuture").finish_non_exhaustive()
    }
}

impl Future for ConcurrentFuture {
    type Output = Result<Reply, Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Self::Output> {
        self.pending.as_mut().poll(cx)
    }
}

type Pending = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>>;

/// A service over bytes that can be cloned behind its box.
trait Erased: Send {
    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), Failure>>;
    fn call(&mut self, invocation: Invocation) -> Pending;
    fn boxed_clone(&self) -> Box<dyn Erased>;
}

impl Clone for Box<dyn Erased> {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}

struct FunctionService<F, T> {
    function: F,
    event: PhantomData<fn(T)>,
}

impl<F, T, O> Erased for FunctionService<F, T>
where
    F: Fn(LambdaEvent<T>) -> O + Clone + Send + 'static,
    T: DeserializeOwned + 'static,
    O: Future<Output: HandlerOutput> + Send + 'static,
{
    fn poll_ready(&mut self, _: &mut TaskContext<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, Invocation { payload, context }: Invocation) -> Pending {
        let started =
            payload::decode(payload).map(|payload| (self.function)(LambdaEvent { payload, context }));
        Box::pin(async move { started?.await.into_reply() })
    }

    fn boxed_clone(&self) -> Box<dyn Erased> {
        Box::new(Self { function: self.function.clone(), event: self.event })
    }
}

struct TowerService<S, T> {
    service: S,
    event: PhantomData<fn(T)>,
}

impl<S, T> Erased for TowerService<S, T>
where
    S: Service<
            LambdaEvent<T>,
            Response: IntoReply,
            Error: Into<Diagnostic> + 'static,
            Future: Send + 'static,
        >,
    S: Clone + Send + 'static,
    T: DeserializeOwned + 'static,
{
    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), Failure>> {
        self.service.poll_ready(cx).map_err(Failure::of_handler)
    }

    fn call(&mut self, Invocation { payload, context }: Invocation) -> Pending {
        let started =
            payload::decode(payload).map(|payload| self.service.call(LambdaEvent { payload, context }));
        Box::pin(async move { started?.await.map_err(Failure::of_handler)?.into_reply() })
    }

    fn boxed_clone(&self) -> Box<dyn Erased> {
        Box::new(Self { service: self.service.clone(), event: self.event })
    }
}
