//! HTTP requests that become events, and answers that become responses.

use lambda_emulator::{Emulator, Front};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::Peer;

/// A browser: one request, and the response as it comes.
struct Browser {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Browser {
    async fn asks(emulator: &Emulator, request: &str) -> Self {
        let mut stream = TcpStream::connect(emulator.addr()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        Self { stream, read: Vec::new() }
    }

    async fn sees(&mut self, text: &str) {
        while !String::from_utf8_lossy(&self.read).contains(text) {
            assert_ne!(
                self.stream.read_buf(&mut self.read).await.unwrap(),
                0,
                "{:?}",
                String::from_utf8_lossy(&self.read)
            );
        }
    }

    async fn end(mut self) -> String {
        let _ = self.stream.read_to_end(&mut self.read).await;
        String::from_utf8(self.read).unwrap()
    }
}

async fn start(front: Front) -> (Emulator, Peer) {
    let emulator = Emulator::builder().front(front).start().await.unwrap();
    let peer = Peer::of(&emulator).await;
    (emulator, peer)
}

const GET: &str = "GET /a%20b/?x=1&x=2+3 HTTP/1.1\r\nhost: localhost\r\ncookie: a=1; b=2\r\nx-many: 1\r\nx-many: 2\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_request_is_an_event_of_format_2() {
    for (front, domain) in [(Front::FunctionUrl, ".lambda-url."), (Front::ApiGatewayV2, ".execute-api.")] {
        let (emulator, mut runtime) = start(front).await;
        let browser = Browser::asks(&emulator, GET).await;
        let event = runtime.next().await;
        let json: Value = serde_json::from_slice(&event.body).unwrap();
        assert_eq!((&json["version"], &json["rawPath"]), (&json!("2.0"), &json!("/a%20b/")));
        assert_eq!(
            (&json["rawQueryString"], &json["queryStringParameters"]),
            (&json!("x=1&x=2+3"), &json!({"x": "1,2 3"}))
        );
        assert_eq!((&json["cookies"], &json["headers"]["x-many"]), (&json!(["a=1", "b=2"]), &json!("1,2")));
        assert_eq!((&json["requestContext"]["http"]["method"], &json["body"]), (&json!("GET"), &Value::Null));
        assert!(json["requestContext"]["domainName"].as_str().unwrap().contains(domain));
        let document = json!({"statusCode": 201, "headers": {"x-a": "b"}, "cookies": ["c=1", "d=2"], "body": "aGk=", "isBase64Encoded": true});
        runtime.respond(event.id(), "", document.to_string().as_bytes()).await;
        let response = browser.end().await;
        assert!(response.starts_with("HTTP/1.1 201"), "{response}");
        for part in ["x-a: b\r\n", "set-cookie: c=1\r\n", "set-cookie: d=2\r\n", "\r\n\r\nhi"] {
            assert!(response.contains(part), "{response}");
        }
    }
}

#[tokio::test]
async fn bodies_are_text_or_base64_by_their_type() {
    let (emulator, mut runtime) = start(Front::FunctionUrl).await;
    for (kind, body, expected) in [
        ("application/json", "{\"a\":1}", json!(["{\"a\":1}", false])),
        ("application/x-www-form-urlencoded", "a=1", json!(["YT0x", true])),
        ("image/png", "png", json!(["cG5n", true])),
    ] {
        let request = format!(
            "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let browser = Browser::asks(&emulator, &request).await;
        let event = runtime.next().await;
        let json: Value = serde_json::from_slice(&event.body).unwrap();
        assert_eq!(json!([json["body"], json["isBase64Encoded"]]), expected);
        runtime.respond(event.id(), "", "\"just text\"".as_bytes()).await;
        assert!(browser.end().await.ends_with("\r\n\r\njust text"));
    }
}

#[tokio::test]
async fn a_failure_and_a_malformed_document_are_a_server_error() {
    for (front, status) in [(Front::FunctionUrl, "502"), (Front::ApiGatewayV2, "500")] {
        let (emulator, mut runtime) = start(front).await;
        for document in
            ["{\"statusCode\": 42000}", "{\"statusCode\": 200, \"headers\": {\"a b\": \"c\"}}", "no JSON"]
        {
            let browser = Browser::asks(&emulator, GET).await;
            let event = runtime.next().await;
            runtime.respond(event.id(), "", document.as_bytes()).await;
            let response = browser.end().await;
            assert!(response.starts_with(&format!("HTTP/1.1 {status}")), "{document}: {response}");
        }
    }
}

fn head(id: &str, kind: &str) -> String {
    format!(
        "POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nhost: x\r\nContent-Type: {kind}\r\n\
         Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\
         Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n"
    )
}

const VENDOR_TYPE: &str = "application/vnd.awslambda.http-integration-response";

fn chunk(bytes: &str) -> String {
    format!("{:x}\r\n{bytes}\r\n", bytes.len())
}

#[tokio::test]
async fn case_50_a_prelude_is_read_however_it_is_split_and_what_follows_streams() {
    let whole = "{\"statusCode\":202,\"headers\":{\"content-type\":\"text/event-stream\"},\"cookies\":[\"a=1\"]}\0\0\0\0\0\0\0\0one";
    let delimiter = whole.find('\0').unwrap();
    for cut in [1, delimiter, delimiter + 1, delimiter + 4, delimiter + 7, delimiter + 8, whole.len() - 1] {
        let (emulator, mut runtime) = start(Front::FunctionUrl).await;
        let mut browser = Browser::asks(&emulator, GET).await;
        let event = runtime.next().await;
        runtime.write(head(event.id(), VENDOR_TYPE) + &chunk(&whole[..cut])).await;
        runtime.write(chunk(&whole[cut..])).await;
        // The function has not ended its answer yet.
        browser.sees(if cut < whole.len() - 1 { "one\r\n" } else { "e\r\n" }).await;
        runtime.write(chunk("two") + "0\r\n\r\n").await;
        assert_eq!(runtime.answer().await.unwrap().status, 202);
        let response = browser.end().await;
        for part in
            ["HTTP/1.1 202", "content-type: text/event-stream\r\n", "set-cookie: a=1\r\n", "two\r\n0\r\n\r\n"]
        {
            assert!(response.contains(part), "{cut}: {response}");
        }
        assert!(!response.contains("statusCode"), "{response}");
    }
}

#[tokio::test]
async fn case_51_a_stream_that_ends_before_its_delimiter_is_malformed() {
    for body in ["{\"statusCode\":200}", "{\"statusCode\":200}\0\0\0\0\0\0\0", "no JSON\0\0\0\0\0\0\0\0"] {
        let (emulator, mut runtime) = start(Front::FunctionUrl).await;
        let browser = Browser::asks(&emulator, GET).await;
        let event = runtime.next().await;
        runtime.write(head(event.id(), VENDOR_TYPE) + &chunk(body) + "0\r\n\r\n").await;
        assert_eq!(runtime.answer().await.unwrap().status, 202);
        assert!(browser.end().await.starts_with("HTTP/1.1 502"), "{body:?}");
    }
}

#[tokio::test]
async fn a_stream_without_a_prelude_is_bytes_and_one_that_fails_is_cut_off() {
    let (emulator, mut runtime) = start(Front::FunctionUrl).await;
    for (trailers, whole) in [("", true), ("Lambda-Runtime-Function-Error-Type: Function.Boom\r\n", false)] {
        let mut browser = Browser::asks(&emulator, GET).await;
        let event = runtime.next().await;
        runtime.write(head(event.id(), "application/octet-stream") + &chunk("part")).await;
        browser.sees("part\r\n").await;
        runtime.write(format!("0\r\n{trailers}\r\n")).await;
        assert_eq!(runtime.answer().await.unwrap().status, 202);
        let response = browser.end().await;
        assert!(response.contains("content-type: application/octet-stream\r\n"), "{response}");
        assert_eq!(response.ends_with("0\r\n\r\n"), whole, "{response}");
    }
}

#[tokio::test]
async fn a_caller_that_goes_does_not_stop_the_function() {
    let (emulator, mut runtime) = start(Front::FunctionUrl).await;
    let mut browser = Browser::asks(&emulator, GET).await;
    let event = runtime.next().await;
    runtime.write(head(event.id(), "application/octet-stream") + &chunk("part")).await;
    browser.sees("part").await;
    drop(browser);
    for _ in 0..100 {
        runtime.write(chunk(&"x".repeat(100_000))).await;
    }
    runtime.write("0\r\n\r\n").await;
    assert_eq!(runtime.answer().await.unwrap().status, 202);
}

#[tokio::test]
async fn the_apis_are_where_they_were() {
    let (emulator, _) = start(Front::FunctionUrl).await;
    let browser =
        Browser::asks(&emulator, "GET /2018-06-01/ping HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await;
    assert!(browser.end().await.ends_with("pong"));
}
