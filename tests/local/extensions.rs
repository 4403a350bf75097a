//! The telemetry shipper of the examples as a process, between a Lambda played by the test and a sink.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use e2e::{Running, post, program};
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
    listener.set_nonblocking(true).unwrap();
    let deadline = Instant::now() + PATIENCE;
    let mut stream = loop {
        match listener.accept() {
            Ok((stream, _)) => break stream,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => panic!("{error}"),
        }
        assert!(Instant::now() < deadline, "nothing was asked or shipped:\n{}", shipper.printed());
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
