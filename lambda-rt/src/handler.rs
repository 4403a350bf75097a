//! From a typed handler to a bytes-level service: the edge at which types are erased.

use std::cell::RefCell;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as TaskContext, Poll};

use serde::de::DeserializeOwned;
use tower_service::Service;

use crate::diagnostic::Diagnostic;
use crate::failure::Failure;
use crate::invocation::{Invocation, LambdaEvent};
use crate::payload;
use crate::reply::{IntoReply, Reply};

/// Makes a tower [`Service`] of an async function or closure, as `tower::service_fn` does.
///
/// [`run`](crate::run) takes functions and closures directly too. A service is what tower's layers wrap.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Error, LambdaEvent, Runtime, service_fn};
///
/// async fn double(event: LambdaEvent<i64>) -> Result<i64, Error> {
///     Ok(2 * event.payload)
/// }
/// # let _ =
/// Runtime::new(service_fn(double));
/// ```
pub fn service_fn<F>(function: F) -> ServiceFn<F> {
    ServiceFn { function }
}

/// A [`Service`] made of a function by [`service_fn`].
#[derive(Clone, Copy)]
pub struct ServiceFn<F> {
    function: F,
}

impl<F> fmt::Debug for ServiceFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceFn({})", std::any::type_name::<F>())
    }
}

impl<F, Request, Fut, R, E> Service<Request> for ServiceFn<F>
where
    F: FnMut(Request) -> Fut,
    Fut: Future<Output = Result<R, E>>,
{
    type Response = R;
    type Error = E;
    type Future = Fut;

    fn poll_ready(&mut self, _: &mut TaskContext<'_>) -> Poll<Result<(), E>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Fut {
        (self.function)(request)
    }
}

/// What [`run`](crate::run) and [`Runtime::new`](crate::Runtime::new) accept: an async function or closure from
/// [`LambdaEvent<T>`] to `Result<R, E>`, or a tower [`Service`] of the same shape.
///
/// - `T` implements [`serde::Deserialize`], or is [`bytes::Bytes`] for the payload as received;
/// - `R` implements [`serde::Serialize`], or is a [`Reply`];
/// - `E` converts into a [`Diagnostic`].
///
/// Nothing needs to be `Send`, `Sync`, `Clone` or `'static`: a handler may borrow from `main`. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot handle Lambda events",
    label = "not a Lambda handler",
    note = "a handler is `async fn(LambdaEvent<T>) -> Result<R, E>`, a closure like it, or a tower service of that shape",
    note = "`T` must implement `serde::Deserialize` and own its data, or be `bytes::Bytes`",
    note = "`R` must implement `serde::Serialize`, or be a `lambda_rt::Reply`",
    note = "`E` must convert into `lambda_rt::Diagnostic`: use `lambda_rt::Error`, or for your own error type write\n      \
            `impl From<E> for lambda_rt::Diagnostic {{ fn from(error: E) -> Self {{ lambda_rt::Diagnostic::from_error(&error) }} }}`",
    note = "an async closure that uses what it owns goes to `run` directly, without `service_fn`"
)]
pub trait Handler<M>: Sized {
    /// Erases the types.
    #[doc(hidden)]
    fn into_call<'h>(self) -> Call<'h>
    where
        Self: 'h;
}

/// What a handler gives back: a `Result` of an answer ([`IntoReply`]) and an error that converts into a [`Diagnostic`].
#[diagnostic::on_unimplemented(
    message = "a Lambda handler cannot give back `{Self}`",
    label = "this should be `Result<R, E>`",
    note = "`R` must implement `serde::Serialize`, or be a `lambda_rt::Reply`",
    note = "`E` must convert into `lambda_rt::Diagnostic`: use `lambda_rt::Error`"
)]
pub trait HandlerOutput {
    /// Encodes the answer, or describes the failure.
    #[doc(hidden)]
    fn into_reply(self) -> Result<Reply, Failure>;
}

impl<R: IntoReply, E: Into<Diagnostic> + 'static> HandlerOutput for Result<R, E> {
    fn into_reply(self) -> Result<Reply, Failure> {
        self.map_err(Failure::of_handler)?.into_reply()
    }
}

/// A handler whose types are erased. One allocation per call, for its future.
#[doc(hidden)]
pub struct Call<'h>(Box<dyn Fn(Invocation) -> Pending<'h> + 'h>);

type Pending<'h> = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + 'h>>;

/// Marks the closures among [`Handler`]s.
#[doc(hidden)]
#[derive(Debug)]
pub enum Closure {}

/// Marks the services among [`Handler`]s.
#[doc(hidden)]
#[derive(Debug)]
pub enum Tower {}

impl<F, T, R, E> Handler<(Closure, T, R, E)> for F
where
    F: AsyncFn(LambdaEvent<T>) -> Result<R, E>,
    T: DeserializeOwned + 'static,
    R: IntoReply,
    E: Into<Diagnostic> + 'static,
{
    fn into_call<'h>(self) -> Call<'h>
    where
        Self: 'h,
    {
        let function = Rc::new(self);
        Call(Box::new(move |invocation| {
            let function = Rc::clone(&function);
            Box::pin(async move {
                let Invocation { payload, context } = invocation;
                let payload = payload::decode(payload)?;
                let answer = function(LambdaEvent { payload, context }).await;
                answer.map_err(Failure::of_handler)?.into_reply()
            })
        }))
    }
}

impl<S, T> Handler<(Tower, T)> for S
where
    S: Service<LambdaEvent<T>>,
    S::Response: IntoReply,
    S::Error: Into<Diagnostic> + 'static,
    T: DeserializeOwned + 'static,
{
    fn into_call<'h>(self) -> Call<'h>
    where
        Self: 'h,
    {
        let service = Rc::new(RefCell::new(self));
        Call(Box::new(move |invocation| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let Invocation { payload, context } = invocation;
                let payload = payload::decode(payload)?;
                // Invariant: the borrow ends with each expression; none is held while the future is pending.
                poll_fn(|cx| service.borrow_mut().poll_ready(cx)).await.map_err(Failure::of_handler)?;
                let answer = service.borrow_mut().call(LambdaEvent { payload, context });
                answer.await.map_err(Failure::of_handler)?.into_reply()
            })
        }))
    }
}

/// The bytes-level [`Service`] that a [`Handler`] becomes, around which layers are put.
pub struct HandlerService<'h> {
    call: Call<'h>,
}

impl<'h> HandlerService<'h> {
    /// Erases the types of a function that has all it needs already.
    pub(crate) fn from_call<T, F>(function: impl Fn(LambdaEvent<T>) -> F + 'h) -> Self
    where
        T: DeserializeOwned + 'static,
        F: Future<Output: HandlerOutput> + 'h,
    {
        let function = Rc::new(function);
        let call = Call(Box::new(move |invocation| {
            let function = Rc::clone(&function);
            Box::pin(async move {
                let Invocation { payload, context } = invocation;
                let payload = payload::decode(payload)?;
                function(LambdaEvent { payload, context }).await.into_reply()
            })
        }));
        Self { call }
    }

    /// Erases the types of `handler`.
    pub(crate) fn new<M>(handler: impl Handler<M> + 'h) -> Self {
        Self { call: handler.into_call() }
    }
}

impl fmt::Debug for HandlerService<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlerService").finish_non_exhaustive()
    }
}

impl<'h> Service<Invocation> for HandlerService<'h> {
    type Response = Reply;
    type Error = Failure;
    type Future = HandlerFuture<'h>;

    fn poll_ready(&mut self, _: &mut TaskContext<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, invocation: Invocation) -> HandlerFuture<'h> {
        HandlerFuture { pending: (self.call.0)(invocation) }
    }
}

/// A handler at work: decode, handle, encode.
#[must_use = "futures do nothing unless polled"]
pub struct HandlerFuture<'h> {
    pending: Pending<'h>,
}

impl fmt::Debug for HandlerFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlerFuture").finish_non_exhaustive()
    }
}

impl Future for HandlerFuture<'_> {
    type Output = Result<Reply, Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Self::Output> {
        self.pending.as_mut().poll(cx)
    }
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
