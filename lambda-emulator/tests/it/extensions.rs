//! The Extensions API over sockets, with extensions that live in this process.

use lambda_emulator::{Emulator, Event, Invoke, ShutdownReason};

use crate::support::{Extension, NEXT, Peer, REGISTER, emulator};

const INIT_ERROR: &str = "POST /2020-01-01/extension/init/error";
const EXIT_ERROR: &str = "POST /2020-01-01/extension/exit/error";

fn polled(name: &str) -> Event {
    Event::ExtensionPolled { name: name.to_owned() }
}

/// An emulator that expects the external extension `outer`.
async fn expecting() -> Emulator {
    Emulator::builder().function_name("hello").expect_extension("outer").start().await.unwrap()
}

#[tokio::test]
async fn a_registration_is_answered_with_an_identifier_and_the_function() {
    let emulator = emulator().await;
    let mut peer = Peer::of(&emulator).await;
    let answer = peer.ask(REGISTER, "Lambda-Extension-Name: a\r\n", b"{}").await;
    assert_eq!((answer.status, answer.header("lambda-extension-identifier").unwrap().len()), (200, 36));
    let function = serde_json::json!({
        "functionName": "hello", "functionVersion": "$LATEST", "handler": "bootstrap",
    });
    assert_eq!(answer.json(), function);
    let features = "Lambda-Extension-Name: b\r\nLambda-Extension-Accept-Feature: other, accountId\r\n";
    assert_eq!(peer.ask(REGISTER, features, b"{}").await.json()["accountId"], "123456789012");
    let near = "Lambda-Extension-Name: c\r\nLambda-Extension-Accept-Feature: AccountId\r\n";
    assert!(peer.ask(REGISTER, near, b"{}").await.json().get("accountId").is_none());
}

#[tokio::test]
async fn cases_73_to_76_registrations_are_refused_over_the_wire() {
    let emulator = expecting().await;
    let mut peer = Peer::of(&emulator).await;
    for (name, body, kind) in [
        ("", "{}", "Extension.InvalidExtensionName"),
        ("a", "{", "InvalidRequestFormat"),
        ("a", r#"{"events":["NO"]}"#, "Extension.InvalidEventType"),
        ("a", r#"{"events":["SHUTDOWN"]}"#, "Extension.InvalidEventType"),
    ] {
        let headers = format!("Lambda-Extension-Name: {name}\r\n");
        assert_eq!(peer.ask(REGISTER, &headers, body.as_bytes()).await.refusal(), (403, kind.to_owned()));
    }
    Extension::register(&emulator, "outer", "[]").await;
    let mut runtime = Peer::of(&emulator).await;
    for at in 0..9 {
        Extension::register(&emulator, &format!("inner-{at}"), "[]").await;
    }
    for (name, kind) in [
        ("outer", "Extension.InvalidExtensionState"),
        ("inner-0", "Extension.InvalidExtensionState"),
        ("one-more", "Extension.TooManyExtensions"),
    ] {
        let headers = format!("Lambda-Extension-Name: {name}\r\n");
        assert_eq!(peer.ask(REGISTER, &headers, b"{}").await.refusal(), (403, kind.to_owned()));
    }
    runtime.send(&format!("GET {NEXT}"), "", b"").await;
    emulator.until(|history| history.contains(&Event::Polled)).await;
    let late = peer.ask(REGISTER, "Lambda-Extension-Name: late\r\n", b"{}").await;
    assert_eq!(late.refusal(), (403, "Extension.RegistrationClosed".to_owned()));
}

#[tokio::test]
async fn cases_77_and_78_polls_without_a_good_identifier_or_beside_another_are_refused() {
    let emulator = emulator().await;
    let mut extension = Extension::register(&emulator, "inner", "[]").await;
    extension.poll().await;
    emulator.until(|history| history.contains(&polled("inner"))).await;
    let mut peer = Peer::of(&emulator).await;
    let id = extension.id.clone();
    for (identifier, kind) in [
        (None, "Extension.MissingExtensionIdentifier"),
        (Some("no-uuid"), "Extension.InvalidExtensionIdentifier"),
        (Some("00000000-0000-0000-0000-000000000000"), "Extension.UnknownExtensionIdentifier"),
        (Some(id.as_str()), "Extension.InvalidExtensionState"),
    ] {
        let header =
            identifier.map(|id| format!("lambda-extension-identifier: {id}\r\n")).unwrap_or_default();
        let answer = peer.ask(crate::support::EVENT_NEXT, &header, b"").await;
        assert_eq!(answer.refusal(), (403, kind.to_owned()));
    }
}

#[tokio::test]
async fn cases_79_and_80_a_subscriber_hears_of_invocations_and_delays_the_next_and_others_do_not() {
    let emulator = expecting().await;
    let mut runtime = Peer::of(&emulator).await;
    let mut outer = Extension::register(&emulator, "outer", r#"["INVOKE","SHUTDOWN"]"#).await;
    let mut inner = Extension::register(&emulator, "inner", "[]").await;
    inner.poll().await;
    let trace = "Root=1-a-b;Sampled=1";
    let invoke = |payload: &'static str| Invoke::new(payload).trace_id(Some(trace.to_owned()));
    let (first, (delivered, told)) = tokio::join!(emulator.invoke(invoke("1").request_id("a")), async {
        let (told, delivered) = tokio::join!(outer.next(), runtime.next());
        runtime.respond("a", "", b"2").await;
        (delivered, told)
    });
    assert_eq!((&*first.payload, delivered.id()), (&b"2"[..], "a"));
    let deadline: u64 = delivered.header("lambda-runtime-deadline-ms").unwrap().parse().unwrap();
    let expected = serde_json::json!({
        "eventType": "INVOKE",
        "deadlineMs": deadline,
        "requestId": "a",
        "invokedFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:hello",
        "tracing": {"type": "X-Amzn-Trace-Id", "value": trace},
    });
    assert_eq!(told.json(), expected);
    assert_eq!(told.header("lambda-extension-event-identifier").unwrap().len(), 36);
    // The answer is out, and the extension is still busy: the next event waits for it.
    runtime.send(&format!("GET {NEXT}"), "", b"").await;
    let count = |history: &[Event], wanted: &Event| history.iter().filter(|event| *event == wanted).count();
    let second = async {
        emulator.until(|history| count(history, &Event::Polled) == 2).await;
        let delivered = |event: &&Event| matches!(event, Event::Delivered { .. });
        assert_eq!(emulator.history().iter().filter(delivered).count(), 1);
        outer.poll().await;
        let event = runtime.answer().await.unwrap();
        runtime.respond(event.id(), "", b"4").await.status
    };
    let (second, status) = tokio::join!(emulator.invoke(Invoke::new("3")), second);
    assert_eq!((&*second.payload, status), (&b"4"[..], 202));
    assert_eq!(count(&emulator.history(), &polled("inner")), 1, "whoever did not ask waits on");
}

#[tokio::test]
async fn case_82_an_error_without_its_type_is_refused_and_one_with_it_fails_the_invocation() {
    let emulator = emulator().await;
    let mut extension = Extension::register(&emulator, "inner", r#"["INVOKE"]"#).await;
    let missing = extension.ask(INIT_ERROR, "", b"{}").await;
    assert_eq!(missing.refusal(), (403, "Extension.MissingHeader".to_owned()));
    let kind = "Lambda-Extension-Function-Error-Type: Extension.NoTable\r\n";
    let body = br#"{"errorMessage":"there is no table","errorType":"NoTable","stackTrace":[]}"#;
    let mut runtime = Peer::of(&emulator).await;
    let (failed, accepted) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        tokio::join!(extension.next(), runtime.next());
        extension.ask(EXIT_ERROR, kind, body).await
    });
    assert_eq!((accepted.status, accepted.text()), (202, "{\"status\":\"OK\"}\n"));
    assert_eq!(failed.error_type.as_deref(), Some("Extension.NoTable"));
    let text = format!("RequestId: {} Error: there is no table", failed.request_id);
    assert_eq!(crate::support::json(&failed)["errorMessage"], text);
    assert_eq!(extension.next().await.refusal(), (403, "Extension.InvalidExtensionState".to_owned()));
}

#[tokio::test]
async fn an_extension_of_this_process_is_told_of_the_end_and_of_its_reason() {
    let emulator = expecting().await;
    let mut outer = Extension::register(&emulator, "outer", r#"["SHUTDOWN"]"#).await;
    outer.poll().await;
    emulator.until(|history| history.contains(&polled("outer"))).await;
    emulator.shut_down(ShutdownReason::Failure).await;
    let told = outer.peer.answer().await.unwrap().json();
    assert_eq!((&told["eventType"], &told["shutdownReason"]), (&"SHUTDOWN".into(), &"failure".into()));
    let now = u64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    assert!((now..=now + 2000).contains(&told["deadlineMs"].as_u64().unwrap()), "{told}");
    let reason = ShutdownReason::Failure;
    let history = emulator.history();
    let name = "outer".to_owned();
    assert!(history.ends_with(&[Event::ExtensionShutDown { name, reason }, Event::ShutDown]), "{history:?}");
}

#[tokio::test]
async fn unknown_paths_and_verbs_of_the_extension_apis_are_404_and_405() {
    let emulator = emulator().await;
    let mut peer = Peer::of(&emulator).await;
    for (line, status) in [
        ("GET /2020-01-01/extension/register", 405),
        ("POST /2020-01-01/extension/event/next", 405),
        ("GET /2020-01-01/extension/exit/error", 405),
        ("POST /2020-01-01/extension/nothing", 404),
        ("POST /2022-07-01/telemetry", 405),
        ("GET /2020-08-15/logs", 405),
        ("PUT /2022-07-01/nothing", 404),
    ] {
        assert_eq!(peer.ask(line, "", b"").await.status, status, "{line}");
    }
}
