//! Processors: tower services, made of functions, boxed at the edge so that no type carries them around.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, Ready, poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
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
        ready(Ok(self.service.clone()))
    }
}

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed processor of `T`.
pub(crate) trait Processor<T>: Send {
    /// Waits until it is ready. A panic is an error.
    fn ready(&mut self) -> BoxFuture<'_, Result<(), Error>>;

    /// Waits until it is ready and calls it. A panic is an error.
    fn process(&mut self, item: T) -> BoxFuture<'_, Result<(), Error>>;
}

impl<S, T> Processor<T> for S
where
    S: Service<T, Response = ()> + Send,
    S::Error: Into<Error>,
    S::Future: Send,
    T: Send + 'static,
{
    fn ready(&mut self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(caught(poll_fn(|cx| self.poll_ready(cx).map_err(Into::into))))
    }

    fn process(&mut self, item: T) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(caught(async move {
            poll_fn(|cx| self.poll_ready(cx)).await.map_err(Into::into)?;
            self.call(item).await.map_err(Into::into)
        }))
    }
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
