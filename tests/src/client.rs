//! A client that posts an event and reads the answer. HTTP/1.0, so that every answer ends with its connection.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than any test is allowed to wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head, as text.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Posts `body` to `path` of the server at `port`.
pub fn post(port: u16, path: &str, body: impl AsRef<[u8]>) -> Answer {
    post_with(port, path, &[], body)
}

/// As [`post`], with more headers.
pub fn post_with(port: u16, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut request =
        format!("POST {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer without a head");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status =
        head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("an answer without a status");
    Answer { status, head, body: bytes.split_off(end + 4) }
}
