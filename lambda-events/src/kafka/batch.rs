use std::{cell::RefCell, fmt};

use super::{KafkaEvent, KafkaRecord};
use crate::{
    BatchError, Error, RecordFailure,
    batch::{at_most, attempt},
};

event! {
    /// Where each partition goes on. Those that are not in it were handled.
    ///
    /// Lambda reads it only with `ReportBatchItemFailures` among the function response types of the event source mapping.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct KafkaEventResponse {
        /// The records that failed, the first of each partition. Empty if none did.
        pub batch_item_failures: Vec<KafkaBatchItemFailure>,
    }

    /// A record that has to be tried again, and with it everything after it in its partition.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct KafkaBatchItemFailure {
        /// The record.
        pub item_identifier: KafkaItemIdentifier,
    }

    /// A record of a batch, as the service knows it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct KafkaItemIdentifier {
        /// The topic, a minus and the partition, as in [`KafkaEvent::records`]: `clicks-0`.
        pub partition: String,
        /// Place in the partition.
        pub offset: i64,
    }
}

impl KafkaEventResponse {
    /// An answer by which every record was handled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record that failed, by the key of [`KafkaEvent::records`] and its offset.
    pub fn add_failure(&mut self, partition: impl Into<String>, offset: i64) {
        self.batch_item_failures.push(KafkaBatchItemFailure {
            item_identifier: KafkaItemIdentifier {
                partition: partition.into(),
                offset,
                ..Default::default()
            },
            ..Default::default()
        });
    }
}

impl KafkaEvent {
    /// Handles the records of each partition in their order, one after the other, and answers with the first of each that
    /// failed.
    ///
    /// A panic counts as a failure. Records after it in its partition are not tried: they come again, and their order holds. The
    /// other partitions go on.
    ///
    /// What failed and why is an error event with the feature `tracing`; without it, say so in `handle`.
    ///
    /// # Errors
    ///
    /// Fails if the first record of every partition did, with a [`BatchError`]: nothing was handled. Lambda then counts an
    /// error, and sends the batch again even without `ReportBatchItemFailures`.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it has handled some records, and nothing tells which.
    pub async fn try_each<E: fmt::Display>(
        &self,
        mut handle: impl AsyncFnMut(&KafkaRecord) -> Result<(), E>,
    ) -> Result<KafkaEventResponse, Error> {
        let mut failures = Vec::new();
        for (partition, records) in &self.records {
            for (at, record) in records.iter().enumerate() {
                if let Err(reason) = attempt(|| handle(record)).await {
                    failures.push(Failure {
                        partition,
                        at,
                        offset: record.offset,
                        of: RecordFailure::new(&record.place(), reason),
                    });
                    break;
                }
            }
        }
        self.answer(failures)
    }

    /// Handles up to `limit` partitions at the same time. A limit of 0 is one of 1. Otherwise as [`KafkaEvent::try_each`].
    ///
    /// # Errors
    ///
    /// As [`KafkaEvent::try_each`].
    ///
    /// # Cancel safety
    ///
    /// As [`KafkaEvent::try_each`].
    pub async fn try_each_concurrent<E: fmt::Display>(
        &self,
        limit: usize,
        handle: impl AsyncFn(&KafkaRecord) -> Result<(), E>,
    ) -> Result<KafkaEventResponse, Error> {
        let failures = RefCell::new(Vec::new());
        let partitions = self.records.iter().map(async |(partition, records)| {
            for (at, record) in records.iter().enumerate() {
                if let Err(reason) = attempt(|| handle(record)).await {
                    let of = RecordFailure::new(&record.place(), reason);
                    failures.borrow_mut().push(Failure { partition, at, offset: record.offset, of });
                    break;
                }
            }
        });
        at_most(limit, partitions).await;
        self.answer(failures.into_inner())
    }

    fn answer(&self, failures: Vec<Failure<'_>>) -> Result<KafkaEventResponse, Error> {
        let partitions = self.records.values().filter(|records| !records.is_empty()).count();
        if partitions > 0 && failures.len() == partitions && failures.iter().all(|failure| failure.at == 0) {
            return Err(BatchError::new(failures.into_iter().map(|failure| failure.of).collect()).into());
        }
        let mut response = KafkaEventResponse::new();
        for failure in failures {
            response.add_failure(failure.partition, failure.offset);
        }
        Ok(response)
    }
}

/// The first failure of a partition.
struct Failure<'a> {
    partition: &'a str,
    /// Place among the records of the partition in this batch.
    at: usize,
    offset: i64,
    of: RecordFailure,
}
