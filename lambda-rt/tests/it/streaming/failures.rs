//! A handler, a stream or a task that fails on the way, and how the service is told.

use std::time::Duration;

use lambda_rt::streaming::{self, Body};

use super::super::support::{Log, Server};
use super::{Failing, begins, goes_on, sent, streams, told, with_prelude};

#[tokio::test(start_paused = true)]
async fn case_47_a_failure_after_the_first_chunk_is_told_in_trailers_and_not_in_the_body() {
    let server = Server::start().await;
    let log = Log::capture();
    let (runtime, mut senders) = sent();
    server
        .serves(runtime, async {
            let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
            let (mut peer, sender) = begins(&server, &mut senders).await;
            peer.silent_until(tokio::time::sleep(Duration::from_millis(50))).await;
            sender.abort();
            assert_eq!(peer.answered().await.error_for("1").0, "StreamAborted");
            peer.echoes("2").await;
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
            let (mut peer, mut sender) = begins(&server, &mut senders).await;
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
