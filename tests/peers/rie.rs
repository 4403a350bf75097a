//! AWS's Runtime Interface Emulator. It takes one invocation at a time.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use e2e::{Answer, Running, free_port, post};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(30);
const INVOCATIONS: &str = "/2015-03-31/functions/function/invocations";

/// A function under the emulator.
pub(crate) struct Rie {
    port: u16,
    pub(crate) running: Running,
}

impl Rie {
    pub(crate) fn start(bootstrap: &Path, timeout_seconds: u32) -> Self {
        Self::start_as(Command::new(e2e::rie()), bootstrap, timeout_seconds)
    }

    /// Starts it by a command that takes the emulator's arguments.
    pub(crate) fn start_as(mut command: Command, bootstrap: &Path, timeout_seconds: u32) -> Self {
        let (port, runtime_api) = (free_port(), free_port());
        command
            .args(["--runtime-api-address", &format!("127.0.0.1:{runtime_api}")])
            .args(["--runtime-interface-emulator-address", &format!("127.0.0.1:{port}")])
            .arg(bootstrap)
            .env("AWS_LAMBDA_FUNCTION_TIMEOUT", timeout_seconds.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "peer")
            .env_remove("AWS_LAMBDA_RUNTIME_API");
        let mut running = Running::start(&mut command);
        running.listens(port, PATIENCE);
        Self { port, running }
    }

    pub(crate) fn invoke(&self, event: &Value) -> Answer {
        post(self.port, INVOCATIONS, event.to_string())
    }
}

fn peer(timeout_seconds: u32) -> Rie {
    Rie::start(Path::new(env!("CARGO_BIN_EXE_peer-function")), timeout_seconds)
}

#[test]
fn two_hundred_invocations_in_a_row_are_answered() {
    let rie = peer(10);
    for number in 0..200 {
        assert_eq!(rie.invoke(&json!({"do": "echo", "with": number})).json(), number);
    }
}

#[test]
fn an_error_a_panic_and_an_undecodable_event_are_told_and_survived() {
    let rie = peer(10);
    for (event, kind, message) in [
        (json!({"do": "error", "with": "no such order"}), "Error", "no such order"),
        (json!({"do": "panic", "with": "told to"}), "Function.Panic", "told to"),
        (json!({"do": "unheard of"}), "Runtime.UnmarshalError", "unknown variant"),
    ] {
        let told = rie.invoke(&event).json();
        assert_eq!(told["errorType"], kind);
        assert!(told["errorMessage"].as_str().unwrap().contains(message), "{told}");
        assert!(told["stackTrace"].is_array());
        assert_eq!(rie.invoke(&json!({"do": "echo", "with": 1})).json(), 1);
    }
}

#[test]
fn a_handler_that_would_time_out_is_cancelled_before_and_the_process_lives_on() {
    let rie = peer(2);
    let told = rie.invoke(&json!({"do": "sleep", "with": 60_000})).json();
    assert_eq!(told["errorType"], "Function.DeadlineExceeded");
    assert_eq!(rie.invoke(&json!({"do": "echo", "with": 1})).json(), 1);
}

#[test]
fn six_megabytes_pass_and_seven_are_an_error_that_is_told() {
    let rie = peer(20);
    let answer = rie.invoke(&json!({"do": "big", "with": 6 * 1024 * 1024}));
    assert_eq!(answer.body.len(), 6 * 1024 * 1024);
    let text = "x".repeat(5 * 1024 * 1024);
    assert_eq!(rie.invoke(&json!({"do": "echo", "with": text})).json(), Value::from(text));
    let told = rie.invoke(&json!({"do": "big", "with": 7_000_000})).json();
    assert_eq!(told["errorType"], "Function.ResponseSizeTooLarge");
    assert!(told["errorMessage"].as_str().unwrap().contains("7000000 bytes"), "{told}");
    assert_eq!(rie.invoke(&json!({"do": "echo", "with": 1})).json(), 1);
}

#[test]
fn after_a_crash_the_next_invocation_is_served_by_a_new_process() {
    for crash in [json!({"do": "exit", "with": 1}), json!({"do": "abort"})] {
        let rie = peer(10);
        assert_eq!(rie.invoke(&json!({"do": "echo", "with": 1})).json(), 1);
        let told = rie.invoke(&crash).json();
        assert_eq!(told["errorType"], "Runtime.ExitError", "{}", rie.running.printed());
        assert_eq!(rie.invoke(&json!({"do": "echo", "with": 2})).json(), 2);
    }
}

#[test]
fn the_context_of_an_invocation_is_whole() {
    let rie = peer(10);
    let told = rie.invoke(&json!({"do": "context"})).json();
    assert!(!told["requestId"].as_str().unwrap().is_empty());
    assert_eq!(told["arn"], "arn:aws:lambda:us-east-1:012345678912:function:peer");
    let remaining = told["remaining"].as_u64().unwrap();
    assert!((1..=10_000).contains(&remaining), "{told}");
    assert_eq!(told["function"], "peer");
}
