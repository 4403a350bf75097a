//! Handlers of requests as typed handlers, for programs that hand them to [`Runtime::new`](crate::Runtime::new) themselves.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::response::IntoResponse;
use super::service::{HttpFuture, HttpService};
use super::{Request, service};
use crate::diagnostic::Diagnostic;
use crate::failure::Failure;
use crate::invocation::{Invocation, LambdaEvent};
use crate::reply::{IntoReply, Reply};

/// An event before it becomes a request: the bytes as they were received.
pub type LambdaRequest = Bytes;

/// A service of requests as one of [`LambdaEvent`]s, around which layers can be put that see the event.
///
/// [`service`](super::service) does the same for the bytes-level service of a runtime, with more to choose.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Adapter, Error, Request, service_fn};
///
/// async fn handler(request: Request) -> Result<String, Error> {
///     Ok(request.uri().path().to_owned())
/// }
/// # let _ =
/// lambda_rt::Runtime::new(Adapter::from(service_fn(handler)));
/// ```
#[derive(Clone, Debug)]
pub struct Adapter<S> {
    service: HttpService<S>,
    /// Why the service is not ready, for whoever calls it next.
    failed: Option<Failure>,
}

impl<S> From<S> for Adapter<S>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    fn from(handler: S) -> Self {
        Self { service: service(handler), failed: None }
    }
}

/// As [`Adapter`], with answers that are streamed, see
/// [`run_with_streaming_response`](super::run_with_streaming_response).
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Error, Request, Response, StreamAdapter, service_fn};
/// use lambda_rt::streaming::Body;
///
/// async fn handler(_: Request) -> Result<Response<Body>, Error> {
///     Ok(Response::new(Body::from("piece by piece")))
/// }
/// # let _ =
/// lambda_rt::Runtime::new(StreamAdapter::from(service_fn(handler)));
/// ```
#[derive(Clone, Debug)]
pub struct StreamAdapter<S> {
    service: HttpService<S>,
    failed: Option<Failure>,
}

impl<S> From<S> for StreamAdapter<S>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    fn from(handler: S) -> Self {
        Self { service: service(handler).streaming(), failed: None }
    }
}

macro_rules! adapts {
    ($($adapter:ident),*) => {$(
        impl<S> Service<LambdaEvent<LambdaRequest>> for $adapter<S>
        where
            S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
        {
            type Response = Adapted;
            type Error = Infallible;
            type Future = AdapterFuture<S::Future>;

            fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                self.failed = ready!(self.service.poll_ready(cx)).err();
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, event: LambdaEvent<LambdaRequest>) -> Self::Future {
                let LambdaEvent { payload, context } = event;
                match self.failed.take() {
                    Some(failure) => AdapterFuture { answer: None, failed: Some(failure) },
                    None => {
                        let answer = self.service.call(Invocation::new(payload, context));
                        AdapterFuture { answer: Some(answer), failed: None }
                    }
                }
            }
        }
    )*};
}

adapts!(Adapter, StreamAdapter);

/// What became of an event: an answer, or a failure with all that is known of it.
#[derive(Debug)]
pub struct Adapted(Result<Reply, Failure>);

impl IntoReply for Adapted {
    fn into_reply(self) -> Result<Reply, Failure> {
        self.0
    }
}

pin_project! {
    /// An adapted service at work.
    #[must_use = "futures do nothing unless polled"]
    pub struct AdapterFuture<F> {
        #[pin]
        answer: Option<HttpFuture<F>>,
        failed: Option<Failure>,
    }
}

impl<F> fmt::Debug for AdapterFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdapterFuture").finish_non_exhaustive()
    }
}

impl<F, R, E> Future for AdapterFuture<F>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
    E: Into<Diagnostic> + 'static,
{
    type Output = Result<Adapted, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let answer = match (this.answer.as_pin_mut(), this.failed.take()) {
            (Some(answer), _) => ready!(answer.poll(cx)),
            (None, Some(failure)) => Err(failure),
            (None, None) => return Poll::Pending,
        };
        Poll::Ready(Ok(Adapted(answer)))
    }
}
