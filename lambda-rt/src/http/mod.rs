//! Functions that answer HTTP: any [`tower_service::Service`] of requests, such as an axum router, behind whatever sends them.
//!
//! ```no_run
//! use lambda_rt::http::{Error, IntoResponse, Request, RequestExt, run, service_fn};
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Error> {
//!     run(service_fn(hello)).await
//! }
//!
//! async fn hello(request: Request) -> Result<impl IntoResponse, Error> {
//!     let query = request.query_string_parameters();
//!     Ok(format!("Hello, {}!", query.first("name").unwrap_or("world")))
//! }
//! ```
//!
//! The names are those of `lambda_http`, see [below](#coming-from-lambda_http).
//!
//! # Sources
//!
//! REST, HTTP and WebSocket APIs of API Gateway, function URLs, load balancers and VPC Lattice, told apart by their events, see
//! [`Source`]. Each has its answer written as it expects it.
//!
//! # Paths
//!
//! A handler sees the path that its author wrote down, whatever is in front of the function:
//!
//! | Source | `request.uri().path()` |
//! |---|---|
//! | REST API | `path`, which has no stage |
//! | HTTP API | `rawPath` without the stage, if it is not `$default` and the domain is AWS's own |
//! | function URL | `rawPath` |
//! | WebSocket API | `/` and the route key: `/$connect`, `/$disconnect`, `/$default` or your own |
//! | load balancer, VPC Lattice | `path` |
//!
//! The path of a custom domain begins with its API mapping, until [`HttpService::base_path`] takes it off.
//! [`RequestExt::raw_http_path`] is the path as the event has it.
//!
//! Paths are neither decoded nor normalised: `/a/../b//c/` is what the handler sees. Characters that no URI has are
//! percent-encoded. Queries keep their order, their duplicates and their encoding.
//!
//! # Headers
//!
//! Headers that are repeated stay repeated, both ways, where the source has a way to say it. Where it has none they are joined with
//! commas, and cookies are sent under names that differ in the case of their letters. A header that HTTP does not allow is left
//! out, with a warning. `Host` is always there, `Content-Length` where there is a body, `x-amzn-trace-id` where there is a trace.
//! The scheme is `https` unless the source says `http`.
//!
//! # Bodies
//!
//! An answer goes out as text if it is UTF-8, and as base64 if it is not, so that every byte arrives. Of some types (images, audio,
//! video, fonts, archives, `application/octet-stream` and the like), and with a `Content-Encoding`, everything is base64.
//! [`BodyEncoding`] decides otherwise.
//!
//! More than 6 MB do not pass in one piece: [`run_with_streaming_response`] streams, as long as the source takes it.
//!
//! # Errors
//!
//! An error that a handler returns is an invocation error, which callers see as a 502 (500 or 503 with some sources). For a status
//! of your own return an answer, or a `Result` of two of them, see [`IntoResponse`].
//!
//! # Coming from `lambda_http`
//!
//! Write `lambda_rt::http::` for `lambda_http::`; `lambda_http::tower` asks for the feature `tower`. What differs:
//!
//! - The path of a REST API has no stage. Routes that begin with one lose it; `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH` is not read.
//! - [`RequestContext`] is found with [`RequestExt::request_context_ref`], and among the extensions only behind
//!   [`HttpService::request_context_extension`]: it is made when it is asked for.
//! - [`aws_lambda_events`] has what is in a request. Whole events are in the crate `lambda-events`.
//! - Hooks of SnapStart are those of a [`Lifecycle`](crate::Lifecycle), whose `run_service` takes [`service`]`(handler)`.
//! - Every source is known without a feature of its own, and an event of another kind is refused: for `pass_through`, run a service of
//!   [`Invocation`](crate::Invocation)s that asks [`into_request`] which it is.
//! - Nothing panics: a body that is no base64, or fails, is an invocation error that says so.
//!
//! Source: AWS documentation, "Lambda proxy integrations" of API Gateway, "Lambda functions as targets" of Elastic Load
//! Balancing and of VPC Lattice, "Invoking Lambda function URLs".

mod adapter;
pub mod aws_lambda_events;
mod body;
mod context;
mod encode;
mod event;
pub mod ext;
mod origin;
mod pairs;
pub mod request;
mod response;
mod service;
mod uri;

pub use ::http;
pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};

pub use crate as lambda_runtime;
pub use crate::Service;
pub use crate::context::Context;
pub use crate::error::Error;
pub use crate::handler::service_fn;
pub use crate::invocation::LambdaEvent;
pub use crate::tower;
#[cfg(feature = "tracing")]
pub use crate::tracing;
pub use adapter::{Adapted, Adapter, AdapterFuture, StreamAdapter};
pub use body::Body;
pub use context::{
    AlbContext, ClientCertificate, CognitoIdentity, Elb, HttpAuthentication, HttpContext, HttpDescription,
    IamAuthorizer, JwtAuthorizer, LatticeContext, LatticeIdentity, RequestAuthorizer, RequestContext,
    RestContext, RestIdentity, Validity, WebSocketContext,
};
pub use encode::BodyEncoding;
pub use event::Source;
pub use ext::{PayloadError, RequestExt, RequestPayloadExt};
pub use origin::Origin;
pub use pairs::{InvalidParameters, QueryMap};
#[doc(hidden)]
pub use response::Answer;
pub use response::{IntoResponse, ResponseFuture};
pub use service::{HttpFuture, HttpService, into_request, into_response};

use std::pin::Pin;

use crate::diagnostic::Diagnostic;
use crate::runtime::Runtime;

/// A future whose type is erased.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A request as it reaches a handler.
pub type Request = http::Request<Body>;

/// Makes a bytes-level service of a service of requests, to be run by a [`Runtime`] or a [`Lifecycle`](crate::Lifecycle).
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Error, Request, service, service_fn};
///
/// async fn handler(request: Request) -> Result<String, Error> {
///     Ok(request.uri().path().to_owned())
/// }
/// # let _ =
/// lambda_rt::Runtime::from_service(service(service_fn(handler)).base_path("/shop"));
/// ```
pub fn service<S>(service: S) -> HttpService<S>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    HttpService::new(service)
}

/// The [`Runtime`] that [`run`] runs, to put layers around it first.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Error, Request, runtime, service_fn};
/// use lambda_rt::layers::CatchPanicLayer;
///
/// async fn handler(_: Request) -> Result<&'static str, Error> {
///     Ok("hello")
/// }
/// # let _ =
/// runtime(service_fn(handler)).layer(CatchPanicLayer::new());
/// ```
pub fn runtime<S>(handler: S) -> Runtime<HttpService<S>>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    Runtime::from_service(service(handler))
}

/// As [`runtime`], with answers that are streamed, see [`run_with_streaming_response`].
pub fn streaming_runtime<S>(handler: S) -> Runtime<HttpService<S>>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    Runtime::from_service(service(handler).streaming())
}

/// As [`runtime`], for [`Runtime::run_concurrent`].
pub fn runtime_concurrent<S>(handler: S) -> Runtime<HttpService<S>>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static, Future: Send>,
    S: Clone + Send + 'static,
{
    runtime(handler)
}

/// As [`streaming_runtime`], for [`Runtime::run_concurrent`].
pub fn streaming_runtime_concurrent<S>(handler: S) -> Runtime<HttpService<S>>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static, Future: Send>,
    S: Clone + Send + 'static,
{
    streaming_runtime(handler)
}

/// Runs `handler` for every request until the environment ends.
///
/// # Errors
///
/// As for [`lambda_rt::run`](crate::run).
///
/// # Cancel safety
///
/// As for [`lambda_rt::run`](crate::run).
pub async fn run<S>(handler: S) -> Result<(), Error>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    runtime(handler).run().await
}

/// As [`run`], on managed instances for many requests at once and on all threads; see
/// [`lambda_rt::run_concurrent`](crate::run_concurrent).
///
/// # Errors
///
/// As for [`lambda_rt::run_concurrent`](crate::run_concurrent).
///
/// # Cancel safety
///
/// As for [`lambda_rt::run_concurrent`](crate::run_concurrent).
pub async fn run_concurrent<S>(handler: S) -> Result<(), Error>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static, Future: Send>,
    S: Clone + Send + 'static,
{
    runtime(handler).run_concurrent().await
}

/// As [`run`], with answers that are [streamed](crate::streaming) to function URLs in the mode `RESPONSE_STREAM` and to REST APIs
/// with response streaming. To sources that know no streams they go in one piece.
///
/// # Errors
///
/// As for [`lambda_rt::run`](crate::run).
///
/// # Cancel safety
///
/// As for [`lambda_rt::run`](crate::run).
pub async fn run_with_streaming_response<S>(handler: S) -> Result<(), Error>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    streaming_runtime(handler).run().await
}

/// As [`run_with_streaming_response`], on managed instances for many requests at once and on all threads.
///
/// # Errors
///
/// As for [`lambda_rt::run_concurrent`](crate::run_concurrent).
///
/// # Cancel safety
///
/// As for [`lambda_rt::run_concurrent`](crate::run_concurrent).
pub async fn run_with_streaming_response_concurrent<S>(handler: S) -> Result<(), Error>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static, Future: Send>,
    S: Clone + Send + 'static,
{
    streaming_runtime(handler).run_concurrent().await
}
