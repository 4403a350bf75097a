//! Apache Kafka, of Amazon MSK or of your own: batches of records, polled in the order of their partitions.
//!
//! An error makes Lambda send the batch again; with `ReportBatchItemFailures` in the event source mapping, each partition
//! goes on at its first record that failed. [`KafkaEvent::try_each`] finds them.
//!
//! ```
//! use lambda_events::{Error, kafka::{KafkaEvent, KafkaEventResponse}};
//!
//! #[derive(serde::Deserialize)]
//! struct Click {
//!     page: String,
//! }
//!
//! async fn handle(event: KafkaEvent) -> Result<KafkaEventResponse, Error> {
//!     event
//!         .try_each(async |record| {
//!             let click: Click = record.value_json()?;
//!             println!("{}", click.page);
//!             Ok::<_, Error>(())
//!         })
//!         .await
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html>,
//! <https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html>

mod batch;
mod header;

pub use self::{
    batch::{KafkaBatchItemFailure, KafkaEventResponse, KafkaItemIdentifier},
    header::KafkaHeaderValue,
};

use serde::de::DeserializeOwned;

use crate::{
    PayloadError,
    encodings::{Base64Data, Map, MillisecondTimestamp, Text},
};

event! {
    /// A batch of records, of one or more partitions.
    #[serde(rename_all = "camelCase")]
    pub struct KafkaEvent {
        /// `aws:kafka`, or `SelfManagedKafka`.
        pub event_source: Text,
        /// ARN of the cluster. Absent of one of your own.
        pub event_source_arn: Option<String>,
        /// Addresses of the brokers, with ports, separated by commas.
        pub bootstrap_servers: String,
        /// The records of each partition, in their order, by the topic, a minus and the partition: `clicks-0`.
        required pub records: Map<Vec<KafkaRecord>>,
    }

    /// A record of a batch.
    #[serde(rename_all = "camelCase")]
    pub struct KafkaRecord {
        /// The topic.
        pub topic: Text,
        /// The partition of the topic.
        pub partition: i64,
        /// Place in the partition.
        pub offset: i64,
        /// When the record was made or written, in milliseconds. Absent if the broker does not know.
        pub timestamp: Option<MillisecondTimestamp>,
        /// Which of both: `CREATE_TIME` or `LOG_APPEND_TIME`; `NO_TIMESTAMP_TYPE` for neither.
        pub timestamp_type: Text,
        /// What the producer has chosen the partition by: base64. Absent of a record without one.
        pub key: Option<Base64Data>,
        /// What the producer sent: base64. Absent of a tombstone, which says that the key is gone.
        pub value: Option<Base64Data>,
        /// What the producer said about the record: each a map of one name. Empty if that is nothing.
        pub headers: Vec<Map<KafkaHeaderValue>>,
        /// Schema of the key. Absent without a schema registry.
        pub key_schema_metadata: Option<KafkaSchemaMetadata>,
        /// Schema of the value. Absent without a schema registry.
        pub value_schema_metadata: Option<KafkaSchemaMetadata>,
    }

    /// The schema that a key or a value has in a schema registry. Lambda has checked it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct KafkaSchemaMetadata {
        /// What the producer wrote: `AVRO`, `JSON` or `PROTOBUF`. Lambda may have made JSON of it.
        pub data_format: Text,
        /// Id of the schema: a UUID in AWS Glue, a number in Confluent's registry.
        pub schema_id: String,
    }
}

impl KafkaRecord {
    /// The key. `None` of a record without one.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64: [`PayloadError::is_base64`]. The error names topic, partition and offset.
    pub fn key(&self) -> Result<Option<&[u8]>, PayloadError> {
        self.key.as_ref().map(Base64Data::bytes).transpose().map_err(|error| self.named(error))
    }

    /// What the producer sent. `None` of a tombstone.
    ///
    /// # Errors
    ///
    /// As [`KafkaRecord::key`].
    pub fn value(&self) -> Result<Option<&[u8]>, PayloadError> {
        self.value.as_ref().map(Base64Data::bytes).transpose().map_err(|error| self.named(error))
    }

    /// What the producer sent, in JSON.
    ///
    /// # Errors
    ///
    /// As [`KafkaRecord::value`]; if it is not the JSON of a `T`: [`PayloadError::is_json`]; of a tombstone:
    /// [`PayloadError::is_absent`].
    pub fn value_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        let value = self.value.as_ref().ok_or_else(PayloadError::absent);
        value.and_then(Base64Data::json).map_err(|error| self.named(error))
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find_map(|header| header.get(name)).map(KafkaHeaderValue::bytes)
    }

    fn named(&self, error: PayloadError) -> PayloadError {
        error.in_record(&self.place())
    }

    /// Topic, partition and offset, for people.
    fn place(&self) -> String {
        format!("{}-{}@{}", self.topic, self.partition, self.offset)
    }
}
