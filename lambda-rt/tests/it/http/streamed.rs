//! HTTP answers that are streamed, over the wire.

use std::time::Duration;

use lambda_rt::http::{Request, Response, service, streaming_runtime};
use lambda_rt::{Error, Runtime, service_fn, streaming};

use super::super::support::Server;
use super::sources::{ALL, Sender, Sent};

#[tokio::test(start_paused = true)]
async fn sources_that_take_streams_get_them_and_the_others_get_all_in_one_piece() {
    let server = Server::start().await;
    let handler = service_fn(async |_: Request| {
        let (mut sender, body) = streaming::channel();
        tokio::spawn(async move {
            for event in ["data: 1\n\n", "data: 2\n\n"] {
                sender.send_data(event.into()).await.unwrap();
            }
        });
        let response = Response::builder().status(202).header("content-type", "text/event-stream");
        Ok::<_, Error>(response.header("set-cookie", "a=1").body(body)?)
    });
    server
        .serves(Runtime::from_service(service(handler).streaming()), async {
            for sender in ALL {
                let mut peer = server.accept().await;
                peer.deliver("1", &sender.event(&Sent::default()).to_string()).await;
                let streams = matches!(sender, Sender::RestApi | Sender::FunctionUrl);
                if streams {
                    let head = peer.head().await;
                    assert_eq!(head.header("content-type"), Some("application/vnd.awslambda.http-integration-response"));
                    let prelude = String::from_utf8(peer.chunk().await.unwrap()).unwrap();
                    assert_eq!(
                        prelude,
                        "{\"statusCode\":202,\"headers\":{\"content-type\":\"text/event-stream\"},\"cookies\":[\"a=1\"]}"
                    );
                    assert_eq!(peer.chunk().await.unwrap(), [0; 8]);
                    assert_eq!(peer.chunk().await.as_deref(), Some(&b"data: 1\n\n"[..]));
                    assert_eq!(peer.rest().await, (b"data: 2\n\n".to_vec(), vec![]));
                    peer.accept_answer().await;
                    peer.closed().await;
                } else {
                    let received = sender.received(&peer.answered().await.body);
                    assert_eq!((received.status, &*received.body), (202, &b"data: 1\n\ndata: 2\n\n"[..]), "{sender:?}");
                    assert_eq!(received.cookies, ["a=1"]);
                    // The next source begins on a connection of its own, as after a stream.
                    drop(peer);
                }
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_aborted_between_two_chunks_is_told_of_if_its_sender_must_finish() {
    for must_finish in [false, true] {
        let server = Server::start().await;
        let handler = service_fn(move |_: Request| async move {
            let (sender, body) = streaming::channel();
            let task = tokio::spawn(async move {
                let mut sender = if must_finish { sender.must_finish() } else { sender };
                sender.send_data("part".into()).await.unwrap();
                std::future::pending::<()>().await;
            });
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                task.abort();
            });
            Ok::<_, Error>(Response::new(body))
        });
        server
            .serves(streaming_runtime(handler), async {
                let mut peer = server.accept().await;
                peer.deliver("1", &Sender::FunctionUrl.event(&Sent::default()).to_string()).await;
                peer.head().await;
                let (_prelude, end) = (peer.chunk().await, peer.chunk().await);
                assert_eq!(end.unwrap(), [0; 8]);
                let (bytes, trailers) = peer.rest().await;
                assert_eq!((&*bytes, trailers.len()), (&b"part"[..], if must_finish { 2 } else { 0 }));
                peer.accept_answer().await;
                peer.closed().await;
            })
            .await;
    }
}
