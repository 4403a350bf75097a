//! The loop in our emulator, in a process that can crash, hang and start again.

use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Invoke, Invoked};
use serde_json::{Value, json};

async fn emulator(timeout: Duration) -> Emulator {
    let bootstrap = Bootstrap::new(env!("CARGO_BIN_EXE_peer-function"));
    Emulator::builder().function_name("peer").timeout(timeout).bootstrap(bootstrap).start().await.unwrap()
}

async fn invoke(emulator: &Emulator, task: Value) -> Invoked {
    emulator.invoke(Invoke::new(task.to_string())).await
}

fn json(invoked: &Invoked) -> Value {
    serde_json::from_slice(&invoked.payload).unwrap()
}

#[tokio::test]
async fn the_context_arrives_whole() {
    let emulator = emulator(Duration::from_secs(5)).await;
    let trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:1|b:2";
    let invoke = Invoke::new(r#"{"do": "context"}"#)
        .request_id("a/b%c")
        .tenant_id("blue")
        .trace_id(Some(trace.to_owned()))
        .client_context(r#"{"custom":{"n":{"deep":1}}}"#);
    let told = json(&emulator.invoke(invoke).await);
    assert_eq!(told["requestId"], "a/b%c");
    assert_eq!(told["arn"], "arn:aws:lambda:us-east-1:123456789012:function:peer");
    assert_eq!((&told["trace"], &told["published"]), (&json!(trace), &json!(trace)));
    assert_eq!((&told["tenant"], &told["custom"]["n"]["deep"]), (&json!("blue"), &json!(1)));
    assert_eq!((&told["function"], &told["memory"]), (&json!("peer"), &json!(128)));
    assert!(told["remaining"].as_u64().unwrap() <= 5000);
    let bare = emulator.invoke(Invoke::new(r#"{"do": "context"}"#).trace_id(None)).await;
    assert_eq!((&json(&bare)["trace"], &json(&bare)["published"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn case_31_and_32_a_crash_is_told_and_the_next_invocation_is_served_by_a_new_process() {
    let emulator = emulator(Duration::from_secs(5)).await;
    for (task, reason) in [
        (json!({"do": "exit", "with": 0}), "Runtime exited without providing a reason"),
        (json!({"do": "exit", "with": 3}), "Runtime exited with error: exit status 3"),
        (json!({"do": "abort"}), "Runtime exited with error: signal: 6"),
    ] {
        let crashed = invoke(&emulator, task).await;
        assert_eq!(crashed.error_type.as_deref(), Some("Runtime.ExitError"));
        assert!(json(&crashed)["errorMessage"].as_str().unwrap().ends_with(reason), "{crashed:?}");
        assert_eq!(json(&invoke(&emulator, json!({"do": "echo", "with": 1})).await), 1);
    }
}

#[tokio::test]
async fn a_handler_that_would_outlive_its_deadline_is_cancelled_and_its_process_lives_on() {
    let emulator = emulator(Duration::from_secs(1)).await;
    let late = invoke(&emulator, json!({"do": "sleep", "with": 60_000})).await;
    assert_eq!(late.error_type.as_deref(), Some("Function.DeadlineExceeded"));
    assert_eq!(json(&invoke(&emulator, json!({"do": "echo", "with": 2})).await), 2);
}

#[tokio::test]
async fn errors_panics_and_sizes_are_told_with_their_types() {
    let emulator = emulator(Duration::from_secs(10)).await;
    for (task, kind) in [
        (json!({"do": "error", "with": "no"}), "Function.Error"),
        (json!({"do": "panic", "with": "no"}), "Function.Panic"),
        (json!({"do": "nothing known"}), "Runtime.UnmarshalError"),
        (json!({"do": "big", "with": 7_000_000}), "Function.ResponseSizeTooLarge"),
    ] {
        let failed = invoke(&emulator, task).await;
        assert_eq!(failed.error_type.as_deref(), Some(kind));
        assert!(failed.xray_cause.is_some());
    }
    assert_eq!(invoke(&emulator, json!({"do": "big", "with": 6_291_556})).await.payload.len(), 6_291_556);
}

#[tokio::test]
async fn case_36_a_bootstrap_that_is_missing_is_told() {
    let emulator = Emulator::builder().bootstrap(Bootstrap::new("/no/such/bootstrap")).start().await.unwrap();
    let failed = emulator.invoke(Invoke::new("{}")).await;
    assert_eq!(failed.error_type.as_deref(), Some("Runtime.InvalidEntrypoint"));
}
