//! The pools of this process, for what concerns all of them: a thaw, a snapshot, a connection wanted early.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::task::JoinHandle;

use super::PREWARM;
use crate::log;

/// The attempt to open a connection; what went wrong, in words.
pub(crate) type Prewarm = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// A pool among others.
pub(crate) trait Registered: Send + Sync {
    /// Drops the connections that have been idle for too long.
    fn evict_idle(&self);
    /// Drops all connections.
    fn evict(&self, why: &str);
    /// Opens a connection to `url`, to be found by the first request; `None` if this pool is not asked for it.
    fn prewarm(self: Arc<Self>, url: &str) -> Option<Prewarm>;
}

/// Making a client puts it here; it leaves when its last clone is dropped. Nothing is awaited while it is locked.
static POOLS: Mutex<Vec<Weak<dyn Registered>>> = Mutex::new(Vec::new());

pub(crate) fn register(pool: Weak<dyn Registered>) {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    pools.retain(|pool| pool.strong_count() > 0);
    pools.push(pool);
}

fn pools() -> Vec<Arc<dyn Registered>> {
    POOLS.lock().unwrap_or_else(PoisonError::into_inner).iter().filter_map(Weak::upgrade).collect()
}

/// An event has come, perhaps after a freeze, and its handler follows.
pub(crate) fn thawed() {
    pools().iter().for_each(|pool| pool.evict_idle());
}

/// A snapshot is taken next: no connection outlives it.
pub(crate) fn before_snapshot() {
    pools().iter().for_each(|pool| pool.evict("a snapshot is taken"));
}

/// Opens a connection to `url` in every pool that is made for it, in a task of its own. Whether it succeeds is logged, at debug
/// level.
pub(crate) fn prewarm(url: &str) -> Vec<JoinHandle<()>> {
    let attempts = pools().into_iter().filter_map(|pool| pool.prewarm(url));
    let begun: Vec<_> = attempts.map(|attempt| tokio::spawn(watched(attempt, url.to_owned()))).collect();
    if begun.is_empty() {
        log::debug(format_args!("{url} is not prewarmed: no client has been made yet"));
    }
    begun
}

async fn watched(attempt: Prewarm, url: String) {
    match tokio::time::timeout(PREWARM, attempt).await {
        Ok(Ok(())) => log::debug(format_args!("prewarmed a connection to {url}")),
        Ok(Err(error)) => log::debug(format_args!("no connection to {url} was prewarmed: {error}")),
        Err(_) => {
            log::debug(format_args!("no connection to {url} was prewarmed within {} ms", PREWARM.as_millis()))
        }
    }
}

/// Connections that an init has begun to open.
#[derive(Clone, Default)]
pub(crate) struct Prewarming(Arc<Mutex<Vec<JoinHandle<()>>>>);

impl Prewarming {
    pub(crate) fn add(&self, begun: Vec<JoinHandle<()>>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(begun);
    }

    /// Waits until each is open or given up: the time of the init is there to be used, and the first request is to find them.
    pub(crate) async fn done(&self) {
        let begun = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for attempt in begun {
            // A panic has been reported by its hook.
            let _ = attempt.await;
        }
    }
}

impl fmt::Debug for Prewarming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prewarming").finish_non_exhaustive()
    }
}
