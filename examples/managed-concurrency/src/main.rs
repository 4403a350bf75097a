//! Several events at once, as on Lambda Managed Instances: the same handler, and a tokio runtime that fits.
//!
//! `LAMBDA_EMULATOR_CONCURRENCY=4 cargo run -p managed-concurrency`, then in the same second, twice:
//! `curl http://127.0.0.1:9000/ -d '"a"' &`

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lambda_rt::{Context, Error, LambdaEvent, tracing};

static AT_ONCE: AtomicUsize = AtomicUsize::new(0);

async fn handler(event: LambdaEvent<String>) -> Result<String, Error> {
    let others = AT_ONCE.fetch_add(1, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(500)).await;
    AT_ONCE.fetch_sub(1, Ordering::Relaxed);
    log(&event.payload);
    Ok(format!("{} was handled beside {others} others", event.payload))
}

/// Whoever needs the invocation finds it: each task has its own.
fn log(payload: &str) {
    if let Some(context) = Context::current() {
        tracing::info!(trace = context.xray_trace_id, "done with {payload}");
    }
}

fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_rt::block_on(lambda_rt::run_concurrent(handler))
}
