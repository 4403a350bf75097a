//! The telemetry listener beside peers that deliver well and badly.

use std::sync::{Arc, Mutex};

use lambda_ext::{
    Error, Extension, LambdaTelemetry, LambdaTelemetryRecord, RegisteredExtension, SharedService, service_fn,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{ACCEPTED, REGISTERED, Server, ok, ours, refusal, response};

type Batches = Arc<Mutex<Vec<Vec<LambdaTelemetry>>>>;

/// A processor that keeps what it gets, and fails for a batch that says so.
fn keeping(batches: &Batches, extension: Extension) -> Extension {
    let batches = Arc::clone(batches);
    let processor = service_fn(move |batch: Vec<LambdaTelemetry>| {
        let told = batch.first().map(|first| first.record.clone());
        batches.lock().unwrap().push(batch);
        async move {
            match told {
                Some(LambdaTelemetryRecord::Function(line)) if line == "fail" => Err(Error::from("told to")),
                Some(LambdaTelemetryRecord::Function(line)) if line == "panic" => panic!("told to"),
                _ => Ok(()),
            }
        }
    });
    extension.with_telemetry_port_number(0).with_telemetry_processor(SharedService::new(processor))
}

/// Registers and subscribes; gives the extension, the port it listens on, and what it subscribed with.
async fn subscribed(batches: &Batches) -> (RegisteredExtension, u16, Value) {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        let asked = server.asked().await;
        assert_eq!(asked.request.line, "PUT /2022-07-01/telemetry HTTP/1.1");
        assert_eq!(asked.request.header("lambda-extension-identifier"), Some("id-1"));
        let body = asked.request.json();
        let port = body["destination"]["URI"].as_str().unwrap().rsplit_once(':').unwrap().1.parse().unwrap();
        // The listener is there before Lambda answers.
        drop(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
        asked.answer(ok("\"OK\"")).await;
        (port, body)
    };
    let (registered, (port, body)) = tokio::join!(keeping(batches, server.extension()).register(), script);
    (registered.unwrap(), port, body)
}

async fn post(stream: &mut TcpStream, body: &[u8]) -> u16 {
    let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    while !answer.windows(4).any(|window| window == b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0, "the listener hung up");
    }
    String::from_utf8(answer).unwrap().split(' ').nth(1).unwrap().parse().unwrap()
}

async fn connect(port: u16) -> TcpStream {
    TcpStream::connect(("127.0.0.1", port)).await.unwrap()
}

fn line(text: &str) -> String {
    format!(r#"{{"time":"2026-01-01T00:00:00.000Z","type":"function","record":"{text}"}}"#)
}

#[tokio::test]
async fn the_subscription_names_the_latest_schema_and_the_sandbox() {
    let (_extension, port, body) = subscribed(&Batches::default()).await;
    assert_eq!(body["schemaVersion"], "2025-01-29", "the only one that managed instances take");
    assert_eq!(body["destination"]["URI"], format!("http://sandbox.localdomain:{port}"));
    assert_eq!(body["types"], serde_json::json!(["platform", "function"]));
}

/// `lambda_extension` 1.1.1 binds its listener again for each connection and loses those that wait meanwhile.
#[tokio::test]
async fn many_connections_at_once_are_all_served_and_each_again() {
    let batches = Batches::default();
    let (_extension, port, _) = subscribed(&batches).await;
    let mut peers = Vec::new();
    for _ in 0..20 {
        peers.push(connect(port).await);
    }
    for round in 0..2 {
        for peer in &mut peers {
            assert_eq!(post(peer, format!("[{}]", line(&round.to_string())).as_bytes()).await, 200);
        }
    }
    assert_eq!(batches.lock().unwrap().len(), 40);
}

/// `lambda_extension` 1.1.1 answers the whole batch with 400.
#[tokio::test]
async fn case_98_the_records_beside_an_unknown_one_are_delivered() {
    let batches = Batches::default();
    let (_extension, port, _) = subscribed(&batches).await;
    let body = format!(r#"[{},{{"type":"platform.eclipse"}},{{"no":"type"}},{}]"#, line("a"), line("b"));
    assert_eq!(post(&mut connect(port).await, body.as_bytes()).await, 200);
    let batch = batches.lock().unwrap().pop().unwrap();
    let unknown = |at: usize| matches!(&batch[at].record, LambdaTelemetryRecord::Unknown { .. });
    assert!(batch.len() == 4 && unknown(1) && unknown(2), "{batch:?}");
    assert_eq!(batch[3].record, LambdaTelemetryRecord::Function("b".to_owned()));
}

#[tokio::test]
async fn a_megabyte_invalid_utf_8_and_what_is_no_json_are_delivered() {
    let batches = Batches::default();
    let (_extension, port, _) = subscribed(&batches).await;
    let mut peer = connect(port).await;
    let big = format!("[{}]", vec![line(&"x".repeat(1000)); 1024].join(","));
    assert!(big.len() > 1024 * 1024);
    assert_eq!(post(&mut peer, big.as_bytes()).await, 200);
    assert_eq!(batches.lock().unwrap().pop().unwrap().len(), 1024);
    let (first, last) = (line("a"), line("b"));
    let invalid = [b"[", first.as_bytes(), b",{\"record\":\"\xff\"},", last.as_bytes(), b"]"].concat();
    assert_eq!(post(&mut peer, &invalid).await, 200);
    let batch = batches.lock().unwrap().pop().unwrap();
    assert!(
        matches!(&batch[1].record, LambdaTelemetryRecord::Unknown { raw, .. } if raw.contains('\u{fffd}'))
    );
    assert_eq!(batch[2].record, LambdaTelemetryRecord::Function("b".to_owned()));
    assert_eq!(post(&mut peer, b"<html>").await, 200);
    assert!(
        matches!(&batches.lock().unwrap()[0][..], [only] if matches!(only.record, LambdaTelemetryRecord::Unknown { .. }))
    );
}

#[tokio::test]
async fn a_batch_that_is_not_processed_is_refused_so_that_lambda_keeps_it() {
    let batches = Batches::default();
    let (_extension, port, _) = subscribed(&batches).await;
    let mut peer = connect(port).await;
    for (text, status) in [("fail", 500), ("panic", 500), ("go on", 200)] {
        assert_eq!(post(&mut peer, format!("[{}]", line(text)).as_bytes()).await, status, "{text}");
    }
}

#[tokio::test]
async fn a_peer_that_garbles_ends_its_own_connection_only() {
    let batches = Batches::default();
    let (_extension, port, _) = subscribed(&batches).await;
    let mut good = connect(port).await;
    let mut bad = connect(port).await;
    bad.write_all(b"\x16\x03\x01 no HTTP\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = bad.read_to_end(&mut answer).await;
    let mut cut = connect(port).await;
    cut.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n[").await.unwrap();
    drop(cut);
    assert_eq!(post(&mut good, b"[]").await, 200);
}

#[tokio::test]
async fn case_91_202_is_an_environment_without_telemetry_and_the_extension_goes_on() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.answer(refusal(202, "Telemetry.NotSupported", "Telemetry API is not supported")).await
    };
    let extension = keeping(&Batches::default(), server.extension());
    let (registered, request) = tokio::join!(extension.register(), script);
    let _registered = registered.unwrap();
    let uri = request.json()["destination"]["URI"].as_str().unwrap().to_owned();
    let port: u16 = uri.rsplit_once(':').unwrap().1.parse().unwrap();
    // Its task ends with the listener; until it has, the port may still accept.
    while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_refused_subscription_is_an_init_error_and_a_clear_one() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server
            .answer(refusal(403, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed"))
            .await;
        server.answer(ACCEPTED).await
    };
    let (registered, report) =
        tokio::join!(keeping(&Batches::default(), server.extension()).register(), script);
    let error = ours(registered.unwrap_err());
    assert!(error.is_refused() && error.to_string().contains("before the first event/next"), "{error}");
    assert_eq!(report.line, "POST /2020-01-01/extension/init/error HTTP/1.1");
}

#[tokio::test]
async fn a_port_that_is_taken_is_a_clear_error_and_lambda_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.answer(ACCEPTED).await
    };
    let extension = keeping(&Batches::default(), server.extension()).with_telemetry_port_number(port);
    let (registered, report) = tokio::join!(extension.register(), script);
    let error = ours(registered.unwrap_err());
    assert!(error.is_listener() && error.to_string().contains("choose another port"), "{error}");
    assert_eq!(report.line, "POST /2020-01-01/extension/init/error HTTP/1.1");
}

#[tokio::test(start_paused = true)]
async fn a_subscription_that_fails_for_the_moment_is_tried_again() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.answer(response(500, "{}")).await;
        server.answer("").await;
        server.answer(ok("\"OK\"")).await;
    };
    let (registered, ()) = tokio::join!(keeping(&Batches::default(), server.extension()).register(), script);
    let _registered = registered.unwrap();
}

#[tokio::test]
async fn limits_are_checked_before_the_wire() {
    let buffering = lambda_ext::TelemetryBuffering { max_items: 999, ..Default::default() };
    let extension = keeping(&Batches::default(), Extension::new()).with_telemetry_buffering(buffering);
    // Nobody listens: had it asked, it would have been unreachable.
    let error = ours(extension.with_endpoint("127.0.0.1:1").register().await.unwrap_err());
    assert!(error.is_config() && error.to_string().contains("max_items is 999"), "{error}");
}
