//! Amazon Kinesis Data Streams: batches of records of one shard, polled in their order.
//!
//! An error makes Lambda send the batch again; with `ReportBatchItemFailures` in the event source mapping, it goes on at the
//! first record that failed. [`KinesisEvent::try_each`] finds it.
//!
//! ```
//! use lambda_events::{BatchResponse, Error, kinesis::KinesisEvent};
//!
//! #[derive(serde::Deserialize)]
//! struct Click {
//!     page: String,
//! }
//!
//! async fn handle(event: KinesisEvent) -> Result<BatchResponse, Error> {
//!     event
//!         .try_each(async |record| {
//!             let click: Click = record.data_json()?;
//!             println!("{}", click.page);
//!             Ok::<_, Error>(())
//!         })
//!         .await
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html>

#[cfg(feature = "kinesis_aggregation")]
mod aggregation;
pub mod analytics;

#[cfg(feature = "kinesis_aggregation")]
pub use self::aggregation::UserRecord;
pub use crate::time_window::TimeWindowEventResponse as KinesisTimeWindowEventResponse;

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    BatchResponse, Error, PayloadError,
    batch::until_failure,
    encodings::{Base64Data, Map, SecondTimestamp, Text},
    time_window::Window,
};

event! {
    /// A batch of records of one shard.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisEvent {
        /// The records, 1 to 10,000, in the order of the shard.
        #[serde(rename = "Records")]
        required pub records: Vec<KinesisEventRecord>,
    }

    /// A batch of records in a tumbling window.
    ///
    /// `S` is the state that your function carries from one invocation of a window to the next: any JSON object.
    #[serde(rename_all = "camelCase", bound(serialize = "S: Serialize", deserialize = "S: DeserializeOwned + Default"))]
    pub struct KinesisTimeWindowEvent<S = Map<Value>> {
        /// The records, in the order of the shard. Empty in a last invocation that only ends the window.
        #[serde(rename = "Records")]
        required pub records: Vec<KinesisEventRecord>,
        /// From when to when the window is.
        pub window: Window,
        /// What the invocation before returned. The default in the first one of a window.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub state: S,
        /// The shard.
        pub shard_id: String,
        /// ARN of the stream.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: String,
        /// Nothing comes after this invocation: the result of the window can be stored.
        pub is_final_invoke_for_window: bool,
        /// The window was ended before its time, because the state would have grown too large.
        pub is_window_terminated_early: bool,
    }

    /// A record of a batch, and where it is from.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisEventRecord {
        /// Region of the stream: `us-east-1`.
        pub aws_region: Text,
        /// The shard and the sequence number, with a colon between them.
        #[serde(rename = "eventID")]
        pub event_id: String,
        /// `aws:kinesis:record`.
        pub event_name: Text,
        /// `aws:kinesis`.
        pub event_source: Text,
        /// ARN of the stream, or of the consumer with enhanced fan-out.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: String,
        /// Version of this structure: `1.0`.
        pub event_version: Text,
        /// ARN of the role that reads the stream: the function's.
        pub invoke_identity_arn: String,
        /// The record itself.
        pub kinesis: KinesisRecord,
    }

    /// What a producer put into the stream.
    #[serde(rename_all = "camelCase")]
    pub struct KinesisRecord {
        /// When the stream got the record, in seconds, to the millisecond.
        pub approximate_arrival_timestamp: SecondTimestamp,
        /// What the producer sent, up to 10 MiB: base64.
        pub data: Base64Data,
        /// How the record is encrypted in the stream. Absent in events of Lambda; the API of Kinesis has it.
        pub encryption_type: Option<KinesisEncryptionType>,
        /// What the producer has chosen the shard by.
        pub partition_key: Text,
        /// Place in the shard: a decimal number of up to 128 digits.
        pub sequence_number: String,
        /// Version of the record's structure: `1.0`.
        pub kinesis_schema_version: Text,
    }
}

open_enum! {
    /// How a record is encrypted in the stream.
    pub enum KinesisEncryptionType {
        /// It is not.
        None = "NONE",
        /// With a key of AWS KMS.
        Kms = "KMS",
    }
}

impl KinesisEvent {
    /// Handles one record after the other until one fails, and answers with that one, so that Lambda goes on with it.
    ///
    /// A panic counts as a failure. Records after the first failure are not tried: they come again, and their order holds.
    ///
    /// What failed and why is an error event with the feature `tracing`; without it, say so in `handle`.
    ///
    /// # Errors
    ///
    /// Fails if the first record did, with a [`BatchError`](crate::BatchError): nothing was handled. Lambda then counts an
    /// error, and sends the batch again even without `ReportBatchItemFailures`.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it has handled some records, and nothing tells which.
    pub async fn try_each<E: fmt::Display>(
        &self,
        handle: impl AsyncFnMut(&KinesisEventRecord) -> Result<(), E>,
    ) -> Result<BatchResponse, Error> {
        until_failure(&self.records, |record| record.kinesis.sequence_number.clone(), handle).await
    }
}

impl KinesisEventRecord {
    /// What the producer sent.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64: [`PayloadError::is_base64`]. The error names the sequence number.
    pub fn data(&self) -> Result<&[u8], PayloadError> {
        self.kinesis.data.bytes().map_err(|error| error.in_record(&self.kinesis.sequence_number))
    }

    /// What the producer sent, in JSON.
    ///
    /// # Errors
    ///
    /// As [`KinesisEventRecord::data`], and if it is not the JSON of a `T`: [`PayloadError::is_json`].
    pub fn data_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        self.kinesis.data.json().map_err(|error| error.in_record(&self.kinesis.sequence_number))
    }

    /// The shard, of [`event_id`](Self::event_id).
    pub fn shard_id(&self) -> Option<&str> {
        self.event_id.split_once(':').map(|(shard, _)| shard)
    }
}
