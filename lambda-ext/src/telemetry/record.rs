//! What Lambda tells of the function, its invocations, its extensions and itself.
//!
//! Source: AWS Lambda developer guide, "Lambda Telemetry API Event schema reference", versions 2022-07-01, 2022-12-13 and
//! 2025-01-29. Fields that the schema calls optional, and those that managed instances leave out, are `Option` or empty.

use serde::{Deserialize, Deserializer, Serialize};

use super::timestamp::Timestamp;
use super::word::{InitPhase, InitType, Status};

/// One telemetry event: a log line, or something that happened to the function.
///
/// It serialises to the JSON that Lambda sent, in Lambda's own order of fields.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LambdaTelemetry<L = String> {
    /// When it happened; of a log line, when Lambda read it. [`Timestamp::UNIX_EPOCH`] if the record tells none.
    pub time: Timestamp,
    /// What happened.
    pub record: LambdaTelemetryRecord<L>,
}

/// What happened.
///
/// New kinds and new fields come with time: match with `_ =>` and `..`. Requests are told apart by their ids, in milliseconds
/// is every duration. `L` is the type of log records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "record", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum LambdaTelemetryRecord<L = String> {
    /// A line that the function logged.
    #[serde(rename = "function")]
    Function(L),
    /// A line that an extension logged.
    #[serde(rename = "extension")]
    Extension(L),
    /// Initialisation begins.
    #[serde(rename = "platform.initStart")]
    #[non_exhaustive]
    PlatformInitStart {
        /// Why it happens.
        initialization_type: InitType,
        /// Whether it is a phase of its own.
        phase: InitPhase,
        /// The function's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        function_name: Option<String>,
        /// The function's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        function_version: Option<String>,
        /// The instance's id.
        #[serde(skip_serializing_if = "Option::is_none")]
        instance_id: Option<String>,
        /// The instance's memory: MB, or bytes on managed instances.
        #[serde(skip_serializing_if = "Option::is_none")]
        instance_max_memory: Option<u64>,
        /// The runtime's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        runtime_version: Option<String>,
        /// Its ARN.
        #[serde(skip_serializing_if = "Option::is_none")]
        runtime_version_arn: Option<String>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// The runtime is done with its initialisation; extensions may not be.
    #[serde(rename = "platform.initRuntimeDone")]
    #[non_exhaustive]
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
        #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// Initialisation is over.
    #[serde(rename = "platform.initReport")]
    #[non_exhaustive]
    PlatformInitReport {
        /// Why it happened.
        initialization_type: InitType,
        /// Whether it was a phase of its own.
        phase: InitPhase,
        /// How it ended.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<Status>,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// How long it took.
        metrics: InitReportMetrics,
        /// Its parts.
        #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// An invocation begins.
    #[serde(rename = "platform.start")]
    #[non_exhaustive]
    PlatformStart {
        /// The request's id.
        request_id: String,
        /// The function's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<String>,
        /// The function's ARN, on managed instances.
        #[serde(skip_serializing_if = "Option::is_none")]
        function_arn: Option<String>,
        /// The tenant, of a function with tenant isolation.
        #[serde(skip_serializing_if = "Option::is_none")]
        tenant_id: Option<String>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// The runtime is done with an invocation; extensions may not be. Managed instances do not send it.
    #[serde(rename = "platform.runtimeDone")]
    #[non_exhaustive]
    PlatformRuntimeDone {
        /// The request's id.
        request_id: String,
        /// The tenant, of a function with tenant isolation.
        #[serde(skip_serializing_if = "Option::is_none")]
        tenant_id: Option<String>,
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// How long it took, and what came of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        metrics: Option<RuntimeDoneMetrics>,
        /// Its parts: `responseLatency`, `responseDuration`, `runtimeOverhead`.
        #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// An invocation is over, extensions included.
    #[serde(rename = "platform.report")]
    #[non_exhaustive]
    PlatformReport {
        /// The request's id.
        request_id: String,
        /// The tenant, of a function with tenant isolation.
        #[serde(skip_serializing_if = "Option::is_none")]
        tenant_id: Option<String>,
        /// How it ended.
        status: Status,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// What it took.
        metrics: ReportMetrics,
        /// Its parts: `extensionOverhead`; on managed instances `responseLatency` and `responseDuration`.
        #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// The trace.
        #[serde(skip_serializing_if = "Option::is_none")]
        tracing: Option<TraceContext>,
    },
    /// SnapStart: a snapshot is being restored.
    #[serde(rename = "platform.restoreStart")]
    #[non_exhaustive]
    PlatformRestoreStart {
        /// The function's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        function_name: Option<String>,
        /// The function's version.
        #[serde(skip_serializing_if = "Option::is_none")]
        function_version: Option<String>,
        /// The instance's id.
        #[serde(skip_serializing_if = "Option::is_none")]
        instance_id: Option<String>,
        /// The instance's memory in MB.
        #[serde(skip_serializing_if = "Option::is_none")]
        instance_max_memory: Option<u64>,
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
        #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "Vec::is_empty")]
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
        #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
    },
    /// The state of an extension.
    #[serde(rename = "platform.extension")]
    #[non_exhaustive]
    PlatformExtension {
        /// Its name.
        name: String,
        /// Its state: `Ready`, `Registered`, `LaunchError` and others.
        state: String,
        /// The events it hears of.
        #[serde(default, deserialize_with = "or_empty")]
        events: Vec<String>,
        /// What went wrong, if something did.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
    },
    /// An extension has subscribed to telemetry.
    #[serde(rename = "platform.telemetrySubscription")]
    #[non_exhaustive]
    PlatformTelemetrySubscription {
        /// Its name.
        name: String,
        /// `Subscribed`.
        state: String,
        /// What it has subscribed to.
        #[serde(default, deserialize_with = "or_empty")]
        types: Vec<String>,
    },
    /// Lambda has given up delivering some records.
    #[serde(rename = "platform.logsDropped")]
    #[non_exhaustive]
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
    /// A record of a type that this crate does not know, or one that is malformed: the whole of its JSON, or of its bytes,
    /// those that are not UTF-8 replaced.
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
    /// `X-Amzn-Trace-Id`.
    pub r#type: String,
    /// The value of that header.
    pub value: String,
}

/// What an initialisation took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InitReportMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
}

/// What a restore took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RestoreReportMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
}

/// What the runtime took for an invocation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RuntimeDoneMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
    /// The size of the response in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub produced_bytes: Option<u64>,
}

/// What an invocation took. Managed instances tell the duration and nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReportMetrics {
    /// Milliseconds.
    pub duration_ms: f64,
    /// Milliseconds that are paid for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billed_duration_ms: Option<u64>,
    /// The function's memory in MB.
    #[serde(rename = "memorySizeMB", skip_serializing_if = "Option::is_none")]
    pub memory_size_mb: Option<u64>,
    /// The most of it that was used, in MB.
    #[serde(rename = "maxMemoryUsedMB", skip_serializing_if = "Option::is_none")]
    pub max_memory_used_mb: Option<u64>,
    /// Milliseconds of initialisation, if it preceded this invocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init_duration_ms: Option<f64>,
    /// Milliseconds of restoring a snapshot, if that preceded this invocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restore_duration_ms: Option<f64>,
}

/// `null` is nothing, as a field that is not there.
fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Option::<Vec<T>>::deserialize(deserializer).map(Option::unwrap_or_default)
}
