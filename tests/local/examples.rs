//! Every example, run with `cargo run` as its first line says.

use std::process::{Command, Output};
use std::time::Duration;

use e2e::{Running, post, program};

const PATIENCE: Duration = Duration::from_secs(30);

fn example(name: &str) -> Command {
    let mut command = Command::new(program(name));
    command
        .env_remove("AWS_LAMBDA_RUNTIME_API")
        .env("LAMBDA_EMULATOR_PORT", "0")
        .env_remove("RUST_BACKTRACE");
    command
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
fn keep_alive_sends_its_first_request_on_the_connection_of_the_init() {
    let output = once("keep-alive", "\"tea\"");
    let offer = "{\"item\":\"tea\",\"price\":300,\"connections_opened\":1,\"requests_on_a_kept_one\":1}\n";
    assert_eq!(text(&output.stdout), offer);
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

/// The port in the banner.
fn port_of(running: &Running) -> (u16, String) {
    let banner = running.says("Ctrl-C", PATIENCE);
    let url = banner.split("http://127.0.0.1:").nth(1).unwrap();
    (url.split('/').next().unwrap().parse().unwrap(), banner)
}

#[test]
fn static_init_starts_once_and_names_what_it_misses() {
    let run = |variables: &[(&str, &str)]| {
        let mut command = example("static-init");
        command.env_remove("TABLE").env("LAMBDA_EMULATOR_EVENT", "\"tea\"").envs(variables.iter().copied());
        text(&command.output().unwrap().stdout)
    };
    let offer = run(&[("TABLE", "orders"), ("DISCOUNT", "10")]);
    assert!(offer.ends_with("{\"table\":\"orders\",\"price\":290,\"suppliers\":2}\n"), "{offer}");
    assert!(run(&[]).contains("the environment variable TABLE is not set"));
    let discount = run(&[("TABLE", "orders"), ("DISCOUNT", "many")]);
    assert!(discount.contains("DISCOUNT is \\\"many\\\"; expected: u32"), "{discount}");
}

#[test]
fn graceful_shutdown_sends_what_has_gathered_when_it_is_interrupted() {
    let mut running = Running::start(&mut example("graceful-shutdown"));
    let (port, _) = port_of(&running);
    for (order, unsent) in [("\"a\"", "1"), ("\"b\"", "2"), ("\"c\"", "0"), ("\"d\"", "1")] {
        assert_eq!(post(port, "/", order).body, unsent.as_bytes());
    }
    running.signal("INT");
    let (status, printed) = running.ends(PATIENCE);
    assert!(status.success());
    assert!(printed.contains("sent 3: a, b, c") && printed.contains("sent 1: d"), "{printed}");
}

#[test]
fn after_response_answers_before_the_work_is_done_and_outlives_its_failure() {
    let running = Running::start(&mut example("after-response"));
    let (port, _) = port_of(&running);
    assert_eq!(post(port, "/", "\"\"").body, b"\"Welcome, \"");
    assert_eq!(post(port, "/", "\"Ada\"").body, b"\"Welcome, Ada\"");
    let printed = running.says("counted the visit of Ada", PATIENCE);
    assert!(printed.contains("a visit without a name cannot be counted"), "{printed}");
}

#[test]
fn snapstart_runs_its_hooks_around_the_snapshot() {
    let mut command = example("snapstart");
    let output =
        command.env("LAMBDA_EMULATOR_SNAPSTART", "true").env("LAMBDA_EMULATOR_EVENT", "\"Ada\"").output();
    let told = text(&output.unwrap().stdout);
    let at = |part| told.find(part).unwrap_or_else(|| panic!("no {part} in {told}"));
    assert!(at("ready for a snapshot") < at("restored") && at("restored") < at("Ada drew ticket"), "{told}");
}

#[test]
fn managed_concurrency_handles_events_at_once() {
    let running = Running::start(example("managed-concurrency").env("LAMBDA_EMULATOR_CONCURRENCY", "4"));
    let (port, _) = port_of(&running);
    let others = std::thread::scope(|scope| {
        let posts = [0; 2].map(|_| scope.spawn(|| text(&post(port, "/", "\"a\"").body)));
        posts.map(|post| post.join().unwrap())
    });
    assert!(others.iter().any(|answer| answer.contains("beside 1 others")), "{others:?}");
}

#[test]
fn a_function_serves_at_the_address_it_prints_until_ctrl_c() {
    let mut running = Running::start(&mut example("hello"));
    let (port, banner) = port_of(&running);
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
