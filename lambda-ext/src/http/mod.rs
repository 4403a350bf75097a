//! HTTP/1.1 to one local endpoint: one request per connection.
//!
//! An extension asks once per invocation, so a new connection each time costs nothing that shows, and the connection that
//! died while the environment was frozen, the one trouble of keeping them, cannot happen.

mod endpoint;
mod response;

pub(crate) use endpoint::Endpoint;
pub(crate) use response::Response;

use std::fmt;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use response::Reader;

/// The endpoint is on this machine; a connect that takes longer than this is lost.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// A request: header values are checked by [`header_value`] where they come from outside.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) headers: &'a [(&'static str, &'a str)],
    pub(crate) body: &'a [u8],
}

/// An exchange without a whole response.
#[derive(Debug)]
pub(crate) enum Broken {
    /// Nothing has left: the request may be sent again, whatever it is.
    Connect(io::Error),
    /// Something has left; Lambda may or may not have acted on it.
    Io(io::Error),
    Closed,
    NotHttp(&'static str),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => write!(f, "cannot connect: {error}"),
            Self::Io(error) => write!(f, "the connection broke: {error}"),
            Self::Closed => f.write_str("the connection was closed before the whole response"),
            Self::NotHttp(why) => write!(f, "the response is not HTTP/1.1: {why}"),
        }
    }
}

/// Sends a request and reads its response, for as long as that takes.
pub(crate) async fn exchange(endpoint: &Endpoint, request: &Request<'_>) -> Result<Response, Broken> {
    let connect = tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect(&endpoint.authority));
    let connected = connect.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    let mut stream = connected.map_err(Broken::Connect)?;
    let _ = stream.set_nodelay(true);
    let written = stream.write_all(&wire(endpoint, request)).await;
    let mut reader = Reader::default();
    loop {
        if let Some(response) = reader.take(false).map_err(Broken::NotHttp)? {
            return Ok(response);
        }
        match stream.read_buf(reader.buffer()).await {
            Ok(0) => return reader.take(true).map_err(Broken::NotHttp)?.ok_or(Broken::Closed),
            Ok(_) => {}
            // Why the request could not leave explains more than the reset that followed.
            Err(error) => return Err(Broken::Io(written.err().unwrap_or(error))),
        }
    }
}

fn wire(endpoint: &Endpoint, request: &Request<'_>) -> Vec<u8> {
    let Endpoint { authority, prefix } = endpoint;
    let Request { method, path, headers, body } = request;
    let mut wire = format!("{method} {prefix}{path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n");
    for (name, value) in *headers {
        wire.push_str(name);
        wire.push_str(": ");
        wire.push_str(value);
        wire.push_str("\r\n");
    }
    if *method != "GET" {
        wire.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
    }
    wire.push_str("\r\n");
    let mut wire = wire.into_bytes();
    wire.extend_from_slice(body);
    wire
}

/// `text` as a header's value: what a header cannot hold becomes a space, and there is an end to it.
pub(crate) fn header_value(text: &str) -> String {
    let legal = |letter: char| if letter == ' ' || letter.is_ascii_graphic() { letter } else { ' ' };
    text.chars().take(256).map(legal).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_written_whole_and_a_get_has_no_body() {
        let endpoint = Endpoint { authority: "a:1".to_owned(), prefix: "/p".to_owned() };
        let request = Request { method: "POST", path: "/x", headers: &[("n", "v")], body: b"{}" };
        let expected = "POST /p/x HTTP/1.1\r\nhost: a:1\r\nconnection: close\r\nn: v\r\n\
                        content-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
        assert_eq!(wire(&endpoint, &request), expected.as_bytes());
        let request = Request { method: "GET", path: "/x", headers: &[], body: b"" };
        assert!(wire(&endpoint, &request).ends_with(b"connection: close\r\n\r\n"));
    }

    #[test]
    fn a_header_value_can_end_neither_its_line_nor_its_message() {
        assert_eq!(header_value("no\r\nsuch: täble\0"), "no  such: t ble");
        assert_eq!(header_value(&"x".repeat(1000)).len(), 256);
    }
}
