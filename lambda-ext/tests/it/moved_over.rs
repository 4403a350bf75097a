//! Programs as users of `lambda_extension` 1.1.1 write them: they compile as they are, and do what they did.

use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use lambda_ext as lambda_extension;
use lambda_extension::{
    Error, Extension, InvokeEvent, LambdaEvent, LambdaLog, LambdaLogRecord, LambdaTelemetry,
    LambdaTelemetryRecord, LogBuffering, NextEvent, RegisteredExtension, Service, SharedService, service_fn,
    tracing,
};

use crate::support::{INVOKE, REGISTERED, SHUTDOWN, Server, ok};

/// A service with state, whose future is boxed and not `Send`.
#[derive(Default)]
struct Remembering {
    invocations: Vec<InvokeEvent>,
    not_send: Rc<()>,
}

impl Service<LambdaEvent> for Remembering {
    type Response = ();
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, event: LambdaEvent) -> Self::Future {
        match event.next {
            NextEvent::Invoke(invoke) => self.invocations.push(invoke),
            NextEvent::Shutdown(_) => assert_eq!(self.invocations.len(), 1),
        }
        let not_send = Rc::clone(&self.not_send);
        Box::pin(async move {
            drop(not_send);
            Ok(())
        })
    }
}

#[tokio::test]
async fn a_service_that_is_not_send_processes_events() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.deliver(INVOKE).await;
        server.deliver(SHUTDOWN).await;
    };
    let extension = server.extension().with_events_processor(Remembering::default());
    let (ended, ()) = tokio::join!(extension.run(), script);
    ended.unwrap();
}

#[tokio::test]
async fn a_closure_that_borrows_is_a_processor_of_a_named_type() {
    let server = Server::start().await;
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let extension = Extension::new()
        .with_events(&["INVOKE"])
        .with_events_processor(service_fn(|event: LambdaEvent| {
            let tell = &tell;
            async move { tell.send(event.next.is_invoke()).map_err(Error::from) }
        }))
        .with_extension_name("internal-flush")
        .with_endpoint(server.endpoint());
    async fn run<S: Service<LambdaEvent, Response = (), Error = Error>>(
        extension: RegisteredExtension<S>,
    ) -> Result<(), Error> {
        extension.run().await
    }
    let script = async {
        server.answer(REGISTERED).await;
        server.deliver(SHUTDOWN).await;
    };
    let (ended, ()) = tokio::join!(async { run(extension.register().await?).await }, script);
    ended.unwrap();
    assert_eq!(told.recv().await, Some(false));
}

/// Patterns name every field that `lambda_extension` has, and nothing else.
fn describe(telemetry: LambdaTelemetry) -> Option<String> {
    Some(match telemetry.record {
        LambdaTelemetryRecord::Function(line) => line,
        LambdaTelemetryRecord::PlatformInitStart {
            initialization_type,
            phase: _,
            runtime_version: _,
            runtime_version_arn: _,
        } => format!("{initialization_type:?}"),
        LambdaTelemetryRecord::PlatformInitRuntimeDone {
            initialization_type: _,
            phase: _,
            status,
            error_type: _,
            spans: _,
        } => format!("{status:?}"),
        LambdaTelemetryRecord::PlatformInitReport { initialization_type: _, phase: _, metrics, spans: _ } => {
            metrics.duration_ms.to_string()
        }
        LambdaTelemetryRecord::PlatformStart { request_id, version: _, tracing: _ } => request_id,
        LambdaTelemetryRecord::PlatformRuntimeDone {
            request_id,
            status: _,
            error_type: _,
            metrics: _,
            spans: _,
            tracing: _,
        } => request_id,
        LambdaTelemetryRecord::PlatformReport {
            request_id: _,
            status: _,
            error_type: _,
            metrics,
            spans: _,
            tracing: _,
        } => format!("{} of {} MB", metrics.max_memory_used_mb, metrics.memory_size_mb),
        LambdaTelemetryRecord::PlatformExtension { name, state: _, events: _ } => name,
        LambdaTelemetryRecord::PlatformTelemetrySubscription { name, state: _, types: _ } => name,
        LambdaTelemetryRecord::PlatformLogsDropped { reason, dropped_records: _, dropped_bytes: _ } => reason,
        _ => return None,
    })
}

#[test]
fn patterns_without_dots_match_and_numbers_are_numbers() {
    let body = br#"[
        {"time":"2026-01-01T00:00:00.000Z","type":"platform.report","record":{"requestId":"a","status":"success",
            "metrics":{"durationMs":1.5,"billedDurationMs":2,"memorySizeMB":128,"maxMemoryUsedMB":60}}},
        {"time":"2026-01-01T00:00:00.000Z","type":"platform.initStart","record":{"initializationType":"on-demand",
            "phase":"init","functionName":"f","instanceId":"i"}},
        {"time":"2026-01-01T00:00:00.000Z","type":"platform.new","record":{}}
    ]"#;
    let batch: Vec<LambdaTelemetry> = lambda_extension::decode_batch(body);
    assert_eq!(batch[0].time.timestamp_millis(), 1_767_225_600_000);
    let told: Vec<_> = batch.into_iter().map(describe).collect();
    assert_eq!(told, [Some("60 of 128 MB".to_owned()), Some("OnDemand".to_owned()), None]);
}

#[derive(Clone, Default)]
struct Logs;

impl Service<Vec<LambdaLog>> for Logs {
    type Response = ();
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, logs: Vec<LambdaLog>) -> Self::Future {
        for log in logs {
            match log.record {
                LambdaLogRecord::Function(line) | LambdaLogRecord::Extension(line) => {
                    tracing::info!("{line}")
                }
                LambdaLogRecord::PlatformEnd { request_id } => tracing::info!("{request_id} has ended"),
                _ => {}
            }
        }
        Box::pin(ready(Ok(())))
    }
}

#[tokio::test]
async fn json_records_and_logs_are_subscribed_to_as_before() {
    let server = Server::start().await;
    let extension = server
        .extension()
        .with_telemetry_record_type::<serde_json::Value>()
        .with_telemetry_processor(SharedService::new(service_fn(
            async |batch: Vec<LambdaTelemetry<serde_json::Value>>| {
                tracing::info!("{} records", batch.len());
                Ok::<(), Error>(())
            },
        )))
        .with_telemetry_buffering(LogBuffering { timeout_ms: 100, max_bytes: 262_144, max_items: 1_000 })
        .with_telemetry_port_number(0)
        .with_logs_processor(SharedService::new(Logs))
        .with_log_types(&["function"])
        .with_log_port_number(0);
    let script = async {
        server.answer(REGISTERED).await;
        let telemetry = server.answer(ok("\"OK\"")).await;
        assert_eq!(telemetry.line, "PUT /2022-07-01/telemetry HTTP/1.1");
        assert_eq!(telemetry.json()["buffering"]["timeoutMs"], 100);
        let logs = server.answer(ok("\"OK\"")).await;
        assert_eq!(logs.line, "PUT /2020-08-15/logs HTTP/1.1");
        assert_eq!(logs.json()["types"], serde_json::json!(["function"]));
    };
    let (registered, ()) = tokio::join!(extension.register(), script);
    drop(registered.unwrap());
}
