//! A function that does what its event asks for, in every way a function can end.
//!
//! `LAMBDA_EMULATOR_EVENT='{"do": "echo", "with": 1}' cargo run -p e2e --bin peer-function`

use std::time::Duration;

use lambda_rt::{Error, LambdaEvent};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(tag = "do", content = "with", rename_all = "snake_case")]
enum Task {
    /// Answers with what it is given.
    Echo(Value),
    /// Answers with a text of this many bytes, quotes included.
    Big(usize),
    /// Fails with this message.
    Error(String),
    /// Panics with this message.
    Panic(String),
    /// Waits this many milliseconds.
    Sleep(u64),
    /// Ends the process with this status.
    Exit(i32),
    /// Ends the process by a signal.
    Abort,
    /// Answers with what is known of the invocation.
    Context,
}

async fn handler(event: LambdaEvent<Task>) -> Result<Value, Error> {
    match event.payload {
        Task::Echo(value) => Ok(value),
        Task::Big(size) => Ok(Value::from("x".repeat(size.saturating_sub(2)))),
        Task::Error(message) => Err(message.into()),
        Task::Panic(message) => panic!("{message}"),
        Task::Sleep(millis) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            Ok(Value::from("slept"))
        }
        Task::Exit(status) => std::process::exit(status),
        Task::Abort => std::process::abort(),
        Task::Context => {
            let context = event.context;
            let remaining = context.remaining_time().map(|left| left.as_millis() as u64);
            Ok(json!({
                "requestId": context.request_id,
                "arn": context.invoked_function_arn,
                "trace": context.xray_trace_id,
                "published": std::env::var("_X_AMZN_TRACE_ID").ok(),
                "tenant": context.tenant_id,
                "custom": context.client_context.map(|client| client.custom),
                "remaining": remaining,
                "function": context.env_config.function_name,
                "memory": context.env_config.memory,
            }))
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_rt::tracing::init_default_subscriber();
    lambda_rt::run(handler).await
}
