//! Answers that leave piece by piece, and everything that can go wrong with them on the way.

use std::future::{Future, pending};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use lambda_rt::streaming::{self, Body, Sender};
use lambda_rt::{
    Error, FunctionResponse, HandlerService, LambdaEvent, MetadataPrelude, Runtime, StreamResponse,
};
use serde_json::Value;
use tokio::sync::mpsc;

use super::support::{Log, Peer, Request, Server};

const VENDOR_TYPE: &str = "application/vnd.awslambda.http-integration-response";

/// A function whose answers the test makes itself, as they are asked for; an event that is not `null` is given back.
fn streams(make: impl Fn() -> StreamResponse<Body> + 'static) -> Runtime<HandlerService<'static>> {
    let make = std::rc::Rc::new(make);
    Runtime::new(move |event: LambdaEvent<Value>| {
        let make = std::rc::Rc::clone(&make);
        async move {
            Ok::<_, Error>(match event.payload {
                Value::Null => FunctionResponse::StreamingResponse(make()),
                other => FunctionResponse::BufferedResponse(other),
            })
        }
    })
}

/// A function that streams what is sent by the senders that come out here.
fn sent() -> (Runtime<HandlerService<'static>>, mpsc::UnboundedReceiver<Sender>) {
    let (senders, received) = mpsc::unbounded_channel();
    let runtime = streams(move || {
        let (sender, body) = streaming::channel();
        senders.send(sender).unwrap();
        body.into()
    });
    (runtime, received)
}

fn with_prelude(stream: Body) -> StreamResponse<Body> {
    let mut metadata_prelude = MetadataPrelude::default();
    metadata_prelude.headers.insert("content-type", "text/plain".parse().unwrap());
    StreamResponse { metadata_prelude, stream }
}

/// Accepts the answer after which the connection is closed, and proves that the loop goes on.
async fn goes_on(server: &Server, mut peer: Peer) {
    peer.accept_answer().await;
    peer.closed().await;
    server.accept().await.echoes("next").await;
}

fn is_streamed(head: &Request, id: &str) {
    assert_eq!(head.line, format!("POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1"));
    for (name, value) in [
        ("lambda-runtime-function-response-mode", "streaming"),
        ("transfer-encoding", "chunked"),
        ("trailer", "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body"),
        ("connection", "close"),
    ] {
        assert_eq!(head.header(name), Some(value), "{name}");
    }
    assert_eq!(head.header("content-length"), None);
}

/// The error type of two legal trailers, and the document in them.
fn told(trailers: &[(String, String)]) -> (&str, Value) {
    let [(type_name, kind), (body_name, body)] = trailers else { panic!("{trailers:?}") };
    assert_eq!(type_name, "Lambda-Runtime-Function-Error-Type");
    assert_eq!(body_name, "Lambda-Runtime-Function-Error-Body");
    let letters = kind.split_once('.').unwrap().1;
    assert!(
        letters.starts_with(|c: char| c.is_ascii_uppercase())
            && letters.bytes().all(|b| b.is_ascii_alphabetic())
    );
    (kind, serde_json::from_slice(&BASE64_STANDARD.decode(body).unwrap()).unwrap())
}

#[tokio::test(start_paused = true)]
async fn chunks_leave_as_they_are_made_and_the_end_is_a_success() {
    let server = Server::start().await;
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver_with("1", "null", "Lambda-Runtime-Invocation-Id: t\r\n").await;
            let mut sender = senders.recv().await.unwrap();
            sender.send_data("one".into()).await.unwrap();
            let head = peer.head().await;
            is_streamed(&head, "1");
            assert_eq!(head.header("content-type"), Some("application/octet-stream"));
            assert_eq!(head.header("lambda-runtime-invocation-id"), Some("t"));
            assert_eq!(peer.chunk().await.as_deref(), Some(&b"one"[..]));
            for chunk in ["two", "", "0\r\n\r\n"] {
                sender.send_data(chunk.into()).await.unwrap();
            }
            assert_eq!(peer.chunk().await.as_deref(), Some(&b"two"[..]));
            drop(sender);
            assert_eq!(peer.rest().await, (b"0\r\n\r\n".to_vec(), vec![]));
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_empty_stream_is_an_empty_answer() {
    let server = Server::start().await;
    server
        .serves(streams(|| Body::empty().into()), async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            is_streamed(&peer.head().await, "1");
            assert_eq!(peer.rest().await, (vec![], vec![]));
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_47_a_failure_after_the_first_chunk_is_told_in_trailers_and_not_in_the_body() {
    let server = Server::start().await;
    let log = Log::capture();
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            sender.send_data("part".into()).await.unwrap();
            sender.send_error(std::io::Error::other("the table is gone"));
            peer.head().await;
            let (bytes, trailers) = peer.rest().await;
            assert_eq!(bytes, b"part");
            let (kind, document) = told(&trailers);
            assert_eq!((kind, &document["errorType"]), ("Function.IoError", &"io::Error".into()));
            assert_eq!(document["errorMessage"], "the table is gone");
            goes_on(&server, peer).await;
        })
        .await;
    log.has_line(&["ERROR", "while it streamed", "the table is gone", "requestId=\"1\""]);
}

#[tokio::test(start_paused = true)]
async fn case_48_a_failure_before_the_first_chunk_is_an_invocation_error() {
    let server = Server::start().await;
    let failing = || Body::from_stream(Failing(vec![Err("no data".into())]));
    for make in
        [Box::new(move || failing().into()) as Box<dyn Fn() -> _>, Box::new(move || with_prelude(failing()))]
    {
        server
            .serves(streams(make), async {
                let mut peer = server.accept().await;
                peer.deliver("1", "null").await;
                assert_eq!(peer.answered().await.error_for("1"), ("Error".into(), "no data".into()));
                peer.echoes("2").await;
            })
            .await;
    }
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let sender = senders.recv().await.unwrap();
            peer.silent_until(tokio::time::sleep(Duration::from_millis(50))).await;
            sender.abort();
            assert_eq!(peer.answered().await.error_for("1").0, "StreamAborted");
            peer.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_49_the_prelude_and_its_eight_zero_bytes_do_not_wait_for_the_first_byte() {
    let server = Server::start().await;
    let (senders, mut received) = mpsc::unbounded_channel();
    let runtime = streams(move || {
        let (sender, body) = streaming::channel();
        senders.send(sender).unwrap();
        with_prelude(body)
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let head = peer.head().await;
            is_streamed(&head, "1");
            assert_eq!(head.header("content-type"), Some(VENDOR_TYPE));
            let prelude = peer.chunk().await.unwrap();
            assert_eq!(
                String::from_utf8(prelude).unwrap(),
                r#"{"statusCode":200,"headers":{"content-type":"text/plain"},"cookies":[]}"#
            );
            assert_eq!(peer.chunk().await.unwrap(), [0; 8]);
            let mut sender = received.recv().await.unwrap();
            sender.send_data("x".into()).await.unwrap();
            assert_eq!(peer.chunk().await.as_deref(), Some(&b"x"[..]));
            drop(sender);
            assert_eq!(peer.rest().await, (vec![], vec![]));
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_panic_and_a_deadline_in_the_middle_are_told_in_trailers() {
    let server = Server::start().await;
    let panics = || Body::from_stream(Failing(vec![Ok("part")]));
    let stalls = || Body::from_stream(Failing(vec![Ok("part"), Ok("")]));
    for (make, kind, message) in [
        (Box::new(move || panics().into()) as Box<dyn Fn() -> _>, "Function.Panic", "out of items"),
        (Box::new(move || stalls().into()), "Function.DeadlineExceeded", "ms before its deadline"),
    ] {
        server
            .serves(streams(make), async {
                let mut peer = server.accept().await;
                peer.deliver("1", "null").await;
                peer.head().await;
                let (bytes, trailers) = peer.rest().await;
                assert_eq!(bytes, b"part");
                let (category, document) = told(&trailers);
                assert_eq!(category, kind);
                assert!(document["errorMessage"].as_str().unwrap().contains(message), "{document}");
                goes_on(&server, peer).await;
            })
            .await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_stops_the_producer_before_the_service_has_answered() {
    let server = Server::start().await;
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            sender.send_data("part".into()).await.unwrap();
            sender.closed().await;
            peer.head().await;
            assert_eq!(told(&peer.rest().await.1).0, "Function.DeadlineExceeded");
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_the_task_that_sends_is_told_in_trailers() {
    let server = Server::start().await;
    let runtime = streams(|| {
        let (mut sender, body) = streaming::channel();
        tokio::spawn(async move {
            sender.send_data("part".into()).await.unwrap();
            panic!("on purpose");
        });
        body.into()
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            peer.head().await;
            let (bytes, trailers) = peer.rest().await;
            assert_eq!((&*bytes, told(&trailers).0), (&b"part"[..], "Function.Panic"));
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn the_trailers_of_a_message_of_megabytes_are_short() {
    let server = Server::start().await;
    let body = || Body::from_stream(Failing(vec![Ok("part"), Err("ü".repeat(1 << 20))]));
    server
        .serves(streams(move || body().into()), async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            peer.head().await;
            let (_, trailers) = peer.rest().await;
            assert!(trailers[1].1.len() < 12 * 1024);
            assert!(told(&trailers).1["errorMessage"].as_str().unwrap().starts_with("üü"));
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_early_refusal_stops_the_producer_and_is_logged_with_its_reason() {
    let server = Server::start().await;
    let log = Log::capture();
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            for (status, kind) in [(413, "RequestEntityTooLarge"), (410, "InvokeTimeout")] {
                let mut peer = server.accept().await;
                peer.deliver("1", "null").await;
                let mut sender = senders.recv().await.unwrap();
                sender.send_data("part".into()).await.unwrap();
                peer.head().await;
                peer.chunk().await;
                peer.send(b"HTTP/1.1 100 Continue\r\n\r\n").await;
                assert!(!sender.is_closed());
                peer.refuse(status, kind, "no more").await;
                sender.closed().await;
                peer.closed().await;
                log.has_line(&[
                    "ERROR",
                    &format!("refused the streamed response with {status}: {kind}: no more"),
                ]);
                server.accept().await.echoes("2").await;
            }
        })
        .await;
}

#[tokio::test]
async fn a_refusal_is_heard_by_a_producer_that_waits_for_a_service_that_does_not_read() {
    let server = Server::start().await;
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            let sends = async { while sender.send_data(Bytes::from(vec![b'x'; 1 << 20])).await.is_ok() {} };
            let refuses = async {
                peer.begun().await;
                peer.refuse(413, "RequestEntityTooLarge", "no").await;
            };
            tokio::join!(sends, refuses);
            server.accept().await.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_connection_stops_the_producer_and_nothing_is_sent_again() {
    let server = Server::start().await;
    let log = Log::capture();
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            sender.send_data("part".into()).await.unwrap();
            peer.head().await;
            peer.reset();
            sender.closed().await;
            server.accept().await.echoes("2").await;
            log.has_line(&[
                "ERROR",
                "the streamed response broke off",
                "cannot be sent again",
                "requestId=\"1\"",
            ]);
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_acceptance_that_comes_before_the_end_does_not_end_the_body() {
    let server = Server::start().await;
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            sender.send_data("one".into()).await.unwrap();
            peer.head().await;
            assert_eq!(peer.chunk().await.as_deref(), Some(&b"one"[..]));
            peer.accept_answer().await;
            for _ in 0..100 {
                sender.send_data("two".into()).await.unwrap();
                assert_eq!(peer.chunk().await.as_deref(), Some(&b"two"[..]));
            }
            drop(sender);
            assert_eq!(peer.rest().await, (vec![], vec![]));
            peer.closed().await;
            server.accept().await.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_5xx_ends_the_process_with_the_services_message() {
    let server = Server::start().await;
    let script = async {
        let mut peer = server.accept().await;
        peer.deliver("1", "null").await;
        peer.head().await;
        peer.rest().await;
        peer.refuse(500, "InternalServerError", "container error").await;
    };
    let error = server.ends(streams(|| Body::from("x").into()), script).await;
    assert_eq!(error.status(), Some(500));
}

#[tokio::test]
async fn a_service_that_does_not_read_holds_the_producer_back_and_100_mb_pass() {
    const CHUNK: usize = 256 * 1024;
    const CHUNKS: usize = 400;
    let server = Server::start().await;
    let (runtime, mut senders) = sent();
    server
        .serves(runtime.without_deadline(), async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            let chunk = Bytes::from(vec![b'x'; CHUNK]);
            // What the kernel's two buffers take is sent; then there is one chunk under way and one waiting.
            let mut ahead = 0;
            while within(Duration::from_millis(200), sender.send_data(chunk.clone())).await.is_some() {
                ahead += 1;
                assert!(ahead < CHUNKS / 4, "nothing holds the producer back");
            }
            let sends = async move {
                for _ in ahead..CHUNKS {
                    sender.send_data(chunk.clone()).await.unwrap();
                }
            };
            peer.head().await;
            let ((), (bytes, trailers)) = tokio::join!(sends, peer.rest());
            assert_eq!((bytes.len(), trailers), (CHUNK * CHUNKS, vec![]));
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_was_closed_while_the_handler_ran_costs_nothing() {
    let server = Server::start().await;
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            let mut sender = senders.recv().await.unwrap();
            drop(peer);
            sender.send_data("x".into()).await.unwrap();
            drop(sender);
            let mut peer = server.accept().await;
            is_streamed(&peer.head().await, "1");
            assert_eq!(peer.rest().await.0, b"x");
            goes_on(&server, peer).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn what_was_deferred_follows_the_end_of_the_stream() {
    let server = Server::start().await;
    let (told, mut heard) = mpsc::unbounded_channel();
    let runtime = Runtime::new(move |event: LambdaEvent<Value>| {
        let told = told.clone();
        async move {
            event.context.defer(async move { told.send("deferred").unwrap() });
            Ok::<_, Error>(Body::from("x"))
        }
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "null").await;
            peer.head().await;
            peer.rest().await;
            assert!(heard.try_recv().is_err());
            peer.accept_answer().await;
            assert_eq!(heard.recv().await, Some("deferred"));
        })
        .await;
}

/// Gives its items in order; an empty one never comes. One more than there are is a panic.
struct Failing(Vec<Result<&'static str, String>>);

impl Failing {
    fn next(&mut self) -> Result<&'static str, String> {
        assert!(!self.0.is_empty(), "out of items");
        self.0.remove(0)
    }
}

impl futures_core::Stream for Failing {
    type Item = Result<&'static str, String>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        match self.next() {
            Ok("") => {
                self.0.push(Ok(""));
                std::pin::pin!(pending::<Option<Self::Item>>()).poll(cx)
            }
            item => std::task::Poll::Ready(Some(item)),
        }
    }
}

async fn within<F: Future>(time: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(time, future).await.ok()
}
