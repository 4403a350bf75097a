//! Milestones become records: this adds the clock, and what one record has of another.
//!
//! The machine says of an end whatever it knows, perhaps twice. Here an init and an invocation begin once and end once, and
//! what was left out is made up for.

#[cfg(test)]
mod tests;

use std::time::{Duration, Instant, SystemTime};

use serde_json::{Map, Value, json};

use super::record::Record;
use super::time::{iso, millis};
use crate::settings::Settings;
use crate::state::milestone::{InitPhase, Milestone, Report, Status};

/// A moment on both clocks: one to tell, one to measure.
#[derive(Clone, Copy, Debug)]
struct Moment {
    wall: SystemTime,
    clock: Instant,
}

impl Moment {
    fn now() -> Self {
        Self { wall: SystemTime::now(), clock: Instant::now() }
    }

    fn until(self, end: Self) -> Duration {
        end.clock.saturating_duration_since(self.clock)
    }

    fn span(self, name: &str, end: Self) -> Value {
        json!({ "name": name, "start": iso(self.wall), "durationMs": millis(self.until(end)) })
    }
}

/// An init under way.
#[derive(Debug)]
struct Init {
    phase: InitPhase,
    began: Moment,
    runtime_done: bool,
}

/// An invocation under way.
#[derive(Debug)]
struct Invocation {
    request_id: String,
    tenant_id: Option<String>,
    tracing: Option<Value>,
    began: Moment,
    /// When the first byte of its answer came.
    first_byte: Option<Moment>,
    answered: Option<Answer>,
    runtime_done: Option<Moment>,
}

#[derive(Debug)]
struct Answer {
    at: Moment,
    status: Status,
    bytes: usize,
}

/// What has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    init: Option<Init>,
    invocation: Option<Invocation>,
    /// Those of a managed instance, which come and go in any order.
    invocations: Vec<Invocation>,
    /// How long the init took, for the report of the first invocation after it.
    init_took: Option<Duration>,
    restore: Option<Moment>,
    /// How long the restore took, likewise.
    restore_took: Option<Duration>,
}

impl Recorder {
    /// The records that a milestone is worth.
    pub(super) fn records(
        &mut self,
        milestone: &Milestone,
        settings: &Settings,
        memory_mb: Option<u64>,
    ) -> Vec<Record> {
        let now = Moment::now();
        let records = match milestone {
            Milestone::InitStarted(phase) => self.init_started(*phase, now, settings),
            Milestone::RuntimeInitialised(status) => {
                self.runtime_initialised(status, settings).into_iter().collect()
            }
            Milestone::InitEnded(status, extensions) => self.init_ended(status, extensions, now, settings),
            Milestone::Started { request_id, tenant_id, trace_id } => {
                let trace_id = trace_id.as_deref();
                vec![self.started(request_id, tenant_id.as_deref(), trace_id, now, settings)]
            }
            Milestone::Answered { status, bytes } => {
                if let Some(current) = &mut self.invocation {
                    current.answered = Some(Answer { at: now, status: status.clone(), bytes: *bytes });
                }
                Vec::new()
            }
            Milestone::RuntimeDone(status) => self.runtime_done(status, now).into_iter().collect(),
            Milestone::Ended(status) => self.ended(status, now, settings, memory_mb),
            Milestone::Handled { request_id, status } => self.handled(request_id, status, now),
            Milestone::RestoreStarted => self.restore_started(now, settings),
            Milestone::Restored(status) => self.restored(status, now),
            Milestone::Leaving | Milestone::Gone => Vec::new(),
        };
        let platform = |(kind, record)| Record::platform(kind, now.wall, record);
        records.into_iter().map(platform).collect()
    }

    pub(super) fn answer_began(&mut self, request_id: &str) {
        let mut all = self.invocation.iter_mut().chain(&mut self.invocations);
        if let Some(current) = all.find(|current| current.request_id == request_id) {
            current.first_byte.get_or_insert_with(Moment::now);
        }
    }

    fn init_started(&mut self, phase: InitPhase, now: Moment, settings: &Settings) -> Vec<Line> {
        self.init = Some(Init { phase, began: now, runtime_done: false });
        self.init_took = None;
        let mut record = of_init(phase, settings);
        record["functionName"] = settings.function_name.as_str().into();
        record["functionVersion"] = "$LATEST".into();
        record["instanceMaxMemory"] = settings.memory_mb.into();
        vec![("platform.initStart", record)]
    }

    fn runtime_initialised(&mut self, status: &Status, settings: &Settings) -> Option<Line> {
        let init = self.init.as_mut().filter(|init| !init.runtime_done)?;
        init.runtime_done = true;
        let mut record = of_init(init.phase, settings);
        set_status(&mut record, status);
        Some(("platform.initRuntimeDone", record))
    }

    fn init_ended(
        &mut self,
        status: &Status,
        extensions: &[Report],
        now: Moment,
        settings: &Settings,
    ) -> Vec<Line> {
        let mut lines: Vec<_> = self.runtime_initialised(status, settings).into_iter().collect();
        let Some(init) = self.init.take() else { return lines };
        for extension in extensions {
            let mut record = json!({
                "name": extension.name,
                "state": extension.state,
                "events": extension.events,
            });
            if let Some(kind) = &extension.error_type {
                record["errorType"] = kind.as_str().into();
            }
            lines.push(("platform.extension", record));
        }
        let took = init.began.until(now);
        let mut record = of_init(init.phase, settings);
        set_status(&mut record, status);
        record["metrics"] = json!({ "durationMs": millis(took) });
        lines.push(("platform.initReport", record));
        if init.phase == InitPhase::Init && *status == Status::Success {
            self.init_took = Some(took);
        }
        lines
    }

    fn restore_started(&mut self, now: Moment, settings: &Settings) -> Vec<Line> {
        self.restore = Some(now);
        let record = json!({
            "functionName": settings.function_name,
            "functionVersion": "$LATEST",
            "instanceMaxMemory": settings.memory_mb,
        });
        vec![("platform.restoreStart", record)]
    }

    fn restored(&mut self, status: &Status, now: Moment) -> Vec<Line> {
        let Some(began) = self.restore.take() else { return Vec::new() };
        let took = began.until(now);
        let mut done = json!({});
        set_status(&mut done, status);
        let mut report = done.clone();
        report["metrics"] = json!({ "durationMs": millis(took) });
        // The init was the snapshot's, and long ago.
        self.init_took = None;
        self.restore_took = Some(took).filter(|_| *status == Status::Success);
        vec![("platform.restoreRuntimeDone", done), ("platform.restoreReport", report)]
    }

    fn started(
        &mut self,
        id: &str,
        tenant_id: Option<&str>,
        trace_id: Option<&str>,
        now: Moment,
        settings: &Settings,
    ) -> Line {
        let current = Invocation {
            request_id: id.to_owned(),
            tenant_id: tenant_id.map(str::to_owned),
            tracing: trace_id.and_then(tracing),
            began: now,
            first_byte: None,
            answered: None,
            runtime_done: None,
        };
        let mut record = current.record();
        record["version"] = "$LATEST".into();
        match settings.initialization.max_concurrency() {
            None => self.invocation = Some(current),
            Some(_) => {
                record["functionArn"] = settings.function_arn().into();
                self.invocations.push(current);
            }
        }
        ("platform.start", record)
    }

    fn handled(&mut self, request_id: &str, status: &Status, now: Moment) -> Vec<Line> {
        let at = self.invocations.iter().position(|current| current.request_id == request_id);
        let Some(at) = at else { return Vec::new() };
        let current = self.invocations.swap_remove(at);
        let first = current.first_byte.unwrap_or(now);
        let mut record = current.record();
        set_status(&mut record, status);
        record["metrics"] = json!({ "durationMs": millis(current.began.until(now)) });
        record["spans"] =
            json!([current.began.span("responseLatency", first), first.span("responseDuration", now)]);
        vec![("platform.report", record)]
    }

    fn runtime_done(&mut self, status: &Status, now: Moment) -> Option<Line> {
        let current = self.invocation.as_mut().filter(|current| current.runtime_done.is_none())?;
        current.runtime_done = Some(now);
        let mut record = current.record();
        set_status(&mut record, current.status(status));
        record["metrics"] = json!({ "durationMs": millis(current.began.until(now)) });
        if let Some(answer) = &current.answered {
            let first = current.first_byte.unwrap_or(answer.at);
            record["metrics"]["producedBytes"] = answer.bytes.into();
            record["spans"] = json!([
                current.began.span("responseLatency", first),
                first.span("responseDuration", answer.at),
                answer.at.span("runtimeOverhead", now),
            ]);
        }
        Some(("platform.runtimeDone", record))
    }

    fn ended(
        &mut self,
        status: &Status,
        now: Moment,
        settings: &Settings,
        memory_mb: Option<u64>,
    ) -> Vec<Line> {
        let mut lines: Vec<_> = self.runtime_done(status, now).into_iter().collect();
        let Some(current) = self.invocation.take() else { return lines };
        let took = current.began.until(now);
        let init = self.init_took.take();
        let billed = (took + init.unwrap_or_default()).as_secs_f64() * 1000.0;
        let memory = u64::from(settings.memory_mb);
        let mut record = current.record();
        set_status(&mut record, current.status(status));
        record["metrics"] = json!({
            "durationMs": millis(took),
            "billedDurationMs": billed.ceil(),
            "memorySizeMB": memory,
            "maxMemoryUsedMB": memory_mb.unwrap_or(memory),
        });
        if let Some(init) = init {
            record["metrics"]["initDurationMs"] = json!(millis(init));
        }
        if let Some(restore) = self.restore_took.take() {
            record["metrics"]["restoreDurationMs"] = json!(millis(restore));
        }
        let done = current.runtime_done.unwrap_or(now);
        record["spans"] = json!([done.span("extensionOverhead", now)]);
        lines.push(("platform.report", record));
        lines
    }
}

/// The type of a record, and the record.
type Line = (&'static str, Value);

impl Invocation {
    /// What every record of an invocation has.
    fn record(&self) -> Value {
        let mut record = Map::new();
        record.insert("requestId".to_owned(), self.request_id.as_str().into());
        let optional =
            [("tenantId", self.tenant_id.as_deref().map(Value::from)), ("tracing", self.tracing.clone())];
        for (name, value) in optional {
            if let Some(value) = value {
                record.insert(name.to_owned(), value);
            }
        }
        Value::Object(record)
    }

    /// An invocation that came to its end ends as its answer says.
    fn status<'a>(&'a self, end: &'a Status) -> &'a Status {
        match (&self.answered, end) {
            (Some(answer), Status::Success) => &answer.status,
            _ => end,
        }
    }
}

/// What every record of an init has.
fn of_init(phase: InitPhase, settings: &Settings) -> Value {
    let phase = match phase {
        InitPhase::Init if settings.initialization.is_snap_start() => "snap-start",
        InitPhase::Init => "init",
        InitPhase::Invoke => "invoke",
    };
    json!({ "initializationType": settings.initialization.name(), "phase": phase })
}

fn set_status(record: &mut Value, status: &Status) {
    let (word, kind) = match status {
        Status::Success => ("success", None),
        Status::Error(kind) => ("error", Some(kind)),
        Status::Failure(kind) => ("failure", Some(kind)),
        Status::Timeout => ("timeout", None),
    };
    record["status"] = word.into();
    if let Some(kind) = kind {
        record["errorType"] = kind.as_str().into();
    }
}

/// The trace, if it is sampled.
fn tracing(header: &str) -> Option<Value> {
    let sampled = header.split(';').any(|part| part.trim() == "Sampled=1");
    sampled.then(|| json!({ "type": "X-Amzn-Trace-Id", "value": header }))
}
