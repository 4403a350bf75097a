//! The task that ships.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tower_service::Service;

use super::{Shared, State, weight};
use crate::error::Error;
use crate::log;
use crate::service::process;
use crate::telemetry::LambdaTelemetry;

type Batch = Arc<Vec<LambdaTelemetry>>;

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Ships batch after batch, for as long as there is a buffer.
pub(super) async fn run<S>(shared: Arc<Shared>, mut sink: S)
where
    S: Service<Batch, Response = ()>,
    S::Error: Into<Error>,
{
    loop {
        let batch = due(&shared).await;
        let (records, bytes) = (batch.len() as u64, batch.iter().map(weight).sum::<usize>());
        let shipped = ship(&shared, &mut sink, Arc::new(batch)).await;
        {
            let mut state = shared.lock();
            state.bytes -= bytes;
            state.counts.waiting -= records;
            let count = if shipped { &mut state.counts.shipped } else { &mut state.counts.dropped };
            *count += records;
        }
        shared.progress.notify_waiters();
    }
}

/// Waits until a batch is due, and takes it. Its bytes count until it is shipped.
async fn due(shared: &Shared) -> Vec<LambdaTelemetry> {
    loop {
        let wait = {
            let mut state = shared.lock();
            match time_until_due(shared, &state) {
                Some(Duration::ZERO) => return cut(shared, &mut state),
                wait => wait,
            }
        };
        match wait {
            Some(wait) => drop(tokio::time::timeout(wait, shared.work.notified()).await),
            None => shared.work.notified().await,
        }
    }
}

fn time_until_due(shared: &Shared, state: &State) -> Option<Duration> {
    let limits = &shared.limits;
    let (oldest, _) = state.queue.front()?;
    let enough = state.queue.len() >= limits.batch_records.max(1) || state.bytes >= limits.batch_bytes;
    match enough || state.flush || state.hurried > 0 {
        true => Some(Duration::ZERO),
        false => Some(limits.max_age.saturating_sub(oldest.elapsed())),
    }
}

fn cut(shared: &Shared, state: &mut State) -> Vec<LambdaTelemetry> {
    let limits = &shared.limits;
    let mut bytes = 0;
    let fits = |(_, telemetry): &&(Instant, LambdaTelemetry)| {
        bytes += weight(telemetry);
        bytes <= limits.batch_bytes
    };
    let records = state.queue.iter().take(limits.batch_records.max(1)).take_while(fits).count();
    // One record that is larger than a batch is a batch.
    let batch = state.queue.drain(..records.max(1)).map(|(_, telemetry)| telemetry).collect();
    state.flush &= !state.queue.is_empty();
    batch
}

/// Whether the sink took the batch, after as many tries as there are.
async fn ship<S>(shared: &Shared, sink: &mut S, batch: Batch) -> bool
where
    S: Service<Batch, Response = ()>,
    S::Error: Into<Error>,
{
    let mut pause = FIRST_PAUSE;
    for left in (0..shared.limits.tries.max(1)).rev() {
        let Err(error) = process(sink, Arc::clone(&batch)).await else { return true };
        let records = batch.len();
        if left == 0 {
            log::warn(format_args!("{records} records of telemetry are dropped after the last try: {error}"));
            break;
        }
        log::warn(format_args!(
            "{records} records of telemetry could not be shipped and are tried again: {error}"
        ));
        pause = shared.rest(pause).await;
    }
    false
}

impl Shared {
    /// Pauses between two tries, no longer than a flush that is under way allows, and gives the pause after it.
    async fn rest(&self, pause: Duration) -> Duration {
        // Who flushes wakes the pause; asked for before the look, so that nothing is missed in between.
        let hurried = self.hurry.notified();
        let mut hurried = std::pin::pin!(hurried);
        hurried.as_mut().enable();
        let pause = if self.lock().hurried > 0 { FIRST_PAUSE } else { pause };
        match tokio::time::timeout(pause, hurried).await {
            Ok(()) => FIRST_PAUSE,
            Err(_) => (pause * 2).min(LONGEST_PAUSE),
        }
    }
}
