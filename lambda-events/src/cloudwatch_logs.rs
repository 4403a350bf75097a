//! Amazon CloudWatch Logs: log lines that a subscription filter matches, asynchronously. Lambda tries again when the function
//! fails; what it returns is ignored.
//!
//! ```
//! # #[cfg(feature = "gzip")]
//! # {
//! use lambda_events::{Error, cloudwatch_logs::LogsEvent};
//!
//! async fn handle(event: LogsEvent) -> Result<(), Error> {
//!     let data = event.aws_logs.decode()?;
//!     for line in &data.log_events {
//!         println!("{}: {}", data.log_group, line.message);
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! The lines are compressed. [`AwsLogs::decode`] needs the feature `gzip`; without it, [`AwsLogs::data`] has the bytes.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html>

use crate::encodings::{Base64Data, Map, MillisecondTimestamp};

event! {
    /// Log lines, compressed.
    #[derive(Eq)]
    pub struct LogsEvent {
        /// The lines.
        #[serde(rename = "awslogs")]
        pub aws_logs: AwsLogs,
    }

    /// Log lines, compressed. They are decompressed when they are asked for, so that what is not does not fail the event.
    #[derive(Eq)]
    pub struct AwsLogs {
        /// JSON of a [`LogData`], compressed with gzip, as base64.
        pub data: Base64Data,
    }

    /// Log lines of one stream. Firehose gets the same, compressed in a record.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LogData {
        /// Account of the log group: 12 digits.
        pub owner: String,
        /// The log group.
        pub log_group: String,
        /// The log stream.
        pub log_stream: String,
        /// Names of the subscription filters that matched.
        pub subscription_filters: Vec<String>,
        /// Whether there are lines in it.
        pub message_type: LogMessageType,
        /// The lines.
        pub log_events: Vec<LogEntry>,
        /// `ACCOUNT_LEVEL_POLICY` if the filter is of the whole account. Absent if it is of the log group.
        pub policy_level: Option<String>,
    }

    /// A log line.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LogEntry {
        /// An id of the line: a decimal number of 56 digits.
        pub id: String,
        /// When it was written, in milliseconds.
        pub timestamp: MillisecondTimestamp,
        /// The line.
        pub message: String,
        /// What the filter's pattern took out of the line, by name. Absent unless the pattern names fields.
        pub extracted_fields: Map<Option<String>>,
    }
}

open_enum! {
    /// Whether there are log lines in an event.
    pub enum LogMessageType {
        /// There are.
        DataMessage = "DATA_MESSAGE",
        /// There are not: CloudWatch Logs tests whether the function can be reached.
        ControlMessage = "CONTROL_MESSAGE",
    }
}

#[cfg(feature = "gzip")]
mod gzip {
    use std::io::Read;

    use flate2::{Compression, read::GzEncoder, read::MultiGzDecoder};

    use super::{AwsLogs, LogData};
    use crate::{PayloadError, encodings::Base64Data};

    /// What an event of 6 MB is compressed to can be far larger; this is where it stops being log lines.
    const LIMIT: u64 = 256 * 1024 * 1024;

    impl AwsLogs {
        /// Compresses log lines, for tests of a function.
        ///
        /// # Errors
        ///
        /// Does not fail in practice: what is compressed is in memory.
        pub fn encode(data: &LogData) -> Result<Self, PayloadError> {
            let json = serde_json::to_vec(data).map_err(PayloadError::json)?;
            let mut compressed = Vec::new();
            let mut encoder = GzEncoder::new(&json[..], Compression::default());
            encoder.read_to_end(&mut compressed).map_err(PayloadError::compression)?;
            Ok(Self { data: Base64Data::new(compressed), ..Self::default() })
        }

        /// Decompresses the log lines.
        ///
        /// # Errors
        ///
        /// Fails if they are not base64, not gzip or more than 256 MiB, or not the JSON of a [`LogData`]:
        /// [`PayloadError::is_base64`], [`PayloadError::is_compression`], [`PayloadError::is_json`].
        pub fn decode(&self) -> Result<LogData, PayloadError> {
            let mut json = Vec::new();
            let mut decoder = MultiGzDecoder::new(self.data.bytes()?).take(LIMIT + 1);
            decoder.read_to_end(&mut json).map_err(PayloadError::compression)?;
            if json.len() as u64 > LIMIT {
                return Err(PayloadError::compression(std::io::Error::other("more than 256 MiB")));
            }
            serde_json::from_slice(&json).map_err(PayloadError::json)
        }
    }
}
