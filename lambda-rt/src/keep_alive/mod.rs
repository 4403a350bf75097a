//! Connections across a freeze: what both clients, [`client`](crate::client) and `aws`, do about them.
//!
//! A pool keeps the connections it has, and its idle limit is a timer. Across a freeze neither helps: NAT gateways, load balancers
//! and services forget idle flows without a word, and the clock that timers go by may have stood still. So a pool here is
//! held in a [`Pool`], which knows by the wall clock when it was last used, and replaces it as a whole once that is too long ago. No
//! pool of today lets one drop its idle connections otherwise; what is under way on the old one ends there undisturbed.
//!
//! It is looked at twice: when an event has arrived and before its handler runs, and before each request. The first frees
//! sockets and closes them in time; the second holds for whatever runs outside of an invocation.

mod counters;
mod invocation;
mod pool;
mod prewarm;
mod registry;

pub use counters::Connections;
pub use prewarm::Prewarm;

pub(crate) use counters::Counters;
pub(crate) use invocation::{MARGIN, TRACE, remaining, trace};
pub(crate) use pool::Pool;
pub(crate) use prewarm::{Attempt, Prewarming, prewarm};
#[cfg(feature = "aws")]
pub(crate) use registry::pools;
pub(crate) use registry::{Registered, before_snapshot, register, thawed};

use std::time::Duration;

/// How long a connection may be idle: below the 20 s after which S3 closes, and far below the 350 s after which a NAT gateway
/// forgets.
pub(crate) const IDLE_LIMIT: Duration = Duration::from_secs(15);

/// What a connection may take to be made: DNS, TCP and TLS. A region away that is a fifth of a second.
pub(crate) const CONNECT: Duration = Duration::from_secs(3);

/// Whether the environment names a proxy: only then is anything else about proxies looked up.
pub(crate) fn has_proxy() -> bool {
    const NAMES: [&str; 6] =
        ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    NAMES.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
