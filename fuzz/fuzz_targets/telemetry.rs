//! Whatever is delivered as a batch of telemetry, decoding it never panics, loses no record between two good ones, and what is
//! decoded is written and read again as it was.

#![no_main]

use lambda_ext::{LambdaTelemetry, LambdaTelemetryRecord, decode_batch};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const LINE: &str = r#"{"time":"2026-01-01T00:00:00.000Z","type":"function","record":"a line"}"#;

fn is_line(telemetry: &LambdaTelemetry) -> bool {
    matches!(&telemetry.record, LambdaTelemetryRecord::Function(line) if line == "a line")
}

fuzz_target!(|bytes: &[u8]| {
    let batch: Vec<LambdaTelemetry> = decode_batch(bytes);
    let _ = decode_batch::<Value>(bytes);
    let _ = lambda_ext::logs::decode_logs(bytes);
    for telemetry in batch {
        let text = serde_json::to_string(&telemetry).expect("a record can be written");
        if matches!(telemetry.record, LambdaTelemetryRecord::Unknown { .. }) {
            continue;
        }
        // A number may be read as its neighbour once; what has been written is stable.
        let again: LambdaTelemetry = serde_json::from_str(&text).expect("what was written can be read");
        assert_eq!(serde_json::to_string(&again).expect("a record can be written"), text);
    }
    // Whatever value stands between two records, they are delivered.
    if serde_json::from_slice::<Value>(bytes).is_ok() {
        let body = [b"[", LINE.as_bytes(), b",", bytes, b",", LINE.as_bytes(), b"]"].concat();
        let batch: Vec<LambdaTelemetry> = decode_batch(&body);
        assert!(batch.len() == 3 && is_line(&batch[0]) && is_line(&batch[2]), "{batch:?}");
    }
});
