//! `POST response`: what is taken, what is refused, and what the caller gets.

use lambda_emulator::{Event, Invoke};

use crate::support::{LIMIT, Peer, emulator, invoke_with, json};

#[tokio::test]
async fn case_10_a_response_is_taken_and_reaches_the_caller_unchanged() {
    let emulator = emulator().await;
    let bytes = [0u8, 255, b'\r', b'\n', 7];
    let (invoked, answer) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", &bytes).await
    })
    .await;
    assert_eq!((answer.status, answer.text()), (202, "{\"status\":\"OK\"}\n"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!((&*invoked.payload, invoked.error_type), (&bytes[..], None));
}

#[tokio::test]
async fn case_11_an_empty_response_is_a_response() {
    let emulator = emulator().await;
    let (invoked, status) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"").await.status
    })
    .await;
    assert_eq!((status, invoked.payload.len(), invoked.error_type), (202, 0, None));
}

#[tokio::test]
async fn case_12_a_body_of_exactly_the_limit_is_taken() {
    let emulator = emulator().await;
    let (invoked, status) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", &vec![b'x'; LIMIT]).await.status
    })
    .await;
    assert_eq!((status, invoked.payload.len(), invoked.error_type), (202, LIMIT, None));
}

#[tokio::test]
async fn case_13_a_body_one_byte_over_the_limit_is_413() {
    let emulator = emulator().await;
    let (invoked, (first, after)) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        let first = runtime.respond(event.id(), "", &vec![b'x'; LIMIT + 1]).await;
        (first, runtime.fail(event.id(), "", b"{}").await)
    })
    .await;
    assert_eq!(first.refusal(), (413, "RequestEntityTooLarge".to_owned()));
    assert_eq!(after.refusal(), (403, "InvalidStateTransition".to_owned()), "it counts as answered");
    assert_eq!(invoked.error_type.as_deref(), Some("Function.ResponseSizeTooLarge"));
    assert_eq!(
        json(&invoked)["errorMessage"],
        "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes)."
    );
}

#[tokio::test]
async fn case_15_a_wrong_id_is_refused_and_the_invocation_is_still_pending() {
    let emulator = emulator().await;
    let (invoked, ()) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        let wrong = (400, "InvalidRequestID".to_owned());
        assert_eq!(runtime.respond("another", "", b"no").await.refusal(), wrong);
        assert_eq!(runtime.fail("another", "", b"no").await.refusal(), wrong);
        assert_eq!(runtime.respond(event.id(), "", b"yes").await.status, 202);
    })
    .await;
    assert_eq!(invoked.payload, "yes");
}

#[tokio::test]
async fn case_16_a_second_response_is_refused_with_403_and_the_first_stands() {
    let emulator = emulator().await;
    let (invoked, second) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"first").await;
        runtime.respond(event.id(), "", b"second").await
    })
    .await;
    assert_eq!(second.refusal(), (403, "InvalidStateTransition".to_owned()));
    assert_eq!(
        second.json()["errorMessage"],
        "State transition from RuntimeResponseSentState to InvocationResponse failed for runtime. \
         Error: State transition is not allowed"
    );
    assert_eq!(invoked.payload, "first");
}

#[tokio::test]
async fn case_19_a_mode_that_is_not_streaming_is_refused() {
    for mode in ["Streaming", "buffered"] {
        let emulator = emulator().await;
        let (invoked, answer) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
            let event = runtime.next().await;
            let header = format!("Lambda-Runtime-Function-Response-Mode: {mode}\r\n");
            runtime.respond(event.id(), &header, b"1").await
        })
        .await;
        assert_eq!(answer.refusal(), (400, "InvalidFunctionResponseMode".to_owned()));
        assert_eq!(invoked.error_type.as_deref(), Some("Runtime.InvalidResponseModeHeader"));
        assert_eq!(invoked.payload, "");
    }
}

/// A peer that is gone, one that is gone with a reset, and one that has only stopped writing.
#[tokio::test]
async fn case_20_a_body_shorter_than_it_claims_fails_the_invocation_as_truncated() {
    for end in ["closed", "reset", "silent"] {
        let emulator = emulator().await;
        let (invoked, ()) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
            let event = runtime.next().await;
            let mut poster = Peer::of(&emulator).await;
            let path = format!("/2018-06-01/runtime/invocation/{}/response", event.id());
            poster.write(format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc")).await;
            match end {
                "closed" => drop(poster),
                "reset" => {
                    poster.stream().set_zero_linger().unwrap();
                    drop(poster);
                }
                _ => {
                    poster.shut_down_write().await;
                    let answer = poster.answer().await.map(|answer| answer.refusal());
                    assert!(answer.is_none_or(|refusal| refusal == (400, "TruncatedHTTPRequest".to_owned())));
                }
            }
        })
        .await;
        assert_eq!(invoked.error_type.as_deref(), Some("Runtime.TruncatedResponse"), "{end}");
    }
}

#[tokio::test]
async fn case_39_a_wrong_echo_is_410_and_the_right_one_is_then_taken() {
    let emulator = emulator().await;
    let (invoked, ()) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        let stale = (410, "InvokeTimeout".to_owned());
        let wrong = "Lambda-Runtime-Invocation-Id: another\r\n";
        assert_eq!(runtime.respond(event.id(), wrong, b"no").await.refusal(), stale);
        assert_eq!(runtime.fail(event.id(), wrong, b"no").await.refusal(), stale);
        let echo = event.header("lambda-runtime-invocation-id").unwrap();
        let right = format!("Lambda-Runtime-Invocation-Id: {echo}\r\n");
        assert_eq!(runtime.respond(event.id(), &right, b"yes").await.status, 202);
    })
    .await;
    assert_eq!(invoked.payload, "yes");
}

#[tokio::test]
async fn case_40_no_echo_is_not_checked_and_an_empty_one_is_wrong() {
    let emulator = emulator().await;
    invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        let empty = runtime.respond(event.id(), "Lambda-Runtime-Invocation-Id:\r\n", b"no").await;
        assert_eq!(empty.refusal(), (410, "InvokeTimeout".to_owned()));
        assert_eq!(runtime.respond(event.id(), "", b"yes").await.status, 202);
    })
    .await;
}

#[tokio::test]
async fn the_history_has_every_post_with_its_headers_and_its_answer_before_the_caller_is_told() {
    let emulator = emulator().await;
    invoke_with(&emulator, Invoke::new("{}").request_id("a"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond("b", "", b"no").await;
        runtime.respond(event.id(), "X-Mine: 1\r\n", b"yes").await;
    })
    .await;
    let history = emulator.history();
    let [Event::Polled, Event::Delivered { request_id, .. }, Event::Posted(no), Event::Posted(yes), end] =
        &history[..]
    else {
        panic!("{history:?}")
    };
    assert_eq!((&**request_id, no.status, no.refusal.as_deref()), ("a", 400, Some("InvalidRequestID")));
    assert_eq!(yes.path, "/2018-06-01/runtime/invocation/a/response");
    assert_eq!((yes.status, yes.size, yes.header("x-mine")), (202, 3, Some("1")));
    assert_eq!(*end, Event::Completed { request_id: "a".to_owned(), error_type: None });
}
