//! The fields of platform records, whichever record they are of, and what is made of them.
//!
//! All records are read into one set of fields, so that the reader is compiled once and a record's rules stand together.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::details::TelemetryDetails;
use super::record::{
    InitReportMetrics, LambdaTelemetryRecord, ReportMetrics, RestoreReportMetrics, RuntimeDoneMetrics, Span,
    TraceContext,
};
use super::word::{InitPhase, InitType, Status};

/// A platform record's type, of those whose content is an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Platform {
    InitStart,
    InitRuntimeDone,
    InitReport,
    Start,
    RuntimeDone,
    Report,
    RestoreStart,
    RestoreRuntimeDone,
    RestoreReport,
    Extension,
    TelemetrySubscription,
    LogsDropped,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Fields {
    request_id: Option<String>,
    version: Option<String>,
    status: Option<Status>,
    error_type: Option<String>,
    metrics: Option<Metrics>,
    #[serde(deserialize_with = "or_empty")]
    spans: Vec<Span>,
    tracing: Option<TraceContext>,
    tenant_id: Option<String>,
    initialization_type: Option<InitType>,
    phase: Option<InitPhase>,
    function_name: Option<String>,
    function_version: Option<String>,
    function_arn: Option<String>,
    instance_id: Option<String>,
    instance_max_memory: Option<u64>,
    runtime_version: Option<String>,
    runtime_version_arn: Option<String>,
    name: Option<String>,
    state: Option<String>,
    #[serde(deserialize_with = "or_empty")]
    events: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    types: Vec<String>,
    reason: Option<String>,
    dropped_records: Option<u64>,
    dropped_bytes: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metrics {
    duration_ms: Option<f64>,
    produced_bytes: Option<u64>,
    billed_duration_ms: Option<u64>,
    #[serde(rename = "memorySizeMB")]
    memory_size_mb: Option<u64>,
    #[serde(rename = "maxMemoryUsedMB")]
    max_memory_used_mb: Option<u64>,
    init_duration_ms: Option<f64>,
    restore_duration_ms: Option<f64>,
}

/// `null` is nothing, as a field that is not there.
fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Option::<Vec<T>>::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn need<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

impl Fields {
    /// The record of this type, and what its variant has no field for.
    pub(super) fn into_record<L, E: Error>(
        mut self,
        platform: Platform,
    ) -> Result<(LambdaTelemetryRecord<L>, Option<Box<TelemetryDetails>>), E> {
        let record = match platform {
            Platform::Start | Platform::RuntimeDone | Platform::Report => self.invocation(platform)?,
            Platform::InitStart | Platform::InitRuntimeDone | Platform::InitReport => {
                self.initialisation(platform)?
            }
            Platform::RestoreStart | Platform::RestoreRuntimeDone | Platform::RestoreReport => {
                self.restore(platform)?
            }
            Platform::Extension => LambdaTelemetryRecord::PlatformExtension {
                name: need(self.name.take(), "name")?,
                state: need(self.state.take(), "state")?,
                events: std::mem::take(&mut self.events),
            },
            Platform::TelemetrySubscription => LambdaTelemetryRecord::PlatformTelemetrySubscription {
                name: need(self.name.take(), "name")?,
                state: need(self.state.take(), "state")?,
                types: std::mem::take(&mut self.types),
            },
            Platform::LogsDropped => LambdaTelemetryRecord::PlatformLogsDropped {
                reason: need(self.reason.take(), "reason")?,
                dropped_records: need(self.dropped_records, "droppedRecords")?,
                dropped_bytes: need(self.dropped_bytes, "droppedBytes")?,
            },
        };
        Ok((record, self.details()))
    }

    fn invocation<L, E: Error>(&mut self, platform: Platform) -> Result<LambdaTelemetryRecord<L>, E> {
        let request_id = need(self.request_id.take(), "requestId")?;
        let tracing = self.tracing.take();
        if platform == Platform::Start {
            let version = self.version.take();
            return Ok(LambdaTelemetryRecord::PlatformStart { request_id, version, tracing });
        }
        let status = need(self.status.take(), "status")?;
        let error_type = self.error_type.take();
        let spans = std::mem::take(&mut self.spans);
        Ok(match platform {
            Platform::RuntimeDone => {
                let metrics = self.metrics.take().map(Metrics::runtime_done).transpose()?;
                LambdaTelemetryRecord::PlatformRuntimeDone {
                    request_id,
                    status,
                    error_type,
                    metrics,
                    spans,
                    tracing,
                }
            }
            _ => {
                let metrics = need(self.metrics.take(), "metrics")?.report()?;
                LambdaTelemetryRecord::PlatformReport {
                    request_id,
                    status,
                    error_type,
                    metrics,
                    spans,
                    tracing,
                }
            }
        })
    }

    fn initialisation<L, E: Error>(&mut self, platform: Platform) -> Result<LambdaTelemetryRecord<L>, E> {
        let initialization_type = need(self.initialization_type.take(), "initializationType")?;
        let phase = self.phase.take();
        let spans = std::mem::take(&mut self.spans);
        Ok(match platform {
            Platform::InitStart => LambdaTelemetryRecord::PlatformInitStart {
                initialization_type,
                phase: need(phase, "phase")?,
                runtime_version: self.runtime_version.take(),
                runtime_version_arn: self.runtime_version_arn.take(),
            },
            Platform::InitRuntimeDone => LambdaTelemetryRecord::PlatformInitRuntimeDone {
                initialization_type,
                phase,
                status: need(self.status.take(), "status")?,
                error_type: self.error_type.take(),
                spans,
            },
            _ => LambdaTelemetryRecord::PlatformInitReport {
                initialization_type,
                phase: need(phase, "phase")?,
                metrics: InitReportMetrics { duration_ms: need(self.metrics.take(), "metrics")?.duration()? },
                spans,
            },
        })
    }

    fn restore<L, E: Error>(&mut self, platform: Platform) -> Result<LambdaTelemetryRecord<L>, E> {
        if platform == Platform::RestoreStart {
            return Ok(LambdaTelemetryRecord::PlatformRestoreStart {
                runtime_version: self.runtime_version.take(),
                runtime_version_arn: self.runtime_version_arn.take(),
            });
        }
        let status = need(self.status.take(), "status")?;
        let error_type = self.error_type.take();
        let spans = std::mem::take(&mut self.spans);
        if platform == Platform::RestoreRuntimeDone {
            return Ok(LambdaTelemetryRecord::PlatformRestoreRuntimeDone { status, error_type, spans });
        }
        let metrics = match self.metrics.take() {
            Some(metrics) => Some(RestoreReportMetrics { duration_ms: metrics.duration()? }),
            None => None,
        };
        Ok(LambdaTelemetryRecord::PlatformRestoreReport { status, error_type, metrics, spans })
    }

    /// What no variant has taken.
    fn details(self) -> Option<Box<TelemetryDetails>> {
        TelemetryDetails {
            function_name: self.function_name,
            function_version: self.function_version,
            instance_id: self.instance_id,
            instance_max_memory: self.instance_max_memory,
            function_arn: self.function_arn,
            tenant_id: self.tenant_id,
            status: self.status,
            error_type: self.error_type,
            tracing: self.tracing,
        }
        .boxed()
    }
}

impl Metrics {
    fn duration<E: Error>(&self) -> Result<f64, E> {
        need(self.duration_ms, "durationMs")
    }

    fn runtime_done<E: Error>(self) -> Result<RuntimeDoneMetrics, E> {
        Ok(RuntimeDoneMetrics { duration_ms: self.duration()?, produced_bytes: self.produced_bytes })
    }

    fn report<E: Error>(self) -> Result<ReportMetrics, E> {
        Ok(ReportMetrics {
            duration_ms: self.duration()?,
            billed_duration_ms: self.billed_duration_ms.unwrap_or_default(),
            memory_size_mb: self.memory_size_mb.unwrap_or_default(),
            max_memory_used_mb: self.max_memory_used_mb.unwrap_or_default(),
            init_duration_ms: self.init_duration_ms,
            restore_duration_ms: self.restore_duration_ms,
        })
    }
}
