//! An external extension: a program beside the function that hears of each invocation, and of the end.
//!
//! `cargo build --release -p extension-basic` makes the file that goes to `extensions/` of a layer.

use lambda_ext::{Error, LambdaEvent, NextEvent, service_fn, tracing};

async fn hear(event: LambdaEvent) -> Result<(), Error> {
    match event.next {
        // The function handles it at this moment; Lambda waits for both before it freezes the environment.
        NextEvent::Invoke(invoke) => {
            tracing::info!(request_id = invoke.request_id, left = ?invoke.time_left(), "invocation");
        }
        // The last event. What is saved now is saved, if it is quick.
        NextEvent::Shutdown(shutdown) => {
            tracing::info!(reason = shutdown.shutdown_reason, left = ?shutdown.time_left(), "shutdown");
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_ext::run(service_fn(hear)).await
}
