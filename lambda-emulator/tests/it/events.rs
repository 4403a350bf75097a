//! `GET next`: what an event looks like, and when it comes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lambda_emulator::{Emulator, Event, Invoke};

use crate::support::{Peer, emulator, invoke_with};

#[tokio::test]
async fn case_1_a_poll_stays_open_until_an_event_arrives_with_its_exact_bytes() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    runtime.send("GET /2018-06-01/runtime/invocation/next", "", b"").await;
    emulator.until(|history| history.contains(&Event::Polled)).await;
    let event = "{ \"spaced\" :\t[1.0, \"\u{fc}\"] }\n";
    let (_, delivered) = tokio::join!(
        async {
            let mut caller = Peer::of(&emulator).await;
            caller.send("POST /", "x-amz-invocation-type: Event\r\n", event.as_bytes()).await;
            caller.answer().await
        },
        runtime.answer()
    );
    let delivered = delivered.unwrap();
    assert_eq!((delivered.status, delivered.text()), (200, event));
}

#[tokio::test]
async fn case_2_an_event_has_an_id_a_deadline_and_an_arn() {
    let emulator = emulator().await;
    let (_, (id, deadline, arn, kind)) = invoke_with(&emulator, Invoke::new("{}"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"1").await;
        let header = |name: &str| event.header(name).unwrap().to_owned();
        (
            header("lambda-runtime-aws-request-id"),
            header("lambda-runtime-deadline-ms"),
            header("lambda-runtime-invoked-function-arn"),
            header("content-type"),
        )
    })
    .await;
    assert_eq!(id.len(), 36);
    let deadline = Duration::from_millis(deadline.parse().unwrap());
    let left = deadline.saturating_sub(SystemTime::now().duration_since(UNIX_EPOCH).unwrap());
    assert!(left > Duration::from_secs(20) && left <= Duration::from_secs(30), "{left:?}");
    assert_eq!(arn, "arn:aws:lambda:us-east-1:123456789012:function:hello");
    assert_eq!(kind, "application/json");
}

#[tokio::test]
async fn case_3_what_the_caller_did_not_send_is_absent() {
    let emulator = emulator().await;
    let bare = Invoke::new("{}").trace_id(None).tenant_id("").client_context("");
    let (_, event) = invoke_with(&emulator, bare, async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"1").await;
        event
    })
    .await;
    for name in ["client-context", "cognito-identity", "aws-tenant-id", "trace-id"] {
        assert_eq!(event.header(&format!("lambda-runtime-{name}")), None);
    }
}

#[tokio::test]
async fn cases_4_and_5_context_identity_tenant_and_trace_reach_the_runtime() {
    let emulator = emulator().await;
    let mut caller = Peer::of(&emulator).await;
    // {"custom":{"b":1,"a":2}}, whose order is kept.
    let headers = "X-Amz-Client-Context: eyJjdXN0b20iOnsiYiI6MSwiYSI6Mn19\r\nX-Amz-Tenant-Id: blue\r\n\
                   X-Amz-Cognito-Identity: {\"cognitoIdentityId\":\"i\"}\r\nX-Amzn-Trace-Id: Root=1-a-b\r\n\
                   X-Amzn-RequestId: my-id\r\n";
    let mut runtime = Peer::of(&emulator).await;
    let (answer, event) = tokio::join!(caller.ask("POST /", headers, b"{}"), async {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"1").await;
        event
    });
    let header = |name: &str| event.header(&format!("lambda-runtime-{name}"));
    assert_eq!(header("client-context"), Some(r#"{"custom":{"b":1,"a":2}}"#));
    assert_eq!(header("aws-tenant-id"), Some("blue"));
    assert_eq!(header("cognito-identity"), Some(r#"{"cognitoIdentityId":"i"}"#));
    assert_eq!(header("trace-id"), Some("Root=1-a-b"));
    assert_eq!((event.id(), answer.header("x-amzn-requestid")), ("my-id", Some("my-id")));
}

/// The emulator's half of case 8.
#[tokio::test]
async fn case_8_an_id_with_a_slash_and_a_percent_sign_is_matched_when_encoded() {
    let emulator = emulator().await;
    let (invoked, status) = invoke_with(&emulator, Invoke::new("{}").request_id("a/b%c"), async |runtime| {
        assert_eq!(runtime.next().await.id(), "a/b%c");
        runtime.respond("a%2Fb%25c", "", b"1").await.status
    })
    .await;
    assert_eq!((status, &*invoked.request_id, &*invoked.payload), (202, "a/b%c", &b"1"[..]));
}

#[tokio::test]
async fn case_17_a_poll_without_an_answer_gets_the_same_event_with_the_same_deadline() {
    let emulator = emulator().await;
    invoke_with(&emulator, Invoke::new("[1]"), async |runtime| {
        let (first, second) = (runtime.next().await, runtime.next().await);
        assert_eq!((first.id(), first.text()), (second.id(), second.text()));
        for name in ["lambda-runtime-invocation-id", "lambda-runtime-deadline-ms"] {
            assert_eq!(first.header(name), second.header(name));
        }
        runtime.respond(first.id(), "", b"1").await
    })
    .await;
}

#[tokio::test]
async fn cases_18_and_106_concurrent_invocations_come_one_by_one_each_with_the_next_poll() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    let (a, b, c, ()) = tokio::join!(
        emulator.invoke(Invoke::new("\"a\"")),
        emulator.invoke(Invoke::new("\"b\"")),
        emulator.invoke(Invoke::new("\"c\"")),
        async {
            for expected in ["\"a\"", "\"b\"", "\"c\""] {
                let event = runtime.next().await;
                assert_eq!(event.text(), expected);
                assert_eq!(runtime.respond(event.id(), "", event.text().as_bytes()).await.status, 202);
                let delivered = |event: &&Event| matches!(event, Event::Delivered { .. });
                let polled = |event: &&Event| **event == Event::Polled;
                let history = emulator.history();
                let counts =
                    (history.iter().filter(delivered).count(), history.iter().filter(polled).count());
                assert_eq!(counts.0, counts.1, "an event comes with a poll and not before");
            }
        }
    );
    assert_eq!((&*a.payload, &*b.payload, &*c.payload), (&b"\"a\""[..], &b"\"b\""[..], &b"\"c\""[..]));
}

#[tokio::test]
async fn a_poll_whose_connection_is_gone_takes_no_event_with_it() {
    let emulator = emulator().await;
    let mut gone = Peer::of(&emulator).await;
    gone.send("GET /2018-06-01/runtime/invocation/next", "", b"").await;
    emulator.until(|history| history.contains(&Event::Polled)).await;
    drop(gone);
    let (invoked, ()) = invoke_with(&emulator, Invoke::new("1"), async |runtime| {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"2").await;
    })
    .await;
    assert_eq!(invoked.payload, "2");
}

/// The embedded mode: there is no process to kill.
#[tokio::test]
async fn after_a_timeout_a_late_answer_is_410_then_400_and_the_next_event_is_delivered() {
    let emulator = Emulator::builder().timeout(Duration::from_millis(50)).start().await.unwrap();
    let mut runtime = Peer::of(&emulator).await;
    let (invoked, event) = tokio::join!(emulator.invoke(Invoke::new("1")), runtime.next());
    assert_eq!(invoked.error_type.as_deref(), Some("Sandbox.Timedout"));
    let text = format!(
        r#"{{"errorMessage":"RequestId: {} Error: Task timed out after 0.05 seconds","errorType":"Sandbox.Timedout"}}"#,
        invoked.request_id
    );
    assert_eq!(invoked.payload, text);
    assert_eq!(runtime.respond(event.id(), "", b"1").await.refusal(), (410, "InvokeTimeout".to_owned()));
    assert_eq!(runtime.respond(event.id(), "", b"1").await.refusal(), (400, "InvalidRequestID".to_owned()));
    let (_, event) = tokio::join!(emulator.invoke(Invoke::new("2")), runtime.next());
    assert_eq!(event.text(), "2");
}
