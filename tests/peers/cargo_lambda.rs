//! `cargo lambda`: watch and invoke, and the zip that ships.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use e2e::{Running, cargo_lambda, free_port, target_directory};
use serde_json::json;

use crate::rie::Rie;

/// `watch` compiles the function before it answers.
const PATIENCE: Duration = Duration::from_secs(240);

fn in_repository(mut command: Command) -> Command {
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).env_remove("AWS_LAMBDA_RUNTIME_API");
    command
}

/// `watch` with one function, once it listens.
fn watched(package: &str, port: u16) -> Running {
    let mut watch = in_repository(cargo_lambda());
    watch.args(["watch", "--ignore-changes", "--invoke-address", "127.0.0.1", "--invoke-port"]);
    let mut watch = Running::start(watch.arg(port.to_string()).args(["-p", package]));
    watch.listens(port, PATIENCE);
    watch
}

#[test]
fn hello_runs_under_watch_and_answers_invoke() {
    let port = free_port();
    let watch = watched("hello", port);
    let mut invoke = in_repository(cargo_lambda());
    invoke
        .args(["invoke", "hello", "--invoke-address", "127.0.0.1", "--invoke-port", &port.to_string()])
        .args(["--data-ascii", r#"{"name": "world"}"#]);
    let invoke = Running::start(&mut invoke);
    // The answer is one line; a function that does not come up is told by `watch`.
    let told = invoke.says("\n", PATIENCE);
    assert_eq!(told.trim(), r#"{"message":"Hello, world!"}"#, "{}", watch.printed());
}

#[test]
fn a_stream_arrives_piece_by_piece_through_the_function_url_of_watch() {
    let port = free_port();
    let watch = watched("http-streaming", port);
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let target = "/lambda-url/http-streaming/";
    write!(stream, "GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let (mut pieces, mut room) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut room).unwrap() {
            0 => break,
            count => pieces.push(String::from_utf8(room[..count].to_vec()).unwrap()),
        }
    }
    let whole = pieces.concat();
    assert!(whole.starts_with("HTTP/1.1 200"), "{whole}\n{}", watch.printed());
    assert!(whole.contains("content-type: text/event-stream\r\n"), "{whole}");
    for number in 1..=5 {
        assert!(whole.contains(&format!("data: {number}\n\n")), "{whole}");
    }
    let first = pieces.iter().position(|piece| piece.contains("data: 1")).unwrap();
    assert!(!pieces[..=first].concat().contains("data: 5"), "{pieces:?}");
}

#[test]
fn the_zip_that_ships_holds_a_bootstrap_that_runs() {
    let mut build = in_repository(cargo_lambda());
    build.args(["build", "--release", "--output-format", "zip", "-p", "hello"]);
    let (status, printed) = Running::start(&mut build).ends(PATIENCE);
    assert!(status.success(), "{printed}");
    let directory = target_directory().join("lambda/hello");
    let unpacked = directory.join("unpacked");
    let _ = std::fs::remove_dir_all(&unpacked);
    std::fs::create_dir_all(&unpacked).unwrap();
    let zip = directory.join("bootstrap.zip");
    let status =
        Command::new("python3").args(["-m", "zipfile", "-e"]).args([&zip, &unpacked]).status().unwrap();
    assert!(status.success(), "{}", zip.display());
    let bootstrap = unpacked.join("bootstrap");
    // Python's zipfile forgets the mode that the zip records; Lambda does not.
    std::fs::set_permissions(&bootstrap, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let rie = Rie::start(&bootstrap, 10);
    assert_eq!(rie.invoke(&json!({"name": "zip"})).json()["message"], "Hello, zip!");
}
