//! The runtime: a handler, the layers around it, and where to poll.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tower_layer::Layer;
use tower_service::Service;

use crate::api::client::Client;
use crate::concurrent::{ConcurrentHandler, ConcurrentService};
use crate::config::InitializationType;
use crate::error::{Error, RuntimeError};
use crate::failure::Failure;
use crate::handler::{Handler, HandlerService};
use crate::invocation::Invocation;
use crate::launch::Launch;
use crate::layers::MARGIN;
use crate::lifecycle::{Init, Lifecycle, Resources, SnapStartResource};
use crate::reply::Reply;
use crate::serve;

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
    resources: Resources,
}

/// Stands for the service of a [`Runtime`] that is none yet, before [`init`](Runtime::init).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct NoService;

impl Runtime<NoService> {
    /// A function with a start of its own: `init` runs once, in Lambda's Init phase, and what it makes is lent to the handler and
    /// to the hooks that the [`Lifecycle`] takes.
    ///
    /// The time limit is Lambda's: see [`Init::remaining_time`]. An error, a panic, or running out of time is reported to Lambda
    /// as an init error and ends the process.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use lambda_rt::{Error, Init, LambdaEvent, Runtime};
    ///
    /// struct Shop { table: String }
    ///
    /// #[tokio::main(flavor = "current_thread")]
    /// async fn main() -> Result<(), Error> {
    ///     Runtime::init(async |init: &Init| Ok(Shop { table: init.env("TABLE")? }))
    ///         .run(async |shop: &Shop, event: LambdaEvent<u64>| {
    ///             Ok::<_, Error>(format!("order {} goes to {}", event.payload, shop.table))
    ///         })
    ///         .await
    /// }
    /// ```
    pub fn init<'a, T>(init: impl AsyncFnOnce(&'static Init) -> Result<T, Error> + 'a) -> Lifecycle<'a, T> {
        Lifecycle::new(init)
    }
}

impl<'h> Runtime<HandlerService<'h>> {
    /// A runtime for a typed handler.
    pub fn new<M>(handler: impl Handler<M> + 'h) -> Self {
        Self::from_service(HandlerService::new(handler))
    }
}

impl Runtime<ConcurrentService> {
    /// A runtime for a typed handler that may be called on several threads at once; see
    /// [`run_concurrent`](crate::run_concurrent).
    pub fn concurrent<M>(handler: impl ConcurrentHandler<M>) -> Self {
        Self::from_service(handler.into_service())
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
        Self { service, margin: Some(MARGIN), endpoint: None, resources: Resources::default() }
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
        let Self { service, margin, endpoint, resources } = self;
        Runtime { service: layer.layer(service), margin, endpoint, resources }
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

    /// Tells `resource` of the snapshot and the restore, under SnapStart. Register what others are built on first.
    ///
    /// Without SnapStart it is only held.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use lambda_rt::{Runtime, SnapStartResource};
    /// # async fn handler(event: lambda_rt::LambdaEvent<u8>) -> Result<u8, lambda_rt::Error> { Ok(event.payload) }
    ///
    /// struct Pool;
    /// impl SnapStartResource for Pool {}
    ///
    /// # let _ =
    /// Runtime::new(handler).register_snapstart_resource(Arc::new(Pool));
    /// ```
    pub fn register_snapstart_resource(mut self, resource: Arc<dyn SnapStartResource>) -> Self {
        self.resources.register(resource);
        self
    }

    /// Whether the environment is one that a snapshot is taken of: `AWS_LAMBDA_INITIALIZATION_TYPE` is `snap-start`.
    pub fn is_snapstart(&self) -> bool {
        let kind = std::env::var("AWS_LAMBDA_INITIALIZATION_TYPE").unwrap_or_default();
        InitializationType::from(kind.as_str()) == InitializationType::SnapStart
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
        let margin = self.margin;
        let (launch, client, service) = self.started().await?;
        Ok(serve::in_one_task(&launch, client, service, margin, (), &Arc::default()).await?)
    }

    /// As [`run`](Self::run), with every poller of a managed instance in a task of its own, see
    /// [`run_concurrent`](crate::run_concurrent).
    ///
    /// # Errors
    ///
    /// As for [`run_concurrent`](crate::run_concurrent).
    ///
    /// # Cancel safety
    ///
    /// As for [`run_concurrent`](crate::run_concurrent).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use lambda_rt::{Error, Failure, Invocation, Reply, Runtime, service_fn};
    ///
    /// async fn echo(invocation: Invocation) -> Result<Reply, Failure> {
    ///     Ok(Reply::json(invocation.payload))
    /// }
    ///
    /// fn main() -> Result<(), Error> {
    ///     lambda_rt::block_on(Runtime::from_service(service_fn(echo)).run_concurrent())
    /// }
    /// ```
    pub async fn run_concurrent(self) -> Result<(), Error>
    where
        S: Service<Invocation, Response = Reply, Future: Send> + Clone + Send + 'static,
        S::Error: Into<Failure>,
    {
        let margin = self.margin;
        let (launch, client, service) = self.started().await?;
        Ok(serve::over_threads(&launch, client, service, margin, (), &Arc::default()).await?)
    }

    /// What comes before the first poll.
    async fn started(self) -> Result<(Launch, Client, serve::Layered<S>), RuntimeError>
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        let launch = Launch::prepare(self.endpoint.as_deref())?;
        let mut client = launch.client();
        let mut service = serve::layered(self.service, self.margin);
        serve::ready(&mut client, &mut service).await?;
        if launch.initialization_type == InitializationType::SnapStart {
            self.resources.pass(&mut client).await?;
        }
        Ok((launch, client, service))
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
