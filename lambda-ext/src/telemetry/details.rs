//! What records tell beyond the fields of their variants.

use serde::Serialize;

use super::record::TraceContext;
use super::word::Status;

/// What records tell beyond the fields of their variants; see [`LambdaTelemetry::details`](crate::LambdaTelemetry::details).
/// A field that a record does not have is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TelemetryDetails {
    /// The function's name, of `platform.initStart` and `platform.restoreStart`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function_name: Option<String>,
    /// The function's version, of the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function_version: Option<String>,
    /// The instance's id, of the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// The instance's memory, of the same: MB, or bytes on managed instances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_max_memory: Option<u64>,
    /// The function's ARN, of `platform.start` on managed instances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function_arn: Option<String>,
    /// The tenant, of the records of an invocation of a function with tenant isolation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// How it ended, of `platform.initReport`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What went wrong, of `platform.initReport` and `platform.extension`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_type: Option<String>,
    /// The trace, of the records of an initialisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracing: Option<TraceContext>,
}

impl TelemetryDetails {
    pub(super) const NONE: Self = Self {
        function_name: None,
        function_version: None,
        instance_id: None,
        instance_max_memory: None,
        function_arn: None,
        tenant_id: None,
        status: None,
        error_type: None,
        tracing: None,
    };

    /// Nothing, if there is nothing: most records have no details, and an allocation each would be a waste.
    pub(super) fn boxed(self) -> Option<Box<Self>> {
        (self != Self::NONE).then(|| Box::new(self))
    }
}
