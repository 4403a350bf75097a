//! A buffer between the telemetry that arrives and the place it is shipped to.
//!
//! Lambda keeps what the extension does not take, and delivers it again; so what the buffer has no room for it refuses, and
//! what it has taken it keeps until it is shipped or its tries are used up. Whatever is lost is counted.

mod worker;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tower_service::Service;

use crate::error::Error;
use crate::event::{LambdaEvent, NextEvent};
use crate::log;
use crate::service::BoxFuture;
use crate::telemetry::{LambdaTelemetry, LambdaTelemetryRecord};

/// After how long a silence no more telemetry is expected at the shutdown. The function's last lines are delivered when it has
/// ended, about when its extensions are told; this is several times what a delivery within the machine takes.
const QUIET: Duration = Duration::from_millis(200);

/// When a batch is cut, and how much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferLimits {
    /// A batch is shipped when this many records wait; 1,000 by default. It is also the most that one batch holds.
    pub batch_records: usize,
    /// A batch is shipped when the records that wait are about this many bytes; 512 KiB by default.
    pub batch_bytes: usize,
    /// A batch is shipped when its oldest record has waited this long; 5 seconds by default.
    pub max_age: Duration,
    /// The buffer holds about this many bytes; 8 MiB by default.
    pub max_bytes: usize,
    /// A delivery waits this long for room before it is refused; half a second by default.
    pub patience: Duration,
    /// A batch is given up after this many tries; 8 by default.
    pub tries: u32,
}

impl Default for BufferLimits {
    fn default() -> Self {
        Self {
            batch_records: 1_000,
            batch_bytes: 512 * 1024,
            max_age: Duration::from_secs(5),
            max_bytes: 8 * 1024 * 1024,
            patience: Duration::from_millis(500),
            tries: 8,
        }
    }
}

/// What has become of the records so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BufferCounts {
    /// Taken from Lambda.
    pub taken: u64,
    /// Shipped.
    pub shipped: u64,
    /// Refused for want of room; Lambda keeps them and delivers them again.
    pub refused: u64,
    /// Given up after the last try.
    pub dropped: u64,
    /// Neither shipped nor given up yet.
    pub waiting: u64,
}

/// A bounded buffer: a telemetry processor in front of a slow sink.
///
/// It ships in batches: when enough records wait, when the oldest has waited for long enough, at the end of each invocation
/// (`platform.runtimeDone`), and at the shutdown. A batch that the sink fails for is tried again, with pauses that double from
/// 100 ms to 5 s. Clones share one buffer.
///
/// # Examples
///
/// ```no_run
/// use std::sync::Arc;
///
/// use lambda_ext::{Buffer, Error, Extension, LambdaTelemetry, SharedService, service_fn};
///
/// async fn ship(batch: Arc<Vec<LambdaTelemetry>>) -> Result<(), Error> {
///     let body = serde_json::to_vec(&*batch)?;
///     // … send it; an error has it tried again.
///     # drop(body);
///     Ok(())
/// }
///
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), Error> {
///     let buffer = Buffer::new(service_fn(ship));
///     Extension::new()
///         .with_events(&["SHUTDOWN"])
///         .with_events_processor(buffer.flush_on_shutdown())
///         .with_telemetry_processor(SharedService::new(buffer))
///         .run()
///         .await
/// }
/// ```
#[derive(Clone)]
pub struct Buffer {
    shared: Arc<Shared>,
    _worker: Arc<Worker>,
}

struct Worker(AbortHandle);

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Shared {
    limits: BufferLimits,
    state: Mutex<State>,
    /// Something came in, or is wanted out.
    work: Notify,
    /// Something came in or went out.
    progress: Notify,
    /// Somebody flushes: a pause between two tries is over.
    hurry: Notify,
}

#[derive(Default)]
struct State {
    /// Records, and when they came in.
    queue: VecDeque<(Instant, LambdaTelemetry)>,
    /// The bytes of the queue and of the batch that is being shipped.
    bytes: usize,
    /// Everything in the queue is wanted out now.
    flush: bool,
    /// How many wait for it, which makes what comes in meanwhile just as urgent.
    hurried: usize,
    counts: BufferCounts,
}

impl Buffer {
    /// A buffer in front of `sink`, with the usual limits.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime, on which its worker runs.
    pub fn new<S>(sink: S) -> Self
    where
        S: Service<Arc<Vec<LambdaTelemetry>>, Response = ()> + Send + 'static,
        S::Error: Into<Error>,
        S::Future: Send,
    {
        Self::with_limits(BufferLimits::default(), sink)
    }

    /// A buffer in front of `sink`, with limits of one's own. A limit of zero counts as one.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime, on which its worker runs.
    pub fn with_limits<S>(limits: BufferLimits, sink: S) -> Self
    where
        S: Service<Arc<Vec<LambdaTelemetry>>, Response = ()> + Send + 'static,
        S::Error: Into<Error>,
        S::Future: Send,
    {
        let shared = Arc::new(Shared {
            limits,
            state: Mutex::default(),
            work: Notify::new(),
            progress: Notify::new(),
            hurry: Notify::new(),
        });
        let worker = tokio::spawn(worker::run(Arc::clone(&shared), sink)).abort_handle();
        Self { shared, _worker: Arc::new(Worker(worker)) }
    }

    /// Ships all there is, within this time, and gives the number of records that are left.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing; shipping goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn at(shutdown: lambda_ext::ShutdownEvent, buffer: lambda_ext::Buffer) {
    /// let left = buffer.flush(shutdown.time_left()).await;
    /// if left > 0 {
    ///     eprintln!("{left} records are lost: {:?}", buffer.counts());
    /// }
    /// # }
    /// ```
    pub async fn flush(&self, within: Duration) -> u64 {
        let _hurry = Hurry::begin(&self.shared);
        let empty = self.shared.until(|state| state.counts.waiting == 0);
        let _ = tokio::time::timeout(within, empty).await;
        self.counts().waiting
    }

    /// What has become of the records so far.
    pub fn counts(&self) -> BufferCounts {
        self.shared.lock().counts
    }

    /// An events processor that lets every event pass but the shutdown. Then it ships what there is, and what still comes in, until
    /// nothing has for 200 ms, within nine tenths of the time left.
    pub fn flush_on_shutdown(&self) -> FlushOnShutdown {
        FlushOnShutdown { buffer: self.clone() }
    }

    /// Flushes until nothing has come in for a while, and gives the number of records that are left.
    async fn drain(&self, within: Duration) -> u64 {
        let _hurry = Hurry::begin(&self.shared);
        let end = Instant::now() + within;
        loop {
            let taken = self.counts().taken;
            let left = self.flush(end.saturating_duration_since(Instant::now())).await;
            let quiet = QUIET.min(end.saturating_duration_since(Instant::now()));
            let more = self.shared.until(|state| state.counts.taken != taken);
            if left > 0 || tokio::time::timeout(quiet, more).await.is_err() {
                return left;
            }
        }
    }

    async fn take(self, batch: Vec<LambdaTelemetry>) -> Result<(), BufferFull> {
        let bytes = batch.iter().map(weight).sum::<usize>();
        let records = batch.len() as u64;
        let limits = self.shared.limits;
        let room = self.shared.until(|state| {
            // A batch that is larger than the buffer is taken when the buffer is empty: it would never fit.
            let fits = state.bytes == 0 || state.bytes + bytes <= limits.max_bytes;
            state.bytes += if fits { bytes } else { 0 };
            fits
        });
        if tokio::time::timeout(limits.patience, room).await.is_err() {
            self.shared.lock().counts.refused += records;
            return Err(BufferFull { records });
        }
        let done = batch
            .iter()
            .any(|telemetry| matches!(telemetry.record, LambdaTelemetryRecord::PlatformRuntimeDone { .. }));
        {
            let mut state = self.shared.lock();
            state.counts.taken += records;
            state.counts.waiting += records;
            // The environment may be frozen as soon as an invocation is over.
            state.flush |= done;
            let now = Instant::now();
            state.queue.extend(batch.into_iter().map(|telemetry| (now, telemetry)));
        }
        self.shared.progress.notify_waiters();
        self.shared.work.notify_one();
        Ok(())
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (limits, counts) = (&self.shared.limits, self.counts());
        f.debug_struct("Buffer").field("limits", limits).field("counts", &counts).finish()
    }
}

impl Service<Vec<LambdaTelemetry>> for Buffer {
    type Response = ();
    type Error = BufferFull;
    type Future = BoxFuture<'static, Result<(), BufferFull>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BufferFull>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, batch: Vec<LambdaTelemetry>) -> Self::Future {
        Box::pin(self.clone().take(batch))
    }
}

/// There was no room for a delivery; Lambda makes it again.
#[derive(Debug)]
#[non_exhaustive]
pub struct BufferFull {
    /// The records that were refused.
    pub records: u64,
}

impl fmt::Display for BufferFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = self.records;
        write!(f, "the buffer has no room for {records} records; its sink is slower than the function logs")
    }
}

impl std::error::Error for BufferFull {}

/// An events processor made by [`Buffer::flush_on_shutdown`].
#[derive(Clone, Debug)]
pub struct FlushOnShutdown {
    buffer: Buffer,
}

impl Service<LambdaEvent> for FlushOnShutdown {
    type Response = ();
    type Error = Error;
    type Future = BoxFuture<'static, Result<(), Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, event: LambdaEvent) -> Self::Future {
        let buffer = self.buffer.clone();
        Box::pin(async move {
            if let NextEvent::Shutdown(shutdown) = event.next {
                // The last tenth is for the process to exit in.
                let left = buffer.drain(shutdown.time_left().mul_f32(0.9)).await;
                if left > 0 {
                    log::warn(format_args!(
                        "{left} records of telemetry could not be shipped before the shutdown"
                    ));
                }
            }
            Ok(())
        })
    }
}

/// While there is one, everything is due at once and no try is long in coming.
struct Hurry<'a> {
    shared: &'a Shared,
}

impl<'a> Hurry<'a> {
    fn begin(shared: &'a Shared) -> Self {
        {
            let mut state = shared.lock();
            state.hurried += 1;
            // It outlasts a flush that is dropped.
            state.flush = !state.queue.is_empty();
        }
        shared.work.notify_one();
        shared.hurry.notify_waiters();
        Self { shared }
    }
}

impl Drop for Hurry<'_> {
    fn drop(&mut self) {
        self.shared.lock().hurried -= 1;
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the state is as wanted.
    async fn until(&self, mut reached: impl FnMut(&mut State) -> bool) {
        loop {
            let progress = self.progress.notified();
            let mut progress = std::pin::pin!(progress);
            // What happens from here on wakes it, so that nothing is missed between the look and the wait.
            progress.as_mut().enable();
            if reached(&mut self.lock()) {
                return;
            }
            progress.await;
        }
    }
}

/// About what a record takes.
fn weight(telemetry: &LambdaTelemetry) -> usize {
    let text = match &telemetry.record {
        LambdaTelemetryRecord::Function(text)
        | LambdaTelemetryRecord::Extension(text)
        | LambdaTelemetryRecord::PlatformFault(text)
        | LambdaTelemetryRecord::Unknown { raw: text } => text.len(),
        // Ids, spans and a trace.
        _ => 256,
    };
    text + size_of::<LambdaTelemetry>()
}

#[cfg(test)]
mod tests;
