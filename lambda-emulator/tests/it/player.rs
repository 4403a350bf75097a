//! A bootstrap that does what it is told: this test binary, started again.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, exit};

use lambda_emulator::Bootstrap;

/// What the bootstrap does before it polls: `poll` (nothing), `exit N`, `init-error`, `hold ADDRESS`, `internal`, `restore`
/// and then one of these, or `workers N`, which polls N times at once.
const INIT: &str = "PLAYER_INIT";

/// How it ends when its connection does.
const LOST: i32 = 9;

/// The bootstrap. Its events are JSON strings of the same commands, and `echo NAME` for a variable of its environment.
pub(crate) fn bootstrap(init: &str) -> Bootstrap {
    let program = std::env::current_exe().unwrap();
    Bootstrap::new(program).arg("--exact").arg("player::play").arg("--nocapture").env(INIT, init)
}

/// A directory of extensions, each of them `player::extend` under another name.
pub(crate) struct Extensions {
    pub(crate) directory: PathBuf,
}

impl Extensions {
    pub(crate) fn new(names: &[&str]) -> Self {
        let mut directory = std::env::temp_dir();
        directory.push(format!("lambda-emulator-{}-{}", std::process::id(), names.join("-")));
        std::fs::create_dir_all(&directory).unwrap();
        for name in names {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/extension.sh");
            std::os::unix::fs::symlink(script, directory.join(name)).unwrap();
        }
        Self { directory }
    }

    /// Where extensions note what they are told.
    pub(crate) fn file(&self) -> PathBuf {
        self.directory.join(".notes").join("file")
    }

    pub(crate) fn notes(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap_or_default()
    }

    /// A bootstrap whose variables reach the extensions.
    pub(crate) fn bootstrap(&self, init: &str) -> Bootstrap {
        std::fs::create_dir_all(self.directory.join(".notes")).unwrap();
        let program = std::env::current_exe().unwrap();
        bootstrap(init)
            .env("PLAYER", program.to_string_lossy())
            .env("PLAYER_FILE", self.file().to_string_lossy())
    }
}

impl Drop for Extensions {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
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

/// An external extension, by way of `extension.sh`. What it does is in its name.
#[test]
fn extend() {
    let Ok(name) = std::env::var("EXTENSION_NAME") else { return };
    let file = std::env::var("PLAYER_FILE").unwrap_or_default();
    let note = |text: &str| {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&file).unwrap();
        // In one piece: others write to it too.
        file.write_all(format!("{name} {text}\n").as_bytes()).unwrap();
    };
    if name.contains("late") {
        perform(&format!("wait {}", std::env::var("PLAYER_HOLD").unwrap()));
    }
    if name.contains("tell") {
        note(&format!("arguments {}", std::env::var("EXTENSION_ARGUMENTS").unwrap()));
        for (name, _) in std::env::vars() {
            note(&format!("sees {name}"));
        }
    }
    let mut api = Api::connect();
    let events = match &name {
        name if name.contains("plain") => "[]",
        name if name.contains("deaf") => r#"["INVOKE"]"#,
        _ => r#"["INVOKE","SHUTDOWN"]"#,
    };
    let id = api.register(&name, events);
    loop {
        let event: serde_json::Value = serde_json::from_str(&api.event(&id)).unwrap();
        if event["eventType"] == "SHUTDOWN" {
            let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
            let left = i128::from(event["deadlineMs"].as_u64().unwrap()) - i128::try_from(now).unwrap();
            println!("{name} has {left} ms");
            if name.contains("stuck") {
                perform(&format!("hold {}", std::env::var("PLAYER_HOLD").unwrap()));
            }
            if !file.is_empty() {
                note(&format!("{} {left}", event["shutdownReason"].as_str().unwrap()));
            }
            exit(0)
        }
        if name.contains("crash") {
            exit(0)
        }
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
        "wait" => {
            let _ = TcpStream::connect(rest).unwrap().read(&mut [0]);
            String::new()
        }
        "stay" => {
            let _ = TcpStream::connect(rest).unwrap().read(&mut [0]);
            exit(0)
        }
        // Registers an internal extension without events, and parks its poll.
        "internal" => {
            let mut extension = Api::connect();
            let id = extension.register("inner", "[]");
            std::thread::spawn(move || extension.event(&id));
            String::new()
        }
        "log" => {
            let (count, text) = rest.split_once(' ').unwrap();
            let lines = format!("{text}\n").repeat(count.parse().unwrap());
            std::io::stdout().write_all(lines.as_bytes()).map(|()| String::new()).unwrap()
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

    /// Registers an extension, and says what it is called from then on.
    fn register(&mut self, name: &str, events: &str) -> String {
        let line = format!("POST /2020-01-01/extension/register HTTP/1.1\r\nLambda-Extension-Name: {name}");
        let (head, _) = self.ask(&line, &format!(r#"{{"events":{events}}}"#));
        let id = head.lines().find_map(|line| line.strip_prefix("lambda-extension-identifier: "));
        id.unwrap().to_owned()
    }

    fn event(&mut self, id: &str) -> String {
        let line = "GET /2020-01-01/extension/event/next HTTP/1.1\r\nLambda-Extension-Identifier";
        self.ask(&format!("{line}: {id}"), "").1
    }

    fn ask(&mut self, line: &str, body: &str) -> (String, String) {
        let version = if line.contains(" HTTP/1.1") { "" } else { " HTTP/1.1" };
        let head = format!("{line}{version}\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
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
