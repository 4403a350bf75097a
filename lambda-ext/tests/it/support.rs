//! A Lambda that answers with whatever bytes a test gives it, one request per connection.

use lambda_ext::{Error, Extension, ExtensionError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const REGISTERED: &str = "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: id-1\r\n\r\n\
    {\"functionName\":\"orders\",\"functionVersion\":\"7\",\"handler\":\"boot\",\"accountId\":\"123456789012\"}";
pub(crate) const SHUTDOWN: &str =
    r#"{"eventType":"SHUTDOWN","deadlineMs":4102444800000,"shutdownReason":"spindown"}"#;
pub(crate) const INVOKE: &str = r#"{"eventType":"INVOKE","deadlineMs":4102444800000,"requestId":"a"}"#;
pub(crate) const ACCEPTED: &str = "HTTP/1.1 202 Accepted\r\ncontent-length: 15\r\n\r\n{\"status\":\"OK\"}";

pub(crate) struct Server {
    listener: TcpListener,
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    head: String,
    pub(crate) body: String,
}

/// A request that waits for its answer.
pub(crate) struct Asked {
    stream: TcpStream,
    pub(crate) request: Request,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub(crate) async fn at(address: std::net::SocketAddr) -> Self {
        Self { listener: TcpListener::bind(address).await.unwrap() }
    }

    pub(crate) fn endpoint(&self) -> String {
        self.listener.local_addr().unwrap().to_string()
    }

    /// An external extension that talks to this server.
    pub(crate) fn extension(&self) -> Extension {
        Extension::new().with_extension_name("shipper").with_endpoint(self.endpoint())
    }

    pub(crate) async fn asked(&self) -> Asked {
        let (mut stream, _) = self.listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        loop {
            if let Some(request) = parse(&bytes) {
                return Asked { stream, request };
            }
            assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the extension hung up");
        }
    }

    /// Takes one request and answers with these bytes.
    pub(crate) async fn answer(&self, bytes: impl AsRef<[u8]>) -> Request {
        self.asked().await.answer(bytes).await
    }

    /// Takes a poll and answers with an event.
    pub(crate) async fn deliver(&self, event: &str) -> Request {
        let request = self.answer(ok(event)).await;
        assert_eq!(request.line, "GET /2020-01-01/extension/event/next HTTP/1.1");
        request
    }
}

impl Asked {
    pub(crate) async fn answer(mut self, bytes: impl AsRef<[u8]>) -> Request {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
        self.stream.shutdown().await.unwrap();
        self.request
    }
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn parse(bytes: &[u8]) -> Option<Request> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut request = Request { line: head.lines().next()?.to_owned(), head, body: String::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body = String::from_utf8(bytes.get(end..end + length)?.to_vec()).unwrap();
    Some(request)
}

pub(crate) fn ok(body: &str) -> String {
    response(200, body)
}

pub(crate) fn response(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Text\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn refusal(status: u16, kind: &str, message: &str) -> String {
    response(status, &format!(r#"{{"errorType":"{kind}","errorMessage":"{message}"}}"#))
}

/// This crate's own error.
pub(crate) fn ours(error: Error) -> ExtensionError {
    *error.downcast().expect("the error is not the crate's own")
}
