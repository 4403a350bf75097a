//! Builds with `panic = "abort"`: the process ends, and the caller is told why all the same.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// Builds the example with the profile `aborting`, once.
fn bootstrap() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--profile", "aborting", "--example", "fails", "--no-default-features"])
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(built.status.success());
        let messages = String::from_utf8(built.stdout).unwrap();
        let messages = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut paths = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
        paths.next_back().expect("cargo built no executable")
    })
}

struct Service {
    listener: TcpListener,
    child: Child,
}

impl Service {
    fn start(variables: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let child = Command::new(bootstrap())
            .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
            .envs(variables.iter().copied())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { listener, child }
    }

    fn accept(&self) -> TcpStream {
        let (stream, _) = self.listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Delivers `payload` and gives the error that is posted for it.
    fn error_for(&self, payload: &str) -> String {
        let mut poll = self.accept();
        assert!(request(&mut poll).starts_with("GET /2018-06-01/runtime/invocation/next "));
        let event = format!(
            "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: id-1\r\nLambda-Runtime-Invocation-Id: t-1\r\n\
             Content-Length: {}\r\n\r\n{payload}",
            payload.len()
        );
        poll.write_all(event.as_bytes()).unwrap();
        self.report()
    }

    /// Accepts a report on a connection of its own.
    fn report(&self) -> String {
        let mut report = self.accept();
        let error = request(&mut report);
        report.write_all(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n").unwrap();
        error
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads one request, head and body.
fn request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut bytes = [0; 4096];
    loop {
        let read = stream.read(&mut bytes).unwrap();
        assert_ne!(read, 0, "closed after {text:?}");
        text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
    }
}

#[test]
fn a_panic_in_an_abort_build_is_reported_before_the_process_aborts() {
    for payload in ["\"panic\"", "\"panic in a task\""] {
        let mut service = Service::start(&[]);
        let error = service.error_for(payload);
        assert!(error.starts_with("POST /2018-06-01/runtime/invocation/id-1/error "), "{error}");
        assert!(error.contains("\r\nLambda-Runtime-Invocation-Id: t-1\r\n"), "{error}");
        assert!(error.contains("\r\nLambda-Runtime-Function-Error-Type: Function.Panic\r\n"), "{error}");
        assert!(error.contains("as asked") && error.contains("examples/fails.rs:"), "{error}");
        let status = service.child.wait().unwrap();
        assert_eq!(status.signal(), Some(6), "{status}");
    }
}

#[test]
fn a_panic_of_the_init_in_an_abort_build_is_reported_as_an_init_error() {
    let mut service = Service::start(&[("FAIL_INIT", "yes")]);
    let error = service.report();
    assert!(error.starts_with("POST /2018-06-01/runtime/init/error "), "{error}");
    assert!(error.contains("\r\nLambda-Runtime-Function-Error-Type: Function.Panic\r\n"), "{error}");
    assert!(error.contains("as asked, at the start") && error.contains("examples/fails.rs:"), "{error}");
    assert_eq!(service.child.wait().unwrap().signal(), Some(6));
}

#[test]
fn on_a_managed_instance_a_panic_in_an_abort_build_is_reported_for_the_invocation_that_panicked() {
    let mut service = Service::start(&[("AWS_LAMBDA_MAX_CONCURRENCY", "2")]);
    let mut idle = service.accept();
    assert!(request(&mut idle).starts_with("GET /2018-06-01/runtime/invocation/next "));
    let error = service.error_for("\"panic\"");
    assert!(error.starts_with("POST /2018-06-01/runtime/invocation/id-1/error "), "{error}");
    assert_eq!(service.child.wait().unwrap().signal(), Some(6));
}
