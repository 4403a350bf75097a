//! Answers that leave piece by piece, and everything that can go wrong with them on the way.

mod failures;
mod service;

use std::future::{Future, pending};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use lambda_rt::streaming::{self, Body, Sender};
use lambda_rt::{
    Error, FunctionResponse, HandlerService, LambdaEvent, MetadataPrelude, Runtime, StreamResponse,
};
use serde_json::Value;
use tokio::sync::mpsc;

use super::support::{Peer, Request, Server};

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

/// Delivers the event `1` to a function of [`sent`], and takes the sender of its answer.
async fn begins(server: &Server, senders: &mut mpsc::UnboundedReceiver<Sender>) -> (Peer, Sender) {
    let mut peer = server.accept().await;
    peer.deliver("1", "null").await;
    (peer, senders.recv().await.unwrap())
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
