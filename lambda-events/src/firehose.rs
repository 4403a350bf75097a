//! Amazon Data Firehose: a batch of records to be transformed, synchronously. The answer has each of them, by its id.
//!
//! ```
//! use lambda_events::firehose::{KinesisFirehoseEvent, KinesisFirehoseResponse, KinesisFirehoseResponseRecord};
//!
//! #[derive(serde::Deserialize, serde::Serialize)]
//! struct Click {
//!     page: String,
//! }
//!
//! async fn handle(event: KinesisFirehoseEvent) -> Result<KinesisFirehoseResponse, lambda_events::Error> {
//!     let records = event.records.iter().map(|record| match record.data_json::<Click>() {
//!         Ok(click) => KinesisFirehoseResponseRecord::ok(&record.record_id, format!("{}\n", click.page))
//!             .with_partition_key("page", click.page),
//!         Err(_) => KinesisFirehoseResponseRecord::failed_as_it_was(record),
//!     });
//!     Ok(KinesisFirehoseResponse::new(records.collect()))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html>

use serde::de::DeserializeOwned;

use crate::{
    PayloadError,
    encodings::{Base64Data, Map, MillisecondTimestamp, Text},
};

event! {
    /// A batch of records to be transformed.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseEvent {
        /// Id of this invocation.
        pub invocation_id: String,
        /// ARN of the stream of Firehose. Absent in some samples; the service sends it.
        pub delivery_stream_arn: Option<String>,
        /// ARN of the Kinesis stream that the records are from. Absent unless there is one.
        pub source_kinesis_stream_arn: Option<String>,
        /// ARN of the cluster of Amazon MSK that the records are from. Absent unless there is one.
        #[serde(rename = "sourceMSKArn")]
        pub source_msk_arn: Option<String>,
        /// Region of the stream: `us-east-1`.
        pub region: Text,
        /// The records, up to 6 MB of them.
        required pub records: Vec<KinesisFirehoseEventRecord>,
    }

    /// A record to be transformed.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseEventRecord {
        /// What the answer names it by.
        pub record_id: String,
        /// When Firehose got it, in milliseconds.
        pub approximate_arrival_timestamp: MillisecondTimestamp,
        /// What the producer sent: base64. Empty if the record is from Amazon MSK.
        #[serde(skip_serializing_if = "crate::de::is_default")]
        pub data: Base64Data,
        /// What the producer sent, if the record is from Amazon MSK: base64. Absent of any other.
        pub kafka_record_value: Option<Base64Data>,
        /// Where in a topic the record is from. Absent unless it is from Amazon MSK.
        pub msk_record_metadata: Option<KinesisFirehoseMskRecordMetadata>,
        /// Where in a Kinesis stream the record is from. Absent unless there is one.
        #[serde(rename = "kinesisRecordMetadata")]
        pub kinesis_firehose_record_metadata: Option<KinesisFirehoseRecordMetadata>,
    }

    /// Where in a Kinesis stream a record is from.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseRecordMetadata {
        /// The shard.
        pub shard_id: Text,
        /// What the producer has chosen the shard by.
        pub partition_key: Text,
        /// Place in the shard: a decimal number.
        pub sequence_number: String,
        /// Place among the records that the Kinesis Producer Library put together. Absent, or empty, if it has not.
        pub subsequence_number: Option<i64>,
        /// When the stream got the record, in milliseconds.
        pub approximate_arrival_timestamp: MillisecondTimestamp,
    }

    /// Where in a topic of Amazon MSK a record is from.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseMskRecordMetadata {
        /// Place in the partition: a decimal number.
        pub offset: Text,
        /// The partition of the topic: a decimal number.
        pub partition_id: Text,
        /// When the broker got the record, in milliseconds.
        pub approximate_arrival_timestamp: MillisecondTimestamp,
    }

    /// What became of the records.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseResponse {
        /// One for each record of the event, up to 6 MB of them.
        required pub records: Vec<KinesisFirehoseResponseRecord>,
    }

    /// What became of a record.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseResponseRecord {
        /// The record of the event.
        pub record_id: String,
        /// Whether it goes on.
        pub result: KinesisFirehoseResult,
        /// What goes on in its place: base64.
        pub data: Base64Data,
        /// What goes on in its place, if the record is from Amazon MSK: base64. Absent of any other.
        pub kafka_record_value: Option<Base64Data>,
        /// Where it goes. Absent unless the function chooses that.
        pub metadata: Option<KinesisFirehoseResponseRecordMetadata>,
    }

    /// Where a record goes.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseResponseRecordMetadata {
        /// What a prefix of S3 names as `!{partitionKeyFromLambda:name}`. Absent without dynamic partitioning.
        pub partition_keys: Map<String>,
        /// The table of Apache Iceberg that it goes to. Absent of any other destination.
        pub otf_metadata: Option<KinesisFirehoseResponseRecordOtfMetadata>,
    }

    /// The table of Apache Iceberg that a record goes to.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseResponseRecordOtfMetadata {
        /// The database.
        pub destination_database_name: String,
        /// The table.
        pub destination_table_name: String,
        /// What is done there.
        pub operation: KinesisFirehoseOtfOperation,
    }
}

open_enum! {
    /// Whether a record goes on.
    pub enum KinesisFirehoseResult {
        /// It does.
        Ok = "Ok",
        /// It does not, on purpose.
        Dropped = "Dropped",
        /// It could not be transformed. Firehose writes it where it writes errors.
        ProcessingFailed = "ProcessingFailed",
    }

    /// What is done in a table of Apache Iceberg.
    pub enum KinesisFirehoseOtfOperation {
        /// A row is added.
        Insert = "insert",
        /// A row is changed.
        Update = "update",
        /// A row is removed.
        Delete = "delete",
    }
}

impl KinesisFirehoseEventRecord {
    /// What the producer sent.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64: [`PayloadError::is_base64`]. The error names the record.
    pub fn data(&self) -> Result<&[u8], PayloadError> {
        self.payload().bytes().map_err(|error| error.in_record(&self.record_id))
    }

    /// What the producer sent, in JSON.
    ///
    /// # Errors
    ///
    /// As [`KinesisFirehoseEventRecord::data`], and if it is not the JSON of a `T`: [`PayloadError::is_json`].
    pub fn data_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        self.payload().json().map_err(|error| error.in_record(&self.record_id))
    }

    fn payload(&self) -> &Base64Data {
        self.kafka_record_value.as_ref().unwrap_or(&self.data)
    }
}

impl KinesisFirehoseResponse {
    /// An answer with these records. Each record of the event has to be among them.
    pub fn new(records: Vec<KinesisFirehoseResponseRecord>) -> Self {
        Self { records, ..Self::default() }
    }
}

impl KinesisFirehoseResponseRecord {
    /// `data` goes on in place of the record that `record_id` names.
    pub fn ok(record_id: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        Self {
            record_id: record_id.into(),
            result: KinesisFirehoseResult::Ok,
            data: Base64Data::new(data),
            ..Self::default()
        }
    }

    /// Nothing goes on in place of the record.
    pub fn dropped(record_id: impl Into<String>) -> Self {
        Self { result: KinesisFirehoseResult::Dropped, ..Self::ok(record_id, []) }
    }

    /// The record could not be transformed, and is written with the errors as it was.
    pub fn failed_as_it_was(record: &KinesisFirehoseEventRecord) -> Self {
        Self {
            record_id: record.record_id.clone(),
            result: KinesisFirehoseResult::ProcessingFailed,
            data: record.data.clone(),
            kafka_record_value: record.kafka_record_value.clone(),
            ..Self::default()
        }
    }

    /// Sets a key for dynamic partitioning.
    #[must_use]
    pub fn with_partition_key(mut self, name: &str, value: impl Into<String>) -> Self {
        self.metadata.get_or_insert_default().partition_keys.insert(name, value.into());
        self
    }

    /// Sets the table of Apache Iceberg that the record goes to, and what is done there.
    #[must_use]
    pub fn with_table(
        mut self,
        database: impl Into<String>,
        table: impl Into<String>,
        operation: KinesisFirehoseOtfOperation,
    ) -> Self {
        self.metadata.get_or_insert_default().otf_metadata = Some(KinesisFirehoseResponseRecordOtfMetadata {
            destination_database_name: database.into(),
            destination_table_name: table.into(),
            operation,
            ..KinesisFirehoseResponseRecordOtfMetadata::default()
        });
        self
    }
}
