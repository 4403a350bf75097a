//! A managed instance whose service misbehaves towards one of its pollers.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

use e2e::Running;

const PATIENCE: Duration = Duration::from_secs(20);

/// Reads one request, head and body, and gives its first line.
fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut more = [0; 4096];
    loop {
        let read = stream.read(&mut more).unwrap();
        assert_ne!(read, 0, "closed after {:?}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&more[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return head.lines().next().unwrap().to_owned();
        }
    }
}

fn next(stream: &mut TcpStream) {
    assert_eq!(request(stream), "GET /2018-06-01/runtime/invocation/next HTTP/1.1");
}

fn fail(stream: &mut TcpStream) {
    stream.write_all(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n{}").unwrap();
}

/// Delivers an event and gives the first line of the answer, which is met with `status`.
fn serve(stream: &mut TcpStream, id: &str, status: &str) -> String {
    let event = r#"{"do":"echo","with":1}"#;
    let head = format!(
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: {id}\r\nContent-Length: {}\r\n\r\n",
        event.len()
    );
    stream.write_all((head + event).as_bytes()).unwrap();
    let answer = request(stream);
    stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes()).unwrap();
    answer
}

#[test]
fn case_67_a_poller_that_is_refused_with_500_three_times_recovers_and_the_others_never_stop() {
    for threads in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lifecycle-function"));
        command
            .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
            .env("AWS_LAMBDA_MAX_CONCURRENCY", "2")
            .env("HOOKS", "none");
        if threads {
            command.env("THREADS", "1");
        }
        let function = Running::start(&mut command);
        let accept = || {
            let (stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            stream
        };
        let (mut unlucky, mut other) = (accept(), accept());
        next(&mut other);
        for _ in 0..3 {
            next(&mut unlucky);
            fail(&mut unlucky);
            assert_eq!(
                serve(&mut other, "a", "202 Accepted"),
                "POST /2018-06-01/runtime/invocation/a/response HTTP/1.1"
            );
            next(&mut other);
        }
        next(&mut unlucky);
        // An answer that is met with 500 is over, too, and costs no poller.
        assert_eq!(
            serve(&mut unlucky, "b", "500 Internal Server Error"),
            "POST /2018-06-01/runtime/invocation/b/response HTTP/1.1"
        );
        next(&mut unlucky);
        let printed = function.says("refused the response with 500", PATIENCE);
        assert_eq!(printed.matches("answered 500 to next").count(), 3, "{printed}");
    }
}

#[test]
fn the_process_ends_with_an_error_when_its_last_poller_has() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lifecycle-function"));
    command
        .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
        .env("AWS_LAMBDA_MAX_CONCURRENCY", "2")
        .env("HOOKS", "none");
    let mut function = Running::start(&mut command);
    let streams = [listener.accept().unwrap().0, listener.accept().unwrap().0];
    drop(listener);
    drop(streams);
    let (status, printed) = function.ends(PATIENCE);
    assert_eq!(status.code(), Some(1));
    assert!(printed.contains("one of several pollers ended, 1 go on"), "{printed}");
    assert!(printed.contains("gave up after"), "{printed}");
}
