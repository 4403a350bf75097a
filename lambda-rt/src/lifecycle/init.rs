//! The Init phase: what a function does once, before its first event.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use super::timings::Timings;
use super::together::Together;
use super::variable::{self, VariableError};
use crate::config::{Config, InitializationType};
use crate::failure::Failure;
#[cfg(any(feature = "aws", feature = "client"))]
use crate::keep_alive::Prewarm;
use crate::log;

/// What Lambda gives an init on demand, before it kills the environment and starts again within the invocation.
///
/// Source: AWS Lambda developer guide, "Lambda execution environment lifecycle".
const ON_DEMAND: Duration = Duration::from_secs(10);
/// What it gives to start ahead of time, at least: the function's timeout counts instead if that is longer, and a function
/// is not told its timeout before its first event.
const AHEAD_OF_TIME: Duration = Duration::from_secs(130);
/// Enough to report the failure to an endpoint on the same machine.
const MARGIN: Duration = Duration::from_millis(200);

/// What an init knows of its surroundings, and what helps it start.
///
/// # Examples
///
/// ```no_run
/// use lambda_rt::{Error, Init, LambdaEvent, Runtime};
///
/// struct Shop { table: String, page: usize }
///
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), Error> {
///     Runtime::init(async |init: &Init| {
///         Ok::<_, Error>(Shop { table: init.env("TABLE")?, page: init.env_or("PAGE", 50)? })
///     })
///     .run(async |shop: &Shop, event: LambdaEvent<u32>| {
///         Ok::<_, Error>(format!("{} x {} of {}", event.payload, shop.page, shop.table))
///     })
///     .await
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Init {
    config: Arc<Config>,
    initialization_type: InitializationType,
    timings: Timings,
    deadline: Option<SystemTime>,
    first_poll: OnceLock<SystemTime>,
    #[cfg(any(feature = "aws", feature = "client"))]
    pub(super) prewarming: crate::keep_alive::Prewarming,
}

impl Init {
    pub(super) fn new(
        config: Arc<Config>,
        initialization_type: InitializationType,
        timings: Timings,
        budget: Option<Duration>,
    ) -> Self {
        let deadline = budget.map(|budget| timings.init_started + budget);
        Self {
            config,
            initialization_type,
            timings,
            deadline,
            first_poll: OnceLock::new(),
            #[cfg(any(feature = "aws", feature = "client"))]
            prewarming: crate::keep_alive::Prewarming::default(),
        }
    }

    /// Notes that the function is ready and asks for its first event.
    pub(super) fn polls_now(&self) {
        let _ = self.first_poll.set(SystemTime::now());
        log::debug(format_args!("{}", self.timings()));
    }

    /// The environment variable `name` as a `T`.
    ///
    /// # Errors
    ///
    /// A [`VariableError`] that names the variable, its value and the type when it is not set
    /// ([`is_missing`](VariableError::is_missing)) or cannot be parsed. With `?` it becomes the init error.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
    /// let table: String = init.env("TABLE")?;
    /// let limit: usize = init.env("LIMIT")?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn env<T>(&self, name: &str) -> Result<T, VariableError>
    where
        T: FromStr<Err: fmt::Display>,
    {
        variable::read(name)?.ok_or_else(|| variable::missing::<T>(name))
    }

    /// The environment variable `name` as a `T`, or `default` when it is not set.
    ///
    /// # Errors
    ///
    /// A [`VariableError`] when it is set and cannot be parsed.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
    /// let limit = init.env_or("LIMIT", 100)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn env_or<T>(&self, name: &str, default: T) -> Result<T, VariableError>
    where
        T: FromStr<Err: fmt::Display>,
    {
        Ok(variable::read(name)?.unwrap_or(default))
    }

    /// The environment variable `name` as a `T`, or `None` when it is not set.
    ///
    /// # Errors
    ///
    /// A [`VariableError`] when it is set and cannot be parsed.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
    /// let peer: Option<std::net::SocketAddr> = init.env_optional("PEER")?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn env_optional<T>(&self, name: &str) -> Result<Option<T>, VariableError>
    where
        T: FromStr<Err: fmt::Display>,
    {
        variable::read(name)
    }

    /// The function's configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How Lambda came to start this environment.
    pub fn initialization_type(&self) -> &InitializationType {
        &self.initialization_type
    }

    /// When the process, its init, and its first poll began. Keep the `&'static Init` in the state to ask for it later; the
    /// runtime logs it at debug level.
    pub fn timings(&self) -> Timings {
        Timings { first_poll: self.first_poll.get().copied(), ..self.timings }
    }

    /// How long the init may still take by the wall clock, or `None` when nothing limits it: ten seconds on
    /// demand, none with provisioned concurrency, 130 seconds for SnapStart and on managed instances. See
    /// [`init_budget`](crate::Lifecycle::init_budget).
    pub fn remaining_time(&self) -> Option<Duration> {
        Some(self.deadline?.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// Starts several things at once, in this task, and gives what all of them made. The first error ends the others.
    ///
    /// `futures` is a tuple of two to six futures of results with one error type.
    ///
    /// # Errors
    ///
    /// The first error.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops all of them.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn load() -> Result<String, lambda_rt::Error> { Ok(String::new()) }
    /// # async fn connect() -> Result<u8, lambda_rt::Error> { Ok(1) }
    /// # async fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
    /// let (settings, connection) = init.together((load(), connect())).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn together<T: Together>(&self, futures: T) -> Result<T::Output, T::Error> {
        futures.together().await
    }

    /// Opens a connection to the host of `url`, DNS, TCP and TLS, while the rest of the init goes on: the first request finds it.
    ///
    /// Every client made so far opens one, with a `HEAD` request; what belongs to AWS is left to the clients of `aws::config`, if it was
    /// called. The first poll waits for them, a second at most. A failure is logged at debug level, and costs nothing else. After a
    /// freeze it is opened again if [asked for](crate::Prewarm::again_on_thaw).
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "client")]
    /// # async fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
    /// let http = lambda_rt::client::Client::new();
    /// init.prewarm("https://api.example.com");
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(any(feature = "aws", feature = "client"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "aws", feature = "client"))))]
    pub fn prewarm(&self, url: &str) -> Prewarm {
        self.prewarming.add(crate::keep_alive::prewarm(url));
        Prewarm::of(Some(url.to_owned()))
    }

    /// As [`prewarm`](Self::prewarm), for the endpoint of an AWS service in the function's region.
    ///
    /// `service` is the first part of its host name, such as `dynamodb` or `sqs`. `AWS_ENDPOINT_URL` and
    /// `AWS_ENDPOINT_URL_<SERVICE>` are heeded. A bucket of S3 has a host name of its own: prewarm its URL.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn start(init: &lambda_rt::Init) {
    /// let aws = lambda_rt::aws::config(init).await;
    /// init.prewarm_service("dynamodb");
    /// # }
    /// ```
    #[cfg(feature = "aws")]
    #[cfg_attr(docsrs, doc(cfg(feature = "aws")))]
    pub fn prewarm_service(&self, service: &str) -> Prewarm {
        if let Some(url) = crate::aws::service_url(service) {
            return self.prewarm(&url);
        }
        log::debug(format_args!("{service} is not prewarmed: AWS_REGION is not set"));
        Prewarm::of(None)
    }
}

/// The budget of an init, `None` where Lambda sets none.
pub(super) fn budget(initialization_type: &InitializationType) -> Option<Duration> {
    match initialization_type {
        InitializationType::OnDemand => Some(ON_DEMAND),
        InitializationType::SnapStart | InitializationType::ManagedInstances => Some(AHEAD_OF_TIME),
        InitializationType::ProvisionedConcurrency | InitializationType::Other(_) => None,
    }
}

/// Runs `future` until the budget is nearly used up: then it is reported while there is time to.
pub(super) async fn within_budget<T>(
    init: &Init,
    future: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let Some(remaining) = init.remaining_time() else { return future.await };
    let allowed = remaining - MARGIN.min(remaining / 2);
    tokio::time::timeout(allowed, future).await.unwrap_or_else(|_| {
        Err(Failure::of_runtime(
            "Runtime.InitTimeout",
            format!(
                "the init was cancelled after {} ms, shortly before Lambda would have ended it; do less \
                 in it, leave work to the first invocation with `lambda_rt::Lazy`, or raise `init_budget` if the function's \
                 timeout leaves room for a second, longer try",
                init.timings.init_started.elapsed().unwrap_or_default().as_millis()
            ),
        ))
    })
}
