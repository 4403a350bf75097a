//! Responses in mode `streaming`, buffered for the caller.

use lambda_emulator::{Invoke, Invoked};

use crate::support::{Peer, emulator, invoke_with};

async fn stream(chunks: &str, trailers: &str) -> (Invoked, u16) {
    let emulator = emulator().await;
    invoke_with(&emulator, Invoke::new("{}"), async |runtime: &mut Peer| {
        let event = runtime.next().await;
        let head = format!(
            "POST /2018-06-01/runtime/invocation/{}/response HTTP/1.1\r\nhost: x\r\n\
             Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\
             Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n",
            event.id()
        );
        runtime.write(format!("{head}{chunks}0\r\n{trailers}\r\n")).await;
        runtime.answer().await.unwrap().status
    })
    .await
}

#[tokio::test]
async fn cases_43_and_46_a_stream_without_trailers_is_a_success_of_all_its_bytes() {
    let (invoked, status) = stream("3\r\nabc\r\n2\r\nde\r\n", "").await;
    assert_eq!((status, &*invoked.payload, invoked.error_type), (202, &b"abcde"[..], None));
}

#[tokio::test]
async fn case_44_an_error_in_the_trailers_is_the_result() {
    // {"errorMessage":"no"}
    let trailers = "Lambda-Runtime-Function-Error-Type: Function.Boom\r\n\
                    Lambda-Runtime-Function-Error-Body: eyJlcnJvck1lc3NhZ2UiOiJubyJ9\r\n";
    let (invoked, status) = stream("3\r\nabc\r\n", trailers).await;
    assert_eq!((status, &*invoked.payload), (202, &br#"{"errorMessage":"no"}"#[..]));
    assert_eq!(invoked.error_type.as_deref(), Some("Function.Boom"));
}

#[tokio::test]
async fn case_45_details_that_are_not_base64_are_dropped_and_the_type_is_kept() {
    let trailers = "Lambda-Runtime-Function-Error-Type: Function.Boom\r\n\
                    Lambda-Runtime-Function-Error-Body: !!!\r\n";
    let (invoked, _) = stream("3\r\nabc\r\n", trailers).await;
    assert_eq!((&*invoked.payload, invoked.error_type.as_deref()), (&b""[..], Some("Function.Boom")));
}
