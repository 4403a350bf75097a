//! `POST error` and `POST init/error`.

use lambda_emulator::Invoke;

use crate::support::{Peer, emulator, invoke_with};

const INIT_ERROR: &str = "POST /2018-06-01/runtime/init/error";

#[tokio::test]
async fn case_23_an_error_body_reaches_the_caller_verbatim() {
    let emulator = emulator().await;
    let body = br#"{"errorMessage":"no", "errorType":"Mine","stackTrace":[]}"#;
    let (invoked, status) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        runtime.fail(event.id(), "", body).await.status
    })
    .await;
    assert_eq!((status, &*invoked.payload), (202, &body[..]));
    assert!(invoked.error_type.is_some());
}

#[tokio::test]
async fn case_24_error_types_are_kept_or_unknown() {
    let emulator = emulator().await;
    for (header, kept) in [
        ("Lambda-Runtime-Function-Error-Type: Function.MyErr\r\n", "Function.MyErr"),
        ("Lambda-Runtime-Function-Error-Type: Function.x1\r\n", "Function.Unknown"),
        ("Lambda-Runtime-Function-Error-Type: abc\r\n", "Runtime.Unknown"),
        ("", "Runtime.Unknown"),
    ] {
        let (invoked, ()) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
            let event = runtime.next().await;
            runtime.fail(event.id(), header, b"{}").await;
        })
        .await;
        assert_eq!(invoked.error_type.as_deref(), Some(kept));
    }
}

#[tokio::test]
async fn cases_25_and_26_a_cause_is_kept_cropped_or_ignored_and_the_status_is_always_202() {
    let emulator = emulator().await;
    let exception = serde_json::json!({"type": "T", "message": "m".repeat(260), "stack": []});
    let large =
        serde_json::json!({"working_directory": "/", "exceptions": vec![exception; 1000], "paths": []});
    let large = large.to_string();
    assert!(large.len() > 290_000);
    for (cause, kept) in [(large.as_str(), true), ("{\"message\":\"m\"}", true), ("nonsense", false)] {
        let (invoked, status) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
            let event = runtime.next().await;
            let header = format!("Lambda-Runtime-Function-XRay-Error-Cause: {cause}\r\n");
            runtime.fail(event.id(), &header, b"{}").await.status
        })
        .await;
        assert_eq!((status, invoked.xray_cause.is_some()), (202, kept));
        if let Some(cause) = invoked.xray_cause {
            assert!(cause.len() <= 64 * 1024);
            assert!(serde_json::from_str::<serde_json::Value>(&cause).is_ok());
        }
    }
}

#[tokio::test]
async fn case_33_an_init_error_before_the_first_poll_is_what_the_waiting_caller_gets() {
    let emulator = emulator().await;
    let (invoked, status) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let header = "Lambda-Runtime-Function-Error-Type: Runtime.NoTable\r\n";
        runtime.ask(INIT_ERROR, header, br#"{"errorMessage":"TABLE is not set"}"#).await.status
    })
    .await;
    assert_eq!((status, &*invoked.payload), (202, &br#"{"errorMessage":"TABLE is not set"}"#[..]));
    assert_eq!(invoked.error_type.as_deref(), Some("Runtime.NoTable"));
}

#[tokio::test]
async fn case_34_an_init_error_after_a_poll_is_refused_with_403() {
    let emulator = emulator().await;
    let (_, refused) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        let refused = runtime.ask(INIT_ERROR, "", b"{}").await;
        runtime.respond(event.id(), "", b"1").await;
        refused
    })
    .await;
    assert_eq!(refused.refusal(), (403, "InvalidStateTransition".to_owned()));
    let mut second = Peer::of(&emulator).await;
    assert_eq!(second.ask(INIT_ERROR, "", b"{}").await.status, 403);
}
