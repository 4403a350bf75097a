//! The Telemetry API: what to subscribe to, where it arrives, and what it says.
//!
//! Source: AWS Lambda developer guide, "Accessing real-time telemetry data for extensions using the Telemetry API".

mod decode;
mod details;
mod envelope;
mod fields;
mod listener;
mod record;
mod settings;
mod subscription;
#[cfg(test)]
mod tests;
mod timestamp;
mod unescape;
mod word;

pub use decode::decode_batch;
pub use details::TelemetryDetails;
pub use record::{
    InitReportMetrics, LambdaTelemetry, LambdaTelemetryRecord, ReportMetrics, RestoreReportMetrics,
    RuntimeDoneMetrics, Span, TraceContext,
};
pub use settings::{SchemaVersion, TelemetryBuffering};
pub use timestamp::Timestamp;
pub use word::{InitPhase, InitType, Status, TracingType};

#[cfg(feature = "logs")]
pub(crate) use decode::{each, first, length};
pub(crate) use listener::Listener;
pub(crate) use settings::Settings;
pub(crate) use subscription::Subscription;
