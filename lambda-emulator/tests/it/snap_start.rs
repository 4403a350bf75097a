//! SnapStart: the gates, the restore and its end, and the keys.

use std::time::Duration;

use lambda_emulator::{Emulator, Event, Invoke};
use tokio::io::AsyncReadExt;

use crate::support::{Peer, json};

const RESTORE: &str = "GET /2018-06-01/runtime/restore/next";
const RESTORE_ERROR: &str = "POST /2018-06-01/runtime/restore/error";

async fn emulator() -> Emulator {
    let builder = Emulator::builder().initialization_type("snap-start").timeout(Duration::from_secs(30));
    builder.start().await.unwrap()
}

/// A runtime that waits in `restore/next`.
async fn snapshot(emulator: &Emulator) -> Peer {
    let mut runtime = Peer::of(emulator).await;
    runtime.send(RESTORE, "", b"").await;
    emulator.until(|history| history.contains(&Event::RestorePolled)).await;
    runtime
}

/// Whether the peer reads an end, in whichever way it comes.
async fn is_closed(peer: &mut Peer) -> bool {
    matches!(peer.stream().read(&mut [0]).await, Ok(0) | Err(_))
}

#[tokio::test]
async fn the_restore_is_an_empty_200_and_no_connection_outlives_it() {
    let emulator = emulator().await;
    let mut idle = Peer::of(&emulator).await;
    assert_eq!(idle.ask("GET /2018-06-01/ping", "", b"").await.status, 200);
    let mut caller = Peer::of(&emulator).await;
    assert_eq!(caller.ask("GET /", "", b"").await.status, 200);
    let mut runtime = snapshot(&emulator).await;
    let (answer, ()) = tokio::join!(runtime.answer(), emulator.restore());
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert!(is_closed(&mut runtime).await);
    let reset = idle.stream().read(&mut [0]).await.unwrap_err();
    assert_eq!(reset.kind(), std::io::ErrorKind::ConnectionReset);
    assert_eq!(caller.ask("GET /", "", b"").await.status, 200, "callers are not inside");
    assert_eq!(emulator.history(), [Event::RestorePolled, Event::Restored]);
}

#[tokio::test]
async fn an_invocation_restores_a_snapshot_that_waits() {
    let emulator = emulator().await;
    let mut runtime = snapshot(&emulator).await;
    let (invoked, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        assert_eq!(runtime.answer().await.unwrap().status, 200);
        let mut runtime = Peer::of(&emulator).await;
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"2").await;
    });
    assert_eq!(invoked.payload, "2");
}

#[tokio::test]
async fn case_57_restore_next_twice_or_after_next_is_403() {
    let emulator = emulator().await;
    let mut runtime = snapshot(&emulator).await;
    let mut second = Peer::of(&emulator).await;
    let refused = (403, "InvalidStateTransition".to_owned());
    assert_eq!(second.ask(RESTORE, "", b"").await.refusal(), refused);
    tokio::join!(runtime.answer(), emulator.restore()).0.unwrap();
    let mut runtime = Peer::of(&emulator).await;
    assert_eq!(runtime.ask(RESTORE, "", b"").await.refusal(), refused);
    runtime.send("GET /2018-06-01/runtime/invocation/next", "", b"").await;
    emulator.until(|history| history.contains(&Event::Polled)).await;
    let mut second = Peer::of(&emulator).await;
    assert_eq!(second.ask(RESTORE, "", b"").await.refusal(), refused);
    assert_eq!(second.ask(RESTORE_ERROR, "", b"{}").await.refusal(), refused);
}

#[tokio::test]
async fn case_58_a_runtime_that_calls_only_next_passes_both_gates() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    let (invoked, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let event = runtime.next().await;
        emulator.restore().await;
        assert_eq!(runtime.respond(event.id(), "", b"2").await.status, 202);
    });
    assert_eq!(invoked.payload, "2");
    assert!(!emulator.history().contains(&Event::Restored));
}

#[tokio::test(start_paused = true)]
async fn case_59_after_ten_seconds_of_hooks_the_invocation_has_failed() {
    let emulator = emulator().await;
    let mut runtime = snapshot(&emulator).await;
    let began = tokio::time::Instant::now();
    let (invoked, answer) = tokio::join!(emulator.invoke(Invoke::new("1")), runtime.answer());
    assert_eq!(answer.unwrap().status, 200);
    assert_eq!(began.elapsed().as_secs(), 10);
    assert_eq!(invoked.error_type.as_deref(), Some("Runtime.RestoreHookUserTimeout"));
    assert_eq!(
        json(&invoked)["errorMessage"],
        "Error: the restore and its hooks timed out after 10.00 seconds"
    );
}

#[tokio::test]
async fn a_restore_error_is_what_the_invocation_gets() {
    let emulator = emulator().await;
    let mut runtime = snapshot(&emulator).await;
    let (invoked, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        runtime.answer().await.unwrap();
        let mut runtime = Peer::of(&emulator).await;
        let header = "Lambda-Runtime-Function-Error-Type: Runtime.AfterRestoreError\r\n";
        assert_eq!(runtime.ask(RESTORE_ERROR, header, b"{\"errorMessage\":\"hook\"}").await.status, 202);
    });
    assert_eq!(invoked.error_type.as_deref(), Some("Runtime.AfterRestoreError"));
    assert_eq!(json(&invoked)["errorMessage"], "hook");
}

#[tokio::test]
async fn case_60_the_right_token_gets_the_four_fields_and_any_other_404() {
    let emulator = emulator().await;
    let environment = emulator.environment();
    let value =
        |name: &str| environment.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    assert_eq!(value("AWS_LAMBDA_INITIALIZATION_TYPE").as_deref(), Some("snap-start"));
    assert_eq!((value("AWS_LAMBDA_LOG_GROUP_NAME"), value("AWS_LAMBDA_LOG_STREAM_NAME")), (None, None));
    let uri = value("AWS_CONTAINER_CREDENTIALS_FULL_URI").unwrap();
    let path = uri.strip_prefix(&format!("http://{}", emulator.runtime_api())).unwrap();
    assert_eq!(path, "/2021-04-23/credentials");
    let token = value("AWS_CONTAINER_AUTHORIZATION_TOKEN").unwrap();
    let mut peer = Peer::of(&emulator).await;
    let line = format!("GET {path}");
    for header in
        ["".to_owned(), "authorization: wrong\r\n".to_owned(), format!("authorization: Bearer {token}\r\n")]
    {
        let answer = peer.ask(&line, &header, b"").await;
        assert_eq!((answer.status, answer.text()), (404, "cannot get credentials for the provided token"));
    }
    let keys = peer.ask(&line, &format!("authorization: {token}\r\n"), b"").await;
    assert_eq!(keys.status, 200);
    for field in ["AccessKeyId", "SecretAccessKey", "Token"] {
        assert!(keys.json()[field].is_string(), "{field}");
    }
    let expiration = keys.json()["Expiration"].as_str().unwrap().to_owned();
    assert!(
        expiration.len() == 20 && expiration.ends_with('Z') && &expiration[10..11] == "T",
        "{expiration}"
    );
    assert_eq!(peer.ask(&format!("POST {path}"), "", b"").await.status, 405);
}

#[tokio::test]
async fn without_snap_start_there_is_nothing_to_restore() {
    for kind in ["on-demand", "provisioned-concurrency"] {
        let emulator = Emulator::builder().initialization_type(kind).start().await.unwrap();
        assert!(
            emulator.environment().contains(&("AWS_LAMBDA_INITIALIZATION_TYPE".to_owned(), kind.to_owned()))
        );
        emulator.restore().await;
        let mut peer = Peer::of(&emulator).await;
        for line in [RESTORE, RESTORE_ERROR, "GET /2021-04-23/credentials"] {
            assert_eq!(peer.ask(line, "", b"").await.status, 404, "{kind}: {line}");
        }
    }
}

#[tokio::test]
async fn an_initialization_type_that_does_not_exist_is_an_error_that_lists_those_that_do() {
    let error = Emulator::builder().initialization_type("SnapStart").start().await.unwrap_err();
    assert!(error.is_config());
    assert_eq!(
        error.to_string(),
        "the initialization type is \"SnapStart\"; it must be on-demand, provisioned-concurrency or snap-start; \
         max_concurrency makes it lambda-managed-instances"
    );
}
