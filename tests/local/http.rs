//! The examples that answer HTTP, each asked as its first line says, through a function URL of the local Lambda.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use e2e::{Running, program};

const PATIENCE: Duration = Duration::from_secs(30);
const FUNCTION_URL: Option<&str> = Some("function-url");

/// An example in the local Lambda of `cargo run`.
pub(crate) struct Served {
    _running: Running,
    pub(crate) port: u16,
}

impl Served {
    pub(crate) fn start(name: &str, front: Option<&str>) -> Self {
        let mut command = Command::new(program(name));
        command.env_remove("AWS_LAMBDA_RUNTIME_API").env("LAMBDA_EMULATOR_PORT", "0");
        if let Some(front) = front {
            command.env("LAMBDA_EMULATOR_FRONT", front);
        }
        let running = Running::start(&mut command);
        let banner = running.says("Ctrl-C", PATIENCE);
        let url = banner.split("http://127.0.0.1:").nth(1).unwrap();
        Self { port: url.split('/').next().unwrap().parse().unwrap(), _running: running }
    }

    /// The response to a GET, in the pieces in which it came.
    fn get(&self, target: &str) -> Vec<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
        let (mut pieces, mut room) = (Vec::new(), [0; 4096]);
        loop {
            match stream.read(&mut room).unwrap() {
                0 => return pieces,
                count => pieces.push(String::from_utf8(room[..count].to_vec()).unwrap()),
            }
        }
    }
}

#[test]
fn an_axum_router_answers() {
    let served = Served::start("http-axum", FUNCTION_URL);
    for (target, status, body) in [
        ("/hello?name=w%20x", "200", "Hello, w x!\n"),
        ("/orders/7", "200", "{\"order\":7,"),
        ("/who", "200", "You are 127.0.0.1."),
        ("/orders/seven", "400", ""),
        ("/nowhere", "404", ""),
    ] {
        let response = served.get(target).concat();
        assert!(response.starts_with(&format!("HTTP/1.1 {status}")) && response.contains(body), "{response}");
    }
}

#[test]
fn a_handler_without_a_framework_chooses_its_status() {
    let served = Served::start("http-basic", FUNCTION_URL);
    assert!(served.get("/?name=Ada").concat().ends_with("\r\n\r\nHello, Ada!\n"));
    assert!(served.get("/").concat().starts_with("HTTP/1.1 400"));
}

#[test]
fn server_sent_events_arrive_as_they_are_made() {
    let pieces = Served::start("http-streaming", FUNCTION_URL).get("/");
    let whole = pieces.concat();
    assert!(whole.contains("content-type: text/event-stream\r\n"), "{whole}");
    for number in 1..=5 {
        assert!(whole.contains(&format!("data: {number}\n\n")), "{whole}");
    }
    let first = pieces.iter().position(|piece| piece.contains("data: 1")).unwrap();
    assert!(!pieces[..=first].concat().contains("data: 5"), "{pieces:?}");
}

#[test]
fn a_stream_that_fails_is_cut_off() {
    let whole = Served::start("http-streaming", FUNCTION_URL).get("/broken").concat();
    assert!(whole.contains("data: 2\n\n") && !whole.contains("data: 3\n\n"), "{whole}");
    assert!(!whole.ends_with("0\r\n\r\n"), "{whole}");
}

#[test]
fn a_websocket_message_is_answered() {
    let event = r#"{"requestContext": {"connectionId": "c-1", "routeKey": "$default"}, "body": "{\"text\": \"hi\"}"}"#;
    let mut command = Command::new(program("websocket"));
    command.env_remove("AWS_LAMBDA_RUNTIME_API").env("LAMBDA_EMULATOR_EVENT", event);
    let told = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(told.contains(r#"\"said\":\"HI\""#), "{told}");
}
