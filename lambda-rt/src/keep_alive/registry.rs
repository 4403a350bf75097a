//! The pools of this process, for what concerns all of them: a thaw, a snapshot, a connection wanted early.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::prewarm::{self, Attempt};

/// A pool among others.
pub(crate) trait Registered: Send + Sync {
    /// Drops the connections if they have been idle for too long, and says whether it did.
    fn evict_idle(&self) -> bool;
    /// Drops all connections.
    fn evict(&self, why: &str);
    /// Opens a connection to `url`, to be found by the first request; `None` if this pool is not asked for it.
    fn prewarm(self: Arc<Self>, url: &str) -> Option<Attempt>;
    /// What became of the connections, if those are the ones of AWS clients.
    #[cfg(feature = "aws")]
    fn of_aws(&self) -> Option<super::Connections> {
        None
    }
}

/// Making a client puts it here; it leaves when its last clone is dropped. Nothing is awaited while it is locked.
static POOLS: Mutex<Vec<Weak<dyn Registered>>> = Mutex::new(Vec::new());

pub(crate) fn register(pool: Weak<dyn Registered>) {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    pools.retain(|pool| pool.strong_count() > 0);
    pools.push(pool);
}

/// The pools there are.
pub(crate) fn pools() -> Vec<Arc<dyn Registered>> {
    POOLS.lock().unwrap_or_else(PoisonError::into_inner).iter().filter_map(Weak::upgrade).collect()
}

/// An event has come, perhaps after a freeze, and its handler follows.
pub(crate) async fn thawed() {
    let mut pools = pools();
    pools.retain(|pool| pool.evict_idle());
    if prewarm::again(pools) {
        // Once round the other tasks, without a wait: what has just begun may look up a name or ask for a connection, and
        // gets its answer while the event is decoded.
        tokio::task::yield_now().await;
    }
}

/// A snapshot is taken next: no connection outlives it.
pub(crate) fn before_snapshot() {
    pools().iter().for_each(|pool| pool.evict("a snapshot is taken"));
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::{Attempt, Prewarm};
    use super::*;

    /// A pool that has always been idle for too long, and whose connections are never there.
    #[derive(Default)]
    struct Hanging {
        polled: Arc<AtomicUsize>,
    }

    impl Registered for Hanging {
        fn evict_idle(&self) -> bool {
            true
        }

        fn evict(&self, _: &str) {}

        fn prewarm(self: Arc<Self>, url: &str) -> Option<Attempt> {
            let polled = Arc::clone(&self.polled);
            (url == "again").then(|| {
                let hanging = async move {
                    polled.fetch_add(1, Ordering::Relaxed);
                    std::future::pending().await
                };
                Box::pin(hanging) as Attempt
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_opened_again_has_begun_when_the_event_is_decoded_and_is_not_waited_for() {
        let pool = Arc::<Hanging>::default();
        register(Arc::downgrade(&pool) as _);
        let began = tokio::time::Instant::now();
        thawed().await;
        assert_eq!(pool.polled.load(Ordering::Relaxed), 0, "nothing was asked for");
        Prewarm::of(Some("again".to_owned())).again_on_thaw();
        thawed().await;
        assert!(pool.polled.load(Ordering::Relaxed) >= 1);
        assert_eq!(tokio::time::Instant::now(), began);
    }
}
