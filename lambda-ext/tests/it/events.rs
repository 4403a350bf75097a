//! The loop: events in order, failures where they belong, and the end.

use std::sync::{Arc, Mutex};

use lambda_ext::{Error, LambdaEvent, NextEvent, ShutdownReason, service_fn};

use crate::support::{ACCEPTED, INVOKE, REGISTERED, Request, SHUTDOWN, Server, ours};

#[tokio::test]
async fn events_are_processed_in_order_and_nothing_is_asked_after_the_shutdown() {
    let server = Server::start().await;
    let seen = Mutex::new(Vec::new());
    let processor = service_fn(async |event: LambdaEvent| {
        seen.lock().unwrap().push(match event.next {
            NextEvent::Invoke(invoke) => {
                assert!(!invoke.time_left().is_zero());
                invoke.request_id
            }
            NextEvent::Shutdown(shutdown) => {
                assert_eq!(shutdown.reason(), ShutdownReason::Spindown);
                shutdown.shutdown_reason
            }
        });
        Ok::<(), Error>(())
    });
    let script = async {
        server.answer(REGISTERED).await;
        server.deliver(INVOKE).await;
        server.deliver(SHUTDOWN).await;
    };
    let (ended, ()) = tokio::join!(server.extension().with_events_processor(processor).run(), script);
    ended.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["a", "spindown"]);
}

#[tokio::test]
async fn an_event_of_an_unknown_type_is_skipped() {
    let server = Server::start().await;
    let seen = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&seen);
    let processor = service_fn(move |_: LambdaEvent| {
        *counted.lock().unwrap() += 1;
        async { Ok::<(), Error>(()) }
    });
    let script = async {
        server.answer(REGISTERED).await;
        server.deliver(r#"{"eventType":"RESTORE","new":[1]}"#).await;
        server.deliver(SHUTDOWN).await;
    };
    let (ended, ()) = tokio::join!(server.extension().with_events_processor(processor).run(), script);
    ended.unwrap();
    assert_eq!(*seen.lock().unwrap(), 1);
}

/// Lets the processor fail at an event, and gives the error and the report.
async fn failing(event: &str, fail: fn() -> Result<(), Error>) -> (Error, Request) {
    let server = Server::start().await;
    let processor = service_fn(move |_: LambdaEvent| async move { fail() });
    let script = async {
        server.answer(REGISTERED).await;
        server.deliver(event).await;
        server.answer(ACCEPTED).await
    };
    let (ended, report) = tokio::join!(server.extension().with_events_processor(processor).run(), script);
    (ended.unwrap_err(), report)
}

/// `lambda_extension` 1.1.1 posts it to `/init/error`, with the message in the header.
#[tokio::test]
async fn an_error_at_an_invocation_is_an_exit_error_and_its_text_is_not_in_a_header() {
    for event in [INVOKE, SHUTDOWN] {
        let (error, report) = failing(event, || Err("broken\r\npipe ünd more".into())).await;
        assert_eq!(error.to_string(), "broken\r\npipe ünd more");
        assert_eq!(report.line, "POST /2020-01-01/extension/exit/error HTTP/1.1");
        assert_eq!(report.header("lambda-extension-identifier"), Some("id-1"));
        assert_eq!(report.header("lambda-extension-function-error-type"), Some("Extension.ExitError"));
        assert_eq!(report.json()["errorMessage"], "broken\r\npipe ünd more");
    }
}

#[tokio::test]
async fn a_panic_is_reported_and_is_an_error() {
    let (error, report) = failing(INVOKE, || panic!("told to")).await;
    assert!(ours(error).is_panic());
    assert_eq!(report.header("lambda-extension-function-error-type"), Some("Extension.Panic"));
    assert_eq!(report.json()["errorMessage"], "the processor panicked: told to");
}

#[tokio::test]
async fn a_processor_that_does_not_become_ready_is_an_init_error() {
    struct Unready;
    impl lambda_ext::Service<LambdaEvent> for Unready {
        type Response = ();
        type Error = Error;
        type Future = std::future::Ready<Result<(), Error>>;

        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Error>> {
            std::task::Poll::Ready(Err("no vault".into()))
        }

        fn call(&mut self, _: LambdaEvent) -> Self::Future {
            std::future::ready(Ok(()))
        }
    }
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.answer(ACCEPTED).await
    };
    let (ended, report) = tokio::join!(server.extension().with_events_processor(Unready).run(), script);
    assert_eq!(ended.unwrap_err().to_string(), "no vault");
    assert_eq!(report.line, "POST /2020-01-01/extension/init/error HTTP/1.1");
}
