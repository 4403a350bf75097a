//! Streamed answers for callers that want them as they come.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::bandwidth::Bandwidth;

/// A piece of a streamed answer.
#[derive(Debug)]
pub(crate) enum Chunk {
    /// The answer has begun.
    Begin {
        content_type: Option<String>,
    },
    Data(Bytes),
}

/// Who waits for the stream of which invocation.
#[derive(Debug)]
pub(crate) struct Taps {
    open: Mutex<HashMap<String, mpsc::Sender<Chunk>>>,
    /// Streams pass at the speed of the service.
    limited: bool,
}

impl Taps {
    pub(super) fn new(limited: bool) -> Self {
        Self { open: Mutex::default(), limited }
    }

    /// What the answer of `request_id` brings, if it is streamed. At most one chunk waits, so that a caller who does not read
    /// holds the function back.
    pub(crate) fn open(&self, request_id: &str) -> mpsc::Receiver<Chunk> {
        let (sender, chunks) = mpsc::channel(1);
        self.lock().insert(request_id.to_owned(), sender);
        chunks
    }

    /// Where the stream of `request_id` goes; it is given once.
    pub(crate) fn take(&self, request_id: &str) -> Option<Tap> {
        let chunks = self.lock().remove(request_id)?;
        Some(Tap { chunks, bandwidth: self.limited.then(Bandwidth::new) })
    }

    /// Nobody waits any more.
    pub(crate) fn close(&self, request_id: &str) {
        self.lock().remove(request_id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, mpsc::Sender<Chunk>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a stream goes. A caller that has gone does not stop the function: what comes after that is thrown away.
#[derive(Debug)]
pub(crate) struct Tap {
    chunks: mpsc::Sender<Chunk>,
    bandwidth: Option<Bandwidth>,
}

impl Tap {
    pub(crate) async fn begin(&self, content_type: Option<String>) {
        let _ = self.chunks.send(Chunk::Begin { content_type }).await;
    }

    /// Passes `data` on, as fast as the caller reads and the bandwidth lets it.
    pub(crate) async fn pass(&mut self, mut data: Bytes) {
        while !data.is_empty() && !self.chunks.is_closed() {
            let room = match &mut self.bandwidth {
                None => data.len(),
                Some(bandwidth) => bandwidth.take(data.len()).await,
            };
            let _ = self.chunks.send(Chunk::Data(data.split_to(room))).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Duration, Instant};

    use super::*;

    const MIB: usize = 1024 * 1024;

    /// When how many bytes had passed, of a stream of `size` in chunks of 100,000.
    async fn passed(limited: bool, size: usize) -> Vec<(Duration, usize)> {
        let taps = Taps::new(limited);
        let mut chunks = taps.open("1");
        let mut tap = taps.take("1").unwrap();
        let send = async move {
            let mut left = size;
            while left > 0 {
                let chunk = left.min(100_000);
                tap.pass(vec![0; chunk].into()).await;
                left -= chunk;
            }
        };
        let (started, mut sum, mut passed) = (Instant::now(), 0, Vec::new());
        let receive = async {
            while let Some(Chunk::Data(data)) = chunks.recv().await {
                sum += data.len();
                passed.push((started.elapsed(), sum));
            }
        };
        tokio::join!(send, receive);
        passed
    }

    #[tokio::test(start_paused = true)]
    async fn case_52_the_first_6_mb_of_a_stream_pass_freely_and_the_rest_at_2_mb_a_second() {
        let passed = passed(true, 20 * MIB).await;
        for (when, bytes) in &passed {
            let allowed = 6.0 * MIB as f64 + when.as_secs_f64() * 2.0 * MIB as f64;
            assert!(*bytes as f64 <= allowed, "{bytes} bytes after {when:?}");
        }
        let free = passed.iter().take_while(|(when, _)| when.is_zero()).last();
        assert_eq!(free.map(|(_, bytes)| *bytes), Some(6 * MIB));
        let (end, bytes) = passed.last().copied().unwrap();
        // Timers are of whole milliseconds.
        assert_eq!((end.as_millis().abs_diff(7_000) <= 1, bytes), (true, 20 * MIB), "{end:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_limit_nothing_waits() {
        assert_eq!(passed(false, 20 * MIB).await.last(), Some(&(Duration::ZERO, 20 * MIB)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_caller_that_has_gone_holds_nothing_back() {
        let taps = Taps::new(true);
        drop(taps.open("1"));
        let mut tap = taps.take("1").unwrap();
        let started = Instant::now();
        tap.pass(vec![0; 20 * MIB].into()).await;
        assert_eq!(started.elapsed(), Duration::ZERO);
    }
}
