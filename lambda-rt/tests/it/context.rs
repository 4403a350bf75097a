//! What a handler sees of the headers, end to end.

use std::cell::RefCell;
use std::time::Duration;

use lambda_rt::{Context, Error, LambdaEvent, Runtime};
use serde_json::Value;

use super::support::Server;

async fn context_of(headers: &str) -> Context {
    let seen = RefCell::new(None);
    let server = Server::start().await;
    let runtime = Runtime::new(async |event: LambdaEvent<Value>| {
        *seen.borrow_mut() = Some(event.context);
        Ok::<_, Error>(())
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver_with("1", "{}", headers).await;
            assert_eq!(peer.answered().await.body, b"null");
        })
        .await;
    seen.take().unwrap()
}

#[tokio::test]
async fn a_plain_event_has_an_id_an_arn_and_a_deadline_and_nothing_else() {
    let context = context_of("").await;
    assert_eq!(context.request_id, "1");
    assert_eq!(context.invoked_function_arn, "arn:aws:lambda:us-east-1:123456789012:function:f");
    let left = context.remaining_time().unwrap();
    assert!(left <= Duration::from_secs(3) && left > Duration::from_secs(1), "{left:?}");
    assert!(context.trace().is_none() && context.client_context.is_none() && context.identity.is_none());
    assert!(context.tenant_id.is_none() && context.invocation_id.is_none());
}

#[tokio::test]
async fn case_101_the_trace_is_kept_byte_for_byte_in_the_context_and_taken_apart() {
    let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5";
    let context = context_of(&format!("Lambda-Runtime-Trace-Id: {header}\r\n")).await;
    assert_eq!(context.xray_trace_id.as_deref(), Some(header));
    let trace = context.trace().unwrap();
    assert_eq!(trace.lineage(), Some("a87bd80c:1|68fd508a:5"));
    assert!(trace.sampled());
}

#[tokio::test]
async fn no_client_context_a_caller_can_send_ends_the_process() {
    for (text, usable) in [
        (r#"{"custom":{"n":1}}"#, true),
        (r#"{"client":null}"#, true),
        (r#"{"client":{"app_title":"t"},"env":{"k":"v"}}"#, true),
        ("{\"custom\":{\"ü\":\"ß\"}}", true),
        ("[]", false),
        ("nonsense", false),
        (r#"{"custom":3}"#, false),
    ] {
        let context = context_of(&format!("Lambda-Runtime-Client-Context: {text}\r\n")).await;
        assert_eq!(context.client_context.is_some(), usable, "{text}");
    }
}

#[tokio::test]
async fn no_cognito_identity_ends_the_process() {
    for (text, usable) in
        [(r#"{"cognitoIdentityId":"a","cognitoIdentityPoolId":"p"}"#, true), ("{}", true), ("7", false)]
    {
        let context = context_of(&format!("Lambda-Runtime-Cognito-Identity: {text}\r\n")).await;
        assert_eq!(context.identity.is_some(), usable, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_missing_or_unusable_deadline_is_none_and_the_event_is_handled() {
    for deadline in ["", "Lambda-Runtime-Deadline-Ms: soon\r\n", "Lambda-Runtime-Deadline-Ms: \r\n"] {
        let server = Server::start().await;
        let runtime = Runtime::new(async |event: LambdaEvent<Value>| {
            Ok::<_, Error>(event.context.deadline().is_none())
        });
        server
            .serves(runtime, async {
                let mut peer = server.accept().await;
                peer.polled().await;
                let head = format!("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\n{deadline}Content-Length: 1\r\n\r\n1");
                peer.send(head.as_bytes()).await;
                assert_eq!(peer.answered().await.body, b"true", "{deadline}");
            })
            .await;
    }
}
