//! The telemetry shipper of the examples as a process, between a Lambda played by the test and a sink.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use e2e::{Running, post, program};
use lambda_emulator::{Bootstrap, Emulator, Event, Invoke, ShutdownReason};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(30);

/// A request that waits for its answer.
struct Asked {
    stream: TcpStream,
    line: String,
    body: Value,
}

/// Takes one request.
fn asked(listener: &TcpListener, shipper: &Running) -> Asked {
    asked_by(listener, || shipper.printed())
}

/// Takes one request; when none comes, `told` says what the test is to tell.
fn asked_by(listener: &TcpListener, told: impl Fn() -> String) -> Asked {
    listener.set_nonblocking(true).unwrap();
    let deadline = Instant::now() + PATIENCE;
    let mut stream = loop {
        match listener.accept() {
            Ok((stream, _)) => break stream,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => panic!("{error}"),
        }
        assert!(Instant::now() < deadline, "nothing was asked or shipped:\n{}", told());
        std::thread::park_timeout(Duration::from_millis(5));
    };
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut bytes = Vec::new();
    let mut read = |bytes: &mut Vec<u8>| {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).unwrap();
        assert_ne!(length, 0, "the extension hung up");
        bytes.extend_from_slice(&piece[..length]);
    };
    let end = loop {
        match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(end) => break end + 4,
            None => read(&mut bytes),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + length {
        read(&mut bytes);
    }
    let body = serde_json::from_slice(&bytes[end..]).unwrap_or_default();
    Asked { stream, line: head.lines().next().unwrap().to_owned(), body }
}

impl Asked {
    /// Answers, with one more header, and hangs up.
    fn answer(mut self, header: &str, body: &str) {
        let length = body.len();
        let answer =
            format!("HTTP/1.1 200 OK\r\n{header}connection: close\r\ncontent-length: {length}\r\n\r\n{body}");
        self.stream.write_all(answer.as_bytes()).unwrap();
    }
}

fn record(kind: &str, record: Value) -> Value {
    json!({ "time": "2026-01-01T00:00:00.000Z", "type": kind, "record": record })
}

#[test]
fn what_lambda_tells_is_shipped_and_so_is_what_it_tells_after_the_shutdown() {
    let bind = || TcpListener::bind("127.0.0.1:0").unwrap();
    let (lambda, sink) = (bind(), bind());
    let address = |listener: &TcpListener| listener.local_addr().unwrap().to_string();
    let mut command = Command::new(program("extension-telemetry"));
    command
        .env("AWS_LAMBDA_RUNTIME_API", address(&lambda))
        .env("TELEMETRY_SINK", format!("http://{}/logs", address(&sink)))
        .env_remove("RUST_LOG");
    let mut shipper = Running::start(&mut command);

    let register = asked(&lambda, &shipper);
    assert_eq!(
        (register.line.as_str(), &register.body),
        ("post /2020-01-01/extension/register http/1.1", &json!({ "events": ["SHUTDOWN"] }))
    );
    register.answer("Lambda-Extension-Identifier: 7\r\n", "{}");
    let subscribe = asked(&lambda, &shipper);
    assert_eq!(subscribe.body["types"], json!(["platform", "function"]));
    let uri = subscribe.body["destination"]["URI"].as_str().unwrap().to_owned();
    let port = uri.rsplit_once(':').unwrap().1.parse().unwrap();
    subscribe.answer("", "\"OK\"");
    let next = asked(&lambda, &shipper);

    let batch = json!([
        record("function", json!("first\n")),
        record("platform.eclipse", json!({ "moon": true })),
        record("platform.runtimeDone", json!({ "requestId": "a", "status": "success" })),
    ]);
    assert_eq!(post(port, "/", batch.to_string()).status, 200);
    let shipped = asked(&sink, &shipper);
    assert_eq!((shipped.line.as_str(), &shipped.body), ("post /logs http/1.1", &batch));
    shipped.answer("", "");

    let deadline = (SystemTime::now() + Duration::from_secs(2)).duration_since(UNIX_EPOCH).unwrap();
    let shutdown = json!({ "eventType": "SHUTDOWN", "deadlineMs": deadline.as_millis() as u64, "shutdownReason": "spindown" });
    next.answer("", &shutdown.to_string());
    let last = json!([record("function", json!("goodbye\n"))]);
    assert_eq!(post(port, "/", last.to_string()).status, 200);
    let shipped = asked(&sink, &shipper);
    assert_eq!(shipped.body, last);
    shipped.answer("", "");
    let (status, printed) = shipper.ends(PATIENCE);
    assert!(status.success() && printed.is_empty(), "{status}\n{printed}");
}

/// A directory as `/opt/extensions`, which is removed with the test.
struct Extensions(std::path::PathBuf);

impl Extensions {
    fn with(names: &[&str]) -> Self {
        let name = format!("lambda-ext-{}-{}", std::process::id(), e2e::free_port());
        let directory = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&directory.0).unwrap();
        for name in names {
            std::fs::copy(program(name), directory.0.join(name)).unwrap();
        }
        directory
    }
}

impl Drop for Extensions {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn extensions_of_a_directory_hear_and_ship_what_happens_in_the_emulator() {
    let sink = TcpListener::bind("127.0.0.1:0").unwrap();
    let extensions = Extensions::with(&["extension-basic", "extension-telemetry"]);
    let bootstrap = Bootstrap::new(program("hello"))
        .env("TELEMETRY_SINK", format!("http://{}/", sink.local_addr().unwrap()))
        .env("RUST_LOG", "warn");
    let emulator = Emulator::builder()
        .timeout(PATIENCE)
        .bootstrap(bootstrap)
        .extensions_directory(&extensions.0)
        .start()
        .await
        .unwrap();
    let ids = ["r-1", "r-2"];
    for id in ids {
        let told = emulator.invoke(Invoke::new(r#"{"name": "you"}"#).request_id(id)).await;
        assert_eq!(told.error_type, None, "{told:?}");
    }
    // What is shipped is taken while the emulator shuts down: some of it is told only then.
    let shipped = std::thread::spawn(move || {
        let mut records = Vec::new();
        let reports =
            |records: &[Value]| records.iter().filter(|record| record["type"] == "platform.report").count();
        while reports(&records) < ids.len() {
            let batch = asked_by(&sink, || format!("{records:?}"));
            records.extend(batch.body.as_array().unwrap().clone());
            batch.answer("", "");
        }
        records
    });
    emulator.shut_down(ShutdownReason::Spindown).await;
    let records = shipped.join().unwrap();
    for id in ids {
        let kinds =
            records.iter().filter(|record| record["record"]["requestId"] == id).map(|record| &record["type"]);
        let kinds: Vec<_> = kinds.collect();
        assert_eq!(kinds, ["platform.start", "platform.runtimeDone", "platform.report"], "{records:?}");
    }
    let history = emulator.history();
    for name in ["extension-basic", "extension-telemetry"] {
        let ended = Event::ExtensionExited { name: name.to_owned(), code: Some(0), signal: None };
        assert!(history.contains(&ended), "{history:?}");
        let told =
            |event: &Event| matches!(event, Event::ExtensionShutDown { name: known, .. } if known == name);
        assert!(history.iter().any(told), "{history:?}");
    }
    let heard =
        |event: &Event| matches!(event, Event::ExtensionInvoked { name, .. } if name == "extension-basic");
    assert_eq!(history.iter().filter(|event| heard(event)).count(), ids.len());
}
