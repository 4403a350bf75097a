//! A function that streams, under peers that buffer or pass on what it sends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use e2e::{program, target_directory};
use serde_json::{Value, json};

use crate::rie::Rie;

/// A client between a function and the emulator that hears what the function sends, byte by byte.
struct Listener {
    bootstrap: PathBuf,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Listener {
    fn before(function: &Path) -> Self {
        let directory = target_directory().join("listener");
        std::fs::create_dir_all(&directory).unwrap();
        let (bootstrap, api) = (directory.join("bootstrap"), directory.join("api"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let script = format!(
            "#!/bin/sh\nprintf %s \"$AWS_LAMBDA_RUNTIME_API\" > '{}'\nAWS_LAMBDA_RUNTIME_API={} exec '{}'\n",
            api.display(),
            listener.local_addr().unwrap(),
            function.display()
        );
        std::fs::write(&bootstrap, script).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&bootstrap, mode).unwrap();
        let heard = Arc::<Mutex<Vec<u8>>>::default();
        let hears = Arc::clone(&heard);
        std::thread::spawn(move || {
            for function in listener.incoming().flatten() {
                let emulator = TcpStream::connect(std::fs::read_to_string(&api).unwrap()).unwrap();
                let (mut answers, mut back) = (emulator.try_clone().unwrap(), function.try_clone().unwrap());
                let hears = Arc::clone(&hears);
                std::thread::spawn(move || pass_on(function, emulator, &hears));
                std::thread::spawn(move || std::io::copy(&mut answers, &mut back));
            }
        });
        Self { bootstrap, heard }
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, heard: &Mutex<Vec<u8>>) {
    let mut room = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut room) {
        heard.lock().unwrap().extend_from_slice(&room[..count]);
        if to.write_all(&room[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Write);
}

fn event(path: &str) -> Value {
    json!({
        "version": "2.0", "rawPath": path, "rawQueryString": "",
        "requestContext": {"http": {"method": "GET"}, "domainName": "x.lambda-url.us-east-1.on.aws"},
    })
}

#[test]
fn a_streamed_http_answer_reaches_the_caller_of_rie_with_its_prelude() {
    let rie = Rie::start(program("http-streaming"), 10);
    for _ in 0..2 {
        let answer = rie.invoke(&event("/"));
        let body = String::from_utf8(answer.body).unwrap();
        let (prelude, events) = body.split_once("\0\0\0\0\0\0\0\0").expect("eight zero bytes");
        let prelude: Value = serde_json::from_str(prelude).unwrap();
        assert_eq!(
            prelude,
            json!({"statusCode": 200, "headers": {"content-type": "text/event-stream"}, "cookies": []})
        );
        assert_eq!(events, "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n");
    }
}

#[test]
fn a_failure_in_the_middle_is_told_to_rie_in_trailers_and_the_next_event_is_served() {
    let listener = Listener::before(program("http-streaming"));
    let rie = Rie::start(&listener.bootstrap, 10);
    let body = String::from_utf8(rie.invoke(&event("/broken")).body).unwrap();
    assert!(body.ends_with("data: 1\n\ndata: 2\n\n"), "{body}");
    let heard = String::from_utf8_lossy(&listener.heard.lock().unwrap()).into_owned();
    let (_, trailers) = heard.split_once("\r\n0\r\n").expect("the end of the body");
    let trailers: Vec<_> = trailers.lines().take(2).filter_map(|line| line.split_once(": ")).collect();
    let [("Lambda-Runtime-Function-Error-Type", _), ("Lambda-Runtime-Function-Error-Body", document)] =
        trailers[..]
    else {
        panic!("{heard}")
    };
    let document: Value = serde_json::from_slice(&BASE64_STANDARD.decode(document).unwrap()).unwrap();
    assert_eq!(document["errorMessage"], "the source of events is gone");
    let answer = String::from_utf8(rie.invoke(&event("/")).body).unwrap();
    assert!(answer.ends_with("data: 5\n\n"), "{answer}");
}
