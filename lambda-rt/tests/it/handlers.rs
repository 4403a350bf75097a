//! What can be a handler.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bytes::Bytes;
use lambda_rt::{Error, LambdaEvent, Reply, Runtime, Service, service_fn};
use serde_json::{Value, json};
use tower::ServiceBuilder;

use super::support::Server;

/// The answer of a handler to one event.
async fn answer_of<M>(handler: impl lambda_rt::Handler<M>, payload: &str) -> (Vec<u8>, Option<String>) {
    let server = Server::start().await;
    server
        .serves(Runtime::new(handler), async {
            let mut peer = server.accept().await;
            peer.deliver("1", payload).await;
            let request = peer.answered().await;
            assert!(request.line.ends_with("/1/response HTTP/1.1"), "{}", request.line);
            let content_type = request.header("content-type").map(str::to_owned);
            (request.body, content_type)
        })
        .await
}

async fn double(event: LambdaEvent<i64>) -> Result<i64, Error> {
    Ok(2 * event.payload)
}

#[tokio::test(start_paused = true)]
async fn functions_closures_and_services_of_them_are_handlers() {
    assert_eq!(answer_of(double, "4").await.0, b"8");
    assert_eq!(answer_of(service_fn(double), "4").await.0, b"8");
    assert_eq!(answer_of(tower::service_fn(double), "4").await.0, b"8");
    assert_eq!(answer_of(|event: LambdaEvent<i64>| double(event), "4").await.0, b"8");
    assert_eq!(
        answer_of(service_fn(|event: LambdaEvent<i64>| async move { double(event).await }), "4").await.0,
        b"8"
    );
    assert_eq!(answer_of(async |event: LambdaEvent<i64>| double(event).await, "4").await.0, b"8");
}

#[tokio::test(start_paused = true)]
async fn a_handler_may_borrow_from_main_and_need_not_be_send() {
    let shared = Rc::new(RefCell::new(vec![1]));
    let greeting = String::from("hello");
    let (body, _) = answer_of(
        async |event: LambdaEvent<u8>| {
            shared.borrow_mut().push(event.payload);
            tokio::task::yield_now().await;
            Ok::<_, Error>(greeting.as_str())
        },
        "2",
    )
    .await;
    assert_eq!(body, b"\"hello\"");
    assert_eq!(*shared.borrow(), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_closure_may_use_what_it_owns_across_an_await() {
    let owned = String::from("mine");
    let handler = async move |_: LambdaEvent<Value>| {
        tokio::task::yield_now().await;
        Ok::<_, Error>(owned.len())
    };
    assert_eq!(answer_of(handler, "1").await.0, b"4");
}

#[tokio::test(start_paused = true)]
async fn the_payload_is_had_raw_as_text_or_decoded() {
    let raw = async |event: LambdaEvent<Bytes>| Ok::<_, Error>(Reply::json(event.payload));
    assert_eq!(answer_of(raw, "{ not json").await, (b"{ not json".to_vec(), Some("application/json".into())));
    let value = async |event: LambdaEvent<Value>| Ok::<_, Error>(event.payload);
    assert_eq!(answer_of(value, r#"{"a": [1, 2.5, null]}"#).await.0, br#"{"a":[1,2.5,null]}"#);
}

#[tokio::test(start_paused = true)]
async fn answers_are_anything_that_serialises_bytes_or_nothing() {
    let nothing = async |_: LambdaEvent<Value>| Ok::<_, Error>(());
    assert_eq!(answer_of(nothing, "1").await, (b"null".to_vec(), Some("application/json".into())));
    let bytes = async |_: LambdaEvent<Value>| Ok::<_, Error>(Bytes::from_static(b"\0\xff"));
    assert_eq!(answer_of(bytes, "1").await, (b"\0\xff".to_vec(), Some("application/octet-stream".into())));
    let map = async |_: LambdaEvent<Value>| Ok::<_, Error>(json!({"k": "v"}));
    assert_eq!(answer_of(map, "1").await.0, br#"{"k":"v"}"#);
}

#[tokio::test(start_paused = true)]
async fn towers_layers_go_around_the_typed_handler() {
    let seen = Cell::new(0);
    let service = ServiceBuilder::new()
        .map_request(|event: LambdaEvent<i64>| {
            seen.set(event.payload);
            LambdaEvent::new(event.payload + 1, event.context)
        })
        .concurrency_limit(1)
        .service(service_fn(double));
    assert_eq!(answer_of(service, "4").await.0, b"10");
    assert_eq!(seen.get(), 4);
}

#[test]
fn service_fn_is_a_service_whose_future_is_send_when_the_functions_is() {
    fn send<T: Send>(_: &T) {}
    let mut service = service_fn(double);
    let future = service.call(LambdaEvent::new(1, lambda_rt::Context::default()));
    send(&future);
    send(&service.clone());
}
