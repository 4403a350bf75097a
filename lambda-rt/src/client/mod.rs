//! HTTP clients whose connections survive the freeze: [`reqwest`] with settings fit for Lambda.
//!
//! Between two events Lambda freezes the environment for seconds to minutes. NAT gateways, load balancers and services meanwhile
//! forget idle connections without a word, and the first request on one of them fails or hangs. A [`Client`] here
//!
//! - drops connections that were idle for longer than 15 s by the wall clock, before the handler runs;
//! - sends a request that died on a kept connection again, once and at once, where that is safe;
//! - gives a request no more time than the running invocation has left;
//! - passes the invocation's trace on, `Lineage` included, as `X-Amzn-Trace-Id`;
//! - opens connections during the init, with [`Init::prewarm`](crate::Init::prewarm), and
//!   [again](crate::Prewarm::again_on_thaw) after a freeze.
//!
//! ```no_run
//! use lambda_rt::client::Client;
//! use lambda_rt::{Error, Init, LambdaEvent, Runtime};
//!
//! struct Shop { http: Client }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Error> {
//!     Runtime::init(async |init: &Init| {
//!         let http = Client::new();
//!         init.prewarm("https://api.example.com");
//!         Ok(Shop { http })
//!     })
//!     .run(async |shop: &Shop, event: LambdaEvent<String>| {
//!         let url = format!("https://api.example.com/prices/{}", event.payload);
//!         Ok::<_, Error>(shop.http.get(url).send().await?.error_for_status()?.text().await?)
//!     })
//!     .await
//! }
//! ```
//!
//! # Encryption
//!
//! TLS is rustls. By default it encrypts with ring, which is ready within microseconds: AWS-LC gathers entropy from timing jitter for
//! 22 ms before its first random number, unless it is built with `AWS_LC_SYS_NO_JITTER_ENTROPY=1`. Feature `aws-lc` takes it
//! nevertheless, for its speed with much data or its FIPS lineage. The trusted roots are Mozilla's, compiled in: reading those of the
//! system takes 2 ms and more. Feature `native-roots` takes them nevertheless, for a private authority. Both features also hold for
//! `aws`.

mod attempt;
mod builder;
mod connecting;
mod request;
mod tls;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The crate behind it, for its types.
pub use reqwest;
pub use reqwest::{Body, Error, IntoUrl, Method, Request, Response, StatusCode, Url, header};

pub use crate::keep_alive::Connections;
pub use builder::ClientBuilder;
pub use request::RequestBuilder;

use attempt::Repeat;

use crate::keep_alive::{Attempt, Pool, Registered};

/// A client with the methods of [`reqwest::Client`]. Clones share one pool of connections.
///
/// # Examples
///
/// ```no_run
/// # async fn main_() -> Result<(), lambda_rt::client::Error> {
/// let client = lambda_rt::client::Client::new();
/// let answer = client.post("https://api.example.com/orders").json(&["tea"]).send().await?;
/// assert!(answer.status().is_success());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    pool: Pool<reqwest::Client>,
    /// What a request may take that is not part of an invocation.
    timeout: Duration,
    margin: Duration,
}

impl Client {
    /// The client with the default settings. All of a process are one: they share their connections.
    ///
    /// # Panics
    ///
    /// If the operating system gives no random numbers.
    pub fn new() -> Self {
        static SHARED: OnceLock<Client> = OnceLock::new();
        SHARED.get_or_init(|| Self::builder().build().expect("the default settings are valid")).clone()
    }

    /// Begins a client with settings and connections of its own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Begins a `GET` request. What is wrong with `url` is told when it is sent.
    pub fn get(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::GET, url)
    }

    /// Begins a `POST` request. What is wrong with `url` is told when it is sent.
    pub fn post(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::POST, url)
    }

    /// Begins a `PUT` request. What is wrong with `url` is told when it is sent.
    pub fn put(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::PUT, url)
    }

    /// Begins a `PATCH` request. What is wrong with `url` is told when it is sent.
    pub fn patch(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::PATCH, url)
    }

    /// Begins a `DELETE` request. What is wrong with `url` is told when it is sent.
    pub fn delete(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::DELETE, url)
    }

    /// Begins a `HEAD` request. What is wrong with `url` is told when it is sent.
    pub fn head(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::HEAD, url)
    }

    /// Begins a request. What is wrong with `url` is told when it is sent.
    pub fn request(&self, method: Method, url: impl IntoUrl) -> RequestBuilder {
        RequestBuilder::new(self.clone(), method, url)
    }

    /// Sends a request, and gives its answer once its head has arrived.
    ///
    /// Its time, the answer's body included, is that of the running [invocation](crate::Context::current) less a
    /// [margin](ClientBuilder::deadline_margin), or its own timeout if that is shorter. Outside of an invocation it is its own timeout
    /// or that of the [client](ClientBuilder::timeout).
    ///
    /// A request that dies on a connection which was there already, before the head of an answer has arrived, is sent
    /// again once, on a new connection, if its method is idempotent and its body in memory.
    ///
    /// # Errors
    ///
    /// Those of [`reqwest`], which name the URL: [`is_timeout`](Error::is_timeout), [`is_connect`](Error::is_connect),
    /// [`is_request`](Error::is_request), and [`is_builder`](Error::is_builder) for a request that cannot be sent at all.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future closes the connection, and does not take back what was sent.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        attempt::send(&self.inner, request, Repeat::IfIdempotent).await
    }

    /// Opens a connection to the host of `url` with a `HEAD` request, so that the next request finds it. Whatever the host answers
    /// is fine. [`Init::prewarm`](crate::Init::prewarm) does it during the init.
    ///
    /// # Errors
    ///
    /// As for [`execute`](Self::execute).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future closes the connection.
    pub async fn prewarm(&self, url: impl IntoUrl) -> Result<(), Error> {
        self.head(url).send().await.map(drop)
    }

    /// What became of the connections so far.
    pub fn connections(&self) -> Connections {
        self.inner.pool.counters().now()
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("connections", &self.connections()).finish_non_exhaustive()
    }
}

impl Registered for Inner {
    fn evict_idle(&self) -> bool {
        self.pool.evict_idle()
    }

    fn evict(&self, why: &str) {
        self.pool.evict(why);
    }

    fn prewarm(self: Arc<Self>, url: &str) -> Option<Attempt> {
        // What belongs to AWS is left to the pool that calls it.
        #[cfg(feature = "aws")]
        if crate::aws::has_pool_for(url) {
            return None;
        }
        let (client, url) = (Client { inner: self }, url.to_owned());
        Some(Box::pin(async move { client.prewarm(url).await.map_err(|error| attempt::with_causes(&error)) }))
    }
}
