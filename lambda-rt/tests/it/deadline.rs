//! A handler that would outlive its deadline.

use std::cell::Cell;
use std::future::pending;
use std::time::{Duration, SystemTime};

use lambda_rt::{Error, LambdaEvent, Runtime};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::support::{Server, echo};

#[tokio::test(start_paused = true)]
async fn a_handler_that_is_pending_at_its_deadline_is_cancelled_a_margin_before_and_the_next_event_is_handled()
 {
    struct Dropped<'a>(&'a Cell<bool>);
    impl Drop for Dropped<'_> {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }
    let dropped = Cell::new(false);
    let server = Server::start().await;
    let runtime = Runtime::new(async |event: LambdaEvent<Value>| {
        if event.payload == "still here" {
            return Ok(event.payload);
        }
        let _guard = Dropped(&dropped);
        pending::<Result<Value, Error>>().await
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            let started = Instant::now();
            peer.deliver("1", "1").await;
            let (kind, message) = peer.answered().await.error_for("1");
            assert_eq!(kind, "Function.DeadlineExceeded");
            let waited = started.elapsed().as_millis();
            assert!((2500..=2900).contains(&waited), "{waited}");
            assert!(message.contains("100 ms before its deadline"), "{message}");
            assert!(dropped.get());
            peer.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn the_margin_can_be_chosen_and_cancelling_turned_off() {
    let runtime = || {
        Runtime::new(async |_: LambdaEvent<Value>| {
            sleep(Duration::from_secs(5)).await;
            Ok::<_, Error>(())
        })
    };
    let server = Server::start().await;
    server
        .serves(runtime().deadline_margin(Duration::from_secs(1)), async {
            let mut peer = server.accept().await;
            let started = Instant::now();
            peer.deliver("1", "1").await;
            assert!(peer.answered().await.is_error_for("1"));
            assert!((1500..=2000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
        })
        .await;
    let server = Server::start().await;
    server
        .serves(runtime().without_deadline(), async {
            let mut peer = server.accept().await;
            peer.deliver("1", "1").await;
            assert_eq!(peer.answered().await.body, b"null");
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_event_whose_deadline_has_passed_on_arrival_is_handled() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            let past = SystemTime::now() - Duration::from_secs(60);
            let past = past.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
            let head = format!(
                "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nLambda-Runtime-Deadline-Ms: {past}\r\nContent-Length: 1\r\n\r\n1"
            );
            peer.send(head.as_bytes()).await;
            assert_eq!(peer.answered().await.body, b"1");
        })
        .await;
}
