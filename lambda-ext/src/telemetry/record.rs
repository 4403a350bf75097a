//! What Lambda tells of the function, its invocations, its extensions and itself.
//!
//! Source: AWS Lambda developer guide, "Lambda Telemetry API Event schema reference", versions 2022-07-01, 2022-12-13 and
//! 2025-01-29.

use serde::{Deserialize, Serialize};

use super::details::TelemetryDetails;
use super::timestamp::Timestamp;
use super::word::{InitPhase, InitType, Status, TracingType};

/// One telemetry event: a log line, or something that happened to the function.
///
/// It serialises to the JSON that Lambda sent.
#[derive(Clone, Debug, PartialEq)]
pub struct LambdaTelemetry<L = String> {
    /// When it happened; of a log line, when Lambda read it. [`Timestamp::UNIX_EPOCH`] if the record tells none.
    pub time: Timestamp,
    /// What happened.
    pub record: LambdaTelemetryRecord<L>,
    /// Boxed, because most records have none.
    pub(super) details: Option<Box<TelemetryDetails>>,
}

impl<L> LambdaTelemetry<L> {
    /// A telemetry event, as a test of a processor makes it.
    pub fn new(time: Timestamp, record: LambdaTelemetryRecord<L>) -> Self {
        Self { time, record, details: None }
    }

    /// What the record tells beyond the fields of its variant: the tenant, the function's name, the trace of an
    /// initialisation, and others.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_ext::{LambdaTelemetry, decode_batch};
    ///
    /// let body = br#"[{"time": "2026-01-31T23:59:59.123Z", "type": "platform.start",
    ///                  "record": {"requestId": "a", "tenantId": "blue"}}]"#;
    /// let batch: Vec<LambdaTelemetry> = decode_batch(body);
    /// assert_eq!(batch[0].details().tenant_id.as_deref(), Some("blue"));
    /// ```
    pub fn details(&self) -> &TelemetryDetails {
        static NONE: TelemetryDetails = TelemetryDetails::NONE;
        self.details.as_deref().unwrap_or(&NONE)
    }
}

/// What happened.
///
/// New kinds come with time: match with `_ =>`. Variants that `lambda_extension` 1.1.1 has too have exactly its fields, so that
/// its users' patterns hold; what the schema tells beyond them is in [`LambdaTelemetry::details`]. Every duration is in
/// milliseconds. `L` is the type of log records.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "record", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum LambdaTelemetryRecord<L = String> {
    /// A line that the function logged.
    #[serde(rename = "function")]
    Function(L),
    /// A line that an extension logged.
    #[serde(rename = "extension")]
    Extension(L),
    /// Initialisation begins. The function's name, the instance and the trace are [details](LambdaTelemetry::details).
    #[serde(rename = "platform.initStart")]
    PlatformInitStart {
        /// Why it happens.
        initialization_type: InitType,
        /// Whether it is a phase of its own.
        phase: InitPhase,
        /// The runtime's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        runtime_version: Option<String>,
        /// Its ARN.
        #[serde(skip_serializing_if = "Option::is_none")]
        runtime_version_arn: Option<String>,
    },
    /// The runtime is done with its initialisation; extensions may not be. The trace is a
    /// [detail](LambdaTelemetry::details).
    #[serde(rename = "platform.initRuntimeDone")]
    PlatformInitRuntimeDone {
        /// Why it happened.
        initialization_type: InitType,
        /// Whether it was a phase of its own.
        #[serde(skip_serializing_if = "Option::is_none")]
        phase: Option<InitPhase>,
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// Its parts.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
    },
    /// Initialisation is over. How it ended, and the trace, are [details](LambdaTelemetry::details).
    #[serde(rename = "platform.initReport")]
    PlatformInitReport {
        /// Why it happened.
        initialization_type: InitType,
        /// Whether it was a phase of its own.
        phase: InitPhase,
        /// How long it took.
        metrics: InitReportMetrics,
        /// Its parts.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
    },
    /// An invocation begins. The tenant, and on managed instances the ARN, are [details](LambdaTelemetry::details).
    #[serde(rename = "platform.start")]
    PlatformStart {
        /// The request's id.
        request_id: String,
        /// The function's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<String>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// The runtime is done with an invocation; extensions may not be. Managed instances do not send it. The tenant is a
    /// [detail](LambdaTelemetry::details).
    #[serde(rename = "platform.runtimeDone")]
    PlatformRuntimeDone {
        /// The request's id.
        request_id: String,
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// How long it took, and what came of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        metrics: Option<RuntimeDoneMetrics>,
        /// Its parts: `responseLatency`, `responseDuration`, `runtimeOverhead`.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// An invocation is over, extensions included. The tenant is a [detail](LambdaTelemetry::details).
    #[serde(rename = "platform.report")]
    PlatformReport {
        /// The request's id.
        request_id: String,
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// What it took.
        metrics: ReportMetrics,
        /// Its parts: `extensionOverhead`; on managed instances `responseLatency` and `responseDuration`.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// SnapStart: a snapshot is being restored. The function's name and the instance are
    /// [details](LambdaTelemetry::details).
    #[serde(rename = "platform.restoreStart")]
    #[non_exhaustive]
    PlatformRestoreStart {
        /// The runtime's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        runtime_version: Option<String>,
        /// Its ARN.
        #[serde(skip_serializing_if = "Option::is_none")]
        runtime_version_arn: Option<String>,
    },
    /// SnapStart: the runtime is done with its after-restore hooks.
    #[serde(rename = "platform.restoreRuntimeDone")]
    #[non_exhaustive]
    PlatformRestoreRuntimeDone {
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// Its parts.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
    },
    /// SnapStart: the restore is over.
    #[serde(rename = "platform.restoreReport")]
    #[non_exhaustive]
    PlatformRestoreReport {
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// How long it took.
        #[serde(skip_serializing_if = "Option::is_none")]
        metrics: Option<RestoreReportMetrics>,
        /// Its parts.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
    },
    /// The state of an extension. What went wrong with it is a [detail](LambdaTelemetry::details).
    #[serde(rename = "platform.extension")]
    PlatformExtension {
        /// Its name.
        name: String,
        /// Its state: `Ready`, `Registered`, `LaunchError` and others.
        state: String,
        /// The events it hears of.
        events: Vec<String>,
    },
    /// An extension has subscribed to telemetry.
    #[serde(rename = "platform.telemetrySubscription")]
    PlatformTelemetrySubscription {
        /// Its name.
        name: String,
        /// `Subscribed`.
        state: String,
        /// What it has subscribed to.
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
    /// Something went wrong in the environment.
    #[serde(rename = "platform.fault")]
    PlatformFault(String),
    /// A record of a type that this crate does not know, or one that is malformed.
    #[serde(skip)]
    #[non_exhaustive]
    Unknown {
        /// The text of the whole event, `time` and `type` included.
        raw: String,
    },
}

/// A part of something that took time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Span {
    /// What it is.
    pub name: String,
    /// When it began.
    pub start: Timestamp,
    /// How long it took, in milliseconds.
    pub duration_ms: f64,
}

/// A trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TraceContext {
    /// The id of the span.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span_id: Option<String>,
    /// The kind of trace.
    pub r#type: TracingType,
    /// The value of the header of that name.
    pub value: String,
}

/// What an initialisation took.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InitReportMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
}

/// What a restore took.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RestoreReportMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
}

/// What the runtime took for an invocation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RuntimeDoneMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
    /// The size of the response in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub produced_bytes: Option<u64>,
}

/// What an invocation took. Managed instances tell the duration and nothing else; what is not told is 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReportMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
    /// Milliseconds that are paid for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub billed_duration_ms: u64,
    /// The function's memory in MB.
    #[serde(default, rename = "memorySizeMB", skip_serializing_if = "is_zero")]
    pub memory_size_mb: u64,
    /// The most of it that was used, in MB.
    #[serde(default, rename = "maxMemoryUsedMB", skip_serializing_if = "is_zero")]
    pub max_memory_used_mb: u64,
    /// Milliseconds of initialisation, if it preceded this invocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init_duration_ms: Option<f64>,
    /// Milliseconds of restoring a snapshot, if that preceded this invocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restore_duration_ms: Option<f64>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}
