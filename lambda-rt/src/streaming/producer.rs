//! A body as the loop sees it: chunks or failures, whatever happens inside.

use std::future::poll_fn;
use std::task::Poll;

use bytes::Bytes;
use tokio::time::{Instant, timeout_at};

use super::Body;
use super::prelude::DELIMITER;
use crate::error::Error;
use crate::failure::Failure;
use crate::layers::Limit;
use crate::panic;
use crate::reply::Streamed;

/// What a body gives when it is asked.
type Next = Option<Result<Bytes, Failure>>;

/// A streamed answer on its way out: its panics are failures, and so is its deadline.
#[derive(Debug)]
pub(crate) struct Producer {
    prelude: Bytes,
    /// What ends the prelude, from when that is sent until it follows.
    delimiter: Bytes,
    body: Body,
    limit: Option<Limit>,
    /// What the body gave before it was sent for.
    early: Option<Next>,
}

impl Producer {
    pub(crate) fn new(Streamed { prelude, body, .. }: Streamed, limit: Option<Limit>) -> Self {
        Self { prelude, delimiter: Bytes::new(), body, limit, early: None }
    }

    /// The first chunk: the prelude without its delimiter, or without one what the body gives first; empty for an empty body.
    ///
    /// # Errors
    ///
    /// The failure of a body that fails at once: nothing has been sent, so that it can be told as any other.
    pub(crate) async fn begin(&mut self) -> Result<Bytes, Failure> {
        if self.prelude.is_empty() {
            return self.next().await.transpose().map(Option::unwrap_or_default);
        }
        // The body is asked but not waited for: a caller may want the headers long before the first byte.
        let early = panic::contained(poll_fn(|cx| Poll::Ready(self.body.poll_chunk(cx)))).await;
        if let Poll::Ready(next) = early? {
            match settled(Ok(next)) {
                Some(Err(failure)) => return Err(failure),
                next => self.early = Some(next),
            }
        }
        // Where a chunk ends means nothing to the service; `cargo lambda watch` takes the first for the JSON and the second for its end.
        let mut prelude = std::mem::take(&mut self.prelude);
        self.delimiter = prelude.split_off(prelude.len().saturating_sub(DELIMITER.len()));
        Ok(prelude)
    }

    /// The next chunk, or a failure, after which there is nothing more.
    ///
    /// # Cancel safety
    ///
    /// No chunk is lost.
    pub(crate) async fn next(&mut self) -> Next {
        if !self.delimiter.is_empty() {
            return Some(Ok(std::mem::take(&mut self.delimiter)));
        }
        if let Some(next) = self.early.take() {
            return next;
        }
        let next = panic::contained(poll_fn(|cx| self.body.poll_chunk(cx)));
        match self.limit {
            None => settled(next.await),
            Some(limit) => match timeout_at(limit.end(), next).await {
                Ok(next) => settled(next),
                Err(_) => Some(Err(limit.exceeded())),
            },
        }
    }

    /// When there is no more time to send anything.
    pub(crate) fn end(&self) -> Option<Instant> {
        self.limit.map(|limit| limit.end())
    }

    /// Drops the body, whose producer learns that nobody waits for more; it may panic as it is dropped.
    pub(crate) async fn stop(&mut self) {
        let body = std::mem::take(&mut self.body);
        let _ = panic::contained(async move { drop(body) }).await;
    }
}

fn settled(next: Result<Option<Result<Bytes, Error>>, Failure>) -> Next {
    match next {
        Ok(chunk) => chunk.map(|chunk| chunk.map_err(Failure::from)),
        Err(panicked) => Some(Err(panicked)),
    }
}
