//! The callers' side.

use lambda_emulator::Emulator;

use crate::support::{Answer, Peer, emulator};

const INVOKE: &str = "POST /2015-03-31/functions/hello/invocations";

/// Invokes over HTTP and fails or answers as a runtime.
async fn invoked(emulator: &Emulator, line: &str, fails: bool) -> Answer {
    let (mut caller, mut runtime) = (Peer::of(emulator).await, Peer::of(emulator).await);
    let (answer, ()) = tokio::join!(caller.ask(line, "", b"{}"), async {
        let event = runtime.next().await;
        match fails {
            true => runtime.fail(event.id(), "", b"{\"errorType\":\"T\"}").await,
            false => runtime.respond(event.id(), "", b"[1]").await,
        };
    });
    answer
}

#[tokio::test]
async fn a_success_is_200_with_the_payload() {
    let emulator = emulator().await;
    for line in ["POST /", INVOKE] {
        let answer = invoked(&emulator, line, false).await;
        assert_eq!((answer.status, answer.text()), (200, "[1]"));
        assert_eq!(answer.header("x-amz-executed-version"), Some("$LATEST"));
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("x-amz-function-error"), None);
        assert!(answer.header("x-amzn-requestid").is_some());
    }
}

#[tokio::test]
async fn a_function_error_is_200_with_a_header_that_says_so() {
    let answer = invoked(&emulator().await, INVOKE, true).await;
    assert_eq!((answer.status, answer.header("x-amz-function-error")), (200, Some("Unhandled")));
    assert_eq!(answer.json()["errorType"], "T");
}

#[tokio::test]
async fn an_asynchronous_invocation_is_202_at_once_and_a_dry_run_is_204() {
    let emulator = emulator().await;
    let mut caller = Peer::of(&emulator).await;
    let answer = caller.ask(INVOKE, "X-Amz-Invocation-Type: Event\r\n", b"{}").await;
    assert_eq!((answer.status, answer.text()), (202, ""));
    assert_eq!(caller.ask(INVOKE, "X-Amz-Invocation-Type: DryRun\r\n", b"{}").await.status, 204);
    assert_eq!(caller.ask(INVOKE, "X-Amz-Invocation-Type: Later\r\n", b"{}").await.status, 400);
    assert_eq!(Peer::of(&emulator).await.next().await.text(), "{}");
}

#[tokio::test]
async fn a_client_context_that_is_not_base64_or_not_json_is_400() {
    let emulator = emulator().await;
    let mut caller = Peer::of(&emulator).await;
    for context in ["!", "aGVsbG8="] {
        let answer = caller.ask(INVOKE, &format!("X-Amz-Client-Context: {context}\r\n"), b"{}").await;
        assert_eq!(answer.refusal(), (400, "InvalidRequestContent".to_owned()));
    }
}

#[tokio::test]
async fn an_event_over_the_limit_is_413() {
    let emulator = emulator().await;
    let mut caller = Peer::of(&emulator).await;
    let answer = caller.ask(INVOKE, "", &vec![b'1'; 6_291_557]).await;
    assert_eq!(answer.refusal(), (413, "RequestTooLargeException".to_owned()));
}

#[tokio::test]
async fn two_callers_with_one_id_are_told_apart() {
    let emulator = emulator().await;
    let (mut one, mut other) = (Peer::of(&emulator).await, Peer::of(&emulator).await);
    let mut runtime = Peer::of(&emulator).await;
    let id = "X-Amzn-RequestId: same\r\n";
    let (one, other, ()) = tokio::join!(one.ask(INVOKE, id, b"1"), other.ask(INVOKE, id, b"2"), async {
        for _ in 0..2 {
            let event = runtime.next().await;
            assert_eq!(runtime.respond(event.id(), "", event.text().as_bytes()).await.status, 202);
        }
    });
    assert_eq!((one.text(), other.text()), ("1", "2"));
    assert_ne!(one.header("x-amzn-requestid"), other.header("x-amzn-requestid"));
}

#[tokio::test]
async fn a_browser_is_told_what_this_is() {
    let emulator = emulator().await;
    let answer = Peer::of(&emulator).await.ask("GET /", "", b"").await;
    let curl = format!("curl http://{}/ -d", emulator.addr());
    assert!(answer.status == 200 && answer.text().contains(&curl), "{answer:?}");
}
