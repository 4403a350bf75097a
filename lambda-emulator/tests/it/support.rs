//! A client that writes what it is told, well-formed or not, and an emulator with a short name.

use std::time::Duration;

use lambda_emulator::{Emulator, Invoke, Invoked};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) const LIMIT: usize = 6_291_556;
pub(crate) const NEXT: &str = "/2018-06-01/runtime/invocation/next";
pub(crate) const REGISTER: &str = "POST /2020-01-01/extension/register";
pub(crate) const EVENT_NEXT: &str = "GET /2020-01-01/extension/event/next";
pub(crate) const SUBSCRIBE: &str = "PUT /2022-07-01/telemetry";

pub(crate) async fn emulator() -> Emulator {
    Emulator::builder().function_name("hello").timeout(Duration::from_secs(30)).start().await.unwrap()
}

/// An HTTP answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn id(&self) -> &str {
        self.header("lambda-runtime-aws-request-id").expect("a request id")
    }

    /// The status and the `errorType` of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status, self.json()["errorType"].as_str().unwrap_or_default().to_owned())
    }
}

/// One connection, as a runtime or a caller holds it.
pub(crate) struct Peer {
    stream: TcpStream,
}

impl Peer {
    pub(crate) async fn of(emulator: &Emulator) -> Self {
        Self { stream: TcpStream::connect(emulator.addr()).await.unwrap() }
    }

    pub(crate) fn stream(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    /// Writes exactly these bytes.
    pub(crate) async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    pub(crate) async fn shut_down_write(&mut self) {
        self.stream.shutdown().await.unwrap();
    }

    pub(crate) async fn send(&mut self, line: &str, headers: &str, body: &[u8]) {
        let head = format!("{line} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {}\r\n\r\n", body.len());
        self.write(head).await;
        self.write(body).await;
    }

    /// Reads one answer; `None` when the connection ends before one is complete.
    pub(crate) async fn answer(&mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            if self.stream.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: bytes.split_off(end + 4) };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        while answer.body.len() < length {
            if self.stream.read_buf(&mut answer.body).await.ok()? == 0 {
                return None;
            }
        }
        Some(answer)
    }

    pub(crate) async fn ask(&mut self, line: &str, headers: &str, body: &[u8]) -> Answer {
        self.send(line, headers, body).await;
        self.answer().await.expect("an answer")
    }

    pub(crate) async fn next(&mut self) -> Answer {
        self.ask(&format!("GET {NEXT}"), "", b"").await
    }

    pub(crate) async fn respond(&mut self, id: &str, headers: &str, body: &[u8]) -> Answer {
        self.ask(&format!("POST /2018-06-01/runtime/invocation/{id}/response"), headers, body).await
    }

    pub(crate) async fn fail(&mut self, id: &str, headers: &str, body: &[u8]) -> Answer {
        self.ask(&format!("POST /2018-06-01/runtime/invocation/{id}/error"), headers, body).await
    }
}

/// An extension: its identifier, and the connection it polls on.
pub(crate) struct Extension {
    pub(crate) peer: Peer,
    pub(crate) id: String,
}

impl Extension {
    /// Registers for these events, a JSON list.
    pub(crate) async fn register(emulator: &Emulator, name: &str, events: &str) -> Self {
        let mut peer = Peer::of(emulator).await;
        let headers = format!("Lambda-Extension-Name: {name}\r\n");
        let body = format!(r#"{{"events":{events}}}"#);
        let answer = peer.ask(REGISTER, &headers, body.as_bytes()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        Self { peer, id: answer.header("lambda-extension-identifier").unwrap().to_owned() }
    }

    pub(crate) fn identifier(&self) -> String {
        format!("Lambda-Extension-Identifier: {}\r\n", self.id)
    }

    /// Asks for the next event; its answer can be read later.
    pub(crate) async fn poll(&mut self) {
        let identifier = self.identifier();
        self.peer.send(EVENT_NEXT, &identifier, b"").await;
    }

    pub(crate) async fn next(&mut self) -> Answer {
        self.poll().await;
        self.peer.answer().await.expect("an answer")
    }

    pub(crate) async fn ask(&mut self, line: &str, headers: &str, body: &[u8]) -> Answer {
        let headers = format!("{}{headers}", self.identifier());
        self.peer.ask(line, &headers, body).await
    }
}

/// Invokes, and lets `play` be the runtime meanwhile.
pub(crate) async fn invoke_with<T>(
    emulator: &Emulator,
    invoke: Invoke,
    play: impl AsyncFnOnce(&mut Peer) -> T,
) -> (Invoked, T) {
    let mut runtime = Peer::of(emulator).await;
    tokio::join!(emulator.invoke(invoke), play(&mut runtime))
}

/// The JSON of a payload.
pub(crate) fn json(invoked: &Invoked) -> Value {
    serde_json::from_slice(&invoked.payload).unwrap_or_else(|_| panic!("no JSON: {invoked:?}"))
}
