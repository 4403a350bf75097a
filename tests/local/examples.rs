//! Every example, run with `cargo run` as its first line says.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use e2e::{Running, built, post};

const PATIENCE: Duration = Duration::from_secs(30);

fn example(name: &str) -> Command {
    let mut command = Command::new(path(name));
    command
        .env_remove("AWS_LAMBDA_RUNTIME_API")
        .env("LAMBDA_EMULATOR_PORT", "0")
        .env_remove("RUST_BACKTRACE");
    command
}

fn path(name: &str) -> PathBuf {
    built(&["-p", name])
}

fn once(name: &str, event: &str) -> Output {
    example(name).env("LAMBDA_EMULATOR_EVENT", event).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn hello_answers_the_one_event_it_is_given_and_ends() {
    let output = once("hello", r#"{"name": "world"}"#);
    assert_eq!(text(&output.stdout), "{\"message\":\"Hello, world!\"}\n");
    assert!(output.status.success());
}

#[test]
fn shared_state_borrows_from_main() {
    let output = once("shared-state", "\"Ada\"");
    assert_eq!(text(&output.stdout), "{\"text\":\"Welcome, Ada\",\"visit\":1}\n");
}

#[test]
fn errors_says_what_went_wrong_in_each_case() {
    for (event, kind, message) in [
        (r#"{"quantity": "many"}"#, "ParseIntError", "invalid digit found in string"),
        (r#"{"quantity": "0"}"#, "OrderEmpty", "an order needs a quantity above zero"),
        (r#"{"quantity": 7}"#, "Runtime.UnmarshalError", "`quantity`"),
        (r#"{"quantity": "13"}"#, "Function.Panic", "thirteen is unlucky"),
    ] {
        let output = once("errors", event);
        assert_eq!(output.status.code(), Some(1), "{event}");
        let told: serde_json::Value =
            serde_json::from_str(text(&output.stdout).lines().last().unwrap()).unwrap();
        assert_eq!(told["errorType"], kind, "{event}");
        assert!(told["errorMessage"].as_str().unwrap().contains(message), "{told}");
    }
}

#[test]
fn a_function_serves_at_the_address_it_prints_until_ctrl_c() {
    let mut running = Running::start(&mut example("hello"));
    let banner = running.says("Ctrl-C", PATIENCE);
    let url = banner.split("http://127.0.0.1:").nth(1).unwrap();
    let port = url.split('/').next().unwrap().parse().unwrap();
    assert!(banner.contains(&format!("curl http://127.0.0.1:{port}/ -d ")), "{banner}");
    for path in ["/", "/2015-03-31/functions/function/invocations"] {
        let answer = post(port, path, r#"{"name": "you"}"#);
        assert_eq!((answer.status, &answer.body[..]), (200, &b"{\"message\":\"Hello, you!\"}"[..]));
    }
    let failed = post(port, "/", "{}");
    assert_eq!(failed.header("x-amz-function-error"), Some("Unhandled"));
    assert!(failed.json()["errorMessage"].as_str().unwrap().contains("missing field `name`"));
    running.signal("INT");
    running.wait();
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_taken_port_is_an_error_that_names_the_variable_to_change() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = example("hello").env("LAMBDA_EMULATOR_PORT", &port).output().unwrap();
    assert!(!output.status.success());
    let told = text(&output.stderr);
    assert!(told.contains(&format!("port {port} of 127.0.0.1 is taken")), "{told}");
    assert!(told.contains("set LAMBDA_EMULATOR_PORT to another port"), "{told}");
}

#[test]
fn a_bad_runtime_api_is_an_error_that_names_its_value() {
    let output = example("hello").env("AWS_LAMBDA_RUNTIME_API", "http://127.0.0.1:9001").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("AWS_LAMBDA_RUNTIME_API is \"http://127.0.0.1:9001\", which has a scheme"),
        "{told}"
    );
}
