//! Managed instances: many events at once in one environment.

use std::time::Duration;

use lambda_emulator::{Emulator, Event, Invoke};

use crate::support::{NEXT, Peer, json};

async fn emulator() -> Emulator {
    Emulator::builder().max_concurrency(2).timeout(Duration::from_secs(30)).start().await.unwrap()
}

/// Lets time pass in an instant.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// A worker whose poll waits, the `number`th of them.
async fn worker(emulator: &Emulator, number: usize) -> Peer {
    let mut worker = Peer::of(emulator).await;
    worker.send(&format!("GET {NEXT}"), "", b"").await;
    polls(emulator, number).await;
    worker
}

async fn polls(emulator: &Emulator, number: usize) {
    emulator.until(|history| history.iter().filter(|event| **event == Event::Polled).count() == number).await;
}

#[tokio::test]
async fn a_managed_instance_shows_in_the_environment() {
    let emulator = Emulator::builder().max_concurrency(7).start().await.unwrap();
    let environment = emulator.environment();
    for (name, value) in [
        ("AWS_LAMBDA_MAX_CONCURRENCY", "7"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances"),
        ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
    ] {
        assert!(environment.contains(&(name.to_owned(), value.to_owned())), "{name}");
    }
    let mut peer = Peer::of(&emulator).await;
    assert_eq!(peer.ask("GET /2018-06-01/runtime/restore/next", "", b"").await.status, 404);
    let single = Emulator::builder().start().await.unwrap();
    assert!(!single.environment().iter().any(|(name, _)| name == "AWS_LAMBDA_MAX_CONCURRENCY"));
}

#[tokio::test]
async fn case_62_the_first_poll_ends_the_init_and_invocations_run_at_the_same_time() {
    let emulator = emulator().await;
    let ((a, b), ()) = tokio::join!(
        // Submitted before any worker polls, these wait for theirs.
        async { tokio::join!(emulator.invoke(Invoke::new("1")), emulator.invoke(Invoke::new("2"))) },
        async {
            let (mut one, mut other) = (Peer::of(&emulator).await, Peer::of(&emulator).await);
            let (first, second) = (one.next().await, other.next().await);
            assert_eq!((first.text(), second.text()), ("1", "2"));
            assert_eq!(other.respond(second.id(), "", b"20").await.status, 202);
            assert_eq!(one.respond(first.id(), "", b"10").await.status, 202);
        }
    );
    assert_eq!((&*a.payload, &*b.payload), (&b"10"[..], &b"20"[..]));
}

#[tokio::test]
async fn case_64_without_an_idle_worker_an_invocation_is_400_at_once() {
    let emulator = emulator().await;
    let mut busy = worker(&emulator, 1).await;
    let (first, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let event = busy.answer().await.unwrap();
        let second = emulator.invoke(Invoke::new("2")).await;
        assert_eq!(second.error_type.as_deref(), Some("Runtime.Unavailable"));
        assert_eq!(json(&second)["errorType"], "Runtime.Unavailable");
        let mut caller = Peer::of(&emulator).await;
        for headers in ["", "x-amz-invocation-type: Event\r\n"] {
            let refused = caller.ask("POST /", headers, b"3").await;
            assert_eq!(refused.refusal(), (400, "Runtime.Unavailable".to_owned()));
            assert_eq!(refused.header("error-type"), Some("Runtime.Unavailable"));
            assert_eq!(refused.header("x-amz-function-error"), None);
        }
        busy.respond(event.id(), "", b"10").await;
    });
    assert_eq!(first.payload, "10");
}

#[tokio::test]
async fn case_65_an_id_that_is_under_way_is_400_and_the_first_caller_still_gets_the_answer() {
    let emulator = emulator().await;
    let mut one = worker(&emulator, 1).await;
    let _idle = worker(&emulator, 2).await;
    let (first, ()) = tokio::join!(emulator.invoke(Invoke::new("1").request_id("same")), async {
        let event = one.answer().await.unwrap();
        let second = emulator.invoke(Invoke::new("2").request_id("same")).await;
        assert_eq!(second.error_type.as_deref(), Some("Client.DuplicatedInvokeId"));
        let mut caller = Peer::of(&emulator).await;
        let third = caller.ask("POST /", "x-amzn-requestid: same\r\n", b"3").await;
        assert_eq!(third.refusal(), (400, "Client.DuplicatedInvokeId".to_owned()));
        one.respond(event.id(), "", b"10").await;
    });
    assert_eq!((&*first.request_id, &*first.payload), ("same", &b"10"[..]));
}

#[tokio::test]
async fn cases_42_and_66_a_timeout_leaves_the_others_alone_and_its_late_answer_is_410_then_400() {
    let emulator = emulator().await;
    let mut slow = worker(&emulator, 1).await;
    let (late, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let event = slow.answer().await.unwrap();
        pass(Duration::from_secs(20)).await;
        let mut other = worker(&emulator, 2).await;
        let (on_time, ()) = tokio::join!(emulator.invoke(Invoke::new("2")), async {
            let running = other.answer().await.unwrap();
            pass(Duration::from_secs(15)).await;
            emulator.until(|history| history.iter().any(|one| matches!(one, Event::Completed { .. }))).await;
            assert_eq!(
                slow.respond(event.id(), "", b"10").await.refusal(),
                (410, "InvokeTimeout".to_owned())
            );
            assert_eq!(
                slow.respond(event.id(), "", b"10").await.refusal(),
                (400, "InvalidRequestID".to_owned())
            );
            assert_eq!(other.respond(running.id(), "", b"20").await.status, 202);
        });
        assert_eq!(on_time.payload, "20");
    });
    assert_eq!(late.error_type.as_deref(), Some("Sandbox.Timedout"));
    assert!(!emulator.history().contains(&Event::Killed));
}

#[tokio::test]
async fn case_16_a_second_answer_is_400() {
    let emulator = emulator().await;
    let mut worker = worker(&emulator, 1).await;
    tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let event = worker.answer().await.unwrap();
        assert_eq!(worker.respond(event.id(), "", b"1").await.status, 202);
        assert_eq!(
            worker.respond(event.id(), "", b"1").await.refusal(),
            (400, "InvalidRequestID".to_owned())
        );
        assert_eq!(worker.fail(event.id(), "", b"{}").await.refusal(), (400, "InvalidRequestID".to_owned()));
    });
}

#[tokio::test]
async fn an_init_error_ends_the_environment() {
    let emulator = emulator().await;
    let (failed, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let mut worker = Peer::of(&emulator).await;
        let body = br#"{"errorMessage":"no table"}"#;
        assert_eq!(worker.ask("POST /2018-06-01/runtime/init/error", "", body).await.status, 202);
        assert_eq!(worker.ask("POST /2018-06-01/runtime/init/error", "", body).await.status, 403);
    });
    assert_eq!(json(&failed)["errorMessage"], "no table");
    let after = emulator.invoke(Invoke::new("2")).await;
    assert_eq!(after.error_type.as_deref(), Some("Client.ExecutionEnvironmentUnhealthy"));
}

#[tokio::test]
async fn a_concurrency_of_nothing_and_one_with_another_type_are_errors() {
    let none = Emulator::builder().max_concurrency(0).start().await.unwrap_err();
    assert_eq!(none.to_string(), "the concurrency is \"0\"; it must be at least 1");
    let other = Emulator::builder().max_concurrency(2).initialization_type("snap-start").start().await;
    assert!(other.unwrap_err().is_config());
}
