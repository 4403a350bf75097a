//! The life of an environment around its invocations: init, snapshot and restore, freeze and thaw, shutdown.
//!
//! [`Runtime::init`](crate::Runtime::init) begins it. What a function does not ask for does not happen: without a shutdown hook
//! no extension is registered and no signal handled, without a thaw hook no clock is read.

mod hooks;
mod init;
mod lazy;
mod life;
mod resource;
#[cfg(feature = "graceful-shutdown")]
mod shutdown;
mod snapshot;
#[cfg(feature = "graceful-shutdown")]
mod spawned;
mod thaw;
mod timings;
mod together;
mod variable;

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tower_service::Service;

pub use init::Init;
pub use lazy::Lazy;
pub(crate) use resource::Resources;
pub use resource::{BoxFuture, SnapStartResource};
#[cfg(feature = "graceful-shutdown")]
pub use shutdown::{Shutdown, ShutdownReason};
#[cfg(feature = "graceful-shutdown")]
pub use spawned::spawn_graceful_shutdown_handler;
pub use thaw::Thaw;
pub use timings::Timings;
pub use together::Together;
pub use variable::VariableError;

use hooks::{Hooks, Running, told, untold};
use life::Started;
use snapshot::Snapshot;

use crate::concurrent::ConcurrentService;
use crate::context::Outcome;
use crate::error::Error;
use crate::failure::Failure;
use crate::handler::{HandlerOutput, HandlerService};
use crate::invocation::{Invocation, LambdaEvent};
use crate::layers::MARGIN;
use crate::reply::Reply;
use crate::serve;

type Start<'a, T> = Box<dyn FnOnce(&'static Init) -> Running<'a, T> + 'a>;

/// A function with a start: what it makes there, its handler and its hooks share by reference.
///
/// Made by [`Runtime::init`](crate::Runtime::init). The order of things is always the same:
///
/// 1. the init runs, within its budget;
/// 2. under SnapStart: hooks [before the snapshot](Self::before_snapshot) in reverse order, the snapshot, hooks
///    [after the restore](Self::after_restore) in order;
/// 3. invocations, each after the [hooks of a thaw](Self::on_thaw) if the environment slept, each followed by what it
///    [deferred](crate::Context::defer);
/// 4. with the feature `graceful-shutdown` and a hook for it: SIGTERM, the end of the invocation under way, hooks
///    [on shutdown](Self::on_shutdown) in reverse order.
///
/// The state is never dropped: it lives as long as the process. A hook on shutdown is the place to flush and close.
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
///         .on_thaw(async |shop: &Shop, thaw| println!("{} again, after {:?}", shop.table, thaw.slept))
///         .run(async |shop: &Shop, event: LambdaEvent<u64>| {
///             event.context.defer(async { println!("answered by {}", shop.table) });
///             Ok::<_, Error>(event.payload)
///         })
///         .await
/// }
/// ```
#[must_use = "nothing happens until `run` is awaited"]
pub struct Lifecycle<'a, T: 'static> {
    start: Start<'a, T>,
    snapshot: Snapshot<'a, T>,
    thaw: Hooks<'a, T, Thaw>,
    least_sleep: Duration,
    #[cfg(feature = "graceful-shutdown")]
    shutdown: shutdown::AtShutdown<'a, T>,
    /// `None` leaves deadlines to Lambda.
    margin: Option<Duration>,
    /// `None` is the budget Lambda gives.
    init_budget: Option<Duration>,
    endpoint: Option<String>,
}

impl<'a, T> Lifecycle<'a, T> {
    pub(crate) fn new(start: impl AsyncFnOnce(&'static Init) -> Result<T, Error> + 'a) -> Self {
        Self {
            start: Box::new(|init| Box::pin(async move { start(init).await.map_err(Failure::of_handler) })),
            snapshot: Snapshot { before: Vec::new(), after: Vec::new() },
            thaw: Vec::new(),
            least_sleep: Duration::from_secs(1),
            #[cfg(feature = "graceful-shutdown")]
            shutdown: shutdown::AtShutdown { hooks: Vec::new(), budget: shutdown::BUDGET },
            margin: Some(MARGIN),
            init_budget: None,
            endpoint: None,
        }
    }

    /// Calls `hook` before a snapshot is taken, for SnapStart; in reverse order of registration, so that what was set up last is
    /// taken down first. It is not called without SnapStart.
    ///
    /// Every environment restored from the snapshot has the same memory. Close pooled connections here, and drop what must be
    /// unique or fresh: credentials, tokens, ids, seeded random generators, cached addresses.
    ///
    /// A failure or a panic is reported as an init error of the type `Runtime.BeforeSnapshotError`, and ends the process.
    ///
    /// # Examples
    ///
    /// ```
    /// # struct Shop; impl Shop { async fn drain(&self) {} }
    /// # let _: lambda_rt::Lifecycle<'_, Shop> =
    /// lambda_rt::Runtime::init(async |_| Ok(Shop)).before_snapshot(async |shop: &Shop| shop.drain().await);
    /// ```
    pub fn before_snapshot<O: Outcome>(mut self, hook: impl AsyncFn(&'static T) -> O + 'a) -> Self {
        self.snapshot.before.push(untold(hook));
        self
    }

    /// Calls `hook` in each environment that was restored from a snapshot, in order of registration, before its first event.
    /// All of them have ten seconds together. It is not called without SnapStart.
    ///
    /// Here what must be unique or fresh is made anew. `/dev/urandom` is reseeded by Lambda; generators in memory are not.
    ///
    /// A failure, a panic, or too long a hook is reported as `Runtime.AfterRestoreError`, and ends the process.
    ///
    /// # Examples
    ///
    /// ```
    /// # struct Shop; impl Shop { async fn reseed(&self) -> Result<(), std::io::Error> { Ok(()) } }
    /// # let _: lambda_rt::Lifecycle<'_, Shop> =
    /// lambda_rt::Runtime::init(async |_| Ok(Shop)).after_restore(async |shop: &Shop| shop.reseed().await);
    /// ```
    pub fn after_restore<O: Outcome>(mut self, hook: impl AsyncFn(&'static T) -> O + 'a) -> Self {
        self.snapshot.after.push(untold(hook));
        self
    }

    /// Calls `hook` before the handler, with an event that comes after a second or more of waiting, during which Lambda may have
    /// frozen the environment: with how long it was. See [`thaw_after`](Self::thaw_after).
    ///
    /// A failure or a panic is logged, and the event handled all the same. Managed instances are never frozen, and with more
    /// than one invocation at once the hook is not called.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # struct Shop; impl Shop { async fn reconnect(&self) {} }
    /// # let _: lambda_rt::Lifecycle<'_, Shop> =
    /// lambda_rt::Runtime::init(async |_| Ok(Shop)).on_thaw(async |shop: &Shop, thaw| {
    ///     if thaw.slept > Duration::from_secs(60) {
    ///         shop.reconnect().await;
    ///     }
    /// });
    /// ```
    pub fn on_thaw<O: Outcome>(mut self, hook: impl AsyncFn(&'static T, Thaw) -> O + 'a) -> Self {
        self.thaw.push(told(hook));
        self
    }

    /// The shortest wait after which [`on_thaw`](Self::on_thaw) is called; a second by default.
    pub fn thaw_after(mut self, least: Duration) -> Self {
        self.least_sleep = least;
        self
    }

    /// Calls `hook` when the environment is shut down, in reverse order of registration, once the invocation under way has
    /// ended; with the reason and the time it has.
    ///
    /// Lambda kills a function without warning unless an extension is registered. A function with such a hook registers an
    /// internal extension for no events before its first poll, and so is sent SIGTERM; if that is refused, it is warned of and the
    /// function runs without. Ctrl-C under `cargo run` counts as well, and so does an error that ends the runtime. Further
    /// signals change nothing. A signal during the init ends the process without hooks, for there is no state yet.
    ///
    /// From the signal on there are 300 ms in all, see [`shutdown_budget`](Self::shutdown_budget): an invocation under way has
    /// at most half, the hooks share the rest evenly. One that takes longer is dropped with a warning; that, a failure, or a
    /// panic does not stop the others. Then `run` returns.
    ///
    /// # Examples
    ///
    /// ```
    /// # struct Shop; impl Shop { async fn flush(&self, within: std::time::Duration) -> Result<(), std::io::Error> { Ok(()) } }
    /// # let _: lambda_rt::Lifecycle<'_, Shop> =
    /// lambda_rt::Runtime::init(async |_| Ok(Shop))
    ///     .on_shutdown(async |shop: &Shop, shutdown| shop.flush(shutdown.remaining_time()).await);
    /// ```
    #[cfg(feature = "graceful-shutdown")]
    #[cfg_attr(docsrs, doc(cfg(feature = "graceful-shutdown")))]
    pub fn on_shutdown<O: Outcome>(mut self, hook: impl AsyncFn(&'static T, Shutdown) -> O + 'a) -> Self {
        self.shutdown.hooks.push(told(hook));
        self
    }

    /// How long a shutdown may take; 300 ms by default, which is what Lambda leaves a function with internal extensions. With an
    /// external one, 500 ms are safe.
    #[cfg(feature = "graceful-shutdown")]
    #[cfg_attr(docsrs, doc(cfg(feature = "graceful-shutdown")))]
    pub fn shutdown_budget(mut self, budget: Duration) -> Self {
        self.shutdown.budget = budget;
        self
    }

    /// How long the init may take before it is cancelled and reported, in place of Lambda's own limit.
    ///
    /// On demand that is ten seconds, after which Lambda starts the environment again within the invocation, with the function's
    /// timeout as the limit. A function that relies on this second, longer try sets its timeout here.
    pub fn init_budget(mut self, budget: Duration) -> Self {
        self.init_budget = Some(budget);
        self
    }

    /// As [`Runtime::deadline_margin`](crate::Runtime::deadline_margin).
    pub fn deadline_margin(mut self, margin: Duration) -> Self {
        self.margin = Some(margin);
        self
    }

    /// As [`Runtime::without_deadline`](crate::Runtime::without_deadline).
    pub fn without_deadline(mut self) -> Self {
        self.margin = None;
        self
    }

    /// As [`Runtime::endpoint`](crate::Runtime::endpoint).
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Starts, and calls `handler` with the state and each event until the environment ends.
    ///
    /// The handler may do with the state what it may do with any `&'static` reference: keep it, spawn with it, defer with it.
    ///
    /// # Errors
    ///
    /// As for [`run`](crate::run); [`is_init`](crate::RuntimeError::is_init) when the init or a SnapStart hook failed, panicked
    /// or took too long.
    ///
    /// # Cancel safety
    ///
    /// As for [`run`](crate::run). Shutdown hooks do not run when the future is dropped.
    pub async fn run<P, O>(
        self,
        handler: impl AsyncFn(&'static T, LambdaEvent<P>) -> O + 'a,
    ) -> Result<(), Error>
    where
        P: DeserializeOwned + 'static,
        O: HandlerOutput,
    {
        let handler = std::rc::Rc::new(handler);
        self.run_service(move |state| {
            HandlerService::from_call(move |event| {
                let handler = std::rc::Rc::clone(&handler);
                async move { handler(state, event).await }
            })
        })
        .await
    }

    /// As [`run`](Self::run), with the bytes-level service that `make` makes of the state, layers and all.
    ///
    /// # Errors
    ///
    /// As for [`run`](Self::run).
    ///
    /// # Cancel safety
    ///
    /// As for [`run`](Self::run).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use lambda_rt::{Error, Failure, Invocation, Reply, Runtime, service_fn};
    ///
    /// # async fn main_() -> Result<(), Error> {
    /// Runtime::init(async |_| Ok("prefix".to_owned()))
    ///     .run_service(|prefix: &String| {
    ///         service_fn(async move |invocation: Invocation| {
    ///             Ok::<_, Failure>(Reply::bytes([prefix.as_bytes(), &invocation.payload].concat()))
    ///         })
    ///     })
    ///     .await
    /// # }
    /// ```
    pub async fn run_service<S>(self, make: impl FnOnce(&'static T) -> S) -> Result<(), Error>
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        let pollers = async |started: Started<'a, T>| {
            let (Started { launch, client, margin, activity, waits, .. }, service) =
                started.with(make).await?;
            serve::in_one_task(&launch, client, service, margin, waits, &activity).await
        };
        Ok(self.live(pollers).await?)
    }

    /// As [`run`](Self::run), with every poller of a managed instance in a task of its own, see
    /// [`run_concurrent`](crate::run_concurrent).
    ///
    /// # Errors
    ///
    /// As for [`run`](Self::run).
    ///
    /// # Cancel safety
    ///
    /// As for [`run_concurrent`](crate::run_concurrent).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use lambda_rt::{Error, Init, LambdaEvent, Runtime};
    ///
    /// struct Shop { table: String }
    ///
    /// fn main() -> Result<(), Error> {
    ///     let shop = Runtime::init(async |init: &Init| Ok(Shop { table: init.env("TABLE")? }));
    ///     lambda_rt::block_on(shop.run_concurrent(|shop: &'static Shop, event: LambdaEvent<u64>| async move {
    ///         Ok::<_, Error>(format!("order {} goes to {}", event.payload, shop.table))
    ///     }))
    /// }
    /// ```
    pub async fn run_concurrent<P, F>(
        self,
        handler: impl Fn(&'static T, LambdaEvent<P>) -> F + Clone + Send + 'static,
    ) -> Result<(), Error>
    where
        T: Sync,
        P: DeserializeOwned + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.run_service_concurrent(|state| {
            ConcurrentService::of_function(move |event| handler(state, event))
        })
        .await
    }

    /// As [`run_service`](Self::run_service), with every poller of a managed instance in a task of its own.
    ///
    /// # Errors
    ///
    /// As for [`run`](Self::run).
    ///
    /// # Cancel safety
    ///
    /// As for [`run_concurrent`](crate::run_concurrent).
    pub async fn run_service_concurrent<S>(self, make: impl FnOnce(&'static T) -> S) -> Result<(), Error>
    where
        S: Service<Invocation, Response = Reply, Future: Send> + Clone + Send + 'static,
        S::Error: Into<Failure>,
    {
        let pollers = async |started: Started<'a, T>| {
            let (Started { launch, client, margin, activity, waits, .. }, service) =
                started.with(make).await?;
            serve::over_threads(&launch, client, service, margin, waits, &activity).await
        };
        Ok(self.live(pollers).await?)
    }
}

impl<T> fmt::Debug for Lifecycle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lifecycle")
            .field("margin", &self.margin)
            .field("init_budget", &self.init_budget)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
