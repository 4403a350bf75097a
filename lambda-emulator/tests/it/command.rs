//! The command, as a shell starts it.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::player::Extensions;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lambda-emulator");

/// The emulator's part of case 105: there are no extensions.
#[tokio::test]
async fn case_105_sigterm_and_sigint_end_the_function_too_and_the_exit_code_is_0() {
    for signal in [Signal::TERM, Signal::INT] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hold = format!("hold {}", listener.local_addr().unwrap());
        let mut child = Command::new(PROGRAM)
            .args(["--port", "0", "--timeout", "30", "--"])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "player::play"])
            .env("PLAYER_INIT", hold)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let _invoked = invoke(&mut child, "{}").await;
        let (mut held, _) = listener.accept().await.unwrap();
        let (mut also, _) = listener.accept().await.unwrap();
        send(&child, signal);
        assert_eq!(child.wait().await.unwrap().code(), Some(0));
        for one in [&mut held, &mut also] {
            assert!(matches!(one.read(&mut [0]).await, Ok(0) | Err(_)));
        }
    }
}

/// The emulator's part of case 105 with extensions.
#[tokio::test]
async fn case_105_sigterm_is_passed_on_to_extensions_as_shutdown_and_the_exit_code_is_0() {
    let extensions = Extensions::new(&["watch-the-command"]);
    std::fs::create_dir_all(extensions.file().parent().unwrap()).unwrap();
    let player = std::env::current_exe().unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["--port", "0", "--timeout", "30", "--extensions"])
        .arg(&extensions.directory)
        .arg("--")
        .arg(&player)
        .args(["--exact", "player::play", "--nocapture"])
        .envs([("PLAYER_INIT", "poll".as_ref()), ("PLAYER", player.as_os_str())])
        .env("PLAYER_FILE", extensions.file())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut answer = invoke(&mut child, "\"echo AWS_LAMBDA_FUNCTION_VERSION\"").await;
    let mut bytes = Vec::new();
    while !String::from_utf8_lossy(&bytes).contains("\"$LATEST\"") {
        assert_ne!(answer.read_buf(&mut bytes).await.unwrap(), 0, "it hung up");
    }
    send(&child, Signal::TERM);
    let output = child.wait_with_output().await.unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(extensions.notes().starts_with("watch-the-command spindown "), "{}", extensions.notes());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("watch-the-command has "), "last words are copied: {printed}");
}

/// Waits until the emulator says where it is, and posts an event there.
async fn invoke(child: &mut Child, event: &str) -> TcpStream {
    let mut lines = BufReader::new(child.stderr.as_mut().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    let address = first.split("http://").nth(1).unwrap().trim_end_matches('/').to_owned();
    let mut caller = TcpStream::connect(&address).await.unwrap();
    let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{event}", event.len());
    caller.write_all(head.as_bytes()).await.unwrap();
    caller
}

fn send(child: &Child, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(child.id().unwrap()).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// What the command's function says when asked for a variable.
async fn asked(options: &[&str], init: &str, variable: &str) -> String {
    let mut child = Command::new(PROGRAM)
        .args(["--port", "0", "--timeout", "30"])
        .args(options)
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "player::play"])
        .env("PLAYER_INIT", init)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    let address = first.split("http://").nth(1).unwrap().trim_end_matches('/').to_owned();
    let mut caller = TcpStream::connect(&address).await.unwrap();
    let event = format!("\"echo {variable}\"");
    let head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
    let request = format!("{head}content-length: {}\r\n\r\n{event}", event.len());
    caller.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    caller.read_to_string(&mut answer).await.unwrap();
    answer.split("\r\n\r\n").nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn a_concurrency_makes_a_managed_instance_snapstart_a_restored_one_and_a_limit_neither() {
    let concurrency = asked(&["--concurrency", "2"], "workers 2", "AWS_LAMBDA_MAX_CONCURRENCY").await;
    assert_eq!(concurrency, "\"2\"");
    let kind = asked(&["--snapstart"], "restore poll", "AWS_LAMBDA_INITIALIZATION_TYPE").await;
    assert_eq!(kind, "\"snap-start\"");
    let limited = asked(&["--limit-bandwidth"], "poll", "AWS_LAMBDA_FUNCTION_VERSION").await;
    assert_eq!(limited, "\"$LATEST\"");
}

async fn output(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(PROGRAM).args(arguments).output().await.unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test]
async fn what_the_command_cannot_read_it_names() {
    for (arguments, named) in [
        (&["--port", "http", "--", "x"][..], "--port is \"http\""),
        (&["--timeout"], "--timeout needs a value"),
        (&["--color", "red", "--", "x"], "--color is no option"),
        (&["--concurrency", "0", "--", "x"], "--concurrency is \"0\""),
        (&["--concurrency", "2", "--snapstart", "--", "x"], "exclude each other"),
        (&["./bootstrap"], "./bootstrap is no option; the bootstrap follows after --"),
        (&["--port", "0"], "there is no bootstrap"),
        (&["--port", "0", "--"], "there is no bootstrap"),
    ] {
        let (code, text) = output(arguments).await;
        assert!(code == Some(1) && text.contains(named), "{arguments:?}: {text}");
    }
    let (code, text) = output(&["--help"]).await;
    assert!(code == Some(0) && text.contains("--timeout N"), "{text}");
}
