//! A service that refuses, breaks off, answers early or does not read.

use std::time::Duration;

use bytes::Bytes;
use lambda_rt::streaming::Body;

use super::super::support::{Log, Server};
use super::{begins, goes_on, is_streamed, sent, streams, within};

#[tokio::test(start_paused = true)]
async fn an_early_refusal_stops_the_producer_and_is_logged_with_its_reason() {
    let server = Server::start().await;
    let log = Log::capture();
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            for (status, kind) in [(413, "RequestEntityTooLarge"), (410, "InvokeTimeout")] {
                let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
            let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
            let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
            let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
            let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
            let (peer, mut sender) = begins(&server, &mut senders).await;
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
