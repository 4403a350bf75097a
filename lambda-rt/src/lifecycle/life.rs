//! A life from its start to its end: the one place where the phases follow each other.

use std::sync::Arc;
use std::time::Duration;

use tower_service::Service;

#[cfg(feature = "graceful-shutdown")]
use super::shutdown;
use super::thaw::Waits;
use super::timings::Timings;
use super::{Init, Lifecycle, Start, init};
use crate::api::client::Client;
use crate::config::InitializationType;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::launch::Launch;
use crate::poller::Activity;
use crate::reply::Reply;
use crate::{panic, serve};

/// What is there once the init is over, for the pollers to work with.
pub(super) struct Started<'a, T: 'static> {
    pub(super) launch: Launch,
    pub(super) client: Client,
    init: &'static Init,
    state: &'static T,
    pub(super) margin: Option<Duration>,
    pub(super) activity: Arc<Activity>,
    pub(super) waits: Waits<'a, T>,
}

impl<T> Started<'_, T> {
    /// Makes the service of the state and waits until it is ready: the poll comes next.
    pub(super) async fn with<S>(
        mut self,
        make: impl FnOnce(&'static T) -> S,
    ) -> Result<(Self, serve::Layered<S>), RuntimeError>
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        let mut service = serve::layered(make(self.state), self.margin);
        serve::ready(&mut self.client, &mut service).await?;
        self.init.polls_now();
        Ok((self, service))
    }
}

impl<'a, T> Lifecycle<'a, T> {
    /// The whole life: what comes before `pollers`, and what ends them.
    pub(super) async fn live(
        self,
        pollers: impl AsyncFnOnce(Started<'a, T>) -> Result<(), RuntimeError>,
    ) -> Result<(), RuntimeError> {
        let started = Timings::now();
        let launch = Launch::prepare(self.endpoint.as_deref())?;
        let mut client = launch.client();
        let budget = self.init_budget.or_else(|| init::budget(&launch.initialization_type));
        let initialization_type = launch.initialization_type.clone();
        let init = Init::new(Arc::clone(&launch.config), initialization_type, started, budget);
        #[cfg(feature = "graceful-shutdown")]
        let mut signals =
            (!self.shutdown.hooks.is_empty()).then(|| shutdown::Signals::listen(launch.is_local()));

        // Init and state live as long as the process, so that handlers, hooks and what they spawn can hold on to them.
        let init: &'static Init = Box::leak(Box::new(init));
        let starting = begin(self.start, init, &mut client);
        #[cfg(feature = "graceful-shutdown")]
        let starting = shutdown::unless_signalled(starting, signals.as_mut());
        #[cfg(not(feature = "graceful-shutdown"))]
        let starting = async { Some(starting.await) };
        let Some(state) = starting.await.transpose()? else { return Ok(()) };

        #[cfg(feature = "graceful-shutdown")]
        let parked = match signals {
            Some(_) => shutdown::register(&launch.endpoint).await,
            None => None,
        };
        let activity = Arc::<Activity>::default();
        let work = async {
            if launch.initialization_type == InitializationType::SnapStart {
                self.snapshot.pass(&mut client, state).await?;
            }
            panic::owe_nothing();
            let waits = Waits { hooks: self.thaw, state, least: self.least_sleep, since: None };
            let activity = Arc::clone(&activity);
            pollers(Started { launch, client, init, state, margin: self.margin, activity, waits }).await
        };
        #[cfg(feature = "graceful-shutdown")]
        if let Some(signals) = &mut signals {
            let work = shutdown::beside(work, shutdown::park(parked));
            return self.shutdown.watch(work, signals, &activity, state).await;
        }
        work.await
    }
}

/// Runs the init within its budget; what it fails with is reported.
async fn begin<T: 'static>(
    start: Start<'_, T>,
    init: &'static Init,
    client: &mut Client,
) -> Result<&'static T, RuntimeError> {
    panic::owe_init(client.endpoint());
    let made = init::within_budget(init, async {
        let made = panic::contained(start(init)).await?;
        #[cfg(any(feature = "aws", feature = "client"))]
        init.prewarming.done().await;
        made
    });
    match made.await {
        Ok(state) => Ok(Box::leak(Box::new(state))),
        Err(failure) => Err(serve::cannot_start(client, &failure).await),
    }
}
