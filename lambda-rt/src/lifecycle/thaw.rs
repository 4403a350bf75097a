//! What becomes of time between two invocations.

use std::time::{Duration, Instant, SystemTime};

use super::hooks::{self, Hooks};
use crate::poller::Pause;

/// How long the environment waited for an invocation, by both clocks.
///
/// Lambda may freeze an environment whenever everything in it waits. Sockets may be dead afterwards, tokens expired and caches
/// stale, and the monotonic clock may have stood still: a timeout that is measured with it has not noticed.
///
/// Source: AWS Lambda developer guide, "Lambda execution environment lifecycle".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Thaw {
    /// How long it was by the wall clock, from the last poll to the arrival of the event.
    pub slept: Duration,
    /// How much of that the monotonic clock did not count: the part that timers know nothing of.
    pub unnoticed: Duration,
}

impl Thaw {
    fn between(before: (SystemTime, Instant), after: (SystemTime, Instant)) -> Self {
        let counted = after.1.saturating_duration_since(before.1);
        // A wall clock that was set back says less than the monotonic one knows.
        let slept = after.0.duration_since(before.0).unwrap_or_default().max(counted);
        Self { slept, unnoticed: slept - counted }
    }
}

/// The waits of a poller whose function wants to know of them.
pub(super) struct Waits<'a, T: 'static> {
    pub(super) hooks: Hooks<'a, T, Thaw>,
    pub(super) state: &'static T,
    /// Waits shorter than this are not worth a call.
    pub(super) least: Duration,
    pub(super) since: Option<(SystemTime, Instant)>,
}

impl<T> Pause for Waits<'_, T> {
    fn begins(&mut self) {
        if !self.hooks.is_empty() {
            self.since = Some((SystemTime::now(), Instant::now()));
        }
    }

    async fn ended(&mut self) {
        let Some(since) = self.since.take() else { return };
        let thaw = Thaw::between(since, (SystemTime::now(), Instant::now()));
        if thaw.slept < self.least {
            return;
        }
        for hook in &self.hooks {
            if let Err(failure) = hooks::call(hook, self.state, thaw).await {
                hooks::failed("on_thaw", &failure);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freeze_is_seen_by_the_wall_clock_even_if_the_monotonic_one_stood_still() {
        let (wall, monotonic) = (SystemTime::now(), Instant::now());
        let (hour, second) = (Duration::from_secs(3600), Duration::from_secs(1));
        let still = Thaw::between((wall, monotonic), (wall + hour, monotonic));
        assert_eq!((still.slept, still.unnoticed), (hour, hour));
        let counted = Thaw::between((wall, monotonic), (wall + hour, monotonic + hour));
        assert_eq!((counted.slept, counted.unnoticed), (hour, Duration::ZERO));
        let set_back = Thaw::between((wall, monotonic), (wall - hour, monotonic + second));
        assert_eq!((set_back.slept, set_back.unnoticed), (second, Duration::ZERO));
    }
}
