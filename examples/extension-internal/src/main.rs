//! An internal extension: a task of the function's own process that hears of each invocation. Because there is one, Lambda
//! sends SIGTERM before it ends the process.
//!
//! `cargo build --release -p extension-internal` makes the function's `bootstrap`.

use std::cell::Cell;

use lambda_ext::{Extension, NextEvent, service_fn};
use lambda_rt::{Error, LambdaEvent, tracing};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    let invocations = Cell::new(0);
    let hear = async |event: lambda_ext::LambdaEvent| {
        match event.next {
            NextEvent::Invoke(_) => invocations.set(invocations.get() + 1),
            // Some 300 ms are left.
            NextEvent::Shutdown(_) => tracing::info!(invocations = invocations.get(), "goodbye"),
        }
        Ok::<_, Error>(())
    };
    // Lambda takes internal extensions until the runtime asks for its first event.
    let extension = Extension::internal("counter").with_events_processor(service_fn(hear)).register().await?;
    tokio::select! {
        ended = lambda_rt::run(async |event: LambdaEvent<Value>| Ok::<_, Error>(event.payload)) => ended,
        ended = extension.run() => ended,
    }
}
