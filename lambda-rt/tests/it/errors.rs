//! What callers are told when a handler fails.

use std::fmt;

use lambda_rt::{Diagnostic, Error, LambdaEvent, Runtime};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::support::{Server, echo};

/// Runs a handler on one event and gives what its caller is told, then proves that the loop goes on polling.
async fn failure_of<M>(handler: impl lambda_rt::Handler<M>, payload: &str) -> (String, String, Value) {
    let server = Server::start().await;
    server
        .serves(Runtime::new(handler), async {
            let mut peer = server.accept().await;
            peer.deliver("1", payload).await;
            let request = peer.answered().await;
            let (kind, message) = request.error_for("1");
            peer.polled().await;
            (kind, message, request.json())
        })
        .await
}

#[derive(Debug)]
struct TableMissing(std::num::ParseIntError);

impl fmt::Display for TableMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the table is missing")
    }
}

impl std::error::Error for TableMissing {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<TableMissing> for Diagnostic {
    fn from(error: TableMissing) -> Self {
        Diagnostic::from_error(&error)
    }
}

fn table_missing() -> TableMissing {
    TableMissing("x".parse::<u8>().unwrap_err())
}

#[tokio::test(start_paused = true)]
async fn case_27_a_boxed_error_is_told_with_its_type_its_message_and_its_causes() {
    let (kind, message, json) =
        failure_of(async |_: LambdaEvent<Value>| Err::<(), Error>(table_missing().into()), "1").await;
    assert_eq!(kind, "TableMissing");
    assert_eq!(message, "the table is missing: invalid digit found in string");
    assert_eq!(json["stackTrace"][0], "caused by ParseIntError: invalid digit found in string");
}

#[tokio::test(start_paused = true)]
async fn text_is_its_message() {
    let (kind, message, _) = failure_of(async |_: LambdaEvent<Value>| Err::<(), &str>("boom"), "1").await;
    assert_eq!((&*kind, &*message), ("Error", "boom"));
    let (kind, message, _) =
        failure_of(async |_: LambdaEvent<Value>| Err::<(), _>(String::from("größer\nzweite")), "1").await;
    assert_eq!((&*kind, &*message), ("Error", "größer\nzweite"));
}

#[tokio::test(start_paused = true)]
async fn an_io_error_through_the_question_mark_keeps_its_type() {
    let handler = async |_: LambdaEvent<Value>| -> Result<(), Error> {
        std::fs::read("/no/such/file")?;
        Ok(())
    };
    let (kind, message, _) = failure_of(handler, "1").await;
    assert_eq!(kind, "io::Error");
    assert!(message.contains("No such file"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn an_error_type_of_ones_own_says_what_it_likes() {
    enum OrderError {
        Unknown(u32),
    }
    impl From<OrderError> for Diagnostic {
        fn from(OrderError::Unknown(id): OrderError) -> Self {
            Diagnostic { error_type: "Order Unknown!".into(), error_message: format!("no order {id}") }
        }
    }
    let (kind, message, _) =
        failure_of(async |event: LambdaEvent<u32>| Err::<(), _>(OrderError::Unknown(event.payload)), "7")
            .await;
    assert_eq!((&*kind, &*message), ("Order Unknown!", "no order 7"));
}

#[tokio::test(start_paused = true)]
async fn a_std_error_becomes_a_diagnostic_with_its_real_type_name_in_one_line() {
    let (kind, message, _) =
        failure_of(async |_: LambdaEvent<Value>| Err::<(), _>(table_missing()), "1").await;
    assert_eq!(kind, "TableMissing");
    assert!(message.ends_with("invalid digit found in string"));
}

#[tokio::test(start_paused = true)]
async fn case_28_a_panic_is_reported_once_with_message_and_location_and_the_loop_goes_on() {
    let server = Server::start().await;
    let runtime = Runtime::new(async |event: LambdaEvent<Value>| {
        assert!(event.payload != "panic", "told to {}", 42);
        Ok::<_, Error>(event.payload)
    });
    server
        .serves(runtime, async {
            let mut peer = server.accept().await;
            for id in ["1", "2"] {
                peer.deliver(id, "\"panic\"").await;
                let (kind, message) = peer.answered().await.error_for(id);
                assert_eq!(kind, "Function.Panic");
                assert!(message.contains("told to 42") && message.contains("errors.rs:"), "{message}");
                peer.echoes("3").await;
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_panic_after_an_await_and_one_outside_the_future_are_reported_too() {
    let after = async |_: LambdaEvent<Value>| -> Result<(), Error> {
        tokio::task::yield_now().await;
        panic!("after")
    };
    assert!(failure_of(after, "1").await.1.contains("after"));
    let outside = lambda_rt::service_fn(|event: LambdaEvent<u8>| {
        assert!(event.payload > 1, "outside");
        async { Ok::<_, Error>(()) }
    });
    assert!(failure_of(outside, "1").await.1.contains("outside"));
    let odd = async |_: LambdaEvent<Value>| -> Result<(), Error> { std::panic::panic_any(7) };
    assert_eq!(failure_of(odd, "1").await.0, "Function.Panic");
}

#[tokio::test(start_paused = true)]
async fn case_29_a_payload_that_does_not_decode_is_told_with_path_and_position() {
    #[derive(Debug, Deserialize)]
    struct Order {
        #[serde(rename = "lines")]
        _lines: Vec<u8>,
    }
    let (kind, message, _) =
        failure_of(async |_: LambdaEvent<Order>| Ok::<_, Error>(()), r#"{"lines":[1,"two"]}"#).await;
    assert_eq!(kind, "Runtime.UnmarshalError");
    assert!(message.contains("`lines[1]`") && message.contains("line 1 column 17"), "{message}");
    let (kind, _, _) = failure_of(async |_: LambdaEvent<Order>| Ok::<_, Error>(()), "not json").await;
    assert_eq!(kind, "Runtime.UnmarshalError");
}

#[tokio::test(start_paused = true)]
async fn case_30_an_answer_that_does_not_encode_is_an_error_and_no_empty_response() {
    struct Stubborn;
    impl Serialize for Stubborn {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("will not"))
        }
    }
    let (kind, message, _) = failure_of(async |_: LambdaEvent<Value>| Ok::<_, Error>(Stubborn), "1").await;
    assert_eq!(kind, "Runtime.MarshalError");
    assert!(message.contains("Stubborn") && message.contains("will not"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn a_hundred_failures_in_a_row_leave_the_loop_serving() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            for id in 0..100 {
                peer.deliver(&id.to_string(), "{").await;
                assert!(peer.answered().await.is_error_for(&id.to_string()));
            }
            peer.echoes("x").await;
        })
        .await;
}
