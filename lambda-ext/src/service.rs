//! Processors: tower services, made of functions.

use std::convert::Infallible;
use std::fmt;
use std::future::{self, Future, Ready, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll};

use tower_service::Service;

use crate::error::{Error, ExtensionError};

/// A service made of an async function; see [`service_fn`].
#[derive(Clone, Copy)]
pub struct ServiceFn<F> {
    function: F,
}

/// Makes a service of an async function.
///
/// # Examples
///
/// ```
/// use lambda_ext::{Error, LambdaEvent, service_fn};
///
/// let processor = service_fn(async |event: LambdaEvent| {
///     println!("{:?}", event.next);
///     Ok::<(), Error>(())
/// });
/// # let _ = processor;
/// ```
pub fn service_fn<F>(function: F) -> ServiceFn<F> {
    ServiceFn { function }
}

impl<F> fmt::Debug for ServiceFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceFn").field("function", &std::any::type_name::<F>()).finish()
    }
}

impl<F, Fut, T, R, E> Service<T> for ServiceFn<F>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = Result<R, E>>,
{
    type Response = R;
    type Error = E;
    type Future = Fut;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), E>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: T) -> Fut {
        (self.function)(request)
    }
}

/// Gives a clone of one service to each connection: the way to pass a processor that can be cloned where one that makes
/// processors is asked for.
#[derive(Clone, Copy, Debug)]
pub struct SharedService<S> {
    service: S,
}

impl<S> SharedService<S> {
    /// Shares `service`.
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S: Clone, T> Service<T> for SharedService<S> {
    type Response = S;
    type Error = Infallible;
    type Future = Ready<Result<S, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: T) -> Self::Future {
        future::ready(Ok(self.service.clone()))
    }
}

/// The events processor of an extension that was given none: it lets every event pass.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ignore;

impl<T> Service<T> for Ignore {
    type Response = ();
    type Error = Infallible;
    type Future = Ready<Result<(), Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: T) -> Self::Future {
        future::ready(Ok(()))
    }
}

#[cfg(feature = "telemetry")]
pub(crate) type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Waits until `service` is ready. A panic is an error.
pub(crate) async fn ready<S, T>(service: &mut S) -> Result<(), Error>
where
    S: Service<T>,
    S::Error: Into<Error>,
{
    caught(poll_fn(|cx| service.poll_ready(cx).map_err(Into::into))).await
}

/// Waits until `service` is ready, and calls it. A panic is an error.
pub(crate) async fn process<S, T>(service: &mut S, item: T) -> Result<(), Error>
where
    S: Service<T, Response = ()>,
    S::Error: Into<Error>,
{
    caught(async move {
        poll_fn(|cx| service.poll_ready(cx)).await.map_err(Into::into)?;
        service.call(item).await.map_err(Into::into)
    })
    .await
}

/// Turns a panic of `future` into an error. Where panics abort, Lambda notices the end of the process instead.
async fn caught<R>(future: impl Future<Output = Result<R, Error>>) -> Result<R, Error> {
    let mut future = pin!(future);
    poll_fn(|cx| {
        // The future is not polled again after a panic, so nobody sees what it left half done.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => poll,
            Err(payload) => {
                let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
                let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
                let text = text.unwrap_or_else(|| "a value that is no text".to_owned());
                Poll::Ready(Err(ExtensionError::panic(format!("the processor panicked: {text}")).into()))
            }
        }
    })
    .await
}
