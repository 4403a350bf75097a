//! `InvokeWithResponseStream`, read by a decoder that is written after the published rules of the encoding.

use lambda_emulator::{Emulator, Front};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Answer, Peer, emulator};

const PATH: &str = "/2021-11-15/functions/hello/response-streaming-invocations";

/// An event as it was received.
#[derive(Debug, PartialEq)]
struct Event {
    name: String,
    media_type: String,
    payload: Vec<u8>,
}

impl Event {
    fn chunk(payload: impl AsRef<[u8]>) -> Self {
        let payload = payload.as_ref().to_vec();
        Self { name: "PayloadChunk".into(), media_type: "application/octet-stream".into(), payload }
    }

    fn complete(payload: &Value) -> Self {
        let payload = payload.to_string().into_bytes();
        Self { name: "InvokeComplete".into(), media_type: "application/json".into(), payload }
    }
}

/// CRC-32 of ISO 3309, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

fn number(bytes: &[u8], at: usize) -> usize {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

fn decoded(mut bytes: &[u8]) -> Vec<Event> {
    let mut events = Vec::new();
    while !bytes.is_empty() {
        let (total, headers) = (number(bytes, 0), number(bytes, 4));
        let message;
        (message, bytes) = bytes.split_at(total);
        assert_eq!(number(message, 8), crc(&message[..8]) as usize);
        assert_eq!(number(message, total - 4), crc(&message[..total - 4]) as usize);
        let (mut header, payload) = message[12..total - 4].split_at(headers);
        let mut event = Event { payload: payload.to_vec(), ..Event::chunk("") };
        while let [length, rest @ ..] = header {
            let (name, rest) = rest.split_at(usize::from(*length));
            assert_eq!(rest[0], 7);
            let (value, rest) = rest[3..].split_at(usize::from(u16::from_be_bytes([rest[1], rest[2]])));
            let value = String::from_utf8(value.to_vec()).unwrap();
            match name {
                b":message-type" => assert_eq!(value, "event"),
                b":event-type" => event.name = value,
                b":content-type" => event.media_type = value,
                name => panic!("{name:?}"),
            }
            header = rest;
        }
        events.push(event);
    }
    events
}

/// A caller. It speaks HTTP/1.0, so that a body is as long as its connection and in no chunks.
struct Caller {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Caller {
    async fn asks(emulator: &Emulator) -> Self {
        Self::asks_with(emulator, "", "{}").await
    }

    async fn asks_with(emulator: &Emulator, headers: &str, event: &str) -> Self {
        let mut stream = TcpStream::connect(emulator.addr()).await.unwrap();
        let length = event.len();
        let request =
            format!("POST {PATH} HTTP/1.0\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n{event}");
        stream.write_all(request.as_bytes()).await.unwrap();
        Self { stream, read: Vec::new() }
    }

    async fn sees(&mut self, text: &str) {
        while !self.read.windows(text.len()).any(|window| window == text.as_bytes()) {
            assert_ne!(self.stream.read_buf(&mut self.read).await.unwrap(), 0);
        }
    }

    /// The events up to the last.
    async fn events(mut self) -> Vec<Event> {
        self.stream.read_to_end(&mut self.read).await.unwrap();
        let end = self.read.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
        let head = String::from_utf8(self.read[..end].to_vec()).unwrap();
        assert!(head.starts_with("HTTP/1.0 200"), "{head}");
        for line in ["content-type: application/vnd.amazon.eventstream", "x-amz-executed-version: $LATEST"] {
            assert!(head.contains(line), "{head}");
        }
        decoded(&self.read[end..])
    }
}

fn head(id: &str) -> String {
    format!(
        "POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nhost: x\r\n\
         Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\
         Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n"
    )
}

fn piece(bytes: &str) -> String {
    format!("{:x}\r\n{bytes}\r\n", bytes.len())
}

/// What the caller sees of an invocation that the runtime ends so.
async fn invoked(end: impl AsyncFnOnce(&mut Peer, &str)) -> Vec<Event> {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    let (events, ()) = tokio::join!(async { Caller::asks(&emulator).await.events().await }, async {
        let event = runtime.next().await;
        assert_eq!(event.text(), "{}");
        end(&mut runtime, event.id()).await;
    });
    events
}

#[tokio::test]
async fn what_a_function_streams_arrives_event_by_event_while_it_is_made() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    let mut caller = Caller::asks(&emulator).await;
    let event = runtime.next().await;
    for text in ["one", "two"] {
        let head = if text == "one" { head(event.id()) } else { String::new() };
        runtime.write(head + &piece(text)).await;
        // The function has not ended its answer yet.
        caller.sees(text).await;
    }
    runtime.write("0\r\n\r\n").await;
    assert_eq!(runtime.answer().await.unwrap().status, 202);
    let expected = [Event::chunk("one"), Event::chunk("two"), Event::complete(&json!({}))];
    assert_eq!(caller.events().await, expected);
}

#[tokio::test]
async fn an_answer_in_one_piece_is_one_event_and_an_empty_one_none() {
    for (body, expected) in [("[1]", Some(Event::chunk("[1]"))), ("", None)] {
        let events = invoked(async |runtime, id| {
            assert_eq!(runtime.respond(id, "", body.as_bytes()).await.status, 202);
        })
        .await;
        assert_eq!(events, expected.into_iter().chain([Event::complete(&json!({}))]).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn the_last_event_says_what_the_function_failed_of() {
    let told = json!({"ErrorCode": "Function.Boom", "ErrorDetails": "{\"errorMessage\":\"no\"}"});
    let failed = invoked(async |runtime, id| {
        let kind = "Lambda-Runtime-Function-Error-Type: Function.Boom\r\n";
        runtime.fail(id, kind, br#"{"errorMessage":"no"}"#).await;
    });
    assert_eq!(failed.await, [Event::complete(&told)]);
    let failed_later = invoked(async |runtime, id| {
        let trailers = "Lambda-Runtime-Function-Error-Type: Function.Boom\r\n\
                        Lambda-Runtime-Function-Error-Body: eyJlcnJvck1lc3NhZ2UiOiJubyJ9\r\n";
        runtime.write(format!("{}{}0\r\n{trailers}\r\n", head(id), piece("part"))).await;
        assert_eq!(runtime.answer().await.unwrap().status, 202);
    });
    assert_eq!(failed_later.await, [Event::chunk("part"), Event::complete(&told)]);
    let cut_off = invoked(async |runtime, id| {
        runtime.write(format!("{}{}", head(id), piece("part"))).await;
        runtime.shut_down_write().await;
    });
    let events = cut_off.await;
    assert_eq!(events[0], Event::chunk("part"));
    let complete: Value = serde_json::from_slice(&events[1].payload).unwrap();
    assert_eq!(complete["ErrorCode"], "Runtime.TruncatedResponse");
}

async fn refused(line: &str, headers: &str, event: &[u8]) -> Answer {
    Peer::of(&emulator().await).await.ask(line, headers, event).await
}

#[tokio::test]
async fn what_cannot_be_streamed_is_refused() {
    let post = format!("POST {PATH}");
    let asynchronous = refused(&post, "X-Amz-Invocation-Type: Event\r\n", b"{}").await;
    assert_eq!(asynchronous.refusal(), (400, "InvalidParameterValueException".to_owned()));
    assert_eq!(refused(&post, "X-Amz-Invocation-Type: DryRun\r\n", b"{}").await.status, 204);
    assert_eq!(
        refused(&post, "", &vec![b'1'; 6_291_557]).await.refusal(),
        (413, "RequestTooLargeException".to_owned())
    );
    assert_eq!(refused(&format!("GET {PATH}"), "", b"").await.status, 405);
    let nobody = "POST /2021-11-15/functions/response-streaming-invocations";
    assert_eq!(refused(nobody, "", b"{}").await.status, 404);
}

#[tokio::test]
async fn an_invocation_that_the_service_does_not_take_is_400_and_no_stream() {
    let emulator = Emulator::builder().max_concurrency(1).start().await.unwrap();
    let (mut busy, mut caller) = (Peer::of(&emulator).await, Peer::of(&emulator).await);
    let line = format!("POST {PATH}");
    let ((), event) = tokio::join!(caller.send(&line, "", b"1"), busy.next());
    assert_eq!(event.text(), "1");
    let answer = Peer::of(&emulator).await.ask(&line, "", b"2").await;
    assert_eq!(answer.refusal(), (400, "Runtime.Unavailable".to_owned()));
}

#[tokio::test]
async fn it_is_where_it_is_behind_a_front_too() {
    let emulator = Emulator::builder().front(Front::FunctionUrl).start().await.unwrap();
    let mut runtime = Peer::of(&emulator).await;
    let (events, ()) = tokio::join!(async { Caller::asks(&emulator).await.events().await }, async {
        let event = runtime.next().await;
        assert_eq!(event.text(), "{}");
        runtime.respond(event.id(), "", b"1").await;
    });
    assert_eq!(events, [Event::chunk("1"), Event::complete(&json!({}))]);
}

#[tokio::test]
async fn a_limited_bandwidth_holds_a_large_stream_back() {
    const SIZE: usize = 6 * 1024 * 1024 + 512 * 1024;
    let emulator = Emulator::builder().limited_bandwidth().start().await.unwrap();
    let mut runtime = Peer::of(&emulator).await;
    let started = std::time::Instant::now();
    let (events, ()) = tokio::join!(async { Caller::asks(&emulator).await.events().await }, async {
        let event = runtime.next().await;
        runtime.write(head(event.id()) + &piece(&"x".repeat(SIZE)) + "0\r\n\r\n").await;
        assert_eq!(runtime.answer().await.unwrap().status, 202);
    });
    assert_eq!(
        events.iter().filter(|event| event.name == "PayloadChunk").map(|e| e.payload.len()).sum::<usize>(),
        SIZE
    );
    // What is beyond the first 6 MiB takes two ticks.
    assert!(started.elapsed() >= std::time::Duration::from_millis(250));
}

/// What a function has written reaches the emulator on a way of its own, so it is asked until that has come.
#[cfg(feature = "command")]
#[tokio::test]
async fn the_end_of_the_log_is_told_to_callers_who_ask_for_it() {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;

    let builder = Emulator::builder().timeout(std::time::Duration::from_secs(30));
    let emulator = builder.bootstrap(crate::player::bootstrap("poll")).start().await.unwrap();
    let event = "\"log 2 a line\"";
    let seen = |encoded: &str| BASE64_STANDARD.decode(encoded).unwrap().ends_with(b"a line\na line\n");
    loop {
        let events = Caller::asks_with(&emulator, "X-Amz-Log-Type: Tail\r\n", event).await.events().await;
        let complete: Value = serde_json::from_slice(&events.last().unwrap().payload).unwrap();
        if seen(complete["LogResult"].as_str().unwrap()) {
            break;
        }
    }
    let (mut caller, line) = (Peer::of(&emulator).await, "POST /2015-03-31/functions/function/invocations");
    loop {
        let answer = caller.ask(line, "X-Amz-Log-Type: Tail\r\n", event.as_bytes()).await;
        if seen(answer.header("x-amz-log-result").unwrap()) {
            break;
        }
    }
    assert_eq!(caller.ask(line, "", event.as_bytes()).await.header("x-amz-log-result"), None);
    let events = Caller::asks_with(&emulator, "", event).await.events().await;
    assert_eq!(events.last(), Some(&Event::complete(&json!({}))));
}
