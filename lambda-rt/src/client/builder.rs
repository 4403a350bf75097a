//! The settings of a client, and what they are in Lambda unless said otherwise.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::connecting::Connecting;
use super::{Client, Error, Inner, tls};
use crate::keep_alive::{self, CONNECT, Counters, IDLE_LIMIT, MARGIN, Pool};

type Configure = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The settings of a [`Client`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// let client = lambda_rt::client::Client::builder()
///     .idle_limit(Duration::from_secs(60))
///     .configure(|reqwest| reqwest.user_agent("shop/1.0").https_only(true))
///     .build()?;
/// # Ok::<_, lambda_rt::client::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    idle_limit: Duration,
    timeout: Duration,
    margin: Duration,
    configure: Option<Configure>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self { idle_limit: IDLE_LIMIT, timeout: Duration::from_secs(30), margin: MARGIN, configure: None }
    }
}

impl ClientBuilder {
    /// How long a connection may be idle, by the wall clock, before it is dropped; 15 s by default.
    ///
    /// Longer than the shortest memory on the way is too long: S3 closes after 20 s, an application load balancer by default
    /// after 60 s, a NAT gateway forgets after 350 s.
    pub fn idle_limit(mut self, limit: Duration) -> Self {
        self.idle_limit = limit;
        self
    }

    /// What a request may take outside of an invocation, for example in the init; 30 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long before the deadline of the invocation its requests are given up; 250 ms by default, which leaves the handler time to
    /// answer with the error.
    pub fn deadline_margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Everything else that `reqwest` can be told: headers, roots, redirects, proxies. `configure` gets a builder with the settings fit
    /// for Lambda, and may be called again for each new pool of connections.
    ///
    /// They are: connections are made within 3 s; at most 8 idle ones are kept per host; TCP sends keep-alive probes every
    /// 15 s and gives up after 5 s without an acknowledgement; HTTP/2 pings every 5 s while it waits for an answer. A proxy is
    /// looked for only if `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` is set.
    pub fn configure(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Arc::new(configure));
        self
    }

    /// Makes the client. It opens no connection.
    ///
    /// # Errors
    ///
    /// [`is_builder`](Error::is_builder) when `reqwest` cannot do what it is [told](Self::configure).
    pub fn build(self) -> Result<Client, Error> {
        let Self { idle_limit, timeout, margin, configure } = self;
        let counters = Arc::<Counters>::default();
        let tls = tls::config();
        let counted = Arc::clone(&counters);
        let make = move || {
            let builder = for_lambda(idle_limit, tls.clone()).connector_layer(Connecting::new(&counted));
            match &configure {
                Some(configure) => configure(builder).build(),
                None => builder.build(),
            }
        };
        let first = make()?;
        // What cannot be made again, for example because a file is gone, is told by the requests: it is not worth a panic.
        let fallback = first.clone();
        let make = move || make().unwrap_or_else(|_| fallback.clone());
        let pool = Pool::new(first, make, idle_limit, counters);
        let inner = Arc::new(Inner { pool, timeout, margin });
        keep_alive::register(Arc::downgrade(&inner) as _);
        Ok(Client { inner })
    }
}

fn for_lambda(idle_limit: Duration, tls: rustls::ClientConfig) -> reqwest::ClientBuilder {
    let seconds = Duration::from_secs;
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(idle_limit)
        .pool_max_idle_per_host(8)
        .tcp_keepalive(seconds(15))
        .http2_keep_alive_interval(seconds(5))
        .http2_keep_alive_timeout(seconds(3));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    let builder = builder.tcp_user_timeout(seconds(5));
    if keep_alive::has_proxy() { builder } else { builder.no_proxy() }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("idle_limit", &self.idle_limit)
            .field("timeout", &self.timeout)
            .field("margin", &self.margin)
            .finish_non_exhaustive()
    }
}
