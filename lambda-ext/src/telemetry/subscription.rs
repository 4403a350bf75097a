//! A subscription: a listener that is open before Lambda is told of it.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tower_service::Service;

use super::decode::decode_batch;
use super::listener::{Connect, Listener, Receiver};
use super::record::LambdaTelemetry;
use super::settings::Settings;
use crate::api;
use crate::error::{Error, ExtensionError};
use crate::http::Endpoint;
use crate::log;

/// Which API, and what is done with what arrives.
pub(crate) struct Subscription {
    connect: Arc<dyn Connect>,
    #[cfg(feature = "logs")]
    legacy: bool,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").finish_non_exhaustive()
    }
}

impl Subscription {
    pub(crate) fn telemetry<M, S, L>(make: M) -> Self
    where
        M: Service<(), Response = S> + Send + 'static,
        M::Error: Into<Error>,
        M::Future: Send,
        S: Service<Vec<LambdaTelemetry<L>>, Response = ()> + Send + 'static,
        S::Error: Into<Error>,
        S::Future: Send,
        L: DeserializeOwned + Send + 'static,
    {
        Self {
            connect: Arc::new(Receiver::new(make, decode_batch::<L>)),
            #[cfg(feature = "logs")]
            legacy: false,
        }
    }

    #[cfg(feature = "logs")]
    pub(crate) fn logs<M, S>(make: M) -> Self
    where
        M: Service<(), Response = S> + Send + 'static,
        M::Error: Into<Error>,
        M::Future: Send,
        S: Service<Vec<crate::logs::LambdaLog>, Response = ()> + Send + 'static,
        S::Error: Into<Error>,
        S::Future: Send,
    {
        Self { connect: Arc::new(Receiver::new(make, crate::logs::decode_logs)), legacy: true }
    }

    /// Opens the listener and subscribes. `None` where there is no telemetry, as in a local emulator.
    pub(crate) async fn open(
        self,
        endpoint: &Endpoint,
        identifier: &str,
        settings: &Settings,
    ) -> Result<Option<Listener>, ExtensionError> {
        #[cfg(feature = "logs")]
        let port = if self.legacy { settings.log_port } else { settings.port };
        #[cfg(not(feature = "logs"))]
        let port = settings.port;
        let listener = Listener::open(port, endpoint, self.connect).await?;
        let (path, body) = (api::TELEMETRY, settings.telemetry(&listener.uri()));
        #[cfg(feature = "logs")]
        let (path, body) = match self.legacy {
            true => (api::LOGS, settings.logs(&listener.uri())),
            false => (path, body),
        };
        if api::subscribe(endpoint, identifier, path, &body).await?.is_none() {
            log::warn(format_args!(
                "there is no telemetry in this environment; the extension goes on without it"
            ));
            return Ok(None);
        }
        Ok(Some(listener))
    }
}
