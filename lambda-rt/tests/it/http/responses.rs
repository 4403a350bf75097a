//! What a handler may answer with, and what becomes of answers that are not what they should be.

use lambda_rt::http::http::{HeaderValue, StatusCode};
use lambda_rt::http::{Body, BodyEncoding, HttpService, IntoResponse, Request, Response, service};
use lambda_rt::{Error, LARGEST_REPLY, service_fn, streaming};
use serde_json::{Value, json};

use super::call;
use super::sources::{Received, Sender, Sent};

async fn received(answer: impl IntoResponse) -> Received {
    Sender::HttpApi.received(&document(answer).await)
}

async fn document(answer: impl IntoResponse) -> Vec<u8> {
    let mut answer = Some(answer);
    let handler = service_fn(move |_: Request| {
        let answer = answer.take().unwrap();
        async move { Ok::<_, Error>(answer) }
    });
    let reply = call(&mut service(handler), Sender::HttpApi.event(&Sent::default())).await.unwrap();
    reply.body().unwrap().to_vec()
}

#[tokio::test]
async fn text_bytes_json_and_statuses_are_answers() {
    let text = received("text").await;
    assert_eq!((text.status, &*text.body, &*text.headers), (200, &b"text"[..], &[][..]));
    assert_eq!(received("text".to_owned()).await, text);
    assert_eq!(received(b"text".to_vec()).await, text);
    assert_eq!(received(bytes::Bytes::from("text")).await, text);
    let json = received((StatusCode::CREATED, json!({"a": 1}))).await;
    assert_eq!((json.status, &*json.body), (201, &br#"{"a":1}"#[..]));
    assert_eq!(json.headers, [("content-type".to_owned(), "application/json".to_owned())]);
    let failed: Result<Value, (StatusCode, &str)> = Err((StatusCode::CONFLICT, "taken"));
    let failed = received(failed).await;
    assert_eq!((failed.status, &*failed.body), (409, &b"taken"[..]));
    let streamed = received(Response::new(streaming::Body::from("text"))).await;
    assert_eq!(streamed, text);
}

#[tokio::test]
async fn the_encoding_of_a_body_can_be_decided() {
    let answer = |kind: &str, encoding: Option<BodyEncoding>| {
        let mut response = Response::builder().header("content-type", kind).body(Body::from("text")).unwrap();
        if let Some(encoding) = encoding {
            response.extensions_mut().insert(encoding);
        }
        response
    };
    for (kind, encoding, is_base64) in [
        ("text/plain", None, false),
        ("image/png", None, true),
        ("IMAGE/SVG+XML", None, false),
        ("application/pdf", None, true),
        ("image/png", Some(BodyEncoding::Text), false),
        ("text/plain", Some(BodyEncoding::Base64), true),
    ] {
        let document: Value = serde_json::from_slice(&document(answer(kind, encoding)).await).unwrap();
        assert_eq!(document["isBase64Encoded"], is_base64, "{kind}");
    }
    let mut compressed = answer("text/plain", None);
    compressed.headers_mut().insert("content-encoding", HeaderValue::from_static("gzip"));
    let document: Value = serde_json::from_slice(&document(compressed).await).unwrap();
    assert_eq!(document["isBase64Encoded"], true);
}

#[tokio::test]
async fn an_answer_by_hand_is_awaited() {
    struct Slow;
    impl IntoResponse for Slow {
        fn into_response(self) -> lambda_rt::http::ResponseFuture {
            Box::pin(async {
                tokio::task::yield_now().await;
                "slow".into_response().await
            })
        }
    }
    assert_eq!(received(Slow).await.body, b"slow");
}

fn failing()
-> HttpService<impl lambda_rt::Service<Request, Response = Response<streaming::Body>, Error = Error>> {
    service(service_fn(async |_: Request| {
        let (mut sender, body) = streaming::channel();
        sender.send_data("part".into()).await?;
        sender.send_error("the disk is gone");
        Ok(Response::new(body))
    }))
}

#[tokio::test]
async fn a_body_that_fails_is_an_invocation_error_and_no_panic() {
    let failure = call(&mut failing(), Sender::HttpApi.event(&Sent::default())).await.unwrap_err();
    assert_eq!(failure.diagnostic().error_message, "the disk is gone");
}

#[tokio::test]
async fn an_error_of_the_handler_is_an_invocation_error() {
    let mut service = service(service_fn(async |_: Request| Err::<&str, Error>("no".into())));
    let failure = call(&mut service, Sender::HttpApi.event(&Sent::default())).await.unwrap_err();
    assert_eq!(failure.diagnostic().error_message, "no");
}

#[tokio::test]
async fn an_answer_over_six_megabytes_is_refused_and_streaming_named() {
    let mut service = service(service_fn(async |_: Request| {
        let (mut sender, body) = streaming::channel();
        tokio::spawn(async move { while sender.send_data(vec![b'x'; 1 << 20].into()).await.is_ok() {} });
        Ok::<_, Error>(Response::new(body))
    }));
    let failure = call(&mut service, Sender::HttpApi.event(&Sent::default())).await.unwrap_err();
    let message = &failure.diagnostic().error_message;
    assert_eq!(failure.category(), "Function.ResponseSizeTooLarge");
    assert!(
        message.contains(&LARGEST_REPLY.to_string()) && message.contains("run_with_streaming_response"),
        "{message}"
    );
}

#[tokio::test]
async fn an_answer_that_http_does_not_allow_is_an_invocation_error_of_the_handler() {
    for (status, name, value) in [
        (99, "x", "y"),
        (1000, "x", "y"),
        (200, "no name", "y"),
        (200, "", "y"),
        (200, "x", "a\nb"),
        (200, "x", "\0"),
    ] {
        let answer = move || Response::builder().status(status).header(name, value).body(Body::Empty);
        let mut service = service(service_fn(move |_: Request| async move { Ok::<_, Error>(answer()?) }));
        let failure = call(&mut service, Sender::HttpApi.event(&Sent::default())).await.unwrap_err();
        let message = &failure.diagnostic().error_message;
        assert!(message.contains("invalid") || message.contains("failed to parse"), "{failure}");
    }
}

#[tokio::test]
async fn header_values_of_any_legal_bytes_are_written_as_json() {
    let bytes: Vec<u8> = (0x20..=0xff).filter(|byte| *byte != 0x7f).collect();
    let expected: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut response = Response::new(Body::Empty);
    response.headers_mut().insert("x-all", HeaderValue::from_bytes(&bytes).unwrap());
    assert_eq!(received(response).await.headers, [("x-all".to_owned(), expected)]);
}
