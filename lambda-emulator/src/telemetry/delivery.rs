//! Batches: cut by number, size and age, sent until they arrive or patience ends.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::destination::Sink;
use super::record::Record;
use super::subscription::{Schema, Subscription, Type};

/// What waits for a listener is bounded: a slow one loses records, not the machine's memory.
const MOST_WAITING: usize = 16 * 1024 * 1024;
/// How often a batch is sent, and how long after the first failure; the service publishes neither.
const TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Records that a listener did not get.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dropped {
    pub(crate) records: usize,
    pub(crate) bytes: usize,
    pub(crate) reason: String,
}

impl Dropped {
    fn add(&mut self, records: &[Bytes], reason: &str) {
        self.records += records.len();
        self.bytes += size(records);
        reason.clone_into(&mut self.reason);
    }
}

#[derive(Debug)]
enum Item {
    Record(Bytes),
    Flush,
}

/// What waits for one listener, and the task that brings it there. Dropped, it delivers what it holds and ends.
#[derive(Debug)]
pub(super) struct Queue {
    items: mpsc::UnboundedSender<Item>,
    waiting: Arc<AtomicUsize>,
    /// What did not even get into the queue.
    overflow: Arc<Mutex<Dropped>>,
}

impl Queue {
    /// Must be called on a tokio runtime. `dropped` hears of every loss.
    pub(super) fn start(subscription: Subscription, dropped: impl Fn(Dropped) + Send + 'static) -> Self {
        let (sender, items) = mpsc::unbounded_channel();
        let queue = Self { items: sender, waiting: Arc::default(), overflow: Arc::default() };
        let delivery = Delivery {
            sink: Sink::new(subscription.destination.clone()),
            subscription,
            items,
            waiting: Arc::clone(&queue.waiting),
            overflow: Arc::clone(&queue.overflow),
            lost: None,
            dropped,
        };
        tokio::spawn(delivery.run());
        queue
    }

    pub(super) fn push(&self, record: Bytes) {
        let size = record.len();
        if self.waiting.fetch_add(size, Ordering::Relaxed) + size > MOST_WAITING {
            self.waiting.fetch_sub(size, Ordering::Relaxed);
            let mut overflow = self.overflow.lock().unwrap_or_else(PoisonError::into_inner);
            overflow.add(&[record], "the listener is too slow");
            return;
        }
        let _ = self.items.send(Item::Record(record));
    }

    /// Sends what waits without waiting for more.
    pub(super) fn flush(&self) {
        let _ = self.items.send(Item::Flush);
    }
}

struct Delivery<F> {
    sink: Sink,
    subscription: Subscription,
    items: mpsc::UnboundedReceiver<Item>,
    waiting: Arc<AtomicUsize>,
    overflow: Arc<Mutex<Dropped>>,
    /// What the listener has not yet been told that it missed.
    lost: Option<Dropped>,
    dropped: F,
}

impl<F: Fn(Dropped)> Delivery<F> {
    async fn run(mut self) {
        while let Some(batch) = self.batch().await {
            let notice = self.lost.as_ref().filter(|_| self.tells_of_losses()).map(notice);
            let whole: Vec<_> = batch.iter().cloned().chain(notice).collect();
            match self.send(&whole).await {
                Ok(()) => self.lost = None,
                Err(reason) => {
                    let mut dropped = Dropped::default();
                    dropped.add(&batch, &format!("could not send events: {reason}"));
                    self.lose(dropped);
                }
            }
            self.waiting.fetch_sub(size(&batch), Ordering::Relaxed);
            let overflow = std::mem::take(&mut *self.overflow.lock().unwrap_or_else(PoisonError::into_inner));
            self.lose(overflow);
        }
    }

    fn tells_of_losses(&self) -> bool {
        self.subscription.types.contains(&Type::Platform)
    }

    /// The next batch; `None` at the end. It is empty when there is only a loss to tell of.
    async fn batch(&mut self) -> Option<Vec<Bytes>> {
        let owes = self.lost.is_some() && self.tells_of_losses();
        let first = loop {
            let next = self.items.recv();
            let item = match owes {
                false => next.await?,
                true => match timeout(self.subscription.timeout, next).await {
                    Ok(item) => item?,
                    Err(_) => return Some(Vec::new()),
                },
            };
            if let Item::Record(record) = item {
                break record;
            }
        };
        let deadline = Instant::now() + self.subscription.timeout;
        let (mut bytes, mut batch) = (first.len(), vec![first]);
        while batch.len() < self.subscription.max_items && bytes < self.subscription.max_bytes {
            match timeout_at(deadline, self.items.recv()).await {
                Ok(Some(Item::Record(record))) => {
                    bytes += record.len();
                    batch.push(record);
                }
                Ok(Some(Item::Flush) | None) | Err(_) => break,
            }
        }
        Some(batch)
    }

    async fn send(&mut self, batch: &[Bytes]) -> Result<(), String> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..TRIES {
            if self.sink.send(batch).await.is_ok() {
                return Ok(());
            }
            sleep(pause).await;
            pause *= 2;
        }
        self.sink.send(batch).await
    }

    fn lose(&mut self, dropped: Dropped) {
        if dropped.records == 0 {
            return;
        }
        let lost = self.lost.get_or_insert_default();
        lost.records += dropped.records;
        lost.bytes += dropped.bytes;
        lost.reason.clone_from(&dropped.reason);
        (self.dropped)(dropped);
    }
}

fn notice(lost: &Dropped) -> Bytes {
    let record = json!({
        "droppedRecords": lost.records,
        "droppedBytes": lost.bytes,
        "reason": lost.reason,
    });
    Record::platform("platform.logsDropped", SystemTime::now(), record).encoded(Schema::V20220701)
}

fn size(records: &[Bytes]) -> usize {
    records.iter().map(Bytes::len).sum()
}
