//! How fast the service lets a stream pass.

use tokio::time::{Duration, Instant, sleep_until};

/// What passes at once.
const BURST: usize = 6 * 1024 * 1024;
/// What passes in each [`TICK`] after that: 2 MiB a second.
const PER_TICK: usize = 2 * 1024 * 1024 / 8;
const TICK: Duration = Duration::from_millis(125);

/// The bandwidth of one stream, as a bucket that is filled tick by tick.
///
/// Source: AWS Lambda developer guide, "Response streaming": the first 6 MB have uncapped bandwidth, the rest 2 MBps; the tick is
/// that of the Runtime Interface Emulator.
#[derive(Debug)]
pub(crate) struct Bandwidth {
    left: usize,
    filled: Instant,
}

impl Bandwidth {
    pub(crate) fn new() -> Self {
        Self { left: BURST, filled: Instant::now() }
    }

    /// Waits until some of `wanted` bytes may pass, and says how many.
    pub(crate) async fn take(&mut self, wanted: usize) -> usize {
        loop {
            self.fill();
            if self.left > 0 {
                let taken = wanted.min(self.left);
                self.left -= taken;
                return taken;
            }
            sleep_until(self.filled + TICK).await;
        }
    }

    fn fill(&mut self) {
        let ticks = self.filled.elapsed().as_millis() / TICK.as_millis();
        let ticks = u32::try_from(ticks).unwrap_or(u32::MAX);
        self.filled += TICK * ticks;
        let more = PER_TICK.saturating_mul(usize::try_from(ticks).unwrap_or(usize::MAX));
        self.left = self.left.saturating_add(more).min(BURST);
    }
}
