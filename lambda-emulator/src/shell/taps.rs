//! Streamed answers for callers that want them as they come.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc;

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
#[derive(Debug, Default)]
pub(crate) struct Taps {
    open: Mutex<HashMap<String, mpsc::Sender<Chunk>>>,
}

impl Taps {
    /// What the answer of `request_id` brings, if it is streamed. At most one chunk waits, so that a caller who does not read
    /// holds the function back.
    pub(crate) fn open(&self, request_id: &str) -> mpsc::Receiver<Chunk> {
        let (sender, chunks) = mpsc::channel(1);
        self.lock().insert(request_id.to_owned(), sender);
        chunks
    }

    /// Where the stream of `request_id` goes; it is given once.
    pub(crate) fn take(&self, request_id: &str) -> Option<mpsc::Sender<Chunk>> {
        self.lock().remove(request_id)
    }

    /// Nobody waits any more.
    pub(crate) fn close(&self, request_id: &str) {
        self.lock().remove(request_id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, mpsc::Sender<Chunk>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
