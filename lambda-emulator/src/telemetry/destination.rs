//! Where batches go: `POST`s with an array each, or lines on a connection that is kept.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::subscription::Destination;

/// A listener has this long to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// The way to a listener.
#[derive(Debug)]
pub(super) struct Sink {
    destination: Destination,
    /// The connection of a TCP destination.
    stream: Option<TcpStream>,
}

impl Sink {
    pub(super) fn new(destination: Destination) -> Self {
        Self { destination, stream: None }
    }

    /// Sends a batch once; the error says why it did not arrive.
    pub(super) async fn send(&mut self, records: &[Bytes]) -> Result<(), String> {
        let sent = match &self.destination {
            Destination::Http { host, port, path } => {
                timeout(PATIENCE, post(host, *port, path, records)).await
            }
            Destination::Tcp { port } => {
                let written = timeout(PATIENCE, write(&mut self.stream, *port, records)).await;
                if !matches!(written, Ok(Ok(()))) {
                    self.stream = None;
                }
                written
            }
        };
        sent.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())))
    }
}

async fn post(host: &str, port: u16, path: &str, records: &[Bytes]) -> Result<(), String> {
    let text = |error: hyper::Error| error.to_string();
    let stream = connect(port).await.map_err(|error| error.to_string())?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(text)?;
    let connection = tokio::spawn(connection);
    let request = Request::post(path)
        .header(HOST, host)
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(array(records)))
        .map_err(|error| error.to_string())?;
    let response = sender.send_request(request).await.map_err(text)?;
    let status = response.status();
    // Whoever answers 200 has the batch, whatever happens to the rest of the answer.
    let _ = response.into_body().collect().await;
    connection.abort();
    match status.is_success() {
        true => Ok(()),
        false => Err(format!("the listener answered {status}")),
    }
}

async fn write(stream: &mut Option<TcpStream>, port: u16, records: &[Bytes]) -> Result<(), String> {
    let text = |error: io::Error| error.to_string();
    let stream = match stream {
        Some(stream) => stream,
        None => stream.insert(connect(port).await.map_err(text)?),
    };
    stream.write_all(&lines(records)).await.map_err(text)
}

/// The sandbox's host names stand for this machine.
async fn connect(port: u16) -> io::Result<TcpStream> {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await
}

fn array(records: &[Bytes]) -> Bytes {
    let mut body = BytesMut::with_capacity(size(records));
    body.put_u8(b'[');
    for (at, record) in records.iter().enumerate() {
        if at > 0 {
            body.put_u8(b',');
        }
        body.put_slice(record);
    }
    body.put_u8(b']');
    body.freeze()
}

fn lines(records: &[Bytes]) -> Bytes {
    let mut body = BytesMut::with_capacity(size(records));
    for record in records {
        body.put_slice(record);
        body.put_u8(b'\n');
    }
    body.freeze()
}

fn size(records: &[Bytes]) -> usize {
    records.iter().map(|record| record.len() + 1).sum::<usize>() + 1
}
