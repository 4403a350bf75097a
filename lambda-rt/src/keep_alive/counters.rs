//! What became of connections, in numbers.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::log;

/// What became of a client's connections since it was made.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "client")] {
/// let client = lambda_rt::client::Client::builder().build().unwrap();
/// assert_eq!(client.connections().opened, 0);
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connections {
    /// How many connections were opened, prewarmed ones among them.
    pub opened: u64,
    /// How many requests went over a connection that was there already.
    pub reused: u64,
    /// How often all idle connections were dropped: after a freeze, for having been idle too long; before a snapshot; and
    /// once one of them turned out to be dead.
    pub evicted: u64,
    /// How many requests were sent again because the connection they were sent on first had died while it was idle.
    pub retried: u64,
}

#[cfg(feature = "aws")]
impl std::ops::Add for Connections {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            opened: self.opened + other.opened,
            reused: self.reused + other.reused,
            evicted: self.evicted + other.evicted,
            retried: self.retried + other.retried,
        }
    }
}

impl fmt::Display for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opened, reused, evicted, retried } = self;
        write!(
            f,
            "{opened} connections opened, {reused} requests on one that was there, {evicted} evictions, {retried} retries"
        )
    }
}

/// [`Connections`], counting.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    opened: AtomicU64,
    reused: AtomicU64,
    evicted: AtomicU64,
    retried: AtomicU64,
}

impl Counters {
    pub(crate) fn opened(&self) {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.log("opened a connection", "");
    }

    pub(crate) fn reused(&self) {
        self.reused.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn evicted(&self, why: &str) {
        self.evicted.fetch_add(1, Ordering::Relaxed);
        self.log("dropped all idle connections", why);
    }

    pub(crate) fn retried(&self, error: &dyn fmt::Display) {
        self.retried.fetch_add(1, Ordering::Relaxed);
        self.log(
            "a connection had died while it was idle; the request is sent again on a new one",
            &error.to_string(),
        );
    }

    pub(crate) fn now(&self) -> Connections {
        Connections {
            opened: self.opened.load(Ordering::Relaxed),
            reused: self.reused.load(Ordering::Relaxed),
            evicted: self.evicted.load(Ordering::Relaxed),
            retried: self.retried.load(Ordering::Relaxed),
        }
    }

    fn log(&self, what: &str, why: &str) {
        log::debug(format_args!("{what}{}{why} ({})", if why.is_empty() { "" } else { ": " }, self.now()));
    }
}
