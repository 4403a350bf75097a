//! The HTTP client that all AWS clients share.

use std::fmt;
use std::ops::Add;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_http_client::pool::{Client, ConnectionEvent, ConnectionPool};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::ConfigBag;

use super::connector::Connector;
use super::{environment, plain, tls};
use crate::keep_alive::{self, Attempt, Connections, Counters, Pool, Registered};

/// A pool of connections that survives a freeze. Clones share it.
#[derive(Clone)]
pub(super) struct KeepAlive {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) pool: Pool<Client>,
    pub(super) margin: Duration,
}

pub(super) fn connections() -> Connections {
    keep_alive::pools().iter().filter_map(|pool| pool.of_aws()).fold(Connections::default(), Add::add)
}

/// Whether `url` is called with an AWS client, and there is one.
#[cfg(feature = "client")]
pub(crate) fn has_pool_for(url: &str) -> bool {
    environment::is_aws(url) && keep_alive::pools().iter().any(|pool| pool.of_aws().is_some())
}

impl KeepAlive {
    pub(super) fn new(idle_limit: Duration, margin: Duration) -> Self {
        let counters = Arc::<Counters>::default();
        let counted = Arc::clone(&counters);
        let make = move || made(idle_limit, &counted);
        let inner = Arc::new(Inner { pool: Pool::new(make(), make, idle_limit, counters), margin });
        keep_alive::register(Arc::downgrade(&inner) as _);
        Self { inner }
    }

    pub(super) fn margin(&self) -> Duration {
        self.inner.margin
    }
}

fn made(idle_limit: Duration, counters: &Arc<Counters>) -> Client {
    let counters = Arc::clone(counters);
    let builder = ConnectionPool::builder()
        .idle_timeout(idle_limit)
        .tcp_keepalive(Duration::from_secs(15))
        .event_listener(move |event: &ConnectionEvent<'_>| {
            if let ConnectionEvent::Opened(_) = event {
                counters.opened();
            }
        });
    let builder =
        if keep_alive::has_proxy() { builder.proxy_config(ProxyConfig::from_env()) } else { builder };
    let pool = builder
        .tls_provider(tls::provider())
        .tls_context(tls::context())
        .build_https()
        .expect("a pool with a timer and no partitions is consistent");
    Client::new(&pool).expect("a pool without partitions has the anonymous one")
}

impl HttpClient for KeepAlive {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector::new(
            Arc::clone(&self.inner),
            settings.clone(),
            components.clone(),
        ))
    }

    fn validate_base_client_config(
        &self,
        builder: &RuntimeComponentsBuilder,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        self.inner.pool.current().validate_base_client_config(builder, config)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.inner.pool.current().connector_metadata()
    }
}

impl fmt::Debug for KeepAlive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeepAlive").field("pool", &self.inner.pool).finish_non_exhaustive()
    }
}

impl Registered for Inner {
    fn evict_idle(&self) -> bool {
        self.pool.evict_idle()
    }

    fn evict(&self, why: &str) {
        self.pool.evict(why);
    }

    fn of_aws(&self) -> Option<Connections> {
        Some(self.pool.counters().now())
    }

    fn prewarm(self: Arc<Self>, url: &str) -> Option<Attempt> {
        // Without clients of the other kind there is nobody else to ask.
        if cfg!(feature = "client") && !environment::is_aws(url) {
            return None;
        }
        let (http, url) = (KeepAlive { inner: self }, url.to_owned());
        Some(Box::pin(async move { plain::get(&http, &url, None).await.map(drop) }))
    }
}
