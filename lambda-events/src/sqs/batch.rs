use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    fmt,
};

use super::{SqsBatchResponse, SqsEvent, SqsEventObj, SqsMessage, SqsMessageObj};
use crate::{
    Error, RecordFailure,
    batch::{Reason, at_most, attempt, failed_of},
};

/// What both kinds of messages tell about their place in the queue.
trait Message {
    fn id(&self) -> &str;
    /// The group, if messages of it have to wait for each other.
    fn group(&self) -> Option<&str>;
}

impl Message for SqsMessage {
    fn id(&self) -> &str {
        &self.message_id
    }

    fn group(&self) -> Option<&str> {
        // Queues that are not FIFO have groups too, for fairness, but no order.
        self.attributes.message_group_id.as_deref().filter(|_| self.is_fifo())
    }
}

impl<T> Message for SqsMessageObj<T> {
    fn id(&self) -> &str {
        &self.message_id
    }

    fn group(&self) -> Option<&str> {
        self.attributes.message_group_id.as_deref().filter(|_| self.is_fifo())
    }
}

impl SqsEvent {
    /// Handles one message after the other, and answers with those that failed.
    ///
    /// An error or a panic fails its message alone. In a FIFO queue, the messages of the same group that come after it are
    /// not tried and are reported as well, so that their order holds.
    ///
    /// What failed and why is an error event with the feature `tracing`; without it, say so in `handle`.
    ///
    /// # Errors
    ///
    /// Fails if every message did, with a [`BatchError`](crate::BatchError): then Lambda counts an error, and puts all messages
    /// back even without `ReportBatchItemFailures`.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it has handled some messages, and nothing tells which.
    pub async fn try_each<E: fmt::Display>(
        &self,
        handle: impl AsyncFnMut(&SqsMessage) -> Result<(), E>,
    ) -> Result<SqsBatchResponse, Error> {
        one_by_one(&self.records, handle).await
    }

    /// Handles up to `limit` messages at the same time, and answers with those that failed. A limit of 0 is one of 1.
    ///
    /// Otherwise as [`SqsEvent::try_each`]. Of each group of a FIFO queue, only one message is handled at a time.
    ///
    /// # Errors
    ///
    /// As [`SqsEvent::try_each`].
    ///
    /// # Cancel safety
    ///
    /// As [`SqsEvent::try_each`].
    pub async fn try_each_concurrent<E: fmt::Display>(
        &self,
        limit: usize,
        handle: impl AsyncFn(&SqsMessage) -> Result<(), E>,
    ) -> Result<SqsBatchResponse, Error> {
        concurrently(&self.records, limit, handle).await
    }
}

impl<T> SqsEventObj<T> {
    /// As [`SqsEvent::try_each`]. A body that does not decode fails where it is asked for:
    /// [`SqsMessageObj::payload`].
    ///
    /// # Errors
    ///
    /// As [`SqsEvent::try_each`].
    ///
    /// # Cancel safety
    ///
    /// As [`SqsEvent::try_each`].
    pub async fn try_each<E: fmt::Display>(
        &self,
        handle: impl AsyncFnMut(&SqsMessageObj<T>) -> Result<(), E>,
    ) -> Result<SqsBatchResponse, Error> {
        one_by_one(&self.records, handle).await
    }

    /// As [`SqsEvent::try_each_concurrent`].
    ///
    /// # Errors
    ///
    /// As [`SqsEvent::try_each`].
    ///
    /// # Cancel safety
    ///
    /// As [`SqsEvent::try_each`].
    pub async fn try_each_concurrent<E: fmt::Display>(
        &self,
        limit: usize,
        handle: impl AsyncFn(&SqsMessageObj<T>) -> Result<(), E>,
    ) -> Result<SqsBatchResponse, Error> {
        concurrently(&self.records, limit, handle).await
    }
}

async fn one_by_one<M: Message, E: fmt::Display>(
    messages: &[M],
    mut handle: impl AsyncFnMut(&M) -> Result<(), E>,
) -> Result<SqsBatchResponse, Error> {
    let mut failures = Vec::new();
    let mut failed_groups = HashSet::new();
    for message in messages {
        let group = message.group();
        let result = if group.is_some_and(|group| failed_groups.contains(group)) {
            Err(Reason::Skipped)
        } else {
            attempt(|| handle(message)).await
        };
        if let Err(reason) = result {
            failures.push(RecordFailure::new(message.id(), reason));
            failed_groups.extend(group);
        }
    }
    failed_of(messages.len(), failures)
}

async fn concurrently<M: Message, E: fmt::Display>(
    messages: &[M],
    limit: usize,
    handle: impl AsyncFn(&M) -> Result<(), E>,
) -> Result<SqsBatchResponse, Error> {
    let failures = RefCell::new(Vec::new());
    let lanes = lanes(messages).into_iter().map(async |lane| {
        let mut failed = false;
        for at in lane {
            let message: &M = &messages[at];
            let result = if failed { Err(Reason::Skipped) } else { attempt(|| handle(message)).await };
            if let Err(reason) = result {
                failed = true;
                failures.borrow_mut().push((at, RecordFailure::new(message.id(), reason)));
            }
        }
    });
    at_most(limit, lanes).await;

    let mut failures = failures.into_inner();
    failures.sort_unstable_by_key(|(at, _)| *at);
    failed_of(messages.len(), failures.into_iter().map(|(_, failure)| failure).collect())
}

/// Which messages have to wait for each other, by their places: those of a group, and no others.
fn lanes<M: Message>(messages: &[M]) -> Vec<Vec<usize>> {
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    let mut of_group = HashMap::new();
    for (at, message) in messages.iter().enumerate() {
        match message.group() {
            None => lanes.push(vec![at]),
            Some(group) => {
                let lane = *of_group.entry(group).or_insert_with(|| {
                    lanes.push(Vec::new());
                    lanes.len() - 1
                });
                lanes[lane].push(at);
            }
        }
    }
    lanes
}
