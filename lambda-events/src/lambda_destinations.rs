//! AWS Lambda destinations: records of what became of an invocation. They come by way of the destination: another function,
//! or inside an event of Amazon SQS, SNS, EventBridge or S3.
//!
//! [`InvocationRecord`] is of asynchronous invocations, [`BatchRecord`] of batches of a stream or of Apache Kafka that were
//! given up.
//!
//! ```
//! use lambda_events::{Error, lambda_destinations::InvocationRecord};
//!
//! async fn handle(record: InvocationRecord) -> Result<(), Error> {
//!     if let Some(error) = record.error() {
//!         println!("{} failed: {}", record.request_context.function_arn, error.error_message);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>,
//! <https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html>

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::encodings::{Rfc3339Timestamp, Text};

event! {
    /// What became of an asynchronous invocation.
    #[derive(Eq)]
    #[serde(
        rename_all = "camelCase",
        bound(deserialize = "Q: DeserializeOwned, A: DeserializeOwned")
    )]
    pub struct InvocationRecord<Q = Value, A = Value> {
        /// Version of the record: `1.0`.
        pub version: Text,
        /// When the record was made.
        pub timestamp: Rfc3339Timestamp,
        /// The invocation.
        required pub request_context: InvocationRequestContext,
        /// The event that the function was invoked with.
        custom pub request_payload: Q,
        /// How the function answered. Absent if it was never run: it was throttled, or the event became too old.
        pub response_context: Option<InvocationResponseContext>,
        /// What the function answered, or its error. Absent, or `null`, if it did not.
        pub response_payload: Option<A>,
    }

    /// A batch of a stream, or of Apache Kafka, that was given up.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BatchRecord {
        /// Version of the record: `1.0`.
        pub version: Text,
        /// When the record was made.
        pub timestamp: Rfc3339Timestamp,
        /// The invocation.
        required pub request_context: InvocationRequestContext,
        /// How the function answered. Absent if it was never run: the records became too old.
        pub response_context: Option<InvocationResponseContext>,
        /// Which records of Amazon Kinesis Data Streams.
        #[serde(rename = "KinesisBatchInfo")]
        pub kinesis_batch_info: Option<StreamBatchInfo>,
        /// Which records of Amazon DynamoDB Streams.
        #[serde(rename = "DDBStreamBatchInfo")]
        pub ddb_stream_batch_info: Option<StreamBatchInfo>,
        /// Which records of Apache Kafka.
        #[serde(rename = "KafkaBatchInfo")]
        pub kafka_batch_info: Option<KafkaBatchInfo>,
        /// The event that the function was invoked with, as JSON in a string. Only in Amazon S3: elsewhere, read the records
        /// again.
        pub payload: Option<String>,
    }

    /// An invocation.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct InvocationRequestContext {
        /// Id of the request.
        pub request_id: String,
        /// ARN of the function, maybe with a version or alias.
        pub function_arn: String,
        /// Why there is a record.
        #[serde(default)]
        pub condition: InvocationCondition,
        /// How often the function was invoked with it.
        #[serde(default)]
        pub approximate_invoke_count: u32,
    }

    /// How a function answered.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct InvocationResponseContext {
        /// Status code of the invocation, which is 200 even if the function failed.
        #[serde(default)]
        pub status_code: u16,
        /// The version that was run: `$LATEST`, `7`.
        pub executed_version: String,
        /// `Unhandled` or `Handled`, if the function failed. Absent, or `null`, if it did not.
        pub function_error: Option<String>,
    }

    /// Records of a shard.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct StreamBatchInfo {
        /// Id of the shard.
        pub shard_id: String,
        /// Sequence number of the first record.
        pub start_sequence_number: String,
        /// Sequence number of the last record.
        pub end_sequence_number: String,
        /// About when the first record came, of Amazon Kinesis.
        pub approximate_arrival_of_first_record: Option<Rfc3339Timestamp>,
        /// About when the last record came, of Amazon Kinesis.
        pub approximate_arrival_of_last_record: Option<Rfc3339Timestamp>,
        /// About when the first change was made, of Amazon DynamoDB.
        pub approximate_creation_date_time_of_first_record: Option<Rfc3339Timestamp>,
        /// About when the last change was made, of Amazon DynamoDB.
        pub approximate_creation_date_time_of_last_record: Option<Rfc3339Timestamp>,
        /// How many records.
        #[serde(default)]
        pub batch_size: u32,
        /// ARN of the stream.
        pub stream_arn: String,
    }

    /// Records of Apache Kafka.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct KafkaBatchInfo {
        /// How many records.
        #[serde(default)]
        pub batch_size: u32,
        /// ARN of the cluster. Absent of one that you run yourself.
        pub event_source_arn: Option<String>,
        /// Addresses of the brokers, separated by commas.
        pub bootstrap_servers: Option<String>,
        /// Size of the event, in bytes.
        pub payload_size: Option<u64>,
        /// The first record.
        pub record_info: Option<KafkaRecordInfo>,
    }

    /// A record of Apache Kafka.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct KafkaRecordInfo {
        /// Its offset. A string of digits in the record.
        #[serde(default, with = "crate::de::text::option", skip_serializing_if = "Option::is_none")]
        custom pub offset: Option<i64>,
        /// When it was written, in milliseconds since 1970. A string of digits in the record.
        #[serde(default, with = "crate::de::text::option", skip_serializing_if = "Option::is_none")]
        custom pub timestamp: Option<i64>,
        /// Its topic.
        pub topic: Option<String>,
        /// Its partition.
        pub partition: Option<i64>,
    }

    /// An error of a function.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct FunctionError {
        /// What went wrong.
        pub error_message: String,
        /// The kind of what went wrong. Absent if the function ran out of time.
        pub error_type: Option<String>,
        /// Where it went wrong, the innermost first. Absent if the function does not say.
        pub stack_trace: Option<Vec<Value>>,
    }
}

open_enum! {
    /// Why there is a record.
    pub enum InvocationCondition {
        /// The function did it.
        Success = "Success",
        /// The function failed, and again on every retry.
        RetriesExhausted = "RetriesExhausted",
        /// The event waited for too long.
        EventAgeExceeded = "EventAgeExceeded",
        /// The function failed with a batch, and again on every retry.
        RetryAttemptsExhausted = "RetryAttemptsExhausted",
        /// The records of a batch were too old.
        RecordAgeExceeded = "RecordAgeExceeded",
        /// The batch is larger than an event may be.
        PayloadSizeExceeded = "PayloadSizeExceeded",
        /// The records cannot be read.
        DeserializationFailure = "DeserializationFailure",
    }
}

impl<Q> InvocationRecord<Q> {
    /// The error of the function. `None` if it did not fail, or was never run.
    pub fn error(&self) -> Option<FunctionError> {
        self.response_context.as_ref()?.function_error.as_ref()?;
        FunctionError::deserialize(self.response_payload.as_ref()?).ok()
    }
}

impl<Q, A> InvocationRecord<Q, A> {
    /// Whether the function did it.
    pub fn is_success(&self) -> bool {
        self.request_context.condition == InvocationCondition::Success
    }
}

impl BatchRecord {
    /// The event that the function was invoked with, where the record has it: in Amazon S3.
    ///
    /// # Errors
    ///
    /// Fails if it is not there, [`is_absent`](crate::PayloadError::is_absent), or is not the JSON of a `T`:
    /// [`is_json`](crate::PayloadError::is_json).
    pub fn event<T: DeserializeOwned>(&self) -> Result<T, crate::PayloadError> {
        let payload = self.payload.as_deref().ok_or_else(crate::PayloadError::absent)?;
        serde_json::from_str(payload).map_err(crate::PayloadError::json)
    }
}
