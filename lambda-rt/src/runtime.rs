//! The runtime: a handler, the layers around it, and where to poll.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tower_layer::Layer;
use tower_service::Service;

use crate::api::client::{Client, Identity};
use crate::api::endpoint::Endpoint;
use crate::config::{Config, Environment};
use crate::environment::TraceVariable;
use crate::error::{Error, RuntimeError};
use crate::failure::Failure;
use crate::handler::{Handler, HandlerService};
use crate::invocation::Invocation;
use crate::layers::{CatchPanicLayer, Deadline, MARGIN};
use crate::panic;
use crate::poller::Poller;
use crate::reply::Reply;

/// Runs `handler` for every event until the environment ends.
///
/// Events come from the Runtime API that `AWS_LAMBDA_RUNTIME_API` names. Outside Lambda, a debug build starts a local
/// Lambda of its own and prints how to invoke it (feature `local`).
///
/// The future is not `Send`: await it in `main`. It asks for a tokio runtime with I/O and time enabled, of either flavour;
/// `#[tokio::main(flavor = "current_thread")]` is the faster one for a function.
///
/// Source: AWS Lambda developer guide, "Building a custom runtime".
///
/// # Errors
///
/// It returns only when it cannot go on. Behind the box is a [`RuntimeError`]:
///
/// - [`is_config`](RuntimeError::is_config): `AWS_LAMBDA_RUNTIME_API` is malformed, or missing in a release build;
/// - [`is_local`](RuntimeError::is_local): the local Lambda cannot start, for example because its port is taken;
/// - [`is_init`](RuntimeError::is_init): the service was not ready at start;
/// - [`is_unreachable`](RuntimeError::is_unreachable): the Runtime API was gone for about ten seconds;
/// - [`is_service`](RuntimeError::is_service): the Runtime API answered 5xx, or 4xx to every poll.
///
/// Return it from `main`: the process then ends with a non-zero status, as Lambda expects.
///
/// # Cancel safety
///
/// Dropping the future drops a running handler and leaves its invocation unanswered: Lambda reports a timeout.
///
/// # Examples
///
/// ```no_run
/// use lambda_rt::{Error, LambdaEvent};
///
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), Error> {
///     let greeting = std::env::var("GREETING").unwrap_or_else(|_| "Hello".to_owned());
///     lambda_rt::run(async |event: LambdaEvent<String>| {
///         Ok::<_, Error>(format!("{greeting}, {}!", event.payload))
///     })
///     .await
/// }
/// ```
pub async fn run<M>(handler: impl Handler<M>) -> Result<(), Error> {
    Runtime::new(handler).run().await
}

/// A handler and how to run it.
///
/// # Examples
///
/// ```no_run
/// # async fn handler(event: lambda_rt::LambdaEvent<u8>) -> Result<u8, lambda_rt::Error> { Ok(event.payload) }
/// # async fn main_() -> Result<(), lambda_rt::Error> {
/// use std::time::Duration;
///
/// lambda_rt::Runtime::new(handler)
///     .deadline_margin(Duration::from_millis(500))
///     .run()
///     .await
/// # }
/// ```
#[must_use = "a runtime does nothing until `run` is awaited"]
pub struct Runtime<S> {
    service: S,
    /// `None` leaves deadlines to Lambda.
    margin: Option<Duration>,
    endpoint: Option<String>,
}

impl<'h> Runtime<HandlerService<'h>> {
    /// A runtime for a typed handler.
    pub fn new<M>(handler: impl Handler<M> + 'h) -> Self {
        Self::from_service(HandlerService::new(handler))
    }
}

impl<S> Runtime<S> {
    /// A runtime for a service that takes and gives bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::{Failure, Invocation, Reply, Runtime, service_fn};
    ///
    /// async fn echo(invocation: Invocation) -> Result<Reply, Failure> {
    ///     Ok(Reply::json(invocation.payload))
    /// }
    /// # let _ =
    /// Runtime::from_service(service_fn(echo));
    /// ```
    pub fn from_service(service: S) -> Self {
        Self { service, margin: Some(MARGIN), endpoint: None }
    }

    /// Puts a layer around the bytes-level service, outside those added before.
    ///
    /// To layer the typed handler instead, wrap the service that [`service_fn`](crate::service_fn) makes before it goes
    /// to [`new`](Self::new).
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::{Runtime, layers::CatchPanicLayer};
    /// # async fn handler(event: lambda_rt::LambdaEvent<u8>) -> Result<u8, lambda_rt::Error> { Ok(event.payload) }
    ///
    /// # let _ =
    /// Runtime::new(handler).layer(CatchPanicLayer::new());
    /// ```
    pub fn layer<L: Layer<S>>(self, layer: L) -> Runtime<L::Service> {
        Runtime { service: layer.layer(self.service), margin: self.margin, endpoint: self.endpoint }
    }

    /// Cancels handlers this long before their deadline; 100 ms by default. See [`Deadline`](crate::layers::Deadline).
    pub fn deadline_margin(mut self, margin: Duration) -> Self {
        self.margin = Some(margin);
        self
    }

    /// Lets handlers run until Lambda stops the whole environment.
    pub fn without_deadline(mut self) -> Self {
        self.margin = None;
        self
    }

    /// Polls this `host:port` rather than the one of `AWS_LAMBDA_RUNTIME_API`, for tests.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Polls, calls, and answers until the environment ends.
    ///
    /// # Errors
    ///
    /// As for [`run`].
    ///
    /// # Cancel safety
    ///
    /// As for [`run`].
    pub async fn run(self) -> Result<(), Error>
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        match self.poll().await {
            Ok(never) => match never {},
            Err(error) => Err(error.into()),
        }
    }

    async fn poll(self) -> Result<std::convert::Infallible, RuntimeError>
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        let mut environment = Environment::read()?;
        if let Some(endpoint) = &self.endpoint {
            environment.endpoint = Some(Endpoint::parse(endpoint)?);
        }
        // Kept until the end: the local Lambda stops when it is dropped.
        let (endpoint, _local) = match environment.endpoint {
            Some(endpoint) => (endpoint, None),
            None => {
                let (endpoint, local) = crate::local::start()?;
                environment.config = Config::from_env();
                (endpoint, Some(local))
            }
        };
        panic::install();
        let service = CatchPanicLayer::new().layer(Deadline::new(self.service, self.margin));
        #[cfg(feature = "tracing")]
        let service = crate::layers::TraceLayer::new().layer(service);
        let poller = Poller {
            client: Client::new(endpoint),
            service,
            config: Arc::new(environment.config),
            trace: (!environment.managed).then(TraceVariable::default),
            identity: Identity::default(),
        };
        poller.run().await
    }
}

impl<S> fmt::Debug for Runtime<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime")
            .field("margin", &self.margin)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
