//! Decodes 10,000 records of telemetry on `lambda-ext` and as `lambda_extension` does, round by round, and prints both medians:
//! microseconds on a CPU, or with the feature `count` allocations.
//!
//! `telemetry ours`, `telemetry theirs` and `telemetry neither` do so once, for callgrind.

use std::hint::black_box;

#[cfg(feature = "count")]
#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

const ROUNDS: usize = 31;

fn main() {
    let body = batch();
    let only = std::env::args().nth(1);
    match only.as_deref() {
        Some("ours") => return ours(&body),
        Some("theirs") => return theirs(&body),
        Some("neither") => return,
        _ => {}
    }
    let mut figures: [Vec<u64>; 2] = Default::default();
    for _ in 0..ROUNDS {
        for (decode, figures) in [ours, theirs].into_iter().zip(&mut figures) {
            let before = meter();
            decode(&body);
            figures.push(meter() - before);
        }
    }
    let [ours, theirs] = figures.map(|mut figures| {
        figures.sort_unstable();
        figures[ROUNDS / 2]
    });
    println!("{ours} {theirs}");
}

fn ours(body: &[u8]) {
    let batch: Vec<lambda_ext::LambdaTelemetry> = lambda_ext::decode_batch(body);
    let known = |telemetry: &lambda_ext::LambdaTelemetry| {
        !matches!(telemetry.record, lambda_ext::LambdaTelemetryRecord::Unknown { .. })
    };
    assert!(batch.len() == 10_000 && batch.iter().all(known));
    drop(black_box(batch));
}

/// What the listener of `lambda_extension` 1.1.1 does with a body.
fn theirs(body: &[u8]) {
    let batch: Vec<lambda_extension::LambdaTelemetry> = serde_json::from_slice(body).expect("it knows these");
    assert_eq!(batch.len(), 10_000);
    drop(black_box(batch));
}

/// 1,250 invocations, each with its records in the order in which Lambda sends them, and nothing that either side does not know.
fn batch() -> Vec<u8> {
    let time = "2026-01-31T23:59:59.123Z";
    let tracing = r#"{"spanId":"54565fb41ac79632","type":"X-Amzn-Trace-Id","value":"Root=1-62e900b2-710d76f009d6e7785905449a;Parent=0efbd19962d95b05;Sampled=1"}"#;
    let span = |name: &str| format!(r#"{{"name":"{name}","start":"{time}","durationMs":23.02}}"#);
    let mut records = Vec::new();
    for number in 0..1_250 {
        let id = format!("79b4f56e-95b1-4643-9700-2807f4{number:06}");
        let mut record = |kind: &str, text: &str| {
            records.push(format!(r#"{{"time":"{time}","type":"{kind}","record":{text}}}"#));
        };
        record(
            "platform.start",
            &format!(r#"{{"requestId":"{id}","version":"$LATEST","tracing":{tracing}}}"#),
        );
        for line in 0..4 {
            record(
                "function",
                &format!(r#""{time}\t{id}\tINFO\torder {number} has {line} \"items\" in stock\n""#),
            );
        }
        record("extension", &format!(r#""shipped {number} records in 3 ms\n""#));
        let spans = ["responseLatency", "responseDuration", "runtimeOverhead"].map(span).join(",");
        record(
            "platform.runtimeDone",
            &format!(
                r#"{{"requestId":"{id}","status":"success","metrics":{{"durationMs":140.36,"producedBytes":16}},"spans":[{spans}],"tracing":{tracing}}}"#
            ),
        );
        record(
            "platform.report",
            &format!(
                r#"{{"requestId":"{id}","status":"success","metrics":{{"durationMs":140.36,"billedDurationMs":141,"memorySizeMB":128,"maxMemoryUsedMB":60,"initDurationMs":116.67}},"spans":[{}],"tracing":{tracing}}}"#,
                span("extensionOverhead")
            ),
        );
    }
    format!("[{}]", records.join(",")).into_bytes()
}

#[cfg(feature = "count")]
fn meter() -> u64 {
    counting::count()
}

/// Microseconds this thread has been on a CPU.
#[cfg(not(feature = "count"))]
fn meter() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec * 1_000_000 + time.tv_nsec / 1_000).expect("time goes on")
}
