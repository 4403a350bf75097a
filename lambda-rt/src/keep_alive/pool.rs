//! A pool of connections that is replaced when they have been idle for too long by the wall clock.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::Counters;

/// The pool that is in use, and how to make the next.
///
/// `T` is a handle: its clones share one pool, whose idle connections are closed when the last of them is dropped.
pub(crate) struct Pool<T> {
    make: Box<dyn Fn() -> T + Send + Sync>,
    // Held for a few instructions, never while anything is awaited.
    current: Mutex<Current<T>>,
    idle_limit: Duration,
    counters: Arc<Counters>,
}

struct Current<T> {
    handle: T,
    /// When it was made, by both clocks.
    made: (SystemTime, Instant),
    /// When a request last began or ended; `None` while there can be no connection.
    used: Option<SystemTime>,
}

impl<T: Clone> Pool<T> {
    /// `first` is what `make` made, once that is known to work.
    pub(crate) fn new(
        first: T,
        make: impl Fn() -> T + Send + Sync + 'static,
        idle_limit: Duration,
        counters: Arc<Counters>,
    ) -> Self {
        Self { make: Box::new(make), current: Mutex::new(Current::new(first)), idle_limit, counters }
    }

    /// The pool for a request that begins now. None of its connections has been idle for longer than the limit.
    pub(crate) fn begin(&self) -> T {
        self.evict_idle();
        self.used();
        self.lock().handle.clone()
    }

    /// The pool that is in use, for what opens no connection.
    pub(crate) fn current(&self) -> T {
        self.lock().handle.clone()
    }

    /// Notes that a connection was in use until now.
    pub(crate) fn used(&self) {
        self.lock().used = Some(SystemTime::now());
    }

    /// Drops the connections there are, if they may have been idle for longer than the limit, and says whether it did.
    pub(crate) fn evict_idle(&self) -> bool {
        let idle = self.lock().idle((SystemTime::now(), Instant::now()));
        let Some(idle) = idle.filter(|idle| *idle > self.idle_limit) else { return false };
        self.evict(&format!("idle for {} ms", idle.as_millis()));
        true
    }

    /// Drops the connections there are, if there can be any.
    pub(crate) fn evict(&self, why: &str) {
        if self.lock().used.is_none() {
            return;
        }
        // Made outside of the lock, and the old one is dropped outside of it: both may do much.
        let next = Current::new((self.make)());
        let old = std::mem::replace(&mut *self.lock(), next);
        drop(old);
        self.counters.evicted(why);
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }

    fn lock(&self) -> MutexGuard<'_, Current<T>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Current<T> {
    fn new(handle: T) -> Self {
        Self { handle, made: (SystemTime::now(), Instant::now()), used: None }
    }

    /// The longest that any connection may have been idle beyond what the pool's own timer noticed.
    ///
    /// The pool drops by itself what is idle for the limit by the monotonic clock. So either nothing was used at all for this
    /// long, or this much time has passed, in one freeze or several, that the monotonic clock did not count.
    fn idle(&self, now: (SystemTime, Instant)) -> Option<Duration> {
        // A wall clock that was set back says nothing.
        let since = |then| now.0.duration_since(then).unwrap_or_default();
        let unused = since(self.used?);
        let unnoticed = since(self.made.0).saturating_sub(now.1.saturating_duration_since(self.made.1));
        Some(unused.max(unnoticed))
    }
}

impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("idle_limit", &self.idle_limit)
            .field("counters", &self.counters)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(15);

    fn numbered(limit: Duration) -> Pool<u32> {
        let next = AtomicU32::new(1);
        Pool::new(0, move || next.fetch_add(1, Ordering::Relaxed), limit, Arc::default())
    }

    #[test]
    fn a_pool_is_replaced_when_it_was_idle_too_long_and_only_then() {
        let pool = numbered(LIMIT);
        assert_eq!((pool.begin(), pool.begin()), (0, 0));
        pool.lock().used = Some(SystemTime::now() - 2 * LIMIT);
        assert_eq!((pool.begin(), pool.begin()), (1, 1));
        assert_eq!(pool.counters().now().evicted, 1);
    }

    #[test]
    fn what_was_never_used_has_no_connections_to_drop() {
        let pool = numbered(LIMIT);
        pool.evict("in vain");
        pool.evict_idle();
        assert_eq!((pool.begin(), pool.counters().now().evicted), (0, 0));
    }

    #[test]
    fn a_freeze_counts_whether_or_not_the_monotonic_clock_stood_still() {
        let (wall, monotonic) = (SystemTime::now(), Instant::now());
        let (minute, second) = (Duration::from_secs(60), Duration::from_secs(1));
        let current = Current { handle: (), made: (wall, monotonic), used: Some(wall) };
        assert_eq!(current.idle((wall + minute, monotonic + minute)), Some(minute));
        assert_eq!(current.idle((wall + minute, monotonic)), Some(minute));
        assert_eq!(current.idle((wall - minute, monotonic + second)), Some(Duration::ZERO));
    }

    #[test]
    fn short_freezes_that_no_timer_noticed_add_up() {
        let (wall, monotonic) = (SystemTime::now(), Instant::now());
        let minute = Duration::from_secs(60);
        // In use a moment ago, but another of its connections may not have been for all of the minute.
        let current = Current { handle: (), made: (wall, monotonic), used: Some(wall + minute) };
        assert_eq!(current.idle((wall + minute, monotonic)), Some(minute));
        assert_eq!(current.idle((wall + minute, monotonic + minute)), Some(Duration::ZERO));
    }
}
