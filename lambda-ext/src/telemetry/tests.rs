//! Every record of the schema, and what is none.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn at(kind: &str, record: Value) -> Value {
    json!({ "time": "2026-01-31T23:59:59.123Z", "type": kind, "record": record })
}

fn one<L: serde::de::DeserializeOwned>(event: &Value) -> LambdaTelemetryRecord<L> {
    let mut batch = decode_batch::<L>(format!("[{event}]").as_bytes());
    assert_eq!(batch.len(), 1);
    batch.remove(0).record
}

fn is_unknown<L>(record: &LambdaTelemetryRecord<L>) -> bool {
    matches!(record, LambdaTelemetryRecord::Unknown { .. })
}

fn every_record() -> Vec<Value> {
    let tracing = json!({ "spanId": "s", "type": "X-Amzn-Trace-Id", "value": "Root=1" });
    let spans =
        json!([{ "name": "responseLatency", "start": "2026-01-31T23:59:59.123Z", "durationMs": 1.5 }]);
    vec![
        at(
            "platform.initStart",
            json!({ "initializationType": "on-demand", "phase": "init", "functionName": "f", "functionVersion": "1",
                    "instanceId": "i", "instanceMaxMemory": 128, "runtimeVersion": "r", "runtimeVersionArn": "arn",
                    "tracing": tracing }),
        ),
        at(
            "platform.initStart",
            json!({ "initializationType": "lambda-managed-instances", "phase": "init", "instanceMaxMemory": 2147483648u64 }),
        ),
        at(
            "platform.initRuntimeDone",
            json!({ "initializationType": "snap-start", "phase": "snap-start", "status": "error",
                    "errorType": "Runtime.ExitError", "spans": spans, "tracing": tracing }),
        ),
        at(
            "platform.initReport",
            json!({ "initializationType": "provisioned-concurrency", "phase": "invoke", "status": "success",
                    "metrics": { "durationMs": 125.33 }, "spans": spans }),
        ),
        at(
            "platform.start",
            json!({ "requestId": "a", "version": "$LATEST", "functionArn": "arn", "tenantId": "t", "tracing": tracing }),
        ),
        at("platform.start", json!({ "requestId": "a" })),
        at(
            "platform.runtimeDone",
            json!({ "requestId": "a", "tenantId": "t", "status": "timeout", "errorType": "Sandbox.Timedout",
                    "metrics": { "durationMs": 140.0, "producedBytes": 16 }, "spans": spans, "tracing": tracing }),
        ),
        at(
            "platform.report",
            json!({ "requestId": "a", "status": "success",
                    "metrics": { "durationMs": 101.51, "billedDurationMs": 300, "memorySizeMB": 512,
                                 "maxMemoryUsedMB": 33, "initDurationMs": 116.67, "restoreDurationMs": 2.5 },
                    "spans": spans, "tracing": tracing }),
        ),
        at(
            "platform.report",
            json!({ "requestId": "a", "status": "failure", "errorType": "Sandbox.Failure",
                    "metrics": { "durationMs": 101.5 }, "spans": spans }),
        ),
        at(
            "platform.restoreStart",
            json!({ "functionName": "f", "functionVersion": "1", "instanceId": "i", "instanceMaxMemory": 128,
                    "runtimeVersion": "r", "runtimeVersionArn": "arn" }),
        ),
        at("platform.restoreRuntimeDone", json!({ "status": "success", "spans": spans })),
        at(
            "platform.restoreReport",
            json!({ "status": "error", "errorType": "Runtime.RestoreError", "metrics": { "durationMs": 1.5 }, "spans": spans }),
        ),
        at(
            "platform.extension",
            json!({ "name": "x", "state": "Ready", "events": ["INVOKE"], "errorType": "e" }),
        ),
        at(
            "platform.telemetrySubscription",
            json!({ "name": "x", "state": "Subscribed", "types": ["platform"] }),
        ),
        at("platform.logsDropped", json!({ "reason": "slow", "droppedRecords": 123, "droppedBytes": 12345 })),
        at("platform.fault", json!("RequestId: a Error: it broke")),
        at("function", json!("line \"one\"\n")),
        at("extension", json!("line")),
    ]
}

#[test]
fn every_record_of_the_schema_is_typed_and_is_written_as_it_was_read() {
    for event in every_record() {
        let batch = decode_batch::<String>(format!("[{event}]").as_bytes());
        let [telemetry] = &batch[..] else { panic!("{batch:?}") };
        assert!(!is_unknown(&telemetry.record), "{event}");
        assert_eq!(telemetry.time.timestamp_millis(), 1_769_903_999_123);
        assert_eq!(serde_json::to_value(telemetry).unwrap(), event);
        assert_eq!(&serde_json::from_value::<LambdaTelemetry>(event).unwrap(), telemetry);
    }
}

#[test]
fn order_spaces_escapes_new_fields_and_nulls_change_nothing() {
    let plain = one::<String>(&at("platform.runtimeDone", json!({ "requestId": "a", "status": "success" })));
    for text in [
        r#"{"record":{"requestId":"a","status":"success"},"type":"platform.runtimeDone","time":"2026-01-01T00:00:00Z"}"#,
        r#"{ "type" : "platform.runtimeDone", "new": [{}], "record" :
            {"status":"success","requestId":"\u0061","spans":null,"metrics":null,"more":1}, "time":"2026-01-01T00:00:00Z" }"#,
        r#"{"t\u0069me":"2026-01-01T00:00:00Z","typ\u0065":"platform.runtimeDone","record":{"requestId":"a","status":"success"}}"#,
    ] {
        let batch = decode_batch::<String>(format!(" [ {text} , {text} ] ").as_bytes());
        assert!(batch.len() == 2 && batch.iter().all(|telemetry| telemetry.record == plain), "{batch:?}");
    }
}

#[test]
fn case_98_what_is_unknown_or_malformed_is_kept_and_the_batch_goes_on() {
    let good = at("function", json!("good")).to_string();
    for bad in [
        r#"{"time":"2026-01-01T00:00:00Z","type":"platform.eclipse","record":{"moon":[1,{"a":"]}"}]}}"#,
        r#"{"time":"2026-01-01T00:00:00Z","record":{}}"#,
        r#"{"type":"function","record":"no time"}"#,
        r#"{"time":"2026-01-01T00:00:00Z","type":"platform.start","record":{"requestId":7}}"#,
        r#"{"time":"2026-01-01T00:00:00Z","type":"platform.start"}"#,
        r#"{"time":"yesterday","type":"function","record":"x"}"#,
        r#"{"time":"2026-01-01T00:00:00Z","type":"function","record":7}"#,
        r#"{"time" oops: "]", {"nested": true}}"#,
        r#"{"bad escape":"\q"}"#,
        "7",
        "\"text, with ] and , \"",
        "null",
        "[1,[2]]",
        "nonsense",
    ] {
        let batch = decode_batch::<String>(format!("[{good},{bad},{good}]").as_bytes());
        assert_eq!(batch.len(), 3, "{bad}: {batch:?}");
        assert!(!is_unknown(&batch[0].record) && !is_unknown(&batch[2].record), "{bad}: {batch:?}");
        assert_eq!(batch[1].record, LambdaTelemetryRecord::Unknown { raw: bad.to_owned() });
    }
}

#[test]
fn what_is_cut_off_or_no_array_is_kept_too() {
    let good = at("function", json!("good")).to_string();
    let cut = decode_batch::<String>(format!("[{good},{{\"time\":\"20").as_bytes());
    assert!(cut.len() == 2 && is_unknown(&cut[1].record), "{cut:?}");
    assert!(matches!(&decode_batch::<String>(b"<html>")[..], [only] if is_unknown(&only.record)));
    for nothing in ["", "[]", " [ ] ", "["] {
        assert!(decode_batch::<String>(nothing.as_bytes()).is_empty(), "{nothing}");
    }
}

#[test]
fn the_time_of_an_unknown_record_is_told_if_it_has_one() {
    let batch = decode_batch::<String>(br#"[{"time":"1970-01-01T00:00:01Z","type":"new"},{"type":"new"}]"#);
    assert_eq!(batch[0].time.timestamp_millis(), 1000);
    assert_eq!(batch[1].time, Timestamp::UNIX_EPOCH);
    assert_eq!(serde_json::to_value(&batch[0]).unwrap(), json!({"time":"1970-01-01T00:00:01Z","type":"new"}));
}

#[test]
fn json_logs_are_values_where_values_are_wanted_and_their_text_where_text_is() {
    let event = at("function", json!({ "level": "INFO", "message": "a \"b\"" }));
    let LambdaTelemetryRecord::Function(text) = one::<String>(&event) else { panic!("no log") };
    assert_eq!(text, event["record"].to_string());
    assert_eq!(one::<Value>(&event), LambdaTelemetryRecord::Function(event["record"].clone()));
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Line {
        level: String,
    }
    assert_eq!(one::<Line>(&event), LambdaTelemetryRecord::Function(Line { level: "INFO".to_owned() }));
    assert!(is_unknown(&one::<Line>(&at("function", json!("text")))));
    // One after the other, in any order: what was learnt from one record does not spoil the next.
    let text = at("extension", json!("text"));
    let batch = decode_batch::<String>(format!("[{event},{text},{event},{event},{text}]").as_bytes());
    assert!(batch.len() == 5 && batch.iter().all(|telemetry| !is_unknown(&telemetry.record)), "{batch:?}");
}

#[test]
fn a_line_that_no_text_can_hold_is_a_line_with_replacements() {
    let line = |bytes: &[u8]| {
        [br#"[{"time":"2026-01-01T00:00:00Z","type":"function","record":""#, bytes, b"\"}]"].concat()
    };
    for (bytes, text) in [(&b"caf\xe9!"[..], "caf\u{fffd}!"), (br"half of \ud83d\n", "half of \u{fffd}\n")] {
        let batch: Vec<LambdaTelemetry> = decode_batch(&line(bytes));
        assert_eq!(batch[0].record, LambdaTelemetryRecord::Function(text.to_owned()));
    }
}

#[test]
fn what_no_variant_has_a_field_for_is_in_the_details() {
    let batch: Vec<LambdaTelemetry> = decode_batch(&serde_json::to_vec(&every_record()).unwrap());
    let details: Vec<_> = batch.iter().map(LambdaTelemetry::details).collect();
    assert_eq!((details[0].function_name.as_deref(), details[0].instance_max_memory), (Some("f"), Some(128)));
    assert_eq!(details[0].tracing.as_ref().map(|trace| &trace.r#type), Some(&TracingType::AmznTraceId));
    assert_eq!(details[1].instance_max_memory, Some(2_147_483_648));
    assert_eq!(details[3].status, Some(Status::Success));
    assert_eq!(
        (details[4].tenant_id.as_deref(), details[4].function_arn.as_deref()),
        (Some("t"), Some("arn"))
    );
    assert_eq!(details[5], &TelemetryDetails::default());
    assert_eq!(details[12].error_type.as_deref(), Some("e"));
    assert!(batch.iter().filter(|telemetry| telemetry.details.is_some()).count() < batch.len() / 2);
}

#[test]
fn words_that_are_not_known_yet_are_kept() {
    let record =
        json!({ "initializationType": "warm-start", "phase": "thaw", "metrics": { "durationMs": 1 } });
    let LambdaTelemetryRecord::PlatformInitReport { initialization_type, phase, .. } =
        one::<String>(&at("platform.initReport", record))
    else {
        panic!("no report")
    };
    assert_eq!(initialization_type, InitType::Other("warm-start".to_owned()));
    assert_eq!(
        (phase.as_str(), InitType::LambdaManagedInstances.as_str()),
        ("thaw", "lambda-managed-instances")
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode_batch::<String>(&bytes);
        let _ = decode_batch::<Value>(&[b"[", &bytes[..]].concat());
    }

    #[test]
    fn no_cut_of_a_batch_loses_a_record_before_it(cut in 0_usize..2000) {
        let records = every_record();
        let body = serde_json::to_string(&records).unwrap();
        let cut = cut.min(body.len());
        let whole = decode_batch::<String>(body.as_bytes());
        let batch = decode_batch::<String>(&body.as_bytes()[..cut]);
        let kept = batch.iter().zip(&whole).take_while(|(one, other)| one == other).count();
        prop_assert!(kept + 1 >= batch.len());
    }
}
