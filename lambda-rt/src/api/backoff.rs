//! Bounded back-off: 100 ms doubling to 1.6 s, with jitter, given up after about ten seconds.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use tokio::time::Instant;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_millis(1600);
const PATIENCE: Duration = Duration::from_secs(10);

/// The pauses between tries of one request, counted from its first failure.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    tries: u32,
    since: Option<Instant>,
}

impl Backoff {
    /// Notes a failure. `Some` is how long to wait before the next try, `None` that it is time to give up.
    pub(crate) fn failed(&mut self) -> Option<Duration> {
        let since = *self.since.get_or_insert_with(Instant::now);
        if since.elapsed() >= PATIENCE {
            return None;
        }
        let pause = FIRST.saturating_mul(1 << self.tries.min(4)).min(LONGEST);
        self.tries += 1;
        Some(jittered(pause))
    }

    /// The tries that failed so far.
    pub(crate) fn tries(&self) -> u32 {
        self.tries
    }
}

/// Between three quarters and the whole of `pause`, so that pollers that failed together do not come back together.
fn jittered(pause: Duration) -> Duration {
    // `RandomState` is seeded by the operating system; that is all the randomness a pause needs.
    let random = RandomState::new().build_hasher().finish();
    let quarter = pause / 4;
    pause - quarter + quarter.mul_f64((random & 0xffff) as f64 / 65536.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pauses_double_from_100_ms_and_end_after_about_ten_seconds() {
        let started = Instant::now();
        let mut backoff = Backoff::default();
        let mut pauses = Vec::new();
        while let Some(pause) = backoff.failed() {
            pauses.push(pause);
            tokio::time::sleep(pause).await;
        }
        for (pause, whole) in pauses.iter().zip([100, 200, 400, 800, 1600, 1600]) {
            let whole = Duration::from_millis(whole);
            assert!(*pause <= whole && *pause >= whole * 3 / 4, "{pause:?} of {whole:?}");
        }
        let total = started.elapsed();
        assert!(total >= PATIENCE && total < PATIENCE + 2 * LONGEST, "{total:?}");
    }
}
