//! The Logs API, which AWS has replaced by the Telemetry API: for extensions that have not moved yet.
//!
//! Source: AWS Lambda developer guide, "Lambda Logs API" (legacy).

use serde::{Deserialize, Serialize};

use crate::telemetry::{Timestamp, each, first, length};

/// When Lambda cuts a batch; limits and defaults are those of [`TelemetryBuffering`](crate::TelemetryBuffering).
pub type LogBuffering = crate::telemetry::TelemetryBuffering;

/// What an invocation took.
pub type LogPlatformReportMetrics = crate::telemetry::ReportMetrics;

/// One record of the Logs API.
#[derive(Clone, Debug, PartialEq)]
pub struct LambdaLog {
    /// When it happened.
    pub time: Timestamp,
    /// What happened.
    pub record: LambdaLogRecord,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "record", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum LambdaLogRecord {
    /// A line that the function logged.
    #[serde(rename = "function")]
    Function(String),
    /// A line that an extension logged.
    #[serde(rename = "extension")]
    Extension(String),
    /// An invocation begins.
    #[serde(rename = "platform.start")]
    PlatformStart {
        /// The request's id.
        request_id: String,
    },
    /// An invocation ends.
    #[serde(rename = "platform.end")]
    PlatformEnd {
        /// The request's id.
        request_id: String,
    },
    /// What an invocation took.
    #[serde(rename = "platform.report")]
    PlatformReport {
        /// The request's id.
        request_id: String,
        /// What it took.
        metrics: LogPlatformReportMetrics,
    },
    /// Something went wrong in the environment.
    #[serde(rename = "platform.fault")]
    PlatformFault(String),
    /// The state of an extension.
    #[serde(rename = "platform.extension")]
    PlatformExtension {
        /// Its name.
        name: String,
        /// Its state.
        state: String,
        /// The events it hears of.
        #[serde(default)]
        events: Vec<String>,
    },
    /// An extension has subscribed to logs.
    #[serde(rename = "platform.logsSubscription")]
    PlatformLogsSubscription {
        /// Its name.
        name: String,
        /// `Subscribed`.
        state: String,
        /// What it has subscribed to.
        #[serde(default)]
        types: Vec<String>,
    },
    /// Lambda has given up delivering some records.
    #[serde(rename = "platform.logsDropped")]
    PlatformLogsDropped {
        /// Why.
        reason: String,
        /// How many.
        dropped_records: u64,
        /// How many bytes they were.
        dropped_bytes: u64,
    },
    /// The runtime is done with an invocation.
    #[serde(rename = "platform.runtimeDone")]
    PlatformRuntimeDone {
        /// The request's id.
        request_id: String,
        /// How it ended.
        status: String,
    },
    /// A record of a type that this crate does not know, or one that is malformed: all of its text.
    #[serde(skip)]
    #[non_exhaustive]
    Unknown {
        /// The text.
        raw: String,
    },
}

/// Decodes the body of a delivery, record by record, as [`decode_batch`](crate::decode_batch) does.
pub fn decode_logs(body: &[u8]) -> Vec<LambdaLog> {
    #[derive(Deserialize)]
    struct Envelope {
        time: Timestamp,
        #[serde(flatten)]
        record: LambdaLogRecord,
    }
    let unknown = |raw: &str| LambdaLog {
        time: Timestamp::UNIX_EPOCH,
        record: LambdaLogRecord::Unknown { raw: raw.to_owned() },
    };
    let one = |text: &str| match first::<Envelope>(text) {
        Some((Envelope { time, record }, length)) => (LambdaLog { time, record }, length),
        None => {
            let length = length(text);
            (unknown(&text[..length]), length)
        }
    };
    each(body, one, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_records_are_typed_and_unknown_ones_are_kept() {
        let body = br#"[
            {"time":"2020-08-20T12:31:32.123Z","type":"platform.start","record":{"requestId":"a","version":"1"}},
            {"time":"2020-08-20T12:31:32.123Z","type":"platform.eclipse","record":{}},
            {"time" oops},
            {"time":"2020-08-20T12:31:32.123Z","type":"function","record":"hello"}
        ]"#;
        let logs = decode_logs(body);
        assert_eq!(logs[0].record, LambdaLogRecord::PlatformStart { request_id: "a".to_owned() });
        assert!(matches!(&logs[1].record, LambdaLogRecord::Unknown { raw } if raw.contains("eclipse")));
        assert_eq!(logs[2].record, LambdaLogRecord::Unknown { raw: "{\"time\" oops}".to_owned() });
        assert_eq!(logs[3].record, LambdaLogRecord::Function("hello".to_owned()));
        assert!(matches!(
            &decode_logs(b"\xff")[..],
            [LambdaLog { record: LambdaLogRecord::Unknown { .. }, .. }]
        ));
    }
}
