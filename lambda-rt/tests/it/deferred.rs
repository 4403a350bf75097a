//! Work that a handler leaves for after its answer.

use std::cell::Cell;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lambda_rt::{Context, Error, LambdaEvent, Runtime};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::support::{Log, Server};

#[tokio::test(start_paused = true)]
async fn deferred_work_runs_after_the_answer_was_accepted_and_before_the_next_poll() {
    let server = Server::start().await;
    let (begin, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let runtime = Runtime::new(async |event: LambdaEvent<u32>| {
        let (begin, done) = (Arc::clone(&begin), Arc::clone(&done));
        event.context.defer(async move {
            begin.notify_one();
            done.notified().await;
        });
        Ok::<_, Error>(event.payload)
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "7").await;
            assert_eq!(peer.request().await.body, b"7");
            peer.silent_until(async {
                tokio::select! {
                    biased;
                    () = begin.notified() => panic!("it ran before the answer was accepted"),
                    () = sleep(Duration::from_secs(1)) => {}
                }
            })
            .await;
            peer.accept_answer().await;
            begin.notified().await;
            peer.silent_until(sleep(Duration::from_secs(1))).await;
            done.notify_one();
            peer.polled().await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn deferred_work_runs_in_order_knows_its_invocation_and_outlives_failures_and_panics() {
    let server = Server::start().await;
    let seen = Arc::<Mutex<Vec<String>>>::default();
    let log = Log::capture();
    let runtime = Runtime::new(async |event: LambdaEvent<u32>| {
        let note = |what: &'static str| {
            let seen = Arc::clone(&seen);
            move || seen.lock().unwrap().push(format!("{what} {}", Context::current().unwrap().request_id))
        };
        let (first, last, nested) = (note("first"), note("last"), note("nested"));
        let context = event.context.clone();
        event.context.defer(async move {
            first();
            context.defer(async move { nested() });
        });
        event.context.defer(async { Err::<(), _>(std::io::Error::other("not sent")) });
        event.context.defer(async move { assert!(event.payload > 1, "dropped the parcel") });
        event.context.defer(async move { last() });
        // Work is deferred by invocations that fail, too.
        if event.payload == 0 { Err(Error::from("no")) } else { Ok(event.payload) }
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            for (id, payload) in [("a", "1"), ("b", "0")] {
                peer.deliver(id, payload).await;
                assert_eq!(peer.answered().await.is_error_for(id), payload == "0");
            }
            peer.polled().await;
        })
        .await;
    let seen = seen.lock().unwrap();
    assert_eq!(*seen, ["first a", "last a", "nested a", "first b", "last b", "nested b"]);
    log.has_line(&["ERROR", "work deferred at", "tests/it/deferred.rs:", "not sent", "\"a\""]);
    log.has_line(&["ERROR", "work deferred at", "dropped the parcel", "\"b\""]);
}

#[tokio::test(start_paused = true)]
async fn deferred_work_that_reaches_the_margin_of_its_deadline_is_cut_off_with_a_warning_that_names_what_was_lost()
 {
    struct Dropped(Arc<Mutex<u32>>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            *self.0.lock().unwrap() += 1;
        }
    }
    let server = Server::start().await;
    let log = Log::capture();
    let dropped = Arc::<Mutex<u32>>::default();
    let deferring = Cell::new(true);
    let runtime = Runtime::new(async |event: LambdaEvent<u32>| {
        for _ in 0..if deferring.take() { 2 } else { 0 } {
            let guard = Dropped(Arc::clone(&dropped));
            event.context.defer(async move {
                let _guard = guard;
                pending::<()>().await;
            });
        }
        Ok::<_, Error>(event.payload)
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            let started = Instant::now();
            peer.deliver("1", "7").await;
            peer.answered().await;
            peer.polled().await;
            let waited = started.elapsed().as_millis();
            assert!((2_500..=2_900).contains(&waited), "{waited}");
        })
        .await;
    assert_eq!(*dropped.lock().unwrap(), 2);
    let text = log.text();
    let warnings = text.lines().filter(|line| line.contains("WARN") && line.contains("was dropped"));
    assert_eq!(warnings.filter(|line| line.contains("tests/it/deferred.rs:")).count(), 2, "{text}");
}
