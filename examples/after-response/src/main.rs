//! Work that the caller need not wait for: it runs after the answer, before the next event.
//!
//! `cargo run -p after-response`, then `curl` as it says: the answer comes before the line that the work logs

use std::time::Duration;

use lambda_rt::{Context, Error, LambdaEvent, tracing};

async fn handler(event: LambdaEvent<String>) -> Result<String, Error> {
    let name = event.payload;
    event.context.defer(count_visit(name.clone()));
    Ok(format!("Welcome, {name}"))
}

/// Fails for some: that is logged, and costs neither the answer nor the next event.
async fn count_visit(name: String) -> Result<(), Error> {
    tokio::time::sleep(Duration::from_millis(200)).await;
    if name.is_empty() {
        return Err("a visit without a name cannot be counted".into());
    }
    let request = Context::current().map(|context| context.request_id);
    tracing::info!(request, "counted the visit of {name}");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_rt::run(handler).await
}
