//! Rows of "What happens" about answering.

use std::time::Duration;

use bytes::Bytes;
use lambda_rt::{Error, LambdaEvent, Reply, Runtime};

use super::support::{Log, Server, echo};

#[tokio::test(start_paused = true)]
async fn an_answer_whose_connection_breaks_before_a_status_is_sent_again_unchanged() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.deliver_with("1", "[1,2]", "Lambda-Runtime-Invocation-Id: t\r\n").await;
            let first = peer.request().await;
            peer.reset();
            let mut peer = server.accept().await;
            let second = peer.request().await;
            peer.send(b"HTTP/1.1 2").await;
            drop(peer);
            let mut peer = server.accept().await;
            let third = peer.answered().await;
            for again in [&second, &third] {
                assert_eq!((&again.line, &again.body), (&first.line, &first.body));
                assert_eq!(again.header("lambda-runtime-invocation-id"), Some("t"));
            }
            peer.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_status_counts_even_if_the_text_after_it_is_cut_off() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.deliver("1", "1").await;
            peer.request().await;
            peer.send(b"HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{\"sta").await;
            drop(peer);
            server.accept().await.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_21_and_41_a_refused_answer_is_over_logged_with_its_reason_and_the_loop_goes_on() {
    let server = Server::start().await;
    let log = Log::capture();
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            for (status, kind) in [
                (400, "InvalidRequestID"),
                (403, "InvalidStateTransition"),
                (410, "InvokeTimeout"),
                (404, "NotFound"),
                (302, "Elsewhere"),
            ] {
                peer.deliver("1", "1").await;
                peer.request().await;
                peer.refuse(status, kind, "why").await;
                peer.echoes("2").await;
                let refused = format!("refused the response with {status}: {kind}: why");
                log.has_line(&["ERROR", &refused, "requestId=\"1\""]);
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_14_after_413_no_error_is_posted_the_reason_is_logged_and_the_loop_polls() {
    let server = Server::start().await;
    let log = Log::capture();
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.deliver("1", "1").await;
            peer.request().await;
            peer.refuse(
                413,
                "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (6291556 bytes).",
            )
            .await;
            peer.echoes("2").await;
        })
        .await;
    log.has_line(&[
        "ERROR",
        "413: RequestEntityTooLarge: Exceeded maximum allowed payload size (6291556 bytes).",
        "\"1\"",
    ]);
}

#[tokio::test(start_paused = true)]
async fn case_22_a_500_on_an_answer_ends_the_process_with_the_services_message() {
    let server = Server::start().await;
    let script = async {
        let mut peer = server.accept().await;
        peer.deliver("1", "1").await;
        peer.request().await;
        peer.refuse(500, "InternalServerError", "container error").await;
    };
    let error = server.ends(echo(), script).await;
    assert_eq!(error.status(), Some(500));
    assert!(error.to_string().contains("InternalServerError: container error"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn case_37_and_38_the_invocation_id_is_echoed_on_answers_and_only_if_it_came() {
    let server = Server::start().await;
    let runtime =
        Runtime::new(async |event: LambdaEvent<bool>| if event.payload { Ok(()) } else { Err("no") });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            for (headers, payload, expected) in [
                ("Lambda-Runtime-Invocation-Id: abc/+=\r\n", "true", Some("abc/+=")),
                ("Lambda-Runtime-Invocation-Id: second\r\n", "false", Some("second")),
                ("", "true", None),
                ("Lambda-Runtime-Invocation-Id: \r\n", "false", None),
            ] {
                peer.deliver_with("1", payload, headers).await;
                assert_eq!(peer.answered().await.header("lambda-runtime-invocation-id"), expected);
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_8_a_request_id_with_reserved_characters_is_encoded_in_the_path() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.deliver("a/b%c?d", "1").await;
            assert_eq!(
                peer.answered().await.line,
                "POST /2018-06-01/runtime/invocation/a%2Fb%25c%3Fd/response HTTP/1.1"
            );
        })
        .await;
}

#[tokio::test]
async fn an_answer_of_one_byte_too_many_is_an_error_with_both_sizes_and_the_largest_passes() {
    let server = Server::start().await;
    let runtime = Runtime::new(async |event: LambdaEvent<usize>| {
        Ok::<_, Error>(Bytes::from(vec![b'x'; event.payload]))
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "6291557").await;
            let (kind, message) = peer.answered().await.error_for("1");
            assert_eq!(kind, "Function.ResponseSizeTooLarge");
            assert!(message.contains("(6291557 bytes)") && message.contains("(6291556 bytes)"), "{message}");
            peer.deliver("2", "6291556").await;
            let request = peer.answered().await;
            assert_eq!(request.body.len(), 6_291_556);
            assert_eq!(request.header("content-type"), Some("application/octet-stream"));
            peer.deliver("3", "0").await;
            assert_eq!(peer.answered().await.body, b"");
        })
        .await;
}

#[tokio::test]
async fn a_refusal_that_comes_before_the_body_has_left_is_heard() {
    let server = Server::start().await;
    let runtime = Runtime::new(async |event: LambdaEvent<usize>| {
        Ok::<_, Error>(Reply::bytes(vec![b'x'; event.payload]))
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "6000000").await;
            peer.begun().await;
            // Reads no more of the answer: were the loop to wait for its body to leave, this would never end.
            peer.refuse(413, "RequestEntityTooLarge", "no").await;
            let mut next = server.accept().await;
            next.deliver("2", "1").await;
            assert_eq!(next.answered().await.body, b"x");
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_delivered_for_ten_seconds_ends_the_process() {
    let server = Server::start().await;
    let script = async {
        let mut peer = server.accept().await;
        peer.deliver("1", "1").await;
        peer.request().await;
        peer.reset();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        while tokio::time::Instant::now() < deadline {
            server.accept().await.reset();
        }
    };
    let error = server.ends(echo(), script).await;
    assert!(error.is_unreachable() && error.to_string().contains("the response"), "{error}");
}
