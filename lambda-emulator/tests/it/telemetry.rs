//! The Telemetry API: who may subscribe, what comes, and how.

use std::time::Duration;

use lambda_emulator::{Emulator, Event, Invoke};
use serde_json::{Value, json};

use crate::listener::Listener;
use crate::support::{Extension, Peer, SUBSCRIBE, emulator};

/// Everything that a record of the platform may be asked for.
const ALL: [&str; 3] = ["platform", "function", "extension"];

/// A runtime that answers so many events with `1`, and polls once more.
async fn serve(emulator: &Emulator, count: usize) -> Peer {
    let mut runtime = Peer::of(emulator).await;
    for _ in 0..count {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"1").await;
    }
    runtime.send(&format!("GET {}", crate::support::NEXT), "", b"").await;
    let polls = |history: &[Event]| history.iter().filter(|event| **event == Event::Polled).count();
    emulator.until(|history| polls(history) > count).await;
    runtime
}

/// Invokes once, with an extension that has subscribed and a runtime that answers, and which is returned.
async fn invoke_once(emulator: &Emulator, extension: &mut Extension, invoke: Invoke) -> Peer {
    extension.poll().await;
    tokio::join!(emulator.invoke(invoke), serve(emulator, 1)).1
}

#[tokio::test]
async fn case_88_a_valid_subscription_is_ok_and_told() {
    let emulator = emulator().await;
    let mut listener = Listener::http(&[]).await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    for schema in ["2022-07-01", "2022-12-13", "2025-01-29"] {
        let answer = listener.subscribe(&mut extension, &ALL, json!({"schemaVersion": schema})).await;
        assert_eq!((answer.status, answer.text()), (200, "\"OK\""));
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
    let told = listener.until("platform.telemetrySubscription").await;
    assert_eq!(told, json!({"name": "inner", "state": "Subscribed", "types": ALL}));
    assert!(emulator.history().contains(&Event::TelemetrySubscribed { name: "inner".to_owned() }));
    let slash = extension.ask("PUT /2022-07-01/telemetry/", "", b"{}").await;
    assert_eq!(slash.status, 400, "a slash at the end is no other path");
}

#[tokio::test]
async fn case_89_what_is_wrong_is_said_in_one_list() {
    let emulator = emulator().await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    let body = json!({
        "schemaVersion": "2022-12-13",
        "types": [],
        "buffering": {"maxItems": 999},
        "destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain"},
    });
    let answer = extension.ask(SUBSCRIBE, "", body.to_string().as_bytes()).await;
    assert_eq!(answer.refusal(), (400, "ValidationError".to_owned()));
    let text =
        "URI port is not provided; types should not be empty; maxItems should be between 1000 and 10000";
    assert_eq!(answer.json()["errorMessage"], text);
    let mut nobody = Peer::of(&emulator).await;
    let missing = nobody.ask(SUBSCRIBE, "", b"{}").await;
    assert_eq!(missing.refusal(), (403, "Extension.MissingExtensionIdentifier".to_owned()));
}

#[tokio::test]
async fn case_90_after_the_init_nobody_may_subscribe() {
    let emulator = emulator().await;
    let listener = Listener::http(&[]).await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    let mut poll = Peer::of(&emulator).await;
    poll.send(crate::support::EVENT_NEXT, &extension.identifier(), b"").await;
    let _runtime = serve(&emulator, 0).await;
    let inner = Event::ExtensionPolled { name: "inner".to_owned() };
    emulator.until(|history| history.contains(&inner)).await;
    let late = listener.subscribe(&mut extension, &ALL, json!({})).await;
    assert_eq!(late.refusal(), (403, "Telemetry.SubscriptionClosed".to_owned()));
}

#[tokio::test]
async fn the_logs_api_says_that_it_is_not_there() {
    let emulator = emulator().await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    let answer = extension.ask("PUT /2020-08-15/logs", "", b"{}").await;
    assert_eq!(answer.refusal(), (202, "Logs.NotSupported".to_owned()));
}

#[tokio::test]
async fn cases_93_and_96_one_invocation_is_told_in_order_over_http_at_the_path_that_was_given() {
    let emulator = emulator().await;
    let mut listener = Listener::http(&[]).await;
    let mut extension = Extension::register(&emulator, "inner", r#"["INVOKE"]"#).await;
    listener.subscribe(&mut extension, &["platform"], json!({})).await;
    let trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    let invoke = Invoke::new("{}").request_id("a").tenant_id("blue").trace_id(Some(trace.to_owned()));
    let _runtime = invoke_once(&emulator, &mut extension, invoke).await;
    extension.peer.answer().await.unwrap();
    extension.poll().await;
    while !listener.types().contains(&"report") {
        assert_eq!(listener.batch().await.path, "/a/b?c");
    }
    let expected = [
        "initStart",
        "telemetrySubscription",
        "initRuntimeDone",
        "extension",
        "initReport",
        "start",
        "runtimeDone",
        "report",
    ];
    let mut types = listener.types();
    // The order in which the runtime and the extension get ready is theirs.
    types.sort_by_key(|kind| expected.iter().position(|known| known == kind));
    assert_eq!(types, expected);
    assert_eq!(listener.types()[5..], expected[5..]);
    for record in &listener.records {
        let time = record["time"].as_str().unwrap();
        assert!(time.len() == 24 && time.ends_with('Z'), "{time}");
    }
    let names = |record: &Value| -> Vec<String> {
        let spans = record["spans"].as_array().unwrap().iter();
        spans.map(|span| span["name"].as_str().unwrap().to_owned()).collect()
    };
    let (start, done, report) = (
        listener.record("platform.start"),
        listener.record("platform.runtimeDone"),
        listener.record("platform.report"),
    );
    for record in [start, done, report] {
        assert_eq!((&record["requestId"], &record["tenantId"]), (&json!("a"), &json!("blue")));
        assert_eq!(record["tracing"], json!({"type": "X-Amzn-Trace-Id", "value": trace}));
    }
    assert_eq!(start["version"], "$LATEST");
    assert_eq!(names(done), ["responseLatency", "responseDuration", "runtimeOverhead"]);
    assert_eq!((&done["status"], &done["metrics"]["producedBytes"]), (&json!("success"), &json!(1)));
    assert_eq!(names(report), ["extensionOverhead"]);
    for metric in ["durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB", "initDurationMs"] {
        assert!(report["metrics"][metric].is_number(), "{metric}: {report}");
    }
    let init = listener.record("platform.initStart");
    assert_eq!((&init["functionName"], &init["phase"]), (&json!("hello"), &json!("init")));
    let ready = json!({"name": "inner", "state": "Ready", "events": ["INVOKE"]});
    assert_eq!(listener.record("platform.extension"), &ready);
}

#[tokio::test]
async fn case_93_over_tcp_records_are_lines() {
    let emulator = emulator().await;
    let mut listener = Listener::tcp().await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    let tcp = json!({"destination": {"protocol": "TCP", "port": listener.port}});
    assert_eq!(listener.subscribe(&mut extension, &ALL, tcp).await.status, 200);
    let _runtime = invoke_once(&emulator, &mut extension, Invoke::new("{}")).await;
    assert_eq!(listener.until("platform.report").await["status"], "success");
    assert_eq!(listener.types()[..2], ["initStart", "telemetrySubscription"]);
}

#[tokio::test]
async fn case_94_a_batch_that_is_refused_comes_again_and_nothing_is_lost() {
    let emulator = emulator().await;
    let mut listener = Listener::http(&[500, 503]).await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    listener.subscribe(&mut extension, &["platform"], json!({})).await;
    let first = listener.batch().await;
    assert_eq!(first.records[0]["type"], "platform.initStart");
    let dropped = |event: &Event| matches!(event, Event::TelemetryDropped { .. });
    assert!(!emulator.history().iter().any(dropped));
}

#[tokio::test]
async fn case_94_a_batch_that_is_refused_for_good_is_dropped_and_counted() {
    let emulator = emulator().await;
    let mut listener = Listener::http(&[500; 5]).await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    listener.subscribe(&mut extension, &["platform"], json!({})).await;
    let dropped = listener.until("platform.logsDropped").await;
    assert_eq!(dropped["droppedRecords"], 2);
    assert!(dropped["droppedBytes"].as_u64().unwrap() > 100);
    assert!(dropped["reason"].as_str().unwrap().starts_with("could not send events: "), "{dropped}");
    let history = emulator.history();
    let counted = history.iter().find_map(|event| match event {
        Event::TelemetryDropped { name, records, .. } => Some((name.as_str(), *records)),
        _ => None,
    });
    assert_eq!(counted, Some(("inner", 2)));
}

#[tokio::test]
async fn case_24_telemetry_has_the_category_of_a_functions_error() {
    for (header, category) in [
        ("Lambda-Runtime-Function-Error-Type: Function.MyErr\r\n", "Function.MyErr"),
        ("Lambda-Runtime-Function-Error-Type: Function.x1\r\n", "Function.Unknown"),
        ("Lambda-Runtime-Function-Error-Type: abc\r\n", "Runtime.Unknown"),
        ("", "Runtime.Unknown"),
    ] {
        let emulator = emulator().await;
        let mut listener = Listener::http(&[]).await;
        let mut extension = Extension::register(&emulator, "inner", "[]").await;
        listener.subscribe(&mut extension, &["platform"], json!({})).await;
        extension.poll().await;
        let mut runtime = Peer::of(&emulator).await;
        tokio::join!(emulator.invoke(Invoke::new("{}")), async {
            let event = runtime.next().await;
            runtime.fail(event.id(), header, b"{}").await;
            runtime.send(&format!("GET {}", crate::support::NEXT), "", b"").await;
        });
        let report = listener.until("platform.report").await;
        assert_eq!((&report["status"], &report["errorType"]), (&json!("error"), &json!(category)));
    }
}

#[tokio::test]
async fn a_timeout_is_told_as_one() {
    let emulator = Emulator::builder().timeout(Duration::from_millis(50)).start().await.unwrap();
    let mut listener = Listener::http(&[]).await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    listener.subscribe(&mut extension, &["platform"], json!({})).await;
    extension.poll().await;
    let mut runtime = Peer::of(&emulator).await;
    tokio::join!(emulator.invoke(Invoke::new("{}")), runtime.next());
    let report = listener.until("platform.report").await;
    assert_eq!((&report["status"], report.get("errorType")), (&json!("timeout"), None));
    assert_eq!(listener.record("platform.runtimeDone")["status"], "timeout");
}

#[cfg(feature = "command")]
mod supervised {
    use lambda_emulator::{Bootstrap, ShutdownReason};

    use super::*;
    use crate::player;

    /// A bootstrap of ours with the extension `spy`, which is a task of this test.
    async fn spied(bootstrap: Bootstrap, types: &[&str], more: Value) -> (Emulator, Extension, Listener) {
        let builder = Emulator::builder().timeout(Duration::from_secs(30)).bootstrap(bootstrap);
        let emulator = builder.expect_extension("spy").start().await.unwrap();
        let mut spy = Extension::register(&emulator, "spy", r#"["SHUTDOWN"]"#).await;
        let listener = Listener::http(&[]).await;
        assert_eq!(listener.subscribe(&mut spy, types, more).await.status, 200);
        spy.poll().await;
        (emulator, spy, listener)
    }

    fn log(count: usize, text: &str) -> Invoke {
        Invoke::new(serde_json::to_string(&format!("log {count} {text}")).unwrap())
    }

    #[tokio::test]
    async fn case_92_2500_lines_come_in_batches_of_at_most_1000_and_the_rest_when_it_is_old_enough() {
        let buffering = json!({"buffering": {"maxItems": 1000, "maxBytes": 1_048_576, "timeoutMs": 500}});
        let (emulator, _spy, mut listener) = spied(player::bootstrap("poll"), &["function"], buffering).await;
        let logged = async { emulator.invoke(log(2500, "hello")).await };
        let received = async {
            let mut sizes = Vec::new();
            let hello = |record: &&Value| record["record"] == "hello";
            while listener.records.iter().filter(hello).count() < 2500 {
                sizes.push(listener.batch().await.records.len());
            }
            sizes
        };
        let (invoked, sizes) = tokio::join!(logged, received);
        assert_eq!(invoked.error_type, None);
        assert!(sizes.iter().all(|size| *size <= 1000), "{sizes:?}");
        assert!(sizes.iter().any(|size| *size < 1000), "a partial batch comes too: {sizes:?}");
        assert!(listener.records.iter().all(|record| record["type"] == "function"));
    }

    #[tokio::test]
    async fn case_95_lines_are_objects_in_json_format_and_a_newer_schema() {
        let line = r#"{"level":"INFO","message":"hello"}"#;
        for (format, schema, object) in [
            ("JSON", "2022-07-01", false),
            ("Text", "2022-12-13", false),
            ("JSON", "2022-12-13", true),
            ("json", "2025-01-29", true),
        ] {
            let bootstrap = player::bootstrap("poll").env("AWS_LAMBDA_LOG_FORMAT", format);
            let schema = json!({"schemaVersion": schema});
            let (emulator, _spy, mut listener) = spied(bootstrap, &["function"], schema).await;
            let expected = if object { serde_json::from_str(line).unwrap() } else { json!(line) };
            emulator.invoke(log(1, line)).await;
            while !listener.records.iter().any(|record| record["record"] == expected) {
                listener.batch().await;
            }
        }
    }

    #[tokio::test]
    async fn case_32_an_init_within_an_invocation_is_told_with_its_phase_after_a_crash() {
        let (emulator, mut spy, mut listener) =
            spied(player::bootstrap("poll"), &["platform"], json!({})).await;
        let crash = async {
            let crashed = emulator.invoke(Invoke::new("\"exit 1\"")).await;
            assert_eq!(crashed.error_type.as_deref(), Some("Runtime.ExitError"));
        };
        let (told, ()) = tokio::join!(spy.peer.answer(), crash);
        assert_eq!(told.unwrap().json()["shutdownReason"], "failure");
        let report = listener.until("platform.report").await;
        assert_eq!((&report["status"], &report["errorType"]), (&json!("error"), &json!("Runtime.ExitError")));
        // What follows is a new environment, and a new subscription.
        let mut spy = Extension::register(&emulator, "spy", "[]").await;
        let mut listener = Listener::http(&[]).await;
        listener.subscribe(&mut spy, &["platform"], json!({})).await;
        spy.poll().await;
        emulator.invoke(log(1, "again")).await;
        listener.until("platform.report").await;
        for kind in ["initStart", "initRuntimeDone", "initReport"] {
            assert_eq!(listener.record(&format!("platform.{kind}"))["phase"], "invoke", "{kind}");
        }
        let report = listener.record("platform.report");
        assert!(report["metrics"].get("initDurationMs").is_none(), "it is hidden in the duration");
    }

    #[tokio::test]
    async fn cases_69_and_97_a_managed_instance_reports_each_invocation_and_tells_extensions_of_its_end_only()
    {
        let builder = Emulator::builder().timeout(Duration::from_secs(30)).max_concurrency(2);
        let builder = builder.bootstrap(player::bootstrap("workers 2")).expect_extension("spy");
        let emulator = builder.start().await.unwrap();
        let mut peer = Peer::of(&emulator).await;
        let invoke = br#"{"events":["INVOKE"]}"#;
        let refused = peer.ask(crate::support::REGISTER, "Lambda-Extension-Name: spy\r\n", invoke).await;
        assert_eq!(refused.refusal(), (403, "Extension.InvalidEventType".to_owned()));
        let mut spy = Extension::register(&emulator, "spy", r#"["SHUTDOWN"]"#).await;
        let mut listener = Listener::http(&[]).await;
        let schema = json!({"schemaVersion": "2025-01-29"});
        listener.subscribe(&mut spy, &["platform"], schema).await;
        spy.poll().await;
        emulator.until(|history| history.contains(&Event::Polled)).await;
        emulator.invoke(Invoke::new("\"echo AWS_REGION\"").request_id("a")).await;
        let report = listener.until("platform.report").await;
        assert_eq!((&report["requestId"], &report["status"]), (&json!("a"), &json!("success")));
        assert_eq!(report["metrics"].as_object().unwrap().len(), 1);
        assert!(!listener.types().contains(&"runtimeDone"));
        let init = listener.record("platform.initReport");
        assert_eq!(init["initializationType"], "lambda-managed-instances");
        let ((), told) = tokio::join!(emulator.shut_down(ShutdownReason::Spindown), spy.peer.answer());
        assert_eq!(told.unwrap().json()["shutdownReason"], "spindown");
        let ended = Event::Exited { code: None, signal: Some(15) };
        assert!(emulator.history().contains(&ended), "{:?}", emulator.history());
    }

    #[tokio::test]
    async fn lines_of_extensions_are_told_and_what_is_left_is_flushed_at_the_end() {
        let extensions = player::Extensions::new(&["watch-and-log"]);
        let builder = Emulator::builder().timeout(Duration::from_secs(30));
        let builder = builder.bootstrap(extensions.bootstrap("poll")).expect_extension("spy");
        let emulator = builder.extensions_directory(&extensions.directory).start().await.unwrap();
        let mut spy = Extension::register(&emulator, "spy", r#"["SHUTDOWN"]"#).await;
        let mut listener = Listener::http(&[]).await;
        // Nothing comes before half a minute is over, or the end.
        let slow = json!({"buffering": {"timeoutMs": 30_000}});
        listener.subscribe(&mut spy, &["extension", "function"], slow).await;
        spy.poll().await;
        emulator.invoke(log(1, "hello")).await;
        emulator.shut_down(ShutdownReason::Spindown).await;
        let said = |records: &[Value], kind: &str, text: &str| {
            let mut records = records.iter().filter(|record| record["type"] == kind);
            records.any(|record| record["record"].as_str().unwrap().contains(text))
        };
        while !said(&listener.records, "extension", "watch-and-log has ") {
            listener.batch().await;
        }
        assert!(said(&listener.records, "function", "hello"));
    }
}
