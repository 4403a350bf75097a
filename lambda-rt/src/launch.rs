//! What a process finds out about itself once, before anything is polled: where to poll, how, and for whom.

use std::sync::Arc;

use crate::api::client::{Client, OnServerError};
use crate::api::endpoint::Endpoint;
use crate::config::{Config, Environment, InitializationType};
use crate::error::RuntimeError;
use crate::local::{self, Local};
use crate::{log, panic};

/// A process that is ready to start its function.
pub(crate) struct Launch {
    pub(crate) endpoint: Endpoint,
    pub(crate) config: Arc<Config>,
    pub(crate) initialization_type: InitializationType,
    /// How many invocations at once; one but on managed instances.
    pub(crate) pollers: usize,
    /// On managed instances the trace belongs to an invocation and never to the process.
    pub(crate) managed: bool,
    /// Kept until the end: the local Lambda stops when it is dropped.
    #[cfg_attr(not(feature = "graceful-shutdown"), expect(dead_code, reason = "it is held, not read"))]
    local: Option<Local>,
}

impl Launch {
    /// Reads the environment, and outside Lambda starts a local one.
    ///
    /// # Errors
    ///
    /// [`is_config`](RuntimeError::is_config) and [`is_local`](RuntimeError::is_local), as for [`run`](crate::run).
    pub(crate) fn prepare(endpoint: Option<&str>) -> Result<Self, RuntimeError> {
        let mut environment = Environment::read()?;
        if let Some(endpoint) = endpoint {
            environment.endpoint = Some(Endpoint::parse(endpoint)?);
        }
        let (endpoint, local) = match environment.endpoint.take() {
            Some(endpoint) => (endpoint, None),
            None => {
                let (endpoint, local) = local::start()?;
                // Only now are its variables those that a function finds in Lambda.
                environment = Environment::read()?;
                (endpoint, Some(local))
            }
        };
        if let Some(value) = &environment.bad_concurrency {
            log::warn(
                "",
                format_args!(
                    "AWS_LAMBDA_MAX_CONCURRENCY is {value:?}, which is no number of invocations from 1 on; one is handled \
                     at a time"
                ),
            );
        }
        panic::install();
        Ok(Self {
            endpoint,
            config: Arc::new(environment.config),
            initialization_type: environment.initialization_type,
            pollers: environment.concurrency.unwrap_or(1),
            managed: environment.concurrency.is_some(),
            local,
        })
    }

    /// A poller's client.
    pub(crate) fn client(&self) -> Client {
        let on_server_error = if self.managed { OnServerError::BackOff } else { OnServerError::End };
        Client::new(self.endpoint.clone(), on_server_error)
    }

    /// Whether this is `cargo run` rather than Lambda.
    #[cfg(feature = "graceful-shutdown")]
    pub(crate) fn is_local(&self) -> bool {
        self.local.is_some()
    }
}
