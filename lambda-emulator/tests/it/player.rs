//! A bootstrap that does what it is told: this test binary, started again.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, exit};

use lambda_emulator::Bootstrap;

/// What the bootstrap does before it polls: `poll` (nothing), `exit N`, `init-error`, `hold ADDRESS`, `restore` and then
/// one of these, or `workers N`, which polls N times at once.
const INIT: &str = "PLAYER_INIT";

/// How it ends when its connection does.
const LOST: i32 = 9;

/// The bootstrap. Its events are JSON strings of the same commands, and `echo NAME` for a variable of its environment.
pub(crate) fn bootstrap(init: &str) -> Bootstrap {
    let program = std::env::current_exe().unwrap();
    Bootstrap::new(program).arg("--exact").arg("player::play").env(INIT, init)
}

/// Nothing but a way into this binary.
#[test]
fn play() {
    let Ok(init) = std::env::var(INIT) else { return };
    perform(&init);
    serve();
}

fn serve() {
    let mut api = Api::connect();
    loop {
        let (id, event) = api.next();
        let event: String = serde_json::from_str(&event).unwrap();
        let answer = perform(&event);
        api.post(&format!("invocation/{id}/response"), &serde_json::to_string(&answer).unwrap());
    }
}

fn perform(command: &str) -> String {
    let (verb, rest) = command.split_once(' ').unwrap_or((command, ""));
    match verb {
        "poll" => String::new(),
        "workers" => {
            for _ in 1..rest.parse().unwrap() {
                std::thread::spawn(serve);
            }
            String::new()
        }
        "restore" => {
            Api::connect().ask("GET /2018-06-01/runtime/restore/next", "");
            perform(rest)
        }
        "exit" => exit(rest.parse().unwrap()),
        "kill" => {
            let me = rustix::process::getpid();
            rustix::process::kill_process(me, rustix::process::Signal::KILL).unwrap();
            String::new()
        }
        "init-error" => {
            Api::connect().post("init/error", r#"{"errorMessage":"no table"}"#);
            exit(1)
        }
        // Lives as long as it is let, in two processes, each visible to the test by a connection.
        "hold" => {
            let mut held = TcpStream::connect(rest).unwrap();
            let program = std::env::current_exe().unwrap();
            let mut child = Command::new(program);
            child.args(["--exact", "player::play"]).env(INIT, format!("stay {rest}")).spawn().unwrap();
            let _ = held.read(&mut [0]);
            exit(0)
        }
        "stay" => {
            let _ = TcpStream::connect(rest).unwrap().read(&mut [0]);
            exit(0)
        }
        "write" => std::fs::write(rest, "scratch").map(|()| String::new()).unwrap(),
        "pid" => std::process::id().to_string(),
        "echo" => std::env::var(rest).unwrap_or_default(),
        other => panic!("{other} is no command"),
    }
}

struct Api {
    stream: TcpStream,
}

impl Api {
    fn connect() -> Self {
        Self { stream: TcpStream::connect(std::env::var("AWS_LAMBDA_RUNTIME_API").unwrap()).unwrap() }
    }

    fn next(&mut self) -> (String, String) {
        let (head, body) = self.ask("GET /2018-06-01/runtime/invocation/next", "");
        let id = head.lines().find_map(|line| line.strip_prefix("lambda-runtime-aws-request-id: "));
        (id.unwrap().to_owned(), body)
    }

    fn post(&mut self, path: &str, body: &str) {
        self.ask(&format!("POST /2018-06-01/runtime/{path}"), body);
    }

    fn ask(&mut self, line: &str, body: &str) -> (String, String) {
        let head = format!("{line} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
        let Ok(()) = write!(self.stream, "{head}{body}") else { exit(LOST) };
        let mut bytes = Vec::new();
        loop {
            let mut part = [0; 4096];
            let size = match self.stream.read(&mut part) {
                Ok(0) | Err(_) => exit(LOST),
                Ok(size) => size,
            };
            bytes.extend_from_slice(&part[..size]);
            let text = String::from_utf8_lossy(&bytes);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() == length.unwrap().parse::<usize>().unwrap() {
                return (head.to_owned(), body.to_owned());
            }
        }
    }
}
