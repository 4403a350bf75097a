//! Layers around the bytes-level service.

use std::cell::RefCell;
use std::time::Duration;

use lambda_rt::layers::{CatchPanicLayer, DeadlineLayer};
use lambda_rt::{Error, Failure, Invocation, LambdaEvent, Reply, Runtime, service_fn};
use serde_json::Value;
use tower::timeout::TimeoutLayer;
use tower::util::MapRequestLayer;

#[cfg(feature = "opentelemetry")]
use super::support::Log;
use super::support::{Server, echo};

#[tokio::test(start_paused = true)]
async fn a_layer_sees_the_bytes_of_every_event() {
    let seen = RefCell::new(Vec::new());
    let runtime = echo().layer(MapRequestLayer::new(|invocation: Invocation| {
        seen.borrow_mut().push(invocation.payload.clone());
        invocation
    }));
    let server = Server::start().await;
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "{ raw").await;
            assert!(peer.answered().await.is_error_for("1"));
            peer.echoes("2").await;
        })
        .await;
    assert_eq!(*seen.borrow(), [&b"{ raw"[..], b"\"still here\""]);
}

#[tokio::test(start_paused = true)]
async fn towers_timeout_works_and_a_failure_keeps_its_type_on_the_way_through_it() {
    let runtime = Runtime::new(async |event: LambdaEvent<u64>| {
        tokio::time::sleep(Duration::from_secs(event.payload)).await;
        Err::<(), Error>("own".into())
    })
    .layer(TimeoutLayer::new(Duration::from_secs(1)));
    let server = Server::start().await;
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "2").await;
            let (kind, _) = peer.answered().await.error_for("1");
            assert_eq!(kind, "Elapsed");
            peer.deliver("2", "0").await;
            assert_eq!(peer.answered().await.error_for("2"), ("Error".into(), "own".into()));
            peer.deliver("3", "-").await;
            assert_eq!(peer.answered().await.error_for("3").0, "Runtime.UnmarshalError");
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn the_shipped_layers_can_be_put_anywhere() {
    let runtime = Runtime::new(async |_: LambdaEvent<Value>| -> Result<(), Error> { panic!("inner") })
        .layer(CatchPanicLayer::new())
        .layer(DeadlineLayer::with_margin(Duration::from_secs(1)));
    let server = Server::start().await;
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "1").await;
            assert!(peer.answered().await.error_for("1").1.contains("inner"));
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_bytes_level_service_needs_no_handler() {
    let runtime = Runtime::from_service(service_fn(async |invocation: Invocation| {
        Ok::<_, Failure>(Reply::bytes(invocation.payload))
    }));
    let server = Server::start().await;
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            peer.echoes("1").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_35_a_service_that_is_never_ready_is_an_init_error_and_ends_the_process() {
    #[derive(Clone)]
    struct Unready;
    impl lambda_rt::Service<Invocation> for Unready {
        type Response = Reply;
        type Error = Error;
        type Future = std::future::Ready<Result<Reply, Error>>;

        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Error>> {
            std::task::Poll::Ready(Err("no database".into()))
        }

        fn call(&mut self, _: Invocation) -> Self::Future {
            unreachable!("it is never ready")
        }
    }
    let server = Server::start().await;
    let script = async {
        let mut peer = server.accept().await;
        let request = peer.answered().await;
        assert_eq!(request.line, "POST /2018-06-01/runtime/init/error HTTP/1.1");
        assert_eq!(request.json()["errorMessage"], "no database");
        assert_eq!(request.header("lambda-runtime-function-error-type"), Some("Function.Error"));
        assert_eq!(request.header("lambda-runtime-invocation-id"), None);
    };
    let error = server.ends(Runtime::from_service(Unready), script).await;
    assert!(error.is_init() && error.to_string().contains("no database"), "{error}");
}

#[cfg(feature = "opentelemetry")]
#[tokio::test(start_paused = true)]
async fn telemetry_is_flushed_after_each_invocation_and_before_its_answer() {
    use lambda_rt::layers::{OpenTelemetryFaasTrigger, OpenTelemetryLayer};
    let server = Server::start().await;
    let flushes = std::cell::Cell::new(0);
    let log = Log::capture();
    let runtime = Runtime::new(async |event: LambdaEvent<u32>| {
        lambda_rt::tracing::info!("handling");
        if event.payload == 0 { Err(Error::from("no")) } else { Ok(event.payload) }
    })
    .layer(
        OpenTelemetryLayer::new(|| flushes.set(flushes.get() + 1))
            .with_trigger(OpenTelemetryFaasTrigger::Http),
    );
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            for (id, payload, flushed) in [("1", "1", 1), ("2", "0", 2)] {
                peer.deliver(id, payload).await;
                peer.request().await;
                assert_eq!(flushes.get(), flushed);
                peer.accept_answer().await;
            }
        })
        .await;
    for cold in [true, false] {
        let attributes = format!("faas.coldstart={cold}");
        log.has_line(&["handling", "faas.trigger=\"http\"", "faas.invocation_id=", &attributes]);
    }
}
