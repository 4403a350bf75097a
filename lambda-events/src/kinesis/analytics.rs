//! Amazon Kinesis Data Analytics for SQL: records on their way into an application, and out of it. Synchronous; every record of
//! the event has to be in the answer.
//!
//! <https://docs.aws.amazon.com/kinesisanalytics/latest/dev/how-it-works-output-lambda.html>

use crate::encodings::{Base64Data, MillisecondTimestamp, Text};

event! {
    /// Results of an application, to be delivered by the function.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsOutputDeliveryEvent {
        /// Id of this invocation.
        pub invocation_id: String,
        /// ARN of the application.
        pub application_arn: String,
        /// The results.
        required pub records: Vec<KinesisAnalyticsOutputDeliveryEventRecord>,
    }

    /// A result of an application.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsOutputDeliveryEventRecord {
        /// What the answer names the record by.
        pub record_id: String,
        /// The row, in the format that the application has for its output: base64.
        pub data: Base64Data,
        /// How often delivery was tried. Absent in samples; the service sends it.
        pub lambda_delivery_record_metadata: Option<KinesisAnalyticsDeliveryRecordMetadata>,
    }

    /// How often delivery was tried.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsDeliveryRecordMetadata {
        /// Tries before this one. 0 if a sample does not say.
        #[serde(default)]
        pub retry_hint: u32,
    }

    /// What became of the results.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsOutputDeliveryResponse {
        /// One for each record of the event.
        required pub records: Vec<KinesisAnalyticsOutputDeliveryResponseRecord>,
    }

    /// What became of a result.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsOutputDeliveryResponseRecord {
        /// The record of the event.
        pub record_id: String,
        /// Whether it was delivered. If not, it comes again.
        pub result: KinesisAnalyticsDeliveryResult,
    }

    /// Records of a stream on their way into an application, to be prepared by the function.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsInputPreprocessingEvent {
        /// Id of this invocation.
        pub invocation_id: String,
        /// ARN of the application.
        pub application_arn: String,
        /// ARN of the stream that the records are from.
        pub stream_arn: String,
        /// The records.
        required pub records: Vec<KinesisAnalyticsInputPreprocessingEventRecord>,
    }

    /// A record of a stream on its way into an application.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsInputPreprocessingEventRecord {
        /// What the answer names the record by.
        pub record_id: String,
        /// What the producer sent: base64.
        pub data: Base64Data,
        /// Where in a Kinesis stream the record is from. Absent if it is from Firehose.
        pub kinesis_stream_record_metadata: Option<KinesisStreamRecordMetadata>,
        /// When Firehose got the record. Absent if it is from a Kinesis stream.
        pub kinesis_firehose_record_metadata: Option<KinesisFirehoseArrivalMetadata>,
    }

    /// Where in a Kinesis stream a record is from.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisStreamRecordMetadata {
        /// The shard.
        pub shard_id: String,
        /// What the producer has chosen the shard by.
        pub partition_key: Text,
        /// Place in the shard: a decimal number.
        pub sequence_number: String,
        /// When the stream got the record, in milliseconds.
        pub approximate_arrival_timestamp: MillisecondTimestamp,
    }

    /// When Firehose got a record.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisFirehoseArrivalMetadata {
        /// In milliseconds.
        pub approximate_arrival_timestamp: MillisecondTimestamp,
    }

    /// Records as the application shall see them.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsInputPreprocessingResponse {
        /// One for each record of the event.
        required pub records: Vec<KinesisAnalyticsInputPreprocessingResponseRecord>,
    }

    /// A record as the application shall see it.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisAnalyticsInputPreprocessingResponseRecord {
        /// The record of the event.
        pub record_id: String,
        /// Whether the application shall see it.
        pub result: KinesisAnalyticsPreprocessingResult,
        /// What it shall see: base64.
        pub data: Base64Data,
    }
}

open_enum! {
    /// Whether a result was delivered.
    pub enum KinesisAnalyticsDeliveryResult {
        /// It was.
        Ok = "Ok",
        /// It was not, and comes again.
        DeliveryFailed = "DeliveryFailed",
    }

    /// Whether an application shall see a record.
    pub enum KinesisAnalyticsPreprocessingResult {
        /// It shall.
        Ok = "Ok",
        /// It shall not, on purpose.
        Dropped = "Dropped",
        /// It could not be prepared. The application puts it into its stream of errors.
        ProcessingFailed = "ProcessingFailed",
    }
}

impl KinesisAnalyticsOutputDeliveryResponseRecord {
    /// The record of the event that `record_id` names was delivered, or not.
    pub fn new(record_id: impl Into<String>, result: KinesisAnalyticsDeliveryResult) -> Self {
        Self { record_id: record_id.into(), result, ..Self::default() }
    }
}

impl KinesisAnalyticsInputPreprocessingResponseRecord {
    /// The application shall see `data` in place of the record of the event that `record_id` names.
    pub fn ok(record_id: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        Self {
            record_id: record_id.into(),
            result: KinesisAnalyticsPreprocessingResult::Ok,
            data: Base64Data::new(data),
            ..Self::default()
        }
    }

    /// The application shall not see the record.
    pub fn dropped(record_id: impl Into<String>) -> Self {
        Self { result: KinesisAnalyticsPreprocessingResult::Dropped, ..Self::ok(record_id, []) }
    }

    /// The record could not be prepared.
    pub fn failed(record_id: impl Into<String>) -> Self {
        Self { result: KinesisAnalyticsPreprocessingResult::ProcessingFailed, ..Self::ok(record_id, []) }
    }
}
