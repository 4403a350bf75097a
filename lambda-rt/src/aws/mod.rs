//! AWS SDK clients whose connections survive the freeze, configured by the environment alone.
//!
//! [`config`] makes the [`SdkConfig`] that every client of an `aws-sdk-*` crate is made of:
//!
//! ```no_run
//! use lambda_rt::{Error, Init, LambdaEvent, Runtime};
//! # mod aws_sdk_dynamodb {
//! #     pub struct Client;
//! #     impl Client { pub fn new(_: &lambda_rt::aws::SdkConfig) -> Self { Self } }
//! # }
//!
//! struct Shop { tables: aws_sdk_dynamodb::Client }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Error> {
//!     Runtime::init(async |init: &Init| {
//!         let aws = lambda_rt::aws::config(init).await;
//!         init.prewarm_service("dynamodb");
//!         Ok(Shop { tables: aws_sdk_dynamodb::Client::new(&aws) })
//!     })
//!     .run(async |shop: &Shop, event: LambdaEvent<String>| {
//!         let _ = &shop.tables;
//!         Ok::<_, Error>(event.payload)
//!     })
//!     .await
//! }
//! ```
//!
//! Depend on the SDK's crates without their default features, or what they bring for want of this is compiled and linked as well:
//!
//! ```toml
//! aws-sdk-dynamodb = { version = "1", default-features = false, features = ["rt-tokio"] }
//! ```
//!
//! # What it does
//!
//! Lambda says everything in environment variables, so nothing else is asked: no profile files, no SSO, no STS, no IMDS. Under SnapStart
//! credentials come from the endpoint that Lambda names, and are fetched again before they expire, by the wall clock; while that
//! fails, the old ones do for as long as they are valid. All clients share one pool of connections. What was idle for 15 s by the
//! wall clock is dropped before the handler runs. A request that dies on a kept connection before the head of an answer has arrived
//! is sent again at once, on a new connection; not if the client's retries are turned off, unless its method is idempotent. A call
//! ends 250 ms before the deadline of the running invocation, waits between retries included. `X-Amzn-Trace-Id` is that of the
//! running invocation, also when several run at once.
//!
//! `aws_config::load_defaults` remains usable beside it, for what is not said in the environment, such as a role to assume. Its
//! clients have none of this, but can borrow the connections, and with them all but the credentials and the settings of retries:
//!
//! ```no_run
//! # mod aws_config {
//! #     use lambda_rt::aws::SdkConfig;
//! #     pub struct BehaviorVersion;
//! #     impl BehaviorVersion { pub fn latest() -> Self { Self } }
//! #     pub fn defaults(_: BehaviorVersion) -> Loader { Loader }
//! #     pub struct Loader;
//! #     impl Loader {
//! #         pub fn http_client<C>(self, _: C) -> Self { self }
//! #         pub async fn load(self) -> SdkConfig { SdkConfig::builder().build() }
//! #     }
//! # }
//! # use aws_config::BehaviorVersion;
//! # async fn start(init: &lambda_rt::Init) -> Option<()> {
//! let http = lambda_rt::aws::config(init).await.http_client()?;
//! let config = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
//! # Some(())
//! # }
//! ```
//!
//! | Variable | |
//! |---|---|
//! | `AWS_REGION`, `AWS_DEFAULT_REGION` | the region |
//! | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | credentials |
//! | `AWS_CONTAINER_CREDENTIALS_FULL_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN` | where credentials are, under SnapStart |
//! | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` | the same, in other containers |
//! | `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | other endpoints |
//! | `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT` | which endpoints of AWS |
//! | `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE` | retries, `standard` or `adaptive` |
//! | `AWS_REQUEST_CHECKSUM_CALCULATION`, `AWS_RESPONSE_CHECKSUM_VALIDATION` | `when_supported` or `when_required` |
//! | `AWS_CA_BUNDLE` | a PEM file of the authorities to trust |
//! | `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` | a proxy |
//!
//! A value that cannot be used is warned of, and as good as absent.
//!
//! # Encryption
//!
//! TLS is rustls, with ring by default: AWS-LC gathers entropy from timing jitter for 22 ms before its first random number, unless
//! it is built with `AWS_LC_SYS_NO_JITTER_ENTROPY=1`. Feature `aws-lc` takes it nevertheless. Trusted are the five roots of Amazon Trust
//! Services, under which all of AWS's public endpoints are; `AWS_CA_BUNDLE` and the feature `native-roots` replace them.
//!
//! Source: AWS SDKs and tools reference guide, "Environment variables"; Amazon Trust Services, "Repository".

mod connector;
mod container;
mod credentials;
mod endpoint;
mod environment;
mod http;
mod plain;
mod remaining;
mod tls;

use std::sync::OnceLock;
use std::time::Duration;

use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;

/// What clients of `aws-sdk-*` crates are made of.
pub use aws_types::SdkConfig;

pub use crate::keep_alive::Connections;

use crate::keep_alive::{CONNECT, IDLE_LIMIT, MARGIN};
use crate::lifecycle::Init;
use http::KeepAlive;

pub(crate) use environment::service_url;
#[cfg(feature = "client")]
pub(crate) use http::has_pool_for;

/// The configuration of AWS clients. All that are made of it, in however many calls, share one pool of connections.
///
/// It reads the environment and opens no connection; see [`Init::prewarm_service`]. See the [module](self) for the variables.
///
/// # Panics
///
/// If the operating system gives no random numbers.
pub async fn config(init: &Init) -> SdkConfig {
    static SHARED: OnceLock<KeepAlive> = OnceLock::new();
    let http = SHARED.get_or_init(|| KeepAlive::new(IDLE_LIMIT, MARGIN));
    with_client(init, http.clone())
}

/// What became of the connections of all clients of [`config`] so far.
///
/// # Examples
///
/// ```
/// assert_eq!(lambda_rt::aws::connections().retried, 0);
/// ```
pub fn connections() -> Connections {
    http::connections()
}

/// A configuration with settings and a pool of its own.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// # async fn start(init: &lambda_rt::Init) {
/// let aws = lambda_rt::aws::builder().idle_limit(Duration::from_secs(5)).load(init).await;
/// # }
/// ```
pub fn builder() -> Builder {
    Builder { idle_limit: IDLE_LIMIT, margin: MARGIN }
}

/// The settings of a configuration, see [`builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `load`"]
pub struct Builder {
    idle_limit: Duration,
    margin: Duration,
}

impl Builder {
    /// How long a connection may be idle, by the wall clock, before it is dropped; 15 s by default. S3 closes after 20 s.
    pub fn idle_limit(mut self, limit: Duration) -> Self {
        self.idle_limit = limit;
        self
    }

    /// How long before the deadline of the invocation its calls end; 250 ms by default, which leaves the handler time to
    /// answer with the error.
    pub fn deadline_margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// As [`config`], with these settings and a pool of its own.
    ///
    /// # Panics
    ///
    /// As for [`config`].
    pub async fn load(self, init: &Init) -> SdkConfig {
        with_client(init, KeepAlive::new(self.idle_limit, self.margin))
    }
}

fn with_client(init: &Init, http: KeepAlive) -> SdkConfig {
    let sleep = remaining::Sleep::new(http.margin());
    let credentials = credentials::Environment::new(http.clone());
    let region = environment::region();
    if region.is_none() {
        crate::log::warn(
            "",
            format_args!(
                "neither AWS_REGION nor AWS_DEFAULT_REGION is set: calls to AWS will fail for want of a region"
            ),
        );
    }
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region.map(Region::new))
        .credentials_provider(aws_credential_types::provider::SharedCredentialsProvider::new(credentials))
        .timeout_config(TimeoutConfig::builder().connect_timeout(CONNECT).build())
        .sleep_impl(sleep)
        .time_source(SystemTimeSource::new())
        .service_config(environment::Services)
        .http_client(http);
    environment::set_retries(init, &mut config);
    environment::set_rest(init, &mut config);
    config.build()
}

/// Whether `text` is a URL that can be called.
fn is_url(text: &str) -> bool {
    let uri = text.parse::<::http::Uri>();
    uri.is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
}
