//! The transport beside hyper's client: over generated responses, both read the same, or neither reads anything.

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::connection::Connection;
use super::endpoint::Endpoint;
use super::head::Headers;

/// What a client made of a response: status, the one header asked for, and the body; or that it failed.
type Reading = Option<(u16, Option<Vec<u8>>, Bytes)>;

/// Serves `wire` in pieces of `piece` bytes to one client and closes.
async fn serve(listener: &TcpListener, wire: &[u8], piece: usize) {
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_buf(&mut request).await.unwrap();
    }
    for part in wire.chunks(piece) {
        // A client that has read enough may have gone.
        if stream.write_all(part).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[derive(Default)]
struct First(Option<Vec<u8>>);

impl Headers for First {
    fn header(&mut self, name: &str, value: &[u8]) {
        if name.eq_ignore_ascii_case("x-asked") && self.0.is_none() {
            self.0 = Some(value.to_vec());
        }
    }
}

async fn ours(listener: &TcpListener, wire: &[u8], piece: usize) -> Reading {
    let address = listener.local_addr().unwrap();
    let read = async {
        let mut connection = Connection::open(&Endpoint::parse(&address.to_string()).unwrap()).await.unwrap();
        let mut headers = First::default();
        let exchanged = connection.exchange(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n", &[], &mut headers).await;
        exchanged.ok().map(|(response, _)| (response.status, headers.0, response.body))
    };
    tokio::join!(read, serve(listener, wire, piece)).0
}

async fn hypers(listener: &TcpListener, wire: &[u8], piece: usize) -> Reading {
    let address = listener.local_addr().unwrap();
    let read = async {
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        let exchange = async {
            let request = hyper::Request::get("/").header("Host", "h").body(Empty::<Bytes>::new()).unwrap();
            let response = sender.send_request(request).await.ok()?;
            let status = response.status().as_u16();
            let asked = response.headers().get("x-asked").map(|value| value.as_bytes().to_vec());
            let body = response.into_body().collect().await.ok()?.to_bytes();
            Some((status, asked, body))
        };
        tokio::select! {
            biased;
            reading = exchange => reading,
            // The connection may end first, with the response on its way to the caller.
            _ = async { let _ = connection.await; std::future::pending::<()>().await } => None,
        }
    };
    tokio::join!(read, serve(listener, wire, piece)).0
}

fn response() -> impl Strategy<Value = Vec<u8>> {
    let status =
        prop_oneof![Just(200u16), Just(202), Just(204), Just(304), Just(403), Just(500), 200u16..600];
    let value = prop::collection::vec(prop_oneof![0x20u8..0x7f, 0x80u8..=0xff, Just(b'\t')], 0..20);
    let body = prop::collection::vec(any::<u8>(), 0..200);
    let framing = prop_oneof![
        Just("length"),
        Just("chunked"),
        Just("close"),
        Just("short"),
        Just("long"),
        Just("twice"),
        Just("differ"),
        Just("garbled"),
    ];
    (status, prop::option::of(value), body, framing, 1usize..50, any::<bool>()).prop_map(
        |(status, value, body, framing, chunk, interim)| {
            let mut wire = Vec::new();
            if interim {
                wire.extend_from_slice(b"HTTP/1.1 103 Early Hints\r\nX-Asked: interim\r\n\r\n");
            }
            wire.extend_from_slice(format!("HTTP/1.1 {status} Reason\r\n").as_bytes());
            if let Some(value) = value {
                wire.extend_from_slice(b"X-Asked: ");
                wire.extend_from_slice(&value);
                wire.extend_from_slice(b"\r\n");
            }
            let length = |count: usize| format!("Content-Length: {count}\r\n").into_bytes();
            match framing {
                "length" => wire.extend(length(body.len())),
                "short" => wire.extend(length(body.len().saturating_sub(1))),
                "long" => wire.extend(length(body.len() + 1)),
                "twice" => wire.extend([length(body.len()), length(body.len())].concat()),
                "differ" => wire.extend([length(body.len()), length(body.len() + 1)].concat()),
                "chunked" => wire.extend_from_slice(b"Transfer-Encoding: chunked\r\n"),
                "garbled" => wire.extend_from_slice(b"Content-Length: many\r\n"),
                _ => {}
            }
            wire.extend_from_slice(b"\r\n");
            if framing == "chunked" {
                for part in body.chunks(chunk) {
                    super::chunked::push_size(part.len(), &mut wire);
                    wire.extend_from_slice(part);
                    wire.extend_from_slice(super::chunked::END);
                }
                super::chunked::finish(&[], &mut wire);
            } else {
                wire.extend_from_slice(&body);
            }
            wire
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn every_generated_response_reads_as_it_does_with_hyper(
        wire in response(), piece in 1usize..300, cut in prop::option::weighted(0.3, 0.0..1.0f64),
    ) {
        let wire = match cut {
            Some(share) => &wire[..(wire.len() as f64 * share) as usize],
            None => &wire[..],
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (ours, hypers) = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            (ours(&listener, wire, piece).await, hypers(&listener, wire, piece).await)
        });
        prop_assert_eq!(ours, hypers, "{:?}", String::from_utf8_lossy(wire));
    }
}
