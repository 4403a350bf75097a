//! A service of HTTP requests as one of invocations: the request is made, the service called, its answer written.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::response::{Parts, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use super::body::Body;
use super::ext::RequestExt;
use super::origin::{Origin, Shape};
use super::response::{Answer, Collected, IntoResponse};
use super::{Request, encode, request};
use crate::diagnostic::Diagnostic;
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::reply::{LARGEST_REPLY, Reply};
use crate::streaming::{self, MetadataPrelude};

/// The bytes-level [`Service`] that a service of requests becomes, for [`Runtime::from_service`](crate::Runtime::from_service) and
/// [`Lifecycle::run_service`](crate::Lifecycle::run_service). Made by [`service`](super::service).
///
/// # Examples
///
/// ```no_run
/// use lambda_rt::{Error, Init, Runtime, http};
///
/// struct Shop { name: String }
///
/// # async fn main_() -> Result<(), Error> {
/// Runtime::init(async |init: &Init| Ok(Shop { name: init.env("NAME")? }))
///     .run_service(|shop: &Shop| {
///         http::service(lambda_rt::service_fn(async move |_: http::Request| Ok::<_, Error>(shop.name.clone())))
///             .base_path("/shop")
///     })
///     .await
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a service does nothing until a runtime runs it"]
pub struct HttpService<S> {
    service: S,
    base: String,
    streams: bool,
    /// Done to every request. A pointer, because what reads a context is as large as all the rest, and few functions ask for it.
    prepare: Option<fn(Request) -> Request>,
}

impl<S> HttpService<S> {
    pub(super) fn new(service: S) -> Self {
        Self { service, base: String::new(), streams: false, prepare: None }
    }

    /// Takes `base`, such as `/shop` or `/shop/v1`, off paths that begin with it: what a custom domain's API mapping, or a rule of a
    /// load balancer, puts before the paths that the service knows.
    pub fn base_path(mut self, base: &str) -> Self {
        base.trim_matches('/').clone_into(&mut self.base);
        self
    }

    /// Puts the [`RequestContext`](super::RequestContext) among the extensions of every request, where middleware written for
    /// `lambda_http` looks for it. It is made from the event each time, which [`RequestExt`](super::RequestExt) does when it is asked.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::http::{Error, Request, RequestContext, service, service_fn};
    ///
    /// async fn handler(request: Request) -> Result<String, Error> {
    ///     Ok(format!("{:?}", request.extensions().get::<RequestContext>()))
    /// }
    /// # let _ =
    /// lambda_rt::Runtime::from_service(service(service_fn(handler)).request_context_extension());
    /// ```
    pub fn request_context_extension(mut self) -> Self {
        self.prepare = Some(with_context);
        self
    }

    /// Streams answers to sources that take streams, function URLs and REST APIs, as
    /// [`run_with_streaming_response`](super::run_with_streaming_response) does. The others get them whole.
    pub fn streaming(mut self) -> Self {
        self.streams = true;
        self
    }
}

impl<S> Service<Invocation> for HttpService<S>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    type Response = Reply;
    type Error = Failure;
    type Future = HttpFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        self.service.poll_ready(cx).map_err(Failure::of_handler)
    }

    fn call(&mut self, invocation: Invocation) -> HttpFuture<S::Future> {
        match request::of_invocation(invocation, &self.base) {
            Ok((request, shape)) => {
                let request = match self.prepare {
                    None => request,
                    Some(prepare) => prepare(request),
                };
                HttpFuture {
                    state: State::Calling { future: self.service.call(request) },
                    shape: Shape { streams: shape.streams && self.streams, ..shape },
                }
            }
            Err(failure) => HttpFuture {
                state: State::Failed { failure: Some(failure) },
                shape: Shape { source: super::Source::RestApi, multi_value: false, streams: false },
            },
        }
    }
}

fn with_context(mut request: Request) -> Request {
    if let Some(context) = request.request_context_ref().cloned() {
        request.extensions_mut().insert(context);
    }
    request
}

pin_project! {
    /// A request at work: call, collect, write.
    #[must_use = "futures do nothing unless polled"]
    pub struct HttpFuture<F> {
        #[pin]
        state: State<F>,
        shape: Shape,
    }
}

pin_project! {
    #[project = StateProjected]
    enum State<F> {
        // The event was no request.
        Failed { failure: Option<Failure> },
        Calling { #[pin] future: F },
        Answering { answering: Answering },
    }
}

impl<F> fmt::Debug for HttpFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpFuture").finish_non_exhaustive()
    }
}

impl<F, R, E> Future for HttpFuture<F>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
    E: Into<Diagnostic> + 'static,
{
    type Output = Result<Reply, Failure>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            let answering = match this.state.as_mut().project() {
                StateProjected::Failed { failure } => {
                    let failure = failure.take();
                    return Poll::Ready(Err(failure.unwrap_or_else(|| {
                        Failure::of_runtime("Runtime.UnmarshalError", "the event was no HTTP request")
                    })));
                }
                StateProjected::Calling { future } => {
                    let answer = ready!(future.poll(cx)).map_err(Failure::of_handler)?;
                    Answering::new(answer, *this.shape)
                }
                StateProjected::Answering { answering } => return answering.poll(cx),
            };
            this.state.set(State::Answering { answering });
        }
    }
}

/// An answer that is being written.
pub(super) struct Answering {
    answer: Option<Answer>,
    collected: Collected,
    shape: Shape,
}

impl Answering {
    pub(super) fn new(answer: impl IntoResponse, shape: Shape) -> Self {
        Self { answer: Some(answer.into_answer()), collected: Collected::default(), shape }
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Reply, Failure>> {
        if let Some(Answer::Later(later)) = &mut self.answer {
            let response = ready!(Pin::new(later).poll(cx));
            self.answer = Some(Answer::Whole(response.map(Body::into_bytes)));
        }
        if let Some(Answer::Body(response)) = &mut self.answer
            && !self.shape.streams
        {
            while let Some(chunk) = ready!(response.body_mut().poll_chunk(cx)) {
                self.collected.push(chunk.map_err(Failure::from)?);
                if self.collected.len() > LARGEST_REPLY {
                    return Poll::Ready(Err(too_large()));
                }
            }
        }
        let (parts, body) = match self.answer.take() {
            Some(Answer::Body(response)) if self.shape.streams => return Poll::Ready(Ok(stream(response))),
            Some(Answer::Body(response)) => (response.into_parts().0, self.collected.take()),
            Some(Answer::Whole(response)) if self.shape.streams => {
                return Poll::Ready(Ok(stream(response.map(streaming::Body::from))));
            }
            Some(Answer::Whole(response)) => response.into_parts(),
            Some(Answer::Later(_)) | None => return Poll::Pending,
        };
        Poll::Ready(Ok(self.written(&parts, &body)))
    }

    fn written(&self, parts: &Parts, body: &Bytes) -> Reply {
        encode::reply(self.shape, parts, body)
    }
}

fn stream(response: Response<streaming::Body>) -> Reply {
    let (parts, body) = response.into_parts();
    let prelude = MetadataPrelude { status_code: parts.status, headers: parts.headers, cookies: Vec::new() };
    Reply::http_stream(&prelude, body)
}

/// The answer would be too large whatever its body is encoded as; the rest of it need not be collected.
fn too_large() -> Failure {
    Failure::of_runtime(
        "Function.ResponseSizeTooLarge",
        format!(
            "The body of the answer is larger than the {LARGEST_REPLY} bytes that Lambda takes in one piece. Stream it \
             (`lambda_rt::http::run_with_streaming_response`), or put it into S3 and redirect there."
        ),
    )
}

/// Makes the request that a runtime would make, for calling a service from a test or a runtime of one's own.
///
/// # Errors
///
/// A [`Failure`] of category `Runtime.UnmarshalError` when the event is no HTTP request.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{into_request, into_response, Origin};
/// use lambda_rt::{Context, Invocation};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), lambda_rt::Error> {
/// let event = r#"{"httpMethod": "GET", "path": "/a", "requestContext": {"stage": "prod"}}"#;
/// let request = into_request(Invocation::new(event, Context::default()))?;
/// assert_eq!(request.uri().path(), "/a");
/// let origin: Origin = request.extensions().get().cloned().ok_or("it has an origin")?;
/// let reply = into_response(&origin, "hello").await?;
/// assert!(reply.body().is_some_and(|body| body.starts_with(br#"{"statusCode":200"#)));
/// # Ok(())
/// # }
/// ```
pub fn into_request(invocation: Invocation) -> Result<Request, Failure> {
    request::of_invocation(invocation, "").map(|(request, _)| request)
}

/// Writes an answer as the source of its request expects it.
///
/// # Errors
///
/// A [`Failure`] when the body fails, or is larger than the source takes.
pub async fn into_response(origin: &Origin, response: impl IntoResponse) -> Result<Reply, Failure> {
    let mut answering = Answering::new(response, Shape { streams: false, ..origin.shape() });
    std::future::poll_fn(|cx| answering.poll(cx)).await
}
